package claims

import (
	"bytes"
	"iter"
	"net/http"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/web"
)

// dueColumns are the columns of the file of what is due, and what each holds.
var dueColumns = []struct {
	column files.Column
	cell   func(grant.Row) string
}{
	{files.Column{Name: "Last name"}, func(r grant.Row) string { return r.FamilyName }},
	{files.Column{Name: "First name"}, func(r grant.Row) string { return r.GivenName }},
	{files.Column{Name: "Social Work England number"}, func(r grant.Row) string { return r.Number }},
	{files.Column{Name: "Reference"}, func(r grant.Row) string { return r.Facts.Reference }},
	{files.Column{Name: "Payment"}, func(r grant.Row) string { return r.Milestone.Name }},
	{files.Column{Name: "Scheme", Width: 40}, func(r grant.Row) string { return r.Scheme.Name }},
	{files.Column{Name: "Amount (£)", Amount: true}, amount},
	{files.Column{Name: "Falls on"}, func(r grant.Row) string { return r.On.ISO() }},
	{files.Column{Name: "State"}, func(r grant.Row) string { return r.State.String() }},
	{files.Column{Name: "Claim from"}, func(r grant.Row) string { return r.From.ISO() }},
	{files.Column{Name: "Claim by", Width: 30}, claimBy},
	{files.Column{Name: "Why", Width: 60, Wrap: true}, func(r grant.Row) string { return sentences(r.Why) }},
	{files.Column{Name: "What is missing", Width: 60, Wrap: true}, func(r grant.Row) string { return sentences(r.Missing) }},
}

// worth is what a payment comes to, or would have come to before its deadline
// was missed; nothing where that is not known.
func worth(r grant.Row) grant.Pence {
	if r.MissedDeadline() {
		return r.Milestone.Pence
	}
	return r.Pence
}

func amount(r grant.Row) string {
	if worth(r) == 0 {
		return ""
	}
	return worth(r).Plain()
}

// claimBy is the deadline of what can still be claimed.
func claimBy(r grant.Row) string {
	ahead := r.State == grant.NotYet && !r.From.IsZero()
	if r.State != grant.Claimable && !ahead {
		return ""
	}
	return until(r.Scheme, r.On)
}

// deadline is the same in two parts: 23:59, and 31 Mar 2027.
func deadline(r grant.Row) (at, day string) {
	d, ok := r.Scheme.DeadlineOf(r.On)
	if claimBy(r) == "" || !ok {
		return "", ""
	}
	text, at, _ := strings.Cut(d.At, " ")
	return at, asye.MustDate(text).Short()
}

// dueFile serves the list of what is due as a file.
func (p *pages) dueFile(w http.ResponseWriter, r *web.Request) error {
	_, shown, _, err := p.dues(r)
	if err != nil {
		return err
	}
	format := files.Format(r.Value("format"))
	var body bytes.Buffer
	switch format {
	case files.CSV:
		err = files.WriteCSV(&body, dueHeader(), dueRows(shown))
	case files.XLSX:
		table := files.Table{Name: "What is due", Rows: dueRows(shown)}
		for _, c := range dueColumns {
			table.Columns = append(table.Columns, c.column)
		}
		err = files.WriteXLSX(&body, table)
	default:
		err = fault.New(fault.Invalid, "%q is not a format that can be written here. Choose csv or xlsx", strings.TrimSpace(string(format)))
	}
	if err != nil {
		return err
	}
	return attach(w, "grants "+r.Today.ISO()+"."+string(format), format.ContentType(), body.Bytes())
}

func dueHeader() []string {
	var out []string
	for _, c := range dueColumns {
		out = append(out, c.column.Name)
	}
	return out
}

func dueRows(all []grant.Row) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, r := range all {
			row := make([]string, len(dueColumns))
			for i, c := range dueColumns {
				row[i] = c.cell(r)
			}
			if !yield(row) {
				return
			}
		}
	}
}

// attach gives the browser a file to save.
func attach(w http.ResponseWriter, name, contentType string, body []byte) error {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Disposition", files.Attachment(name))
	_, err := w.Write(body)
	return err
}
