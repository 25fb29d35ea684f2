package rights

import (
	"fmt"
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type dataDecideView struct {
	ui.Page
	ID       asye.PersonID
	Copy     Copy
	Standing Standing
	Reason   string // for a hold, as typed
	Wait     string // why the person cannot be erased today
}

// dataDecide shows those who look after the whole service what is held of a
// person, and what can be done about it.
func (p *pages) dataDecide(w http.ResponseWriter, r *web.Request) error {
	v, err := p.decideView(r)
	if err != nil {
		return err
	}
	return r.Render(w, dataDecidePage(v))
}

func (p *pages) decideView(r *web.Request) (dataDecideView, error) {
	v := dataDecideView{ID: whose(r), Reason: r.Value("hold_reason")}
	if err := p.store.mayDecide(r.Context(), r.Scope); err != nil {
		return v, err
	}
	var err error
	if v.Copy, err = p.store.Copy(r.Context(), r.Scope, v.ID); err != nil {
		return v, err
	}
	if v.Standing, err = p.store.Standing(r.Context(), r.Scope, v.ID); err != nil {
		return v, err
	}
	if err := v.Standing.MayErase("a reason"); err != nil {
		v.Wait = err.Error() + "."
	}
	v.Page = r.Page("Data held about " + v.Standing.Name)
	v.Back = &ui.Link{Text: v.Standing.Name, Href: paths.AdminPerson(v.ID)}
	return v, nil
}

// dataHold keeps a person's data from being erased.
func (p *pages) dataHold(w http.ResponseWriter, r *web.Request) error {
	v, err := p.decideView(r)
	if err != nil {
		return err
	}
	err = p.store.Hold(r.Context(), r.Scope, v.ID, v.Reason)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, dataDecidePage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.PersonData(v.ID), "There is a hold now", "Nothing of this person can be erased until it is lifted.")
}

// dataLift ends a hold.
func (p *pages) dataLift(w http.ResponseWriter, r *web.Request) error {
	if err := p.store.Lift(r.Context(), r.Scope, whose(r)); err != nil {
		return err
	}
	return r.Say(w, paths.PersonData(whose(r)), "The hold is lifted", "The person can be erased again.")
}

func (v dataDecideView) rows() [][]ui.Cell {
	var out [][]ui.Cell
	for _, s := range v.Copy.Sections {
		out = append(out, []ui.Cell{ui.Text(s.Name), ui.Text(s.Holds), ui.Text(fmt.Sprint(len(s.Rows)))})
	}
	return out
}

func (v dataDecideView) head() []ui.Column {
	return []ui.Column{{Text: "What"}, {Text: "What it holds"}, {Text: "Entries", Numeric: true}}
}

func (v dataDecideView) facts() []ui.SummaryRow {
	st := v.Standing
	rows := []ui.SummaryRow{{Key: "Open roles", Text: fmt.Sprint(st.Roles)}, {Key: "Running years", Text: fmt.Sprint(st.Years)}}
	if !st.Last.IsZero() && st.Roles == 0 && st.Years == 0 && !st.Erased {
		rows = append(rows, ui.SummaryRow{Key: "Last day on record", Text: st.Last.String()},
			ui.SummaryRow{Key: "No reason to be kept from", Text: st.EndsOn.String()})
	}
	if st.Hold != "" {
		rows = append(rows, ui.SummaryRow{Key: "Hold since", Text: web.Moment(st.HeldAt)}, ui.SummaryRow{Key: "Reason of the hold", Text: st.Hold})
	}
	return rows
}

// count is a number of entries in words.
func count(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}
