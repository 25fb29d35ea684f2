package upload

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration/check"
)

// shownFindings is how many findings the command line prints before it leaves
// the rest to the file of errors.
const shownFindings = 20

// Import is a file brought in from the command line.
type Import struct {
	Path     string
	DryRun   bool                  // check, and change nothing
	Errors   string                // where the rows with errors go; empty for nowhere
	Invite   bool                  // invite each new NQSW who has an e-mail address
	Progress func(done, total int) // told as rows are stored; nil for nobody
}

// Summary is what came of a file.
type Summary struct {
	File      string
	Reference string // of the upload; empty for a dry run
	DryRun    bool
	Rows      int
	New       int
	Changed   int
	Same      int
	Wrong     int
	Findings  []check.Finding // errors
	Warnings  []check.Finding
	Errors    string // the file of errors that was written; empty for none
}

// Refused reports whether rows had errors: the command then ends with status 3.
func (s Summary) Refused() bool { return s.Wrong > 0 }

// Write says what came of the file, for people.
func (s Summary) Write(w io.Writer) error {
	var text strings.Builder
	if s.DryRun {
		fmt.Fprintf(&text, "%s: %d rows were checked, and nothing was changed\n", s.File, s.Rows)
	} else {
		fmt.Fprintf(&text, "%s: %d rows, upload %s\n", s.File, s.Rows, s.Reference)
	}
	fmt.Fprintf(&text, "  new        %d\n  changed    %d\n  unchanged  %d\n  errors     %d\n", s.New, s.Changed, s.Same, s.Wrong)
	list(&text, "Errors", s.Findings)
	list(&text, "Warnings", s.Warnings)
	if s.Errors != "" {
		fmt.Fprintf(&text, "The rows with errors are in %s. Mend them there and import that file\n", s.Errors)
	}
	_, err := io.WriteString(w, text.String())
	return err
}

func list(text *strings.Builder, heading string, all []check.Finding) {
	if len(all) == 0 {
		return
	}
	text.WriteString(heading + ":\n")
	for i, f := range all {
		if i == shownFindings {
			fmt.Fprintf(text, "  … and %d more\n", len(all)-i)
			return
		}
		fmt.Fprintf(text, "  row %d: %s\n", f.Row, f.Sentence())
	}
}

// Import brings a file in for the scope's organisation: rows that are right go
// ahead, rows with errors go to the file of errors. A file that cannot be read
// at all, and an employer with an upload that waits, is an error.
func (s *Store) Import(ctx context.Context, scope tenant.Scope, o Import) (Summary, error) {
	sheet, err := s.readPath(o.Path)
	if err != nil {
		return Summary{}, err
	}
	plan, err := s.Check(ctx, scope, sheet)
	if err != nil {
		return Summary{}, err
	}
	sum := Summary{File: sheet.File, DryRun: o.DryRun, Rows: len(plan.Lines), New: plan.Count(check.New), Changed: plan.Count(check.Changed),
		Same: plan.Count(check.Same), Wrong: plan.Count(check.Wrong), Findings: plan.Problems(), Warnings: plan.AllWarnings()}
	if !o.DryRun {
		if err := s.importRows(ctx, scope, o, sheet, &sum); err != nil {
			return sum, err
		}
	}
	if len(sum.Findings) == 0 || o.Errors == "" {
		return sum, nil
	}
	sum.Errors = o.Errors
	return sum, writeErrors(o.Errors, sheet, sum.Findings)
}

// importRows stages and confirms at once, so that the history has the file and
// no upload of a coordinator is overtaken.
func (s *Store) importRows(ctx context.Context, scope tenant.Scope, o Import, sheet *files.Sheet, sum *Summary) error {
	staged, err := s.Stage(ctx, scope, sheet)
	if err != nil {
		return err
	}
	u, err := s.Confirm(ctx, scope, staged.ID, Decision{Seen: staged.Version, Invite: o.Invite, Progress: o.Progress})
	if err != nil {
		return errors.Join(err, s.Discard(ctx, scope, staged.ID))
	}
	sum.Reference, sum.New, sum.Changed, sum.Same, sum.Wrong = u.Reference(), u.New, u.Changed, u.Same, u.Wrong
	sum.Findings = append(sum.Findings, u.LeftOut...)
	return nil
}

func (s *Store) readPath(path string) (*files.Sheet, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.Invalid, "The file %s cannot be opened. Check its name and that you may read it", path)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return s.ReadSheet(filepath.Base(path), file, info.Size())
}

// ReadSheet reads an uploaded file and finds the header among its rows. Files
// are read one after another: it takes a fraction of a second each, and many at
// once would keep everybody else from their pages.
func (s *Store) ReadSheet(name string, r io.ReaderAt, size int64) (*files.Sheet, error) {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	return files.Read(name, r, size, files.DefaultLimits(), files.HeadedBy(s.columns.Recognises))
}

func writeErrors(path string, sheet *files.Sheet, all []check.Finding) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fault.New(fault.Invalid, "The file %s cannot be written. Check the folder and that you may write there", path)
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}()
	kept, texts := errorsOf(sheet, all)
	return files.Annotated(file, kept, texts)
}
