package claim

import (
	"io"
	"iter"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/files/sealed"
)

// Header are the titles of the scheme's columns, in its order.
func (c Claim) Header() []string {
	out := make([]string, len(c.Scheme.File.Columns))
	for i, col := range c.Scheme.File.Columns {
		out[i] = col.Title
	}
	return out
}

// Rows are the lines as the funder is sent them: what the page shows is made of
// the same (GRA-31).
func (c Claim) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, l := range c.Lines {
			row := make([]string, len(c.Scheme.File.Columns))
			for i, col := range c.Scheme.File.Columns {
				row[i] = l.Cell(col.Value)
			}
			if !yield(row) {
				return
			}
		}
	}
}

// Sendable refuses to make a file of what nobody has signed.
func (c Claim) Sendable() error {
	if err := c.Is(Signed, Submitted, Answered); err != nil {
		return fault.New(fault.Conflict, "There is a file for the funder once the director has signed the claim. This one is %s", c.State)
	}
	if len(c.Scheme.File.Columns) == 0 {
		return fault.New(fault.Conflict, "The rules of the scheme %q are not here any more, so nobody knows the columns of its file. Ask whoever runs the service to put its file back into the schemes folder", c.Scheme.Key)
	}
	return nil
}

// WriteXLSX writes the funder's workbook so that it opens only with the password.
func (c Claim) WriteXLSX(w io.Writer, password string) error {
	if err := c.Sendable(); err != nil {
		return err
	}
	table := files.Table{Name: c.Scheme.File.Sheet, Rows: c.Rows()}
	for _, col := range c.Scheme.File.Columns {
		table.Columns = append(table.Columns, files.Column{Name: col.Title, Amount: col.Value == grant.ValueAmount})
	}
	return sealed.WriteXLSX(w, password, table)
}

// WriteCSV writes the same lines as CSV, which has no password.
func (c Claim) WriteCSV(w io.Writer) error {
	if err := c.Sendable(); err != nil {
		return err
	}
	return files.WriteCSV(w, c.Header(), c.Rows())
}

// FileName is the name of a file that is made of the claim on a day.
func (c Claim) FileName(today asye.Date, format files.Format) string {
	return c.Reference + " " + today.ISO() + "." + string(format)
}
