package export

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns"
)

// File is one file to write: what is in it, and in which format.
type File struct {
	registration.Filter                     // which registrations, in which order; its page is ignored
	Format              string              // csv, xlsx or json
	Employer            asye.OrganisationID // for the system's own scope: one employer, or all when empty
}

// JSON is the format that is no spreadsheet: a list of objects, whose names are
// the keys of the columns.
const JSON = "json"

// Name is a name for the file.
func (f File) Name(today asye.Date) string { return "registrations " + today.ISO() + "." + f.Format }

func (f File) contentType() string {
	if f.Format == JSON {
		return files.ContentTypeJSON
	}
	return files.Format(f.Format).ContentType()
}

// visits goes through the rows of a file.
type visits func(visit func([]string) error) error

// Write writes registrations with every column: what was entered, and where the
// year stands. Another format is fault.Invalid.
func (s *Store) Write(ctx context.Context, scope tenant.Scope, f File, w io.Writer) error {
	if f.Employer != "" {
		scope = scope.In(f.Employer)
	}
	each := func(visit func([]string) error) error { return s.each(ctx, scope, f, visit) }
	all := s.columns.All()
	switch f.Format {
	case string(files.CSV):
		return spread(each, func(rows iter.Seq[[]string]) error { return files.WriteCSV(w, columns.Headers(all), rows) })
	case string(files.XLSX):
		table := files.Table{Name: "Registrations"}
		for _, c := range all {
			table.Columns = append(table.Columns, files.Column{Name: c.Header})
		}
		return spread(each, func(rows iter.Seq[[]string]) error {
			table.Rows = rows
			return files.WriteXLSX(w, table)
		})
	case JSON:
		return writeJSON(w, all, each)
	}
	return fault.New(fault.Invalid, "%q is not a format that can be written here. Choose csv, xlsx or json", f.Format)
}

var errStopped = errors.New("the writer stopped")

// spread gives rows to a writer of spreadsheets. Where both fail, what failed in
// reading the rows is the cause.
func spread(each visits, write func(iter.Seq[[]string]) error) error {
	var reading error
	writing := write(func(yield func([]string) bool) {
		reading = each(func(row []string) error {
			if !yield(slices.Clone(row)) {
				return errStopped
			}
			return nil
		})
	})
	if reading != nil && reading != errStopped {
		return reading
	}
	return writing
}

func writeJSON(w io.Writer, all []columns.Column, each visits) error {
	out := bufio.NewWriter(w)
	out.WriteString("[")
	first := true
	err := each(func(row []string) error {
		if !first {
			out.WriteString(",")
		}
		first = false
		return writeObject(out, all, row)
	})
	if err != nil {
		return err
	}
	out.WriteString("\n]\n")
	return out.Flush()
}

// writeObject writes one row. A failure of writing stays with out, whose last
// call here tells of it.
func writeObject(out *bufio.Writer, all []columns.Column, row []string) error {
	out.WriteString("\n  {")
	for i, c := range all {
		if i > 0 {
			out.WriteString(", ")
		}
		value, err := json.Marshal(c.Value(row[i]))
		if err != nil {
			return err
		}
		out.WriteString(strconv.Quote(c.Key) + ": ")
		out.Write(value)
	}
	_, err := out.WriteString("}")
	return err
}
