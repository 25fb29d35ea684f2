package example_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/example"
)

// Whoever signs in as a persona becomes what the story says they are.
func checkLanding(t *testing.T, p place) {
	for _, persona := range example.Personas() {
		id, err := p.Account.PersonByEmail(ctx, persona.Email)
		if err != nil {
			t.Errorf("%s: %v", persona.Name, err)
			continue
		}
		link, err := p.Account.SignInLink(ctx, id, account.Example)
		if err != nil {
			t.Fatal(err)
		}
		_, token, _ := strings.Cut(link, "token=")
		started, err := p.Account.Open(ctx, nil, token, account.Entry{})
		if err != nil {
			t.Errorf("%s cannot sign in: %v", persona.Name, err)
			continue
		}
		session, _, err := p.Account.Session(ctx, started.Token)
		if err != nil || session.Role != persona.Role {
			t.Errorf("%s signs in as %s, %v; the story is of a %s", persona.Name, session.Role, err, persona.Role)
		}
	}
}
