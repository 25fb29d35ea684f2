package mine_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
)

func TestHelpSaysHowToReachTheNationalTeam(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.As(t, ours).Get(paths.Help()).Is(200, "No address of the national team is recorded")
		h.As(t, tenant.Nobody()).Get(paths.Help()).Is(200, "ask the organisation that runs this service")
		h.Run(t, `update organisations set contact_name = 'Ruth Illing', contact_email = 'asye@national.example.org', contact_phone = '01632 960001' where id = 'national'`)
		h.As(t, ours).Get(paths.Help()).Is(200, "anything across employers: ask the national team", "National body", "Ruth Illing", "01632 960001").
			Has(`href="mailto:asye@national.example.org"`)
		h.As(t, tenant.Nobody()).Get(paths.Help()).Is(200, "You do not know whom to ask", "01632 960001", "asye@national.example.org").
			HasNot("Ruth Illing") // a visitor is told no name
		h.As(t, self(h.Register(t, ours, entry(1)))).Get(paths.Help()).Is(200, "If your employers disagree about your move")
	})
}

// A director knows who runs the programme that they answer for.
func TestADirectorIsToldWhoCoordinates(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.As(t, tenant.SignedIn("dir", "a", asye.Director)).Get(paths.Help()).
			Is(200, "About the programme and its NQSWs: ask a coordinator", "Co a").HasNot("Co b")
	})
}

// What people want to know first comes first, and what this page cannot know it
// does not make up.
func TestPrivacyBeginsWithTheEmployer(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := h.As(t, tenant.Nobody())
		b.Get(paths.Privacy()).Is(200, "What your employer sees Your details", "What your employer does not see Your answers to the equality questions",
			"The organisation that runs this service decides", "how long records are kept", "Sees nothing of it")
		if text := b.Text(); strings.Index(text, "What your employer sees") > strings.Index(text, "Why it is kept") {
			t.Error("the employer comes after the details")
		}
		h.As(t, ours).Get(paths.Privacy()).Is(200, "What an NQSW’s employer sees")
	})
}

// Whoever has confirmed is not asked again.
func TestConfirmedDetailsAreNotAskedAgain(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		n := h.As(t, self(r))
		n.Get(paths.MyDetails()).Is(200, "Are these details right?").Submit().LeadsTo(paths.MyYear())
		n.Get(paths.MyDetails()).Is(200, "Your details", "There is nothing more to do", "Correct something").
			Lacks("Are these details right?", "Yes, they are right")
	})
}
