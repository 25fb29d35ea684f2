package trail_test

import (
	"log/slog"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Whatever somebody looks for in the trail, they are given lines of their own
// organisation, or none.
func FuzzFilter(f *testing.F) {
	h := accounttest.New(f, account.DefaultSettings())
	who := h.Person(f, "Femi Adeola", "femi@example.org", accounttest.As(accounttest.Kent, asye.Administrator))
	scope := tenant.SignedIn(who, accounttest.Kent, asye.Administrator)
	store := trail.NewStore(h.DB, h.Store, audit.NewKeeper(h.DB, audit.NewKey(), audit.Outside{}, slog.New(slog.DiscardHandler)))
	f.Add("invited", "Femi", "", "2026-11-01", "")
	f.Add("%_\\", "'; drop table people; --", "x", "", "2026-11-25T13:07:53.000001Z~a")
	f.Add("$1", "%d", "\u202e", "9999-12-31", "~")
	f.Fuzz(func(t *testing.T, what, name, record, from, before string) {
		if all := what + name + record + from + before; !utf8.ValidString(all) || strings.Contains(all, "\x00") {
			return // no request comes so far: web.Mux refuses it
		}
		day, _ := asye.ParseDate(from) // no date is no limit
		lines, _, err := store.List(t.Context(), scope, trail.Filter{What: what, Called: []string{what}, Who: name, Record: record, From: day, Before: before})
		if err != nil && fault.KindOf(err) != fault.NotFound {
			t.Fatal(err)
		}
		for _, l := range lines {
			if l.OrgName != "" && l.OrgName != "Kent" {
				t.Fatalf("a line of %s", l.OrgName)
			}
		}
	})
}
