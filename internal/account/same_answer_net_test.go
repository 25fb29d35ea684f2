package account_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"slices"
	"testing"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/proof"
)

// enough is how many samples say whether medians are within 5%, and a guess is
// right in less than 55 of a hundred. Fewer are judged by less.
const enough = 2000

// shaky is by how much two samples of the same thing may differ on a machine
// that is fit to measure time.
const shaky = 0.025

// judge fails where things can be told apart: by a byte, by their medians, or by
// a guess from the time alone.
func (w *watch) judge(t *testing.T, page string, samples int) told {
	t.Helper()
	got := w.told()
	apart, guess := 0.05, 0.55
	if samples < enough {
		apart, guess = 0.50, 0.55+4*math.Sqrt(1/(6*float64(samples))) // four standard errors of a guess that knows nothing
	}
	t.Logf("%s: %d samples each, %d different answers, medians within %.1f%%, a guess right at most %.1f times in a hundred (%s)",
		page, samples, got.texts, 100*got.median, 100*got.auc, got.pair)
	if got.texts != 1 {
		t.Errorf("ACC-38 %s: there are %d different answers", page, got.texts)
	}
	if !proof.Measuring() {
		return got
	}
	if got.median > apart {
		t.Errorf("ACC-38 %s: the medians differ by %.1f%%", page, 100*got.median)
	}
	if got.auc > guess {
		t.Errorf("ACC-38 %s: %s are told apart by the time: %.3f", page, got.pair, got.auc)
	}
	return got
}

// measure looks, and looks again while the machine is too busy to tell: while
// two samples of the same thing differ.
func measure(t *testing.T, samples int, sameA, sameB string, look func(turn int) []*watch) []*watch {
	t.Helper()
	for turn := 1; ; turn++ {
		seen := look(turn)
		worst := 0.0
		for _, w := range seen {
			a, b := median(w.times[sameA]), median(w.times[sameB])
			worst = max(worst, max(a, b)/min(a, b)-1)
		}
		if worst <= shaky || samples < enough || turn == 6 {
			return seen
		}
		t.Logf("two samples of the same differ by %.1f%%: the machine is too busy to tell, so once more", 100*worst)
	}
}

// asking asks for links, for every kind of address in turn, each time in another
// order, and after each for one that nobody knows: does work for the one before
// hold that up?
func (x *doorway) asking(t *testing.T, samples, turn int) []*watch {
	t.Helper()
	word := fmt.Sprint("ask", turn, "n")
	x.populate(t, samples, word)
	kinds := []string{"known@example.org", "unknown@example.org", "unknown@other.org", "disabled@example.org", "alone@north.example"}
	first, next := &watch{}, &watch{}
	for i := range samples {
		rand.Shuffle(len(kinds), func(a, b int) { kinds[a], kinds[b] = kinds[b], kinds[a] })
		for _, kind := range kinds {
			first.saw(kind, x.ask(t, http.MethodPost, paths.SignIn(), url.Values{"_form": {x.form}, "email": {fmt.Sprint(word, i, kind)}}))
			next.saw(kind, x.ask(t, http.MethodPost, paths.SignIn(), url.Values{"_form": {x.form}, "email": {fmt.Sprint(word, i, "x", kind, ".invalid.example")}}))
		}
	}
	return []*watch{first, next}
}

// trying opens links that cannot be used, and presses their buttons.
func (x *doorway) trying(t *testing.T, links map[string][]string, samples int) []*watch {
	t.Helper()
	kinds := slices.Collect(maps.Keys(links))
	opened, pressed := &watch{}, &watch{}
	for i := range samples {
		rand.Shuffle(len(kinds), func(a, b int) { kinds[a], kinds[b] = kinds[b], kinds[a] })
		for _, kind := range kinds {
			token := links[kind][i]
			opened.saw(kind, x.ask(t, http.MethodGet, paths.SignInWith(token, ""), nil))
			pressed.saw(kind, x.ask(t, http.MethodPost, paths.SignInLink(), url.Values{"_form": {x.form}, "token": {token}}))
		}
	}
	return []*watch{opened, pressed}
}

// TestACC38_SameAnswer: whoever asks about an address or tries a link learns
// nothing by the answer, by its time, or by the time of the answer after it.
func TestACC38_SameAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	samples := proof.Rounds(t, 200)
	x := newDoorway(t)
	asked := measure(t, samples, "unknown@example.org", "unknown@other.org", func(turn int) []*watch { return x.asking(t, samples, turn) })
	links := x.links(t, samples)
	tried := measure(t, samples, "made up", control, func(int) []*watch { return x.trying(t, links, samples) })
	one, two := asked[0].judge(t, "asking for a link", samples), asked[1].judge(t, "asking after somebody else has", samples)
	three, four := tried[0].judge(t, "opening a link that cannot be used", samples), tried[1].judge(t, "pressing its button", samples)
	proof.Keep(t, proof.Result{Net: "sign-in-same-answer", Part: proof.SigningIn,
		Promise: "Whoever asks for a link learns nothing of the address: known, unknown, disabled or of a directory alone; nor whoever tries a link that was used, has ended, or was never made.",
		Saw: fmt.Sprintf("%d samples of each of four kinds of address and four kinds of link, over HTTP with the jobs running: identical answers; "+
			"asking: medians within %.1f%%, a guess by the time right at most %.1f times in a hundred (50 is chance); the request after it: %.1f%%, %.1f; opening a link: %.1f%%, %.1f; pressing its button: %.1f%%, %.1f",
			samples, 100*one.median, 100*one.auc, 100*two.median, 100*two.auc, 100*three.median, 100*three.auc, 100*four.median, 100*four.auc),
		Twin:    "the address looked up and the mail written before the answer: noticed\na refusal that says of a link that it was used: noticed",
		Command: "make net-sign-in-same-answer"})
}

// TestACC38_Twins: the net notices an answer that is slower for those who are
// known, and one that says more.
func TestACC38_Twins(t *testing.T) {
	if testing.Short() || os.Getenv("ASYE_PROOF") == "" {
		t.Skip("builds the tests twice: make net-sign-in-same-answer runs it")
	}
	t.Setenv("ROUNDS", "400")
	proof.Noticed(t, "./internal/account", "TestACC38_SameAnswer", proof.Edit{File: "internal/account/store_links.go",
		Old: "	s.queue.Wake()\n	return err\n}\n\n// MailLink makes", New: "	if err == nil {\n		err = s.MailLink(ctx, email, a.Next, func(context.Context, *db.Tx) error { return nil })\n	}\n	return err\n}\n\n// MailLink makes"})
	proof.Noticed(t, "./internal/account", "TestACC38_SameAnswer", proof.Edit{File: "internal/account/store_links.go",
		Old: "	if errors.Is(err, sql.ErrNoRows) {\n		err = errLink\n	}", New: "	if errors.Is(err, sql.ErrNoRows) {\n		err = errLink\n		used := 0\n		if s.db.QueryRow(ctx, `select count(*) from sign_in_links where token_hash = $1`, hashToken(token)).Scan(&used); used > 0 {\n			err = fault.New(fault.Forbidden, \"This link was used\")\n		}\n	}"})
}
