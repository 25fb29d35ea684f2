package funder

import (
	"bytes"
	"iter"
	"net/http"
	"net/url"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/web"
)

// send sends a file whole.
func send(w http.ResponseWriter, kind, name string, body []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", files.Attachment(name))
	_, err := w.Write(body)
	return err
}

// sheet writes rows as a file of a format.
func sheet(w http.ResponseWriter, format, name string, header []string, rows iter.Seq[[]string]) error {
	var body bytes.Buffer
	var err error
	switch files.Format(format) {
	case files.CSV:
		err = files.WriteCSV(&body, header, rows)
	case files.XLSX:
		table := files.Table{Name: "Report", Rows: rows}
		for _, h := range header {
			table.Columns = append(table.Columns, files.Column{Name: h})
		}
		err = files.WriteXLSX(&body, table)
	default:
		err = fault.New(fault.Invalid, "%q is not a format that can be written here. Choose csv or xlsx", format)
	}
	if err != nil {
		return err
	}
	return send(w, files.Format(format).ContentType(), name+"."+format, body.Bytes())
}

// write writes the table of the report.
func (v reportShowView) write(w http.ResponseWriter, r *web.Request, format string) error {
	var rows [][]string
	for _, row := range append(slices.Clone(v.Rows), v.Total) {
		line := []string{row.Title}
		for _, pence := range cells(row) {
			line = append(line, pence.Plain())
		}
		rows = append(rows, line)
	}
	return sheet(w, format, "grants by "+string(v.By)+" "+r.Today.ISO(), v.columns(), slices.Values(rows))
}

func ledger(scheme string) string {
	if scheme == "" {
		return paths.FundingLedger()
	}
	return paths.FundingLedger() + "?" + url.Values{"scheme": {scheme}}.Encode()
}

// ledgerFile is every entry of the ledger, the earliest first.
func (p *pages) ledgerFile(w http.ResponseWriter, r *web.Request) error {
	all, err := p.Statements.Ledger(r.Context(), r.Scope, r.Value("scheme"))
	if err != nil {
		return err
	}
	header := []string{"Entry", "Recorded", "Effective on", "Employer", "Scheme", "Debit", "Credit", "Amount", "For", "Statement"}
	return sheet(w, string(files.CSV), "entries "+r.Today.ISO(), header, func(yield func([]string) bool) {
		for _, e := range all {
			if !yield([]string{e.ID, e.RecordedAt.String(), e.EffectiveOn.ISO(), e.OrgName, e.Scheme, string(e.Debit), string(e.Credit), e.Pence.Plain(), e.Kind, e.Origin}) {
				return
			}
		}
	})
}

// batchFile is what a batch pays to whom, for the bank.
func (p *pages) batchFile(w http.ResponseWriter, r *web.Request) error {
	b, err := p.Statements.Batch(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	employers, err := p.Statements.Employers(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	codes := map[asye.OrganisationID]string{}
	for _, e := range employers {
		codes[e.ID] = e.Code
	}
	return sheet(w, string(files.CSV), b.Reference, []string{"Reference", "Employer code", "Employer", "Amount"}, func(yield func([]string) bool) {
		for _, st := range b.Statements {
			if st.Pence > 0 && !yield([]string{st.Reference, codes[st.Org], st.OrgName, st.Pence.Plain()}) {
				return
			}
		}
	})
}

// documentShow is a document that an employer brought, to be kept and not shown:
// nobody has vouched for what is in it.
func (p *pages) documentShow(w http.ResponseWriter, r *web.Request) error {
	name, document, err := p.Claims.DocumentOf(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	return send(w, "application/octet-stream", files.SafeName(name), document)
}
