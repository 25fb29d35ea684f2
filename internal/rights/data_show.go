package rights

import (
	"bytes"
	"encoding/json"
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type dataShowView struct {
	ui.Page
	Copy Copy
	File string
}

// dataShow shows people everything that is held of them.
func (p *pages) dataShow(w http.ResponseWriter, r *web.Request) error {
	c, err := p.store.Copy(r.Context(), r.Scope, whose(r))
	if err != nil {
		return err
	}
	v := dataShowView{r.Page("What is held about you"), c, paths.MyDataFile()}
	v.Back = &ui.Link{Text: "Your account", Href: paths.Account()}
	return r.Render(w, dataShowPage(v))
}

// dataFile gives the same as a file that another program can read.
func (p *pages) dataFile(w http.ResponseWriter, r *web.Request) error {
	if r.PathValue("person") != "" {
		if err := p.store.mayDecide(r.Context(), r.Scope); err != nil {
			return err
		}
	}
	c, err := p.store.Copy(r.Context(), r.Scope, whose(r))
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := c.Write(&body); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Disposition", files.Attachment("asye-data-"+r.Today.ISO()+".json"))
	_, err = w.Write(body.Bytes())
	return err
}

// Write puts the copy out as JSON.
func (c Copy) Write(to *bytes.Buffer) error {
	e := json.NewEncoder(to)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(c)
}

func (s Section) summary() string {
	if len(s.Rows) == 1 {
		return s.Name
	}
	return s.Name + " (" + count(len(s.Rows)) + ")"
}

func (r Row) lines() []ui.SummaryRow {
	var out []ui.SummaryRow
	for _, f := range r {
		out = append(out, ui.SummaryRow{Key: f.Name, Text: f.Value})
	}
	return out
}
