package app

import (
	"testing"

	"example.org/asye/internal/paths"
)

// TestJourneyHowFiguresAreWorkedOut comes to one method by its link, as pages of
// figures lead there, and to another by the contents.
func TestJourneyHowFiguresAreWorkedOut(t *testing.T) {
	t.Parallel()
	b := newTab(t, exampleSite(t))
	b.open(paths.Statistics(paths.Chance))
	b.see("How figures are worked out", "Fisher’s exact test")
	b.picture("statistics")
	b.accessible()
	for _, m := range []paths.Method{paths.Chance, paths.TwoApprovals, paths.WhoCounts} {
		b.open(paths.Statistics(m))
		if at := js[float64](b, `document.querySelector(":target").getBoundingClientRect().top`); at < 0 || at > js[float64](b, `innerHeight`) {
			t.Errorf("%s stands %v pixels down the window", m, at)
		}
	}
	b.press("Many looks")
	if got := js[string](b, `document.querySelector(":target").innerText`); got != "Many looks" {
		t.Errorf("the contents lead to %q", got)
	}
}
