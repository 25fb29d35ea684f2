package account_test

import (
	"testing"

	"example.org/asye/internal/paths"
)

// Nobody is sent to themselves to have their name put right.
func TestAccountPageSaysWhoMendsAName(t *testing.T) {
	s := newSite(t)
	people(t, s.service)
	for email, says := range map[string]string{
		"mary@example.org": "ask an administrator of your organisation",
		"kate@example.org": "on your page under People",
		"nia@example.org":  "under My details",
	} {
		s.as(t, email).Get(paths.Account()).Is(200, says).Lacks("the person who runs the ASYE programme")
	}
}
