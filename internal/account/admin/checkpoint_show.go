package admin

import (
	"context"
	"net/http"
	"time"

	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type checkpointShowView struct {
	ui.Page
	trail.Standing
	Now asye.Instant
}

// checkpointShow tells how far the audit trail is covered by a checkpoint, and
// where checkpoints go.
func (p *pages) checkpointShow(w http.ResponseWriter, r *web.Request) error {
	standing, err := p.Trail.Standing(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := checkpointShowView{r.Page("How the audit trail is kept"), standing, r.Now}
	v.Breadcrumbs = []ui.Link{{Text: "Home", Href: paths.Home()}, {Text: "Audit trail", Href: paths.AdminAudit()}}
	return r.Render(w, checkpointShowPage(v))
}

// rows are the facts.
func (v checkpointShowView) rows() []ui.SummaryRow {
	last := "There is no checkpoint yet"
	if v.Checkpoint.Size > 0 {
		last = countOf(int(v.Checkpoint.Size)) + ", signed " + v.ago(v.Checkpoint.At)
	}
	rows := []ui.SummaryRow{{Key: "Covered by the last checkpoint", Text: last}, {Key: "Waiting for a number", Text: v.waiting()},
		{Key: "Kept outside", Text: v.kept()}}
	if v.Readings.Waiting > 0 || v.Readings.Lost > 0 {
		rows = append(rows, ui.SummaryRow{Key: "Readings that could not be written", Text: ui.Thousands(v.Readings.Waiting) +
			" wait in memory, and " + ui.Thousands(v.Readings.Lost) + " were more than could be kept"})
	}
	return append(rows, ui.SummaryRow{Key: "Public key", Value: wrapped(v.Public)})
}

func (v checkpointShowView) waiting() string {
	if v.Waiting == 0 {
		return "No line"
	}
	return countOf(v.Waiting) + ", the first written " + v.ago(v.Oldest)
}

func (v checkpointShowView) kept() string {
	switch {
	case v.Outside.Path == "":
		return "Nowhere: the setting audit_checkpoints names no place"
	case v.Outside.At.IsZero():
		return "In " + v.Outside.Path + ": no checkpoint yet"
	}
	return "In " + v.Outside.Path + ": " + countOf(int(v.Outside.Size)) + ", signed " + v.ago(v.Outside.At)
}

func countOf(n int) string {
	if n == 1 {
		return "1 line"
	}
	return ui.Thousands(n) + " lines"
}

// ago is how long ago something was, as one says it.
func (v checkpointShowView) ago(at asye.Instant) string {
	since := v.Now.Time().Sub(at.Time())
	switch {
	case since < 2*time.Second:
		return "just now"
	case since < 2*time.Minute:
		return ui.Thousands(int(since.Seconds())) + " seconds ago"
	case since < 2*time.Hour:
		return ui.Thousands(int(since.Minutes())) + " minutes ago"
	case since < 48*time.Hour:
		return ui.Thousands(int(since.Hours())) + " hours ago"
	}
	return "on " + web.Moment(at)
}

// trouble is what an operator has to look at; empty when all is well.
func trouble(s trail.Standing, now asye.Instant) string {
	const late = 10 * time.Minute
	switch {
	case s.Broken != "":
		return "The audit trail is not carried on: " + s.Broken + ". Run asye audit verify, which says where."
	case s.Outside.Wrong != "":
		return "Checkpoints do not reach " + s.Outside.Path + ": " + s.Outside.Wrong + "."
	case s.Readings.Lost > 0:
		return "The database could not be written for so long that readings were lost. Their number will be in the trail."
	case s.Waiting > 0 && s.Oldest.Add(late).Before(now):
		return "Lines have waited for their numbers since " + web.Moment(s.Oldest) + ". The log says why."
	}
	return ""
}

// ChainCards tells administrators of the whole service that the audit trail is
// in trouble, or that its checkpoints are kept nowhere else.
func ChainCards(t *trail.Store, now func() asye.Instant) web.Cards {
	return func(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
		s, err := t.Standing(ctx, scope)
		if fault.KindOf(err) == fault.Forbidden {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		card := web.Card{Action: "See how the audit trail is kept", Href: paths.AdminCheckpoint()}
		if text := trouble(s, now()); text != "" {
			card.Heading, card.Text, card.Urgent, card.Order = "The audit trail needs you", text, true, 5
			return []web.Card{card}, nil
		}
		if s.Outside.Path == "" {
			card.Heading, card.Order = "Checkpoints of the audit trail are kept nowhere else", 60
			card.Text = "Somebody who has the database could cut off the end of the trail unnoticed. Set audit_checkpoints to a place on another machine."
			return []web.Card{card}, nil
		}
		return nil, nil
	}
}
