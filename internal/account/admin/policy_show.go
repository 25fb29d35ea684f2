package admin

import (
	"net/http"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// policyShowView is who may see what. An administrator also sees by which
// addresses, and what is kept.
type policyShowView struct {
	ui.Page
	Table  policy.Table
	Tables []inventory.Table // what is kept; empty for all but administrators
}

// policyShow shows the policy itself, to whoever wants to read it.
func (p *pages) policyShow(w http.ResponseWriter, r *web.Request) error {
	v := policyShowView{Page: r.Page("Who can see what, in full"), Table: p.Policy()}
	v.Wide = true
	if r.Scope.Role() == asye.Administrator {
		v.Tables = p.Tables
	} else {
		v.Table.Uses = nil
	}
	return r.Render(w, policyShowPage(v))
}

func (v policyShowView) relations() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, in := range policy.Relations() {
		rows = append(rows, ui.SummaryRow{Key: capital(string(in)), Text: capital(in.Means()) + "."})
	}
	return rows
}

func (v policyShowView) grants(thing policy.Thing) ui.TableOptions {
	t := ui.TableOptions{Caption: "Who may", CaptionSize: "s", RowHeaders: true, Small: true, Stacked: true,
		Head: []ui.Column{{Text: "Reader"}, {Text: "Of whom"}, {Text: "Sees"}, {Text: "Why"}}}
	for _, g := range thing.Grants {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(capital(string(g.To))), ui.Text(capital(g.Relations())), ui.Text(capital(g.Seen())), ui.Text(reason(g))})
	}
	return t
}

// reason is why somebody may see a thing, and what they may not change of it.
func reason(g policy.Grant) string {
	if g.Limits != "" {
		return g.Why + ". " + g.Limits + "."
	}
	return g.Why + "."
}

// refused is who sees nothing of a thing, in words.
func refused(thing policy.Thing) string {
	var words []string
	for _, to := range thing.Refused() {
		words = append(words, string(to))
	}
	return strings.Join(words, ", ")
}

func (v policyShowView) addresses(thing policy.Thing) ui.TableOptions {
	t := ui.TableOptions{Caption: "By which addresses", CaptionSize: "s", RowHeaders: true, Small: true, Stacked: true,
		Head: []ui.Column{{Text: "Address"}, {Text: "Roles"}, {Text: "What using it leaves behind"}}}
	for _, u := range v.Table.Of(thing) {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(u.Pattern), ui.Text(u.Who()), ui.Text(u.Leaves)})
	}
	return t
}

func (v policyShowView) fields() ui.TableOptions {
	t := ui.TableOptions{Caption: "Sensitive fields", CaptionHidden: true, RowHeaders: true, Small: true, Stacked: true,
		Head: []ui.Column{{Text: "Field"}, {Text: "Seen by"}}}
	for _, f := range v.Table.Fields {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(capital(f.Name)), ui.Part(bullets(v.Table.SeenBy(f)))})
	}
	return t
}

// columns are the columns of one table that is kept.
func (v policyShowView) columns(table inventory.Table) ui.TableOptions {
	t := ui.TableOptions{Caption: "Columns of " + table.Name, CaptionHidden: true, RowHeaders: true, Small: true, Stacked: true,
		Head: []ui.Column{{Text: "Column"}, {Text: "Sensitivity"}, {Text: "Seen by"}}}
	for _, c := range v.Table.Columns([]inventory.Table{table}) {
		seen := c.Seen
		if seen == "" {
			seen = "Not sensitive"
		}
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(c.Column), ui.Text(capital(string(c.Class))), ui.Text(capital(seen))})
	}
	return t
}

// kept is whom a table is about and how long its rows are kept, in words.
func kept(table inventory.Table) string {
	text := "About " + policy.About(table) + ". Kept: class " + string(table.Keep)
	if table.Since != "" {
		text += ", counted from " + table.Since
	}
	return text + "."
}

func capital(text string) string {
	if text == "" || text[0] < 'a' || text[0] > 'z' {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
