package claims

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// claimShowView is one claim: of a draft, exactly what would be signed.
type claimShowView struct {
	ui.Page
	Claim       claim.Claim
	Content     claim.Content // what could be claimed now
	Documents   []claim.Document
	Coordinator bool
	Director    bool
	Outside     bool // the funder does not use this service: its answers are recorded by the employer
	Now         asye.Instant
}

// claimShow serves one claim.
func (p *pages) claimShow(w http.ResponseWriter, r *web.Request) error {
	v, err := p.claimView(r)
	if err != nil {
		return err
	}
	return r.Render(w, claimShowPage(v))
}

func (p *pages) claimView(r *web.Request) (claimShowView, error) {
	v := claimShowView{Coordinator: isCoordinator(r), Director: r.Scope.Role() == asye.Director, Now: r.Now,
		Outside: p.claims.Payer().Outside() == nil}
	var err error
	if v.Claim, v.Content, err = p.claims.Open(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		return v, err
	}
	v.Page = r.Page("Claim " + v.Claim.Reference)
	v.Wide, v.Back = true, &ui.Link{Text: "Back to claims", Href: paths.GrantClaims()}
	v.Documents, err = p.claims.Documents(r.Context(), r.Scope, v.Claim.Scheme.Key)
	return v, err
}

// decided leads back to a claim after an act, or shows it as it is now with why
// the act was refused: nobody signs or sends what they have not seen.
func (p *pages) decided(w http.ResponseWriter, r *web.Request, err error, heading, text string) error {
	id := r.PathValue("id")
	if err == nil {
		return r.Say(w, paths.GrantClaim(id), heading, text)
	}
	if fault.KindOf(err) != fault.Conflict {
		return err
	}
	v, gone := p.claimView(r)
	if gone != nil {
		return gone
	}
	v.Problems = fault.Problems{{Text: err.Error()}}
	return r.Stale(w, claimShowPage(v))
}

// version is the version of the claim that somebody has seen.
func version(r *web.Request) int {
	n, _ := strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	return n
}

// claimSign signs what a director has seen.
func (p *pages) claimSign(w http.ResponseWriter, r *web.Request) error {
	err := p.claims.Sign(r.Context(), r.Scope, r.PathValue("id"), r.Value("hash"), version(r))
	return p.decided(w, r, err, "You have signed the claim", "Nothing in it can change any more. Submit it before the deadline.")
}

// claimSubmit sends what was signed.
func (p *pages) claimSubmit(w http.ResponseWriter, r *web.Request) error {
	err := p.claims.Submit(r.Context(), r.Scope, r.PathValue("id"), version(r))
	if p.claims.Payer().Outside() == nil {
		return p.decided(w, r, err, "It is recorded that you sent the claim", "When the funder has answered, record that on this page.")
	}
	return p.decided(w, r, err, "The claim is submitted", "The funder’s answer will be here.")
}

// claimReopen makes a draft of what was signed and not sent.
func (p *pages) claimReopen(w http.ResponseWriter, r *web.Request) error {
	err := p.claims.Reopen(r.Context(), r.Scope, r.PathValue("id"), version(r))
	return p.decided(w, r, err, "The claim is a draft again", "It follows your registrations as they change, and has to be signed again.")
}

// claimDiscard puts a draft away.
func (p *pages) claimDiscard(w http.ResponseWriter, r *web.Request) error {
	err := p.claims.Discard(r.Context(), r.Scope, r.PathValue("id"), version(r))
	if err == nil {
		return r.Say(w, paths.GrantClaims(), "The draft is discarded", "Nothing was sent. What is due can go into another claim.")
	}
	return p.decided(w, r, err, "", "")
}

