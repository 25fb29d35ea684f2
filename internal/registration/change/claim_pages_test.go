package change_test

import (
	"testing"

	"example.org/asye/internal/paths"
)

func TestClaimingOnesOwnNQSWLeadsToTheRecord(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		claim(h.As(t, ours), "SW1001", "2026-12-01").Is(409, "is with you already", "Open the record "+r.Reference).
			Has(`href="` + paths.Registration(r.ID) + `"`)
		claim(h.As(t, them), "SW9999", "2026-12-01").Is(422, "Only if all three are right, register them as new").Lacks("is with you already")
	})
}

func TestAnOwnClaimIsCorrectedAndTakenBack(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		h.Run(t, `update organisations set contact_name = 'Ash Contact', contact_email = 'asye@ashford.example.org' where id = 'a'`)
		claim(h.As(t, them), "SW1001", "2026-12-01").Is(303)
		id := h.Record(t, ours, r.ID).OpenTransfer().ID
		b := h.As(t, them)
		b.Get(paths.Transfers()).Is(200, "Claimed On 22 November 2026", "Whom to ask there Ash Contact, asye@ashford.example.org").
			Has(paths.TransferClaimCorrect(id), paths.TransferClaimTakeBack(id))
		b.HasNot(paths.Registration(r.ID)) // the record is not theirs yet
		for _, path := range []string{paths.TransferClaimCorrect(id), paths.TransferClaimTakeBack(id)} {
			h.As(t, ours).Get(path).Is(404)
			h.As(t, h.third).Get(path).Is(404)
		}
		late := h.As(t, them).Get(paths.TransferClaimCorrect(id))
		b.Get(paths.TransferClaimCorrect(id)).Is(200, "with 1 December 2026 as the first day with you")
		b.Submit("joins_on=2026-09-01").Is(422, "cannot join you before the year started")
		b.Submit("joins_on-day=").Is(422, "Enter the first day on which the NQSW works for you")
		b.Submit("joins_on=2026-12-08").LeadsTo(paths.Transfers())
		late.Submit("joins_on=2026-12-09").Is(409, "The claim changed while you had this page open", "with 8 December 2026")
		form := b.Get(paths.TransferClaimTakeBack(id)).Is(200, "the year stays with Ashford")
		for range 2 { // sent twice, it has one effect
			form.Submit().LeadsTo(paths.Transfers())
		}
		b.Get(paths.Transfers()).Is(200, "Cancelled: the year stays with Ashford", "Taken back by the employer who claimed").Lacks("Joining you")
	})
}

func TestAClaimThatIsAnsweredStays(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		claim(h.As(t, them), "SW1001", "2026-12-01").Is(303)
		id := h.Record(t, ours, r.ID).OpenTransfer().ID
		late := h.As(t, them).Get(paths.TransferClaimTakeBack(id))
		h.As(t, ours).Get(paths.RegistrationLeaving(r.ID)).Submit("leaves_on=2026-12-01").Is(303)
		late.Submit().Is(409, "This claim has been answered")
		h.As(t, them).Get(paths.TransferClaimCorrect(id)).Is(200, "can no longer be corrected or taken back here", "The NQSW has to confirm").
			HasNot("joins_on-day")
	})
}
