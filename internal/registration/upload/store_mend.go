package upload

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration/check"
)

// Fields are the cells of one row, by the keys of the columns.
type Fields map[string]string

// Fields are the cells of a row as a form shows them: a real date in words, so
// that nobody can read it in two ways. A row that is not there is NotFound.
func (s *Store) Fields(u Staged, row int) (Fields, error) {
	for _, r := range u.Sheet.Rows {
		if r.Number == row {
			return s.fields(u.Sheet, r)
		}
	}
	return nil, errNoRow
}

var errNoRow = fault.New(fault.NotFound, "There is no such row in this upload")

func (s *Store) fields(sheet *files.Sheet, row files.Row) (Fields, error) {
	l, err := s.columns.Lay(sheet)
	if err != nil {
		return nil, err
	}
	f := Fields{}
	for _, column := range s.columns.Read() {
		if place, there := l.Place(column.Key); there {
			f[column.Key] = shown(row.Cells[place])
		}
	}
	return f, nil
}

func shown(cell files.Cell) string {
	if cell.Formula {
		return ""
	}
	if year, month, day, real := cell.Date(); real {
		return asye.NewDate(year, month, day).String()
	}
	return strings.TrimSpace(cell.Text)
}

// Print tells one state of a row from another: a form carries it, so that two
// people do not overwrite each other's mending.
func (f Fields) Print() string {
	keys := make([]string, 0, len(f))
	for key, text := range f {
		if text != "" {
			keys = append(keys, key+"\x00"+text)
		}
	}
	slices.Sort(keys)
	sum := sha256.Sum256([]byte(strings.Join(keys, "\x01")))
	return hex.EncodeToString(sum[:8])
}

// Mended is one row as somebody typed it.
type Mended struct {
	Row    int
	Seen   string // Fields.Print of the row on the person's screen
	Fields Fields // columns that are not here stay as they are
}

// Mend puts a row of a staged upload right and checks the whole sheet again. A
// row that has changed since it was seen is db.ErrStale.
func (s *Store) Mend(ctx context.Context, scope tenant.Scope, id string, m Mended) (Staged, error) {
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		u, err := staged(ctx, tx, scope, id)
		if err != nil {
			return err
		}
		now, err := s.Fields(u, m.Row)
		if err != nil {
			return err
		}
		if now.Print() != m.Seen {
			return db.ErrStale
		}
		sheet, err := s.mended(u.Sheet, m, now)
		if err != nil {
			return err
		}
		plan, err := s.check(ctx, tx, scope, sheet)
		if err != nil {
			return err
		}
		text, err := encode(content{keep(sheet), plan})
		if err != nil {
			return err
		}
		err = db.MustAffectOne(tx.Exec(ctx, `
			update uploads set content = $1, rows_total = $2, rows_new = $3, rows_changed = $4, rows_same = $5,
				rows_wrong = $6, version = version + 1
			where id = $7 and org_id = $8 and status = 'checked' and version = $9`,
			text, len(plan.Lines), plan.Count(check.New), plan.Count(check.Changed), plan.Count(check.Same), plan.Count(check.Wrong),
			id, string(scope.Org()), u.Version))
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "registration.uploadMended", Kind: "upload", ID: id,
			After: map[string]any{"row": m.Row}})
	})
	if err != nil {
		return Staged{}, err
	}
	return s.Staged(ctx, scope, id)
}

// mended is the sheet with what was typed. A cell that was not touched stays
// what it was, also when it is a real date; a column that the file lacked is
// added when something was typed for it.
func (s *Store) mended(sheet *files.Sheet, m Mended, was Fields) (*files.Sheet, error) {
	l, err := s.columns.Lay(sheet)
	if err != nil {
		return nil, err
	}
	next := *sheet
	next.Header = slices.Clone(sheet.Header)
	next.Rows = slices.Clone(sheet.Rows)
	at := slices.IndexFunc(next.Rows, func(r files.Row) bool { return r.Number == m.Row })
	cells := slices.Clone(next.Rows[at].Cells[:len(next.Header)])
	for _, column := range s.columns.Read() {
		text, typed := m.Fields[column.Key]
		text = strings.TrimSpace(text)
		place, there := l.Place(column.Key)
		// The form shows nothing for a formula, which has to go also when nothing
		// was typed for it.
		formula := there && cells[place].Formula
		if !typed || text == was[column.Key] && !formula {
			continue
		}
		if !there {
			place = len(next.Header)
			next.Header, cells = append(next.Header, column.Header), append(cells, files.Cell{})
		}
		cells[place] = files.Cell{Text: text}
	}
	next.Rows[at].Cells, next.Rows[at].Problem = cells, ""
	for i := range next.Rows {
		if row := &next.Rows[i]; len(row.Cells) < len(next.Header) {
			row.Cells = append(slices.Clone(row.Cells), make([]files.Cell, len(next.Header)-len(row.Cells))...)
		}
	}
	return &next, nil
}
