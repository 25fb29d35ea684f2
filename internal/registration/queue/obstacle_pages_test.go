package queue_test

import (
	"testing"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/registration"
)

// What stands in the way of joining two records is said before anybody has
// decided anything, with whom to ask; and there is a way out.
func TestAPairWithTwoYearsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Run(t, `update organisations set contact_name = 'Bar Contact', contact_phone = '01632 960002' where id = 'b'`)
		first, second, id := h.pair(t, "2026-10-01")
		b := h.As(t, team)
		b.Get(paths.Duplicate(id)).Is(200, "One person cannot have two years at the same time: "+second.Reference+" with Barnwell, running since 1 October 2026",
			"Barnwell Bar Contact, 01632 960002", "Ashford Not given", "is closed today as registered by mistake").
			HasNot(`value="same"`)
		b.Submit("decision=mistake").Is(422, "Say how you know")
		form := b.Page
		for range 2 { // sent twice, it has one effect
			form.Submit("decision=mistake", "note=Both say so").LeadsTo(paths.Duplicates())
		}
		if o := h.Record(t, them, second.ID).Outcome(); o == nil || o.Reason != registration.Mistaken {
			t.Errorf("the newer year: %+v", o)
		}
		if h.Record(t, ours, first.ID).Outcome() != nil {
			t.Error("the older year was closed as well")
		}
	})
}

func TestAPairThatOnlyTheEmployersCanMend(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		_, second, id := h.pair(t, "2026-09-01")
		must(t, h.Leaving(ctx, them, second.ID, second.Version, "", at("2026-12-01")))
		b := h.As(t, team)
		b.Get(paths.Duplicate(id)).Is(200, "is moving to another employer. That has to be finished first", "The pair stays here until then").
			HasNot(`value="same"`, `value="mistake"`)
		b.Submit("decision=mistake", "note=All the same").Is(409, "is moving to another employer", "Nothing has been changed")
	})
}

func TestADisputeSetsBothEmployersSideBySide(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Run(t, `update organisations set contact_email = 'asye@ashford.example.org' where id = 'a'`)
		r := h.Register(t, ours, entry(1))
		must(t, h.Leaving(ctx, ours, r.ID, r.Version, "", at("2026-12-15")))
		must(t, h.Claim(ctx, them, registration.Wanted{Number: r.Number, DateOfBirth: at("1998-02-03"), JoinsOn: at("2026-12-01")}))
		b := h.As(t, team)
		b.Get(paths.Dispute(h.Record(t, ours, r.ID).OpenTransfer().ID)).Is(200, "Last day there: 14 December 2026", "First day there: 1 December 2026",
			"asye@ashford.example.org", "The days cannot both be right", "It moves to Barnwell, on these days")
		if b.Field("leaves_on-day") != "" {
			t.Error("days that cannot be right are filled in")
		}
	})
}

func TestAMoveThatNobodyClaimsCanOnlyStay(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Leaving(ctx, ours, r.ID, r.Version, "b", at("2026-12-01")))
		must(t, h.Deny(ctx, self(r), h.Record(t, ours, r.ID).OpenTransfer().ID, "I stay"))
		h.Run(t, `update transfers set to_org_id = null`)
		b := h.As(t, team)
		b.Get(paths.Dispute(h.Record(t, ours, r.ID).OpenTransfer().ID)).Is(200, "so the year has nowhere to move. You can only decide that it stays").
			HasNot(`value="yes"`)
		b.Submit("moves=no", "why=The NQSW stays").LeadsTo(paths.Disputes())
	})
}
