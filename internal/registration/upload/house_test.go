package upload_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/upload"
	"example.org/asye/internal/schema"
)

var (
	ctx  = context.Background()
	ours = tenant.SignedIn("co-a", "a", asye.Coordinator)
	them = tenant.SignedIn("co-b", "b", asye.Coordinator)
)

// house is a database with two employers, each with a coordinator.
type house struct {
	*upload.Store
	registrations *registration.Store
	db            *db.DB
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) { run(t, newHouse(t, d)) })
}

func newHouse(t testing.TB, d *db.DB) house {
	t.Helper()
	catalogue, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	people := account.NewStore(d, mail.NewOutbox(d, nil), jobs.NewQueue(d), account.DefaultSettings())
	r := registration.NewStore(d, catalogue, people, people)
	h := house{upload.NewStore(d, r, upload.DefaultSettings()), r, d}
	h.run(t, `insert into organisations (id, code, name, type, opened_on, search_text) values
		('a', '301', 'Ashford', 'local_authority', '2000-01-01', 'ashford'),
		('b', '302', 'Barnwell', 'local_authority', '2000-01-01', 'barnwell')`)
	for id, org := range map[string]string{"co-a": "a", "co-b": "b"} {
		h.run(t, `insert into people (id, given_name, family_name, sort_name, search_text, created_at)
			values ('`+id+`', 'Co', '`+strings.ToUpper(org)+`', 'co', 'co', '2026-01-01T00:00:00Z')`)
		h.run(t, `insert into memberships (id, person_id, org_id, role, starts_on)
			values ('m-`+id+`', '`+id+`', '`+org+`', 'coordinator', '2020-01-01')`)
	}
	return h
}

func (h house) run(t testing.TB, statement string, args ...any) {
	t.Helper()
	err := h.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h house) count(t testing.TB, from string, args ...any) int {
	t.Helper()
	var n int
	if err := h.db.QueryRow(ctx, `select count(*) from `+from, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// person is the cells of one NQSW, by the keys of the columns.
func person(n int, edits ...string) map[string]string {
	p := map[string]string{"given_name": "Amara", "family_name": fmt.Sprintf("Okafor%d", n),
		"email": fmt.Sprintf("amara%d@example.org", n), "regulator_number": fmt.Sprintf("SW%d", 1000+n),
		"date_of_birth": "27/03/1999", "qualification": "MA", "qualified_year": "2026",
		"entry_route": "Postgraduate degree in social work", "programme": "Child and family ASYE",
		"starts_on": "2026-09-01", "hours": "37", "full_time_hours": "37", "team": "Duty", "assessor_name": "Jo Bell",
		"assessor_email": "jo.bell@example.org", "eligibility_registered": "Yes", "eligibility_sector": "Yes",
		"eligibility_agency": "No", "eligibility_already_funded": "No"}
	for i := 0; i+1 < len(edits); i += 2 {
		p[edits[i]] = edits[i+1]
	}
	return p
}

// csv is a file with the columns of the template.
func (h house) csv(people ...map[string]string) []byte {
	var columns []upload.Column
	for _, c := range h.Columns() {
		if !c.Written {
			columns = append(columns, c)
		}
	}
	var header []string
	for _, c := range columns {
		header = append(header, c.Header)
	}
	var out bytes.Buffer
	files.WriteCSV(&out, header, func(yield func([]string) bool) {
		for _, p := range people {
			row := make([]string, len(columns))
			for i, c := range columns {
				row[i] = p[c.Key]
			}
			if !yield(row) {
				return
			}
		}
	})
	return out.Bytes()
}

func (h house) read(t testing.TB, data []byte) *files.Sheet {
	t.Helper()
	sheet, err := h.ReadSheet("cohort.csv", bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

func (h house) sheet(t testing.TB, people ...map[string]string) *files.Sheet {
	t.Helper()
	return h.read(t, h.csv(people...))
}

func (h house) stage(t testing.TB, people ...map[string]string) upload.Staged {
	t.Helper()
	u, err := h.Stage(ctx, ours, h.sheet(t, people...))
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (h house) confirm(t testing.TB, u upload.Staged) upload.Upload {
	t.Helper()
	done, err := h.Confirm(ctx, ours, u.ID, upload.Decision{Seen: u.Version})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func (h house) bring(t testing.TB, people ...map[string]string) upload.Upload {
	t.Helper()
	return h.confirm(t, h.stage(t, people...))
}

// counts are the rows of a plan: new, changed, same, wrong.
func counts(p upload.Plan) [4]int {
	return [4]int{p.Count(upload.New), p.Count(upload.Changed), p.Count(upload.Same), p.Count(upload.Wrong)}
}

func done(u upload.Upload) [4]int { return [4]int{u.New, u.Changed, u.Same, u.Wrong} }
