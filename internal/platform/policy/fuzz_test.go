package policy_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// A rule lets in the roles that it names, and says so.
func FuzzRule(f *testing.F) {
	f.Add("coordinator", "national", "coordinator")
	f.Add("", "x", "")
	f.Add("analyst", "analyst", "administrator")
	f.Fuzz(func(t *testing.T, one, other, role string) {
		rule, named := policy.Allow(asye.Role(one), asye.Role(other)), role == one || role == other
		who := tenant.SignedIn("p", "o", asye.Role(role))
		if got := rule.Permits(who); got != named {
			t.Fatalf("%q and %q let %q in: %v", one, other, role, got)
		}
		if rule.Permits(tenant.Nobody()) {
			t.Fatalf("%q and %q let in whoever has not signed in", one, other)
		}
		if !policy.Everyone().Permits(who) || !policy.SignedIn().Permits(who) {
			t.Fatalf("%q is not let in where everybody is", role)
		}
		for _, r := range asye.Roles() {
			if (string(r) == one || string(r) == other) && !strings.Contains(rule.String(), r.String()) {
				t.Fatalf("%q does not name %s", rule, r)
			}
		}
	})
}
