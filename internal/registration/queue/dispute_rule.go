package queue

import (
	"net/http"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// disputeRuleView is a disputed move, and what is decided about it.
type disputeRuleView struct {
	ui.Page
	Move              registration.Moving
	Seen              int    // the version of the move that the person has seen
	Moves             string // yes or no
	LeavesOn, JoinsOn ui.DateField
	Why               string
	Conflict          *ui.ConflictOptions
}

// disputeRule settles a disputed move: it moves on these dates, or it stays.
func (p *pages) disputeRule(w http.ResponseWriter, r *web.Request) error {
	v := disputeRuleView{Page: r.Page("Decide on a disputed move")}
	v.Back = &ui.Link{Text: "Back to disputed moves", Href: paths.Disputes()}
	if r.Posted() {
		return p.ruled(w, r, v)
	}
	var err error
	if v.Move, err = p.store.Dispute(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		return err
	}
	v.Seen = v.Move.Version
	if v.Move.JoinsOn.IsZero() || !v.Move.JoinsOn.Before(v.Move.LeavesOn) { // days that cannot both be right are not put to anybody again
		v.LeavesOn, v.JoinsOn = filled(v.Move.LeavesOn), filled(v.Move.JoinsOn)
	}
	return r.Render(w, disputeRule(v))
}

func (p *pages) ruled(w http.ResponseWriter, r *web.Request, v disputeRuleView) error {
	ruling, bad := v.read(r)
	id := r.PathValue("id")
	err := bad.Err()
	if err == nil {
		err = p.store.Rule(r.Context(), r.Scope, id, v.Seen, ruling)
	}
	kind := fault.KindOf(err)
	if err != nil && kind != fault.Invalid && kind != fault.Conflict && kind != fault.NotFound {
		return err
	}
	if err == nil {
		if ruling.Moves {
			return r.Say(w, paths.Disputes(), "The year moves"+v.when(ruling.JoinsOn, r.Today), told)
		}
		return r.Say(w, paths.Disputes(), "The year stays where it is", told)
	}
	var gone error
	if v.Move, gone = p.store.Dispute(r.Context(), r.Scope, id); fault.KindOf(gone) == fault.NotFound {
		return r.Stale(w, disputeGone(v))
	}
	if gone != nil {
		return gone
	}
	if kind == fault.Conflict {
		return r.Stale(w, disputeRule(v.against()))
	}
	v.Problems = fault.ProblemsOf(err)
	return r.Refuse(w, disputeRule(v))
}

const told = "Both employers and the NQSW get a message, and read your decision and the reason under their moves."

// when says on which day a move takes effect that does not do so at once.
func (v disputeRuleView) when(joins, today asye.Date) string {
	if joins.After(today) {
		return " on " + joins.String()
	}
	return ""
}

func (v *disputeRuleView) read(r *web.Request) (registration.Ruling, fault.Problems) {
	var bad fault.Problems
	v.Seen, _ = strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	v.Moves, v.Why = r.Value("moves"), r.Value("why")
	v.LeavesOn, v.JoinsOn = ui.ParseDateField(r.Form, "leaves_on"), ui.ParseDateField(r.Form, "joins_on")
	ruling := registration.Ruling{Moves: v.Moves == "yes", Why: v.Why}
	bad.If(v.Moves != "yes" && v.Moves != "no", "moves", "Say whether the year moves or stays")
	if ruling.Moves {
		_, ruling.LeavesOn = r.Date("leaves_on", "The first day no longer with the losing employer", &bad)
		_, ruling.JoinsOn = r.Date("joins_on", "The first day with the gaining employer", &bad)
	}
	return ruling, bad
}

// against shows what is stored now beside what was decided.
func (v disputeRuleView) against() disputeRuleView {
	v.Seen = v.Move.Version
	v.Title = "Somebody else has changed this move"
	decision := "It stays. " + v.Why
	if v.Moves == "yes" {
		decision = "It moves: leaves on " + typed(v.LeavesOn) + ", joins on " + typed(v.JoinsOn) + ". " + v.Why
	}
	v.Conflict = &ui.ConflictOptions{Differences: []ui.Difference{
		{Label: "The move", Theirs: "Leaves on " + orNothing(v.Move.LeavesOn.String()) + ", joins on " + orNothing(v.Move.JoinsOn.String()) + ". " + v.Move.Dispute, Yours: decision}}}
	return v
}

func typed(d ui.DateField) string { return strings.TrimSpace(d.Day + " " + d.Month + " " + d.Year) }

func filled(d asye.Date) ui.DateField {
	if d.IsZero() {
		return ui.DateField{}
	}
	return ui.NewDateField(d.Year(), int(d.Month()), d.Day())
}

func (v disputeRuleView) form() ui.FormOptions {
	return ui.FormOptions{Token: v.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(v.Seen)}}}
}

func (v disputeRuleView) rows() []ui.SummaryRow {
	m := v.Move
	return []ui.SummaryRow{
		{Key: "NQSW", Text: m.Name + ", " + m.Reference},
		{Key: "What is disputed", Value: lines(m.Dispute)},
	}
}

// sides sets what the two employers say side by side, with whom to ask there.
func (v disputeRuleView) sides() ui.TableOptions {
	m := v.Move
	last := ""
	if !m.LeavesOn.IsZero() {
		last = m.LeavesOn.AddDays(-1).String()
	}
	row := func(what, a, b string) []ui.Cell {
		return []ui.Cell{ui.Text(what), ui.Text(orNothing(a)), ui.Text(orNothing(b))}
	}
	return ui.TableOptions{Caption: "What the two employers say", CaptionSize: "m", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "What"}, {Text: "Losing employer"}, {Text: "Gaining employer"}},
		Rows: [][]ui.Cell{row("Employer", m.FromName, m.ToName),
			row("What they say", "Last day there: "+orNothing(last), "First day there: "+orNothing(m.JoinsOn.String())),
			row("When they said so", spoken(m.ReportedAt, "Reported the leaving", "Has not reported a leaving"),
				spoken(m.ClaimedAt, "Claimed the NQSW", "Has not claimed the NQSW")),
			row("Whom to ask there", m.FromContact.String(), m.ToContact.String())}}
}

// warnings say before anything is saved what stands in the way of a move.
func (v disputeRuleView) warnings() []string {
	m := v.Move
	var all []string
	if m.To == "" {
		all = append(all, registration.NobodyClaims+". You can only decide that it stays")
	}
	if !m.LeavesOn.IsZero() && !m.JoinsOn.IsZero() && m.JoinsOn.Before(m.LeavesOn) {
		all = append(all, "The days cannot both be right: the NQSW would join on "+m.JoinsOn.String()+" and leave only after "+
			m.LeavesOn.AddDays(-1).String()+". If the year moves, enter the days that you found to be right")
	}
	return all
}

// choices are what can be decided.
func (v disputeRuleView) choices() []ui.Choice {
	stays := ui.Choice{Value: "no", Text: "It stays with " + v.Move.FromName}
	if v.Move.To == "" {
		return []ui.Choice{stays}
	}
	return []ui.Choice{{Value: "yes", Text: "It moves to " + v.Move.ToName + ", on these days", Conditional: disputeDates(v)}, stays}
}

func spoken(at asye.Instant, did, didNot string) string {
	if at.IsZero() {
		return didNot
	}
	return did + " on " + web.Moment(at)
}
