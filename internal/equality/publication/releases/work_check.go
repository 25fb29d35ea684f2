package releases

import (
	"fmt"
	"net/http"
	"strings"

	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// workCheckView is a release as those who work on it see it: the tables as
// readers will see them, and what readers do not see.
type workCheckView struct {
	ui.Page
	figures
	Checked   publication.Checked
	Programme string
}

// workCheck shows a release with its audit.
func (p *pages) workCheck(w http.ResponseWriter, r *web.Request) error {
	checked, err := p.store.Check(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	v := workCheckView{Page: r.Page(checked.Content.Title), figures: figures{checked.Content}, Checked: checked, Programme: p.named(checked.Content.Programme)}
	v.Wide, v.Back = true, &ui.Link{Text: "Back to releases", Href: paths.Publication()}
	return r.Render(w, workCheckPage(v))
}

// workApprove notes that somebody approves what they saw.
func (p *pages) workApprove(w http.ResponseWriter, r *web.Request) error {
	id := r.PathValue("id")
	if err := p.store.Approve(r.Context(), r.Scope, id, r.Value("hash")); err != nil {
		return err
	}
	checked, err := p.store.Check(r.Context(), r.Scope, id)
	if err != nil {
		return err
	}
	if checked.State == publication.Published {
		return r.Say(w, paths.PublicationCheck(id), "The release is published", "Everybody can read it, and nobody can change it.")
	}
	return r.Say(w, paths.PublicationCheck(id), "Your approval is recorded", "When a second person approves it too, it is published at once.")
}

// workDiscard puts a release away that is not published.
func (p *pages) workDiscard(w http.ResponseWriter, r *web.Request) error {
	if err := p.store.Discard(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		return err
	}
	return r.Say(w, paths.Publication(), "The release is discarded", "Nothing of it was published.")
}

func (v workCheckView) waits() bool { return v.Checked.State == publication.Prepared }

// moved says why the release cannot be approved as it is; empty when it can.
func (v workCheckView) moved() string {
	switch {
	case v.Checked.Doubt != nil:
		return "It would be refused today: " + v.Checked.Doubt.Error() + "."
	case len(v.Checked.Moved) > 0:
		return "The records, or what was released, have moved on since it was prepared. These tables would be different today: " + strings.Join(v.Checked.Moved, ", ") + "."
	}
	return ""
}

func (v workCheckView) facts() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Key: "Programme", Text: v.Programme},
		{Key: "Cohorts counted together", Text: cohorts(v.Checked.Content.Cohorts)},
		{Key: "Reference period", Text: v.Checked.Content.Period},
		{Key: "How people are protected", Text: publication.MethodSaid(v.Checked.Content.Method)},
		{Key: "State", Value: ui.Tag(tagOf(v.Checked.Release))},
	}
	for _, a := range v.Checked.Acts {
		rows = append(rows, ui.SummaryRow{Key: capital(a.What) + " by", Text: a.Name + ", " + web.Moment(a.At)})
	}
	if v.Checked.Reason != "" {
		rows = append(rows, ui.SummaryRow{Key: "Why it was withdrawn", Text: v.Checked.Reason})
	}
	return append(rows, ui.SummaryRow{Key: "Fingerprint of the content", Text: v.Checked.Hash[:min(16, len(v.Checked.Hash))]})
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// audit says in sentences what the audit found.
func (v workCheckView) audit() []string {
	review := v.Checked.Review
	if v.Checked.Content.Method == "cell-key" {
		return []string{fmt.Sprintf("Noise hides nothing, so there are no ranges to look at. Every pair of groups that differ by fewer than 10 people was looked for, among these and all released before: %d found.", len(review.Pairs()))}
	}
	out := []string{fmt.Sprintf("%d counts are too small to be told, shown or not. Each was held against everything in this release and in all before it.", review.Ranges())}
	if width, ok := review.Narrowest(); ok {
		out = append(out, fmt.Sprintf("What an attacker can find out of any of them is a range at least %d wide.", width))
	}
	if review.Exact() {
		return append(out, "Every range is exact: no further arithmetic narrows it.")
	}
	return append(out, "Each range is proven by two whole tables that fit everything published; some may be wider than shown.")
}

// hidden lists what is not told, and why.
func (v workCheckView) hidden() ui.TableOptions {
	o := ui.TableOptions{Caption: "What is hidden, and why", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Row"}, {Text: "Table"}, {Text: "Column"}, {Text: "Why"}}}
	for _, f := range v.Checked.Review.Families {
		for _, h := range f.Hidden {
			o.Rows = append(o.Rows, []ui.Cell{ui.Text(h.Row), ui.Text(h.Table), ui.Text(h.Column), ui.Text(h.Why)})
		}
	}
	return o
}

// ranges lists what an attacker can find out, one row for each sensitive count.
func (v workCheckView) ranges() ui.TableOptions {
	o := ui.TableOptions{Caption: "What an attacker can find out", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Count"}, {Text: "From", Numeric: true}, {Text: "To", Numeric: true}, {Text: "Exact"}}}
	for _, f := range v.Checked.Review.Families {
		for _, one := range f.Report.Ranges {
			if len(o.Rows) == mostRanges {
				o.Caption, o.CaptionHidden = fmt.Sprintf("The first %d of %s counts", mostRanges, publication.Thousands(v.Checked.Review.Ranges())), false
				return o
			}
			o.Rows = append(o.Rows, []ui.Cell{ui.Text(one.Label), ui.Number(end(int(one.Low))), ui.Number(end(int(one.High))), ui.Text(yesNo(one.Exact))})
		}
	}
	return o
}

// mostRanges is how many ranges a page lists.
const mostRanges = 200

func end(n int) string {
	if n >= 1<<29 {
		return "no end"
	}
	return publication.Thousands(n)
}

func yesNo(is bool) string {
	if is {
		return "Yes"
	}
	return "At least"
}