// claimLeaveOut takes a payment out of a draft, or back in.
func (p *pages) claimLeaveOut(w http.ResponseWriter, r *web.Request) error {
	out := r.Value("out") == "yes"
	k := claim.Key{Enrolment: asye.EnrolmentID(r.Value("enrolment")), Milestone: r.Value("milestone")}
	err := p.claims.LeaveOut(r.Context(), r.Scope, r.PathValue("id"), version(r), k, out)
	if out {
		return p.decided(w, r, err, "The payment is left out", "It can go into this claim again, or into a later one.")
	}
	return p.decided(w, r, err, "The payment is in the claim again", "The director signs it with the rest.")
}

func (v claimShowView) is(states ...claim.State) bool { return slices.Contains(states, v.Claim.State) }

// form is a form that does something with the claim as it was seen.
func (v claimShowView) form(act string, more ...ui.HiddenField) ui.FormOptions {
	return ui.FormOptions{Action: paths.GrantClaimAct(v.Claim.ID, act), Token: v.Form,
		Hidden: append([]ui.HiddenField{{Name: "version", Value: strconv.Itoa(v.Claim.Version)}}, more...)}
}

func (v claimShowView) leaveOut(k claim.Key, out string) ui.FormOptions {
	return v.form("leave-out", ui.HiddenField{Name: "enrolment", Value: string(k.Enrolment)}, ui.HiddenField{Name: "milestone", Value: k.Milestone},
		ui.HiddenField{Name: "out", Value: out})
}

func (v claimShowView) facts() []ui.SummaryRow {
	c := v.Claim
	rows := []ui.SummaryRow{{Key: "State", Value: ui.Tag(claimTag(c.State))},
		{Key: "Scheme", Value: claimScheme(c.Scheme)},
		{Key: "In total", Text: claim.Total(c.Lines).String() + ", " + some(len(c.Lines), "payment")}}
	if by := v.by(); by != "" {
		rows = append(rows, ui.SummaryRow{Key: "Claim by", Text: by})
	}
	for _, col := range v.same() {
		rows = append(rows, ui.SummaryRow{Key: col.Title, Text: c.Lines[0].Cell(col.Value)})
	}
	if len(c.Lines) > 0 {
		rows = append(rows, ui.SummaryRow{Key: "Fingerprint of the content", Value: claimPrint(c.Hash)})
	}
	return rows
}

// by is until when the claim has to be sent, while it has not been.
func (v claimShowView) by() string {
	if !v.is(claim.Draft, claim.Signed) {
		return ""
	}
	closes, text := asye.Instant{}, ""
	for _, l := range v.Claim.Lines {
		at := deadlineOf(v.Claim.Scheme, l)
		if !at.IsZero() && (closes.IsZero() || at.Before(closes)) {
			closes, text = at, until(v.Claim.Scheme, l.On)+": "+left(v.Now, at)
			if l.Facts.IsLate(l.Milestone) {
				text = until(v.Claim.Scheme, l.On) + ", after which the funder lets you claim"
			}
		}
	}
	return text
}

// deadlineOf is the first instant that is too late for a line, signed or not.
func deadlineOf(s grant.Scheme, l claim.Line) asye.Instant {
	d, ok := s.DeadlineOf(l.On)
	if !ok {
		return asye.Instant{}
	}
	at, _ := d.Closes() // files of schemes were checked
	return at
}

// same are the columns of the funder's file in which every row has the same, and
// that say who claims: they stand above the table.
func (v claimShowView) same() []grant.Column {
	var out []grant.Column
	for _, col := range v.Claim.Scheme.File.Columns {
		if v.isSame(col) {
			out = append(out, col)
		}
	}
	return out
}

func (v claimShowView) isSame(col grant.Column) bool {
	if !slices.Contains([]grant.Value{grant.ValueOrganisation, grant.ValueOrgCode, grant.ValueOrgType}, col.Value) {
		return false
	}
	return !slices.ContainsFunc(v.Claim.Lines, func(l claim.Line) bool { return l.Cell(col.Value) != v.Claim.Lines[0].Cell(col.Value) }) && len(v.Claim.Lines) > 0
}

// inName are the columns that stand together in the first of the page.
var inName = []grant.Value{grant.ValueGivenName, grant.ValueFamilyName, grant.ValueReference}

