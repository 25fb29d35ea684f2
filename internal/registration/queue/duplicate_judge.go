package queue

import (
	"net/http"
	"slices"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// duplicateJudgeView is a pair, and what was said of it.
type duplicateJudgeView struct {
	ui.Page
	Twin     registration.Twin
	Decision string // same, mistake or different
	Note     string
	Refusal  string // why the two cannot be joined
}

// duplicateJudge asks whether two records are one person.
func (p *pages) duplicateJudge(w http.ResponseWriter, r *web.Request) error {
	v := duplicateJudgeView{Page: r.Page("One person or two?"), Decision: r.Value("decision"), Note: r.Value("note")}
	v.Back = &ui.Link{Text: "Back to possible duplicates", Href: paths.Duplicates()}
	v.Wide = true
	id := r.PathValue("id")
	if !r.Posted() {
		return p.showPair(w, r, v)
	}
	err := fault.Problems{{Field: "decision", Text: "Say whether the two are one person"}}.Err()
	switch v.Decision {
	case "same", "different":
		err = p.store.Judge(r.Context(), r.Scope, id, v.Decision == "same", v.Note)
	case "mistake":
		err = p.store.JudgeMistake(r.Context(), r.Scope, id, v.Note)
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		v.Problems = fault.ProblemsOf(err)
		return p.showPair(w, r, v)
	case fault.Conflict:
		v.Refusal = err.Error()
		return p.showPair(w, r, v)
	case fault.NotFound:
		return r.Stale(w, duplicateGone(v))
	}
	if err != nil {
		return err
	}
	switch v.Decision {
	case "mistake":
		return r.Say(w, paths.Duplicates(), "The newer year is closed, and the two records are one person",
			"Its employer gets a message, and can undo the closing if it is wrong.")
	case "same":
		return r.Say(w, paths.Duplicates(), "The two records are one person", "Their registrations now stand under the record that was there first.")
	}
	return r.Say(w, paths.Duplicates(), "The two records are two people", "The pair will not be put to you again.")
}

// showPair shows the pair, with the status that suits what is wrong.
func (p *pages) showPair(w http.ResponseWriter, r *web.Request, v duplicateJudgeView) error {
	var err error
	if v.Twin, err = p.store.Twin(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		if r.Posted() && fault.KindOf(err) == fault.NotFound {
			return r.Stale(w, duplicateGone(v))
		}
		return err
	}
	for _, y := range append(slices.Clone(v.Twin.One.Years), v.Twin.Other.Years...) {
		r.Shows("enrolment", string(y.ID)) // whose employers see that it was looked at, and not why
	}
	switch {
	case v.Refusal != "":
		return r.Stale(w, duplicateJudge(v))
	case len(v.Problems) > 0:
		return r.Refuse(w, duplicateJudge(v))
	}
	return r.Render(w, duplicateJudge(v))
}

// choices are what can be decided. Two years at the same time cannot be one
// person's: the newer one has to be closed first, here or by its employer.
func (v duplicateJudgeView) choices() []ui.Choice {
	different := ui.Choice{Value: "different", Text: "Two people", Hint: "The pair is not put to you again."}
	if len(v.Twin.Clashes()) == 0 {
		return []ui.Choice{{Value: "same", Text: "One person", Hint: "The registrations come together under the record that was there first. This cannot be undone here."}, different}
	}
	year, err := v.Twin.Closing()
	if err != nil {
		return []ui.Choice{different}
	}
	return []ui.Choice{{Value: "mistake", Text: "One person, and the newer registration is a mistake",
		Hint: "The year " + year.Reference + " with " + year.OrgName + " is closed today as registered by mistake, on behalf of that employer, who is told. Then the records come together. Ask " + year.OrgName + " first."}, different}
}

// obstacles say before anything is saved why the two cannot simply be joined.
func (v duplicateJudgeView) obstacles() []string {
	var all []string
	for _, c := range v.Twin.Clashes() {
		all = append(all, "One person cannot have two years at the same time: "+years(c.Newer)+", and "+years(c.Older))
	}
	if len(all) > 0 {
		if _, err := v.Twin.Closing(); err != nil {
			all = append(all, err.Error())
		}
	}
	return all
}

func years(y registration.TwinYear) string {
	text := y.Reference + " with " + y.OrgName + ", " + y.Period.String()
	if y.Period.IsOpen() {
		text = y.Reference + " with " + y.OrgName + ", running since " + y.Period.Start.String()
	}
	return text
}

// contacts are whom to ask at each employer of the two.
func (v duplicateJudgeView) contacts() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, y := range append(slices.Clone(v.Twin.One.Years), v.Twin.Other.Years...) {
		rows = append(rows, ui.SummaryRow{Key: y.OrgName, Text: orNothing(y.Contact.String())})
	}
	return slices.CompactFunc(rows, func(a, b ui.SummaryRow) bool { return a.Key == b.Key })
}

// table sets the two side by side.
func (v duplicateJudgeView) table() ui.TableOptions {
	one, other := v.Twin.One, v.Twin.Other
	row := func(what, a, b string) []ui.Cell {
		return []ui.Cell{ui.Text(what), ui.Text(orNothing(a)), ui.Text(orNothing(b))}
	}
	return ui.TableOptions{Caption: "The two records", CaptionSize: "m", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "What"}, {Text: "Registered later"}, {Text: "There first"}},
		Rows: [][]ui.Cell{row("Name", one.Name, other.Name), row("Number", string(one.Number), string(other.Number)),
			row("Date of birth", one.DateOfBirth.String(), other.DateOfBirth.String()), row("Registrations", one.Employers, other.Employers)}}
}
