package money

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/web"

	"example.org/asye/internal/grant/books"
)

// itemColumns are the columns of a file of what is on a statement.
var itemColumns = []string{"Statement", "Grant", "What it is", "NQSW", "Milestone", "Claim", "Day", "Amount (£)", "Why"}

// file gives what is on the statement as a spreadsheet: the items that the page
// shows.
func (v statementShowView) file(w http.ResponseWriter, format files.Format) error {
	var rows [][]string
	for _, i := range v.Statement.Items {
		rows = append(rows, []string{v.Statement.Reference, v.SchemeName, i.Kind.String(), i.Name, v.Names[i.Milestone], i.Claim, i.EffectiveOn.ISO(), i.Pence.Plain(), v.why(i)})
	}
	var body bytes.Buffer
	var err error
	switch format {
	case files.CSV:
		err = files.WriteCSV(&body, itemColumns, slices.Values(rows))
	case files.XLSX:
		t := files.Table{Name: v.Statement.Reference, Rows: slices.Values(rows)}
		for _, name := range itemColumns {
			t.Columns = append(t.Columns, files.Column{Name: name, Width: 20})
		}
		err = files.WriteXLSX(&body, t)
	default:
		return fault.New(fault.Invalid, "There is no file of the format %q. Choose xlsx or csv", string(format))
	}
	if err != nil {
		return err
	}
	return send(w, v.Statement.Reference+"."+string(format), format.ContentType(), body.Bytes())
}

// journalFile gives the ledger of the employer as a finance system takes it
// (GRA-50).
func (p *pages) journalFile(w http.ResponseWriter, r *web.Request) error {
	entries, err := p.statements.Journal(r.Context(), r.Scope, r.Value("scheme"))
	if err != nil {
		return err
	}
	var rows [][]string
	for _, l := range books.Postings(entries, p.schemeName) {
		row := []string{l.On.ISO(), l.Reference, l.Account, "", "", l.Narrative}
		if l.Debit > 0 {
			row[3] = l.Debit.Plain()
		} else {
			row[4] = l.Credit.Plain()
		}
		rows = append(rows, row)
	}
	var body bytes.Buffer
	if err := files.WriteCSV(&body, []string{"Date", "Reference", "Account", "Debit", "Credit", "Narrative"}, slices.Values(rows)); err != nil {
		return err
	}
	return send(w, "grant-journal-"+r.Today.ISO()+".csv", files.ContentTypeCSV, body.Bytes())
}

// lower writes a phrase as it stands within a sentence.
func lower(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(first)) + strings.Clone(text[size:])
}
