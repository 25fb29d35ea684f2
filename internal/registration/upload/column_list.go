package upload

import (
	"bytes"
	"net/http"
	"strings"

	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration/columns"
)

// columnListView explains the columns of the spreadsheet.
type columnListView struct {
	ui.Page
	Columns columns.List
}

// columnList serves "What goes into each column".
func (p *pages) columnList(w http.ResponseWriter, r *web.Request) error {
	v := columnListView{Page: r.Page("What goes into each column"), Columns: p.store.Columns()}
	v.Breadcrumbs, v.Wide = crumbs(uploadCrumb()), true
	return r.Render(w, columnList(v))
}

func (v columnListView) read() ui.TableOptions {
	t := ui.TableOptions{Caption: "Columns that are read", RowHeaders: true,
		Head: []ui.Column{{Text: "Column"}, {Text: "Needed"}, {Text: "What to write"}, {Text: "For instance"}}}
	for _, c := range v.Columns.Read() {
		help := c.Help
		if len(c.Options) > 0 {
			help += " Answers: " + strings.Join(c.Labels(), "; ") + "."
		}
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(c.Header), ui.Text(c.Needed()), ui.Text(help), ui.Text(c.Example)})
	}
	return t
}

func (v columnListView) written() ui.TableOptions {
	t := ui.TableOptions{Caption: "Columns that the download adds", RowHeaders: true, Head: []ui.Column{{Text: "Column"}, {Text: "What it says"}}}
	for _, c := range v.Columns.Written() {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(c.Header), ui.Text(c.Help)})
	}
	return t
}

// template sends the empty spreadsheet.
func (p *pages) template(format string) web.Handler {
	return func(w http.ResponseWriter, r *web.Request) error {
		var body bytes.Buffer
		if err := p.store.Columns().Template(&body, format); err != nil {
			return err
		}
		return send(w, "registrations template."+format, files.Format(format).ContentType(), body.Bytes())
	}
}
