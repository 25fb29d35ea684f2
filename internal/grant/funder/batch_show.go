package funder

import (
	"fmt"
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// batchShowView is a batch, with what the person at work can do with it.
type batchShowView struct {
	deciding
	Batch  statement.Batch
	Scheme grant.Scheme
	Bar    error // why the person at work cannot approve it; nil when they can
}

// batchShow shows a batch.
func (p *pages) batchShow(w http.ResponseWriter, r *web.Request) error {
	v, err := p.batchNow(r, deciding{Page: r.Page("Batch")})
	if err != nil {
		return err
	}
	return r.Render(w, batchShowPage(v))
}

// batchNow reads the batch as it is.
func (p *pages) batchNow(r *web.Request, d deciding) (batchShowView, error) {
	v := batchShowView{deciding: d}
	v.Wide, v.Back = true, &ui.Link{Text: "Back to batches", Href: paths.FundingBatches()}
	var err error
	if v.Batch, err = p.Statements.Batch(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		return v, err
	}
	v.Seen, v.Scheme, v.Title = v.Batch.Version, p.scheme(v.Batch.Scheme), "Batch "+v.Batch.Reference
	v.Bar = v.Batch.MayApprove(r.Scope.Person())
	return v, nil
}

// batchApprove notes that somebody approves exactly what they saw.
func (p *pages) batchApprove(w http.ResponseWriter, r *web.Request) error {
	id := r.PathValue("id")
	err := p.Statements.Approve(r.Context(), r.Scope, id, r.Value("hash"), version(r))
	if err != nil {
		return p.batchRefused(w, r, err)
	}
	b, err := p.Statements.Batch(r.Context(), r.Scope, id)
	if err != nil {
		return err
	}
	if b.State == statement.BatchAuthorised {
		return r.Say(w, paths.FundingBatch(id), "The batch is authorised", "Two people have approved it. Pay it at the bank, and then mark it as paid here.")
	}
	return r.Say(w, paths.FundingBatch(id), "Your approval is recorded", "Somebody else of the national team has to approve it too, before it can be paid.")
}

// batchDiscard takes a batch apart.
func (p *pages) batchDiscard(w http.ResponseWriter, r *web.Request) error {
	if err := p.Statements.Discard(r.Context(), r.Scope, r.PathValue("id"), version(r)); err != nil {
		return p.batchRefused(w, r, err)
	}
	return r.Say(w, paths.FundingBatches(), "The batch is discarded", "Its statements can go into another.")
}

// batchRefused shows the batch as it is now, and why an act had no effect.
func (p *pages) batchRefused(w http.ResponseWriter, r *web.Request, err error) error {
	d := deciding{Page: r.Page("Batch")}
	if err := d.refused(err); err != nil {
		return err
	}
	v, err := p.batchNow(r, d)
	if err != nil {
		return err
	}
	return v.answer(w, r, batchShowPage(v))
}

func (v batchShowView) waits() bool { return v.Batch.State == statement.BatchPrepared }

func (v batchShowView) summary() []ui.SummaryRow {
	b := v.Batch
	rows := []ui.SummaryRow{
		{Key: "Scheme", Text: v.Scheme.Name},
		{Key: "State", Value: ui.Tag(batchTag(b))},
		{Key: "Comes to", Text: b.Pence.String() + " on " + count(b.Count, "statement")},
	}
	for _, a := range b.Acts {
		rows = append(rows, ui.SummaryRow{Key: a.String(), Text: a.By + ", " + web.Moment(a.At)})
	}
	if !b.PaidOn.IsZero() {
		rows = append(rows, ui.SummaryRow{Key: "Paid on", Text: b.PaidOn.String()})
	}
	return append(rows, ui.SummaryRow{Key: "Fingerprint", Text: b.Hash[:min(16, len(b.Hash))]})
}

// wanted says what somebody approves, and what follows.
func (v batchShowView) wanted() string {
	text := fmt.Sprintf("You approve exactly the %s below, %s in all. ", count(v.Batch.Count, "statement"), v.Batch.Pence)
	if more := statement.Approvals - v.Batch.Approved() - 1; more > 0 {
		return text + "Somebody else has to approve it after you, before it can be paid."
	}
	return text + "Somebody else has approved it: with your approval it is authorised, and can be paid."
}

func (v batchShowView) approve() ui.FormOptions {
	f := v.form(ui.HiddenField{Name: "hash", Value: v.Batch.Hash})
	f.Action = paths.FundingBatchAct(v.Batch.ID, "approve")
	return f
}

func (v batchShowView) discard() ui.FormOptions {
	f := v.form()
	f.Action = paths.FundingBatchAct(v.Batch.ID, "discard")
	return f
}

func (v batchShowView) table() ui.TableOptions {
	return statementTable("The statements of the batch, by employer", v.Batch.Statements, nil)
}

// batchPayView asks on which day a batch was paid.
type batchPayView struct {
	deciding
	Batch statement.Batch
	On    ui.DateField
}

// batchPay marks an authorised batch as paid.
func (p *pages) batchPay(w http.ResponseWriter, r *web.Request) error {
	id := r.PathValue("id")
	v := batchPayView{deciding: decide(r, "Mark a batch as paid", "Back to the batch", paths.FundingBatch(id))}
	if r.Posted() {
		var bad fault.Problems
		var on asye.Date
		v.On, on = r.Date("paid_on", "The day of the payment", &bad)
		err := bad.Err()
		if err == nil {
			err = p.Statements.Pay(r.Context(), r.Scope, id, version(r), on)
		}
		if err == nil {
			return r.Say(w, paths.FundingBatch(id), "The batch is marked as paid", "Each employer sees its payment, and holds it against what its bank received.")
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	var err error
	if v.Batch, err = p.Statements.Batch(r.Context(), r.Scope, id); err != nil {
		return err
	}
	v.Seen = v.Batch.Version
	return v.answer(w, r, batchPayPage(v))
}

func (v batchPayView) waits() bool { return v.Batch.State == statement.BatchAuthorised }