// table is what was signed, or would be, in the columns of the funder's file.
func (v claimShowView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: v.caption(), CaptionSize: "m", Small: true, Stacked: true, RowHeaders: true, Head: []ui.Column{{Text: "NQSW"}}}
	var columns []grant.Column
	for _, col := range v.Claim.Scheme.File.Columns {
		if !v.isSame(col) && !slices.Contains(inName, col.Value) {
			columns = append(columns, col)
			t.Head = append(t.Head, ui.Column{Text: col.Title, Numeric: col.Value == grant.ValueAmount})
		}
	}
	t.Head = append(t.Head, ui.Column{Text: v.lastColumn()})
	for _, l := range v.Claim.Lines {
		row := []ui.Cell{ui.Part(claimName(l))}
		for _, col := range columns {
			cell := ui.Part(claimCell(l.Cell(col.Value)))
			cell.Numeric = col.Value == grant.ValueAmount
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, append(row, ui.Part(claimLine(v, l))))
	}
	return t
}

func (v claimShowView) lastColumn() string {
	if v.is(claim.Draft, claim.Signed) {
		return "Why it is due"
	}
	return "Answer"
}

func (v claimShowView) caption() string {
	switch v.Claim.State {
	case claim.Draft:
		return "What would be signed"
	case claim.Signed:
		return "What was signed"
	}
	return "What was claimed"
}

// records reports whether what the funder does is recorded here by whoever looks.
func (v claimShowView) records() bool { return v.Outside && v.Coordinator }

// goesBack reports whether it can be recorded that a payment was taken back.
func (v claimShowView) goesBack(l claim.Line) bool {
	return v.records() && l.Recovery == claim.RecoveryNone && (l.Payment == claim.PaymentAccepted || l.Payment == claim.PaymentPaid)
}

// changed lists what has changed since the claim was signed and not sent.
func (v claimShowView) changed() []string {
	if !v.is(claim.Signed) {
		return nil
	}
	return claim.Fallen(v.Claim.Lines, v.Content.Now())
}

// ready is why the draft cannot be signed yet; empty when it can.
func (v claimShowView) ready() string {
	if err := v.Content.Ready(); err != nil {
		return err.Error() + "."
	}
	return ""
}

// returned are the lines that the funder does not pay.
func (v claimShowView) returned() []claim.Line {
	return slices.DeleteFunc(slices.Clone(v.Claim.Lines), func(l claim.Line) bool { return l.Payment != claim.PaymentReturned })
}

func (v claimShowView) accepted() string {
	all := slices.DeleteFunc(slices.Clone(v.Claim.Lines), func(l claim.Line) bool { return l.Payment == claim.PaymentReturned })
	return fmt.Sprintf("Accepted: %s, %s.", some(len(all), "payment"), claim.Total(all))
}

// asks reports whether the scheme asks for a condition before the payments of this
// claim.
func (v claimShowView) asks(c grant.Condition) bool {
	return slices.ContainsFunc(v.Claim.Lines, func(l claim.Line) bool { return slices.Contains(c.Milestones, l.Milestone) })
}

func (v claimShowView) shown(condition string) []claim.Document {
	return slices.DeleteFunc(slices.Clone(v.Documents), func(d claim.Document) bool { return d.Condition != condition })
}

// history is who did what.
func (v claimShowView) history() ui.TimelineOptions {
	o := ui.TimelineOptions{HeadingLevel: 3}
	for _, a := range slices.Backward(v.Claim.Acts) {
		item := ui.TimelineItem{Title: a.String(), When: web.Moment(a.At), Datetime: a.At.Time().Format("2006-01-02T15:04:05Z"), By: a.By, Text: a.Note}
		if a.Hash != "" {
			item.Text = strings.TrimPrefix(item.Text+". Fingerprint "+print(a.Hash), ". ")
		}
		o.Items = append(o.Items, item)
	}
	return o
}
