package upload

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration/check"
	"example.org/asye/internal/registration/columns"
)

// pageSize is how many rows a page of any of the lists has.
const pageSize = 25

// The lists of a check page.
const (
	showErrors   = "errors"
	showChanges  = "changes"
	showNew      = "new"
	showWarnings = "warnings"
)

// uploadCheckView is what one upload would do.
type uploadCheckView struct {
	ui.Page
	Upload  Staged
	Columns columns.List
	Show    string
	At      int // page, from 1
	Total   int // entries of the list that is shown
	Tables  []ui.TableOptions
}

// uploadCheck serves "Check your upload". One that has been decided on leads to
// what came of it.
func (p *pages) uploadCheck(w http.ResponseWriter, r *web.Request) error {
	v, err := p.uploadCheckView(r)
	if errors.Is(err, errDecided) {
		return r.SeeOther(w, paths.UploadDone(r.PathValue("id")))
	}
	if err != nil {
		return err
	}
	return r.Render(w, uploadCheck(v))
}

func (p *pages) uploadCheckView(r *web.Request) (uploadCheckView, error) {
	u, err := p.store.Staged(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return uploadCheckView{}, err
	}
	v := uploadCheckView{Page: r.Page("Check your upload"), Upload: u, Columns: p.store.Columns(), Show: r.URL.Query().Get("show")}
	v.Breadcrumbs, v.Wide = crumbs(uploadCrumb()), true
	v.At, _ = strconv.Atoi(r.URL.Query().Get("page")) // anything else is the first page
	v.choose()
	return v, nil
}

// choose settles which list is shown, and which part of it.
func (v *uploadCheckView) choose() {
	plan := v.Upload.Plan
	if v.Show == "" {
		v.Show = showNew
		for _, kind := range []struct {
			show string
			any  bool
		}{{showErrors, plan.Count(check.Wrong) > 0}, {showChanges, plan.Count(check.Changed) > 0}} {
			if kind.any {
				v.Show = kind.show
				break
			}
		}
	}
	switch v.Show {
	case showErrors:
		v.Tables = []ui.TableOptions{v.findings("What is wrong, row by row", plan.Problems(), true)}
	case showWarnings:
		v.Tables = []ui.TableOptions{v.findings("What is unusual. Nothing of this stops a row", plan.AllWarnings(), false)}
	case showChanges:
		v.Tables = []ui.TableOptions{v.changes(plan.Of(check.Changed))}
	default:
		v.Show = showNew
		v.Tables = []ui.TableOptions{v.new(plan.Of(check.New))}
	}
}

// part cuts a list to the page that is shown.
func part[T any](v *uploadCheckView, all []T) []T {
	v.Total = len(all)
	v.At = min(max(v.At, 1), max(1, (len(all)+pageSize-1)/pageSize))
	from := (v.At - 1) * pageSize
	return all[from:min(from+pageSize, len(all))]
}

func (v *uploadCheckView) findings(caption string, all []check.Finding, mend bool) ui.TableOptions {
	t := ui.TableOptions{Caption: caption, Head: []ui.Column{{Text: "Row"}, {Text: "Column"}, {Text: "Reason"}, {Text: "How to mend it"}}}
	for _, f := range part(v, all) {
		row := ui.Text(strconv.Itoa(f.Row))
		if mend {
			row = ui.Cell{Text: "Mend row " + strconv.Itoa(f.Row), Href: paths.UploadRow(v.Upload.ID, f.Row)}
		}
		t.Rows = append(t.Rows, []ui.Cell{row, ui.Text(place(f)), ui.Text(f.Reason), ui.Text(f.Mend)})
	}
	return t
}

// place is the column of a finding, as tables show it.
func place(f check.Finding) string {
	if f.Column == "" {
		return "The whole row"
	}
	return f.Column
}

func (v *uploadCheckView) changes(lines []check.Line) ui.TableOptions {
	t := ui.TableOptions{Caption: "What changes", Head: []ui.Column{{Text: "Row"}, {Text: "NQSW"}, {Text: "Field"}, {Text: "Was"}, {Text: "Will be"}}}
	for _, line := range part(v, lines) {
		for i, d := range line.Differences {
			row, who := ui.Text(strconv.Itoa(line.Row)), ui.LinkTo(line.Name, paths.Registration(line.Enrolment))
			if i > 0 {
				who = ui.Text(line.Name)
			}
			column, _ := v.Columns.Of(d.Key)
			t.Rows = append(t.Rows, []ui.Cell{row, who, ui.Text(column.Header), ui.Text(orEmpty(d.Was)), ui.Text(orEmpty(d.Will))})
		}
	}
	return t
}

func orEmpty(text string) string {
	if text == "" {
		return "Nothing"
	}
	return text
}

