package claims_test

import (
	"fmt"
	"slices"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/claims"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/tenant"
)

// cards are what the home page of somebody says of grants, a line for each.
func cards(t *testing.T, h granttest.House, who tenant.Scope) []string {
	t.Helper()
	all, err := claims.Cards(h.Grants, h.Claims)(ctx, who, asye.Date{})
	must(t, err)
	var out []string
	for _, c := range all {
		out = append(out, fmt.Sprintf("%d %s: %s", c.Count, c.Title(), c.Text))
	}
	return out
}

func TestCards(t *testing.T) {
	h := granttest.OnSQLite(t)
	is := func(who tenant.Scope, want ...string) {
		t.Helper()
		if got := cards(t, h, who); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	is(granttest.Ours)
	is(granttest.Director)
	is(tenant.SignedIn("x", "a", asye.Analyst))
	for n := range 3 {
		h.Checked(t, granttest.Ours, n+1)
	}
	is(granttest.Ours, "3 Payments can be claimed: £3,000.00, by 23:59 on 31 March 2027.")
	is(granttest.Them)
	id, err := h.Claims.Start(ctx, granttest.Ours, granttest.Scheme)
	must(t, err)
	draft := "1 Claim not signed: A draft waits for the director’s signature, or for something that the scheme asks for."
	is(granttest.Ours, draft)
	is(granttest.Director) // it cannot be signed yet
	h.Conditions(t, granttest.Ours)
	is(granttest.Ours, draft)
	is(granttest.Director, "1 A claim waits for your signature: Look at what it says, and sign exactly that. Nothing is sent without you.")
	h.Sign(t, granttest.Director, id)
	is(granttest.Ours, "1 Signed claim to submit: The director has signed, and nothing has been sent to the funder yet.")
	is(granttest.Director)
	c := h.Claim(t, granttest.Ours, id)
	must(t, h.Claims.Submit(ctx, granttest.Ours, id, c.Version))
	is(granttest.Ours)
	must(t, h.Claims.Answer(ctx, granttest.Team, id, c.Version+1, map[string]string{c.Lines[0].ID: "Wrong day"}))
	is(granttest.Ours, "1 Payment can be claimed: £1,000.00, by 23:59 on 31 March 2027.", "1 Payment that the funder returned: Each says why. Put it right, and claim it again.")
	if got := cards(t, h, granttest.Team); len(got) != 1 {
		t.Errorf("%q", got)
	}
}
