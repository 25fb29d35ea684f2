package upload

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// Export is what to write, and how.
type Export struct {
	registration.Filter                     // which registrations, in which order; its page is ignored
	Format              string              // csv, xlsx or json
	Employer            asye.OrganisationID // for the system's own scope: one employer, or all when empty
}

// JSON is the third format of an export: a list of objects, whose names are the
// keys of the columns.
const JSON = "json"

// Export writes registrations with every column: what was entered, and where
// the year stands. A file that is uploaded again unchanged changes nothing.
// Answers about equality are never in it. Another format is fault.Invalid.
func (s *Store) Export(ctx context.Context, scope tenant.Scope, e Export, w io.Writer) error {
	today := s.today()
	if e.Employer != "" {
		scope = scope.In(e.Employer)
	}
	each := func(visit func([]string) error) error {
		row := make([]string, len(s.columns))
		return s.registrations.Each(ctx, s.db, scope, e.Filter, func(full registration.Full) error {
			for i, c := range s.columns {
				row[i] = c.text(full, today)
			}
			return visit(row)
		})
	}
	rows, failed := rowsOf(each)
	var err error
	switch e.Format {
	case string(files.CSV):
		err = files.WriteCSV(w, headersFor(s.columns), rows)
	case string(files.XLSX):
		table := files.Table{Name: "Registrations", Rows: rows}
		for _, c := range s.columns {
			table.Columns = append(table.Columns, files.Column{Name: c.Header})
		}
		err = files.WriteXLSX(w, table)
	case JSON:
		err = writeJSON(w, s.columns, each)
	default:
		err = errFormat(e.Format)
	}
	return orElse(failed(), err)
}

func writeJSON(w io.Writer, columns []Column, each func(func([]string) error) error) error {
	out := bufio.NewWriter(w)
	out.WriteString("[")
	first := true
	err := each(func(row []string) error {
		if !first {
			out.WriteString(",")
		}
		first = false
		out.WriteString("\n  {")
		for i, c := range columns {
			if i > 0 {
				out.WriteString(", ")
			}
			value, err := json.Marshal(c.value(row[i]))
			if err != nil {
				return err
			}
			out.WriteString(strconv.Quote(c.Key) + ": ")
			if _, err := out.Write(value); err != nil {
				return err
			}
		}
		_, err := out.WriteString("}")
		return err
	})
	if err != nil {
		return err
	}
	out.WriteString("\n]\n")
	return out.Flush()
}

// value is a cell as JSON has it: a number, true or false, text, or null where
// nothing is known.
func (c Column) value(text string) any {
	switch {
	case text == "":
		return nil
	case c.kind == whole || c.kind == hours:
		return json.Number(text)
	case c.kind == yesNo:
		return text == "Yes"
	}
	return text
}

// ExportName is a name for the file of an export.
func ExportName(today asye.Date, format string) string {
	return "registrations " + today.ISO() + "." + format
}
