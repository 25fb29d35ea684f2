package upload

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration/check"
	"example.org/asye/internal/registration/columns"
)

// rowMendView is one row of an upload, to be put right.
type rowMendView struct {
	ui.Page
	Upload  Staged
	Row     int
	Line    *check.Line // nil for a row that is passed by
	Columns []columns.Column
	Fields  Fields
	Seen    string
	Theirs  *ui.ConflictOptions // when somebody else mended the row meanwhile
}

// rowMend serves "Mend row 5".
func (p *pages) rowMend(w http.ResponseWriter, r *web.Request) error {
	row, err := strconv.Atoi(r.PathValue("row"))
	if err != nil {
		return errNoRow
	}
	if !r.Posted() {
		u, err := p.store.Staged(r.Context(), r.Scope, r.PathValue("id"))
		if err != nil {
			return err
		}
		v, err := p.rowMendView(r, u, row)
		if err != nil {
			return err
		}
		return r.Render(w, rowMend(v))
	}
	m := Mended{Row: row, Seen: r.Value("seen"), Fields: Fields{}}
	for _, column := range p.store.Columns().Read() {
		m.Fields[column.Key] = r.Value(column.Key)
	}
	u, err := p.store.Mend(r.Context(), r.Scope, r.PathValue("id"), m)
	if web.IsStale(err) {
		return p.rowStale(w, r, m)
	}
	if err != nil {
		return err
	}
	return p.rowMended(w, r, u, row)
}

// rowMended leads back to the check, or shows what is still wrong.
func (p *pages) rowMended(w http.ResponseWriter, r *web.Request, u Staged, row int) error {
	line := u.Plan.Line(row)
	if line == nil || line.Kind != check.Wrong {
		text := "Every row can go ahead now."
		if u.Wrong > 0 {
			text = "There are still " + rowsWithErrors(u.Wrong) + "."
			if u.Wrong == 1 {
				text = "There is still " + rowsWithErrors(u.Wrong) + "."
			}
		}
		return r.Say(w, paths.UploadCheck(u.ID, "", 1), "Row "+strconv.Itoa(row)+" is mended", text)
	}
	v, err := p.rowMendView(r, u, row)
	if err != nil {
		return err
	}
	return r.Refuse(w, rowMend(v))
}

// rowStale shows what somebody else saved beside what was typed, which can be
// saved all the same.
func (p *pages) rowStale(w http.ResponseWriter, r *web.Request, m Mended) error {
	u, err := p.store.Staged(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	v, err := p.rowMendView(r, u, m.Row)
	if err != nil {
		return err
	}
	v.Theirs = &ui.ConflictOptions{Reload: ui.Link{Text: "Open the row as it is now", Href: paths.UploadRow(u.ID, m.Row)}}
	for _, column := range v.Columns {
		if was, now := v.Fields[column.Key], m.Fields[column.Key]; was != now {
			v.Theirs.Differences = append(v.Theirs.Differences, ui.Difference{Label: column.Header, Theirs: was, Yours: now})
		}
	}
	v.Fields, v.Problems = m.Fields, nil
	return r.Stale(w, rowMend(v))
}

func (p *pages) rowMendView(r *web.Request, u Staged, row int) (rowMendView, error) {
	fields, err := p.store.Fields(u, row)
	if err != nil {
		return rowMendView{}, err
	}
	v := rowMendView{Page: r.Page("Mend row " + strconv.Itoa(row)), Upload: u, Row: row, Line: u.Plan.Line(row),
		Columns: p.store.Columns().Read(), Fields: fields, Seen: fields.Print()}
	v.Back = &ui.Link{Text: "Back to the check", Href: paths.UploadCheck(u.ID, "", 1)}
	if v.Line != nil {
		for _, f := range v.Line.Problems {
			text := f.Reason
			if f.Reason == check.EmptyCell {
				text = f.Mend
			} else if f.Mend != "" {
				text += ". " + f.Mend
			}
			v.Problems = append(v.Problems, fault.Problem{Field: f.Key, Text: text})
		}
	}
	return v, nil
}

// label is the name of a field, saying where it may be left empty.
func label(c columns.Column) string {
	if c.Required {
		return c.Header
	}
	return c.Header + " (optional)"
}

// value is the answer that a list has chosen; what is not on the list is kept
// as it was written.
func (v rowMendView) value(c columns.Column) string {
	if option, ok := c.Option(v.Fields[c.Key]); ok {
		return option.Label
	}
	return v.Fields[c.Key]
}

func (v rowMendView) items(c columns.Column) []ui.Choice {
	items := []ui.Choice{{Value: "", Text: "Choose an answer"}}
	for _, o := range c.Options {
		items = append(items, ui.Choice{Value: o.Label, Text: o.Label})
	}
	if text := v.Fields[c.Key]; text != "" && v.value(c) == text {
		if _, ok := c.Option(text); !ok {
			items = append(items, ui.Choice{Value: text, Text: text + " (as in the file)"})
		}
	}
	return items
}