func (v *uploadCheckView) new(lines []check.Line) ui.TableOptions {
	t := ui.TableOptions{Caption: "Who would be registered", Head: []ui.Column{{Text: "Row"}, {Text: "NQSW"}, {Text: "Social Work England number"}, {Text: "Warnings", Numeric: true}}}
	for _, line := range part(v, lines) {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(strconv.Itoa(line.Row)), ui.Text(line.Name), ui.Text(string(line.Number)), count(len(line.Warnings))})
	}
	return t
}

func (v uploadCheckView) figures() []ui.FigureOptions {
	u := v.Upload.Upload
	return []ui.FigureOptions{
		{Figure: ui.Thousands(u.New), Label: "New", Note: "will be registered"},
		{Figure: ui.Thousands(u.Changed), Label: "Changed", Note: "are registered, and will change"},
		{Figure: ui.Thousands(u.Same), Label: "Unchanged", Note: "are recorded already as they stand"},
		{Figure: ui.Thousands(u.Wrong), Label: "With errors", Note: "cannot go ahead as they stand"},
	}
}

func (v uploadCheckView) views() ui.SubNavigationOptions {
	plan, o := v.Upload.Plan, ui.SubNavigationOptions{Label: "Lists of this upload"}
	for _, one := range []struct {
		show, text string
		n          int
	}{{showErrors, "Errors", len(plan.Problems())}, {showChanges, "Changes", v.Upload.Changed}, {showNew, "New", v.Upload.New},
		{showWarnings, "Warnings", len(plan.AllWarnings())}} {
		o.Items = append(o.Items, ui.NavItem{Text: fmt.Sprintf("%s (%s)", one.text, ui.Thousands(one.n)),
			Href: paths.UploadCheck(v.Upload.ID, one.show, 1), Current: one.show == v.Show})
	}
	return o
}

func (v uploadCheckView) noun() string {
	switch v.Show {
	case showErrors:
		return "errors"
	case showWarnings:
		return "warnings"
	case showChanges:
		return "changed NQSWs"
	}
	return "new NQSWs"
}

func (v uploadCheckView) showing() string { return ui.Showing(v.At, pageSize, v.Total, v.noun()) }

func (v uploadCheckView) pages() ui.PaginationOptions {
	return ui.Pages(v.At, (v.Total+pageSize-1)/pageSize, func(page int) string { return paths.UploadCheck(v.Upload.ID, v.Show, page) })
}

func (v uploadCheckView) caption() string {
	return v.Upload.File + ", uploaded on " + web.Moment(v.Upload.MadeAt)
}

// button says what confirming does.
func (v uploadCheckView) button() string {
	switch {
	case v.Upload.Changed == 0:
		return "Register " + nqsws(v.Upload.New)
	case v.Upload.New == 0:
		return "Change " + nqsws(v.Upload.Changed)
	}
	return "Register " + nqsws(v.Upload.New) + " and change " + ui.Thousands(v.Upload.Changed)
}

func nqsws(n int) string {
	if n == 1 {
		return "1 NQSW"
	}
	return ui.Thousands(n) + " NQSWs"
}

func rowsWithErrors(n int) string {
	if n == 1 {
		return "1 row with errors"
	}
	return ui.Thousands(n) + " rows with errors"
}

// uploadConfirm stores the rows that are right.
func (p *pages) uploadConfirm(w http.ResponseWriter, r *web.Request) error {
	seen, _ := strconv.Atoi(r.Value("version")) // another value is another version
	u, err := p.store.Confirm(r.Context(), r.Scope, r.PathValue("id"), Decision{Seen: seen, Invite: r.Value("invite") == "yes"})
	if err == nil {
		return r.SeeOther(w, paths.UploadDone(u.ID))
	}
	if errors.Is(err, errDecided) {
		return r.LeadBack(w, paths.UploadDone(r.PathValue("id")))
	}
	if !web.IsStale(err) {
		return err
	}
	v, err := p.uploadCheckView(r)
	if err != nil {
		return err
	}
	v.Flash = &ui.Notice{Heading: "The upload was changed after you opened this page",
		Text: "Nothing has been stored. Somebody has mended a row since. Look at the figures again, and confirm once more."}
	return r.Stale(w, uploadCheck(v))
}

// uploadErrors sends the rows with errors, with the reasons in a column more.
func (p *pages) uploadErrors(w http.ResponseWriter, r *web.Request) error {
	u, err := p.store.Staged(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	sheet, texts := u.Errors()
	var body bytes.Buffer
	if err := files.Annotated(&body, sheet, texts); err != nil {
		return err
	}
	return send(w, sheet.AnnotatedName(), sheet.Format.ContentType(), body.Bytes())
}
