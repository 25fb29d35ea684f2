package equality

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

func TestCards(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d)
	var me asye.PersonID
	build(t, d, func(w world) {
		w.Employer("la1", asye.LocalAuthority, "London")
		me = w.add(one{record: record{startsOn: asye.MustDate("2026-09-01")}, cohort: 2026, employer: "la1"})
	})
	if cards, err := s.Cards(ctx, asNQSW(me), asye.Date{}); err != nil || len(cards) != 1 {
		t.Errorf("before: %v %v", cards, err)
	}
	if err := s.Answer(ctx, asNQSW(me), Answers{}); err != nil {
		t.Fatal(err)
	}
	for _, scope := range []tenant.Scope{asNQSW(me), cora} {
		if cards, err := s.Cards(ctx, scope, asye.Date{}); err != nil || len(cards) != 0 {
			t.Errorf("after: %v %v", cards, err)
		}
	}
}
