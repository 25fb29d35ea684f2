package upload_test

import (
	"bytes"
	"context"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration/check"
	"example.org/asye/internal/registration/columns/columnstest"
	"example.org/asye/internal/registration/registrationtest"
	"example.org/asye/internal/registration/upload"
	"example.org/asye/internal/schema"
)

var (
	ctx    = context.Background()
	ours   = registrationtest.Ours
	them   = registrationtest.Them
	must   = registrationtest.Must
	person = columnstest.Person
)

type row = columnstest.Cells

// house is two employers and their uploads. Its methods are those of the store
// of uploads; the store of registrations is in House.
type house struct {
	*upload.Store
	registrationtest.House
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) { run(t, newHouse(t, d)) })
}

func newHouse(t testing.TB, d *db.DB) house {
	t.Helper()
	in := registrationtest.New(t, d)
	return house{upload.NewStore(d, in.Store, upload.DefaultSettings()), in}
}

func (h house) read(t testing.TB, data []byte) *files.Sheet {
	t.Helper()
	sheet, err := h.ReadSheet("cohort.csv", bytes.NewReader(data), int64(len(data)))
	must(t, err)
	return sheet
}

func (h house) stage(t testing.TB, people ...row) upload.Staged {
	t.Helper()
	u, err := h.Stage(ctx, ours, columnstest.Sheet(t, people...))
	must(t, err)
	return u
}

func (h house) confirm(t testing.TB, u upload.Staged) upload.Upload {
	t.Helper()
	done, err := h.Confirm(ctx, ours, u.ID, upload.Decision{Seen: u.Version})
	must(t, err)
	return done
}

func (h house) bring(t testing.TB, people ...row) upload.Upload {
	t.Helper()
	return h.confirm(t, h.stage(t, people...))
}

// counts are the rows of a plan: new, changed, same, wrong.
func counts(p check.Plan) [4]int {
	return [4]int{p.Count(check.New), p.Count(check.Changed), p.Count(check.Same), p.Count(check.Wrong)}
}

func done(u upload.Upload) [4]int { return [4]int{u.New, u.Changed, u.Same, u.Wrong} }
