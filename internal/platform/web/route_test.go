package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
)

// TestReadingLeavesALine: a page that shows somebody's record leaves a line of
// the audit trail for each reading; a refusal, or a plain page, leaves none.
func TestReadingLeavesALine(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	who := tenant.SignedIn("p1", "o1", asye.Coordinator)
	m := web.New(web.Site{}, func(*http.Request) (web.Visitor, error) { return web.Visitor{Scope: who, FormKey: "k"}, nil },
		d, d.Clock(), slog.New(slog.DiscardHandler))
	show := func(w http.ResponseWriter, r *web.Request) error {
		if r.PathValue("id") == "gone" {
			return fault.New(fault.NotFound, "There is none")
		}
		_, err := w.Write([]byte("shown"))
		return err
	}
	m.Page("/records/{id}", policy.Everyone(), web.Personal("record", "id"), show)
	m.Page("/records", policy.Everyone(), web.Personal("records", ""), show)
	m.Page("/plain/{id}", policy.Everyone(), web.Plain, show)
	for _, path := range []string{"/records/7", "/records/gone", "/records", "/plain/7"} {
		m.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
	rows, err := d.Query(t.Context(), `select what, subject_id, actor_id, org_id from audit_lines order by id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got [][4]string
	for rows.Next() {
		var one [4]string
		if err := rows.Scan(&one[0], &one[1], &one[2], &one[3]); err != nil {
			t.Fatal(err)
		}
		got = append(got, one)
	}
	want := [][4]string{{"record.read", "7", "p1", "o1"}, {"records.read", "", "p1", "o1"}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("lines = %v, want %v", got, want)
	}
}

// TestARouteMustSayWhichRecord: a route that reads a record by a part that its
// pattern does not have cannot be mounted.
func TestARouteMustSayWhichRecord(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	m := web.New(web.Site{}, nil, d, d.Clock(), slog.New(slog.DiscardHandler))
	defer func() {
		if recover() == nil {
			t.Error("the route was mounted")
		}
	}()
	m.Page("/records/{record}", policy.Everyone(), web.Personal("record", "id"), nil)
}

// TestAUD6_EveryRecordOnThePageIsALine, and AUD-7: a file that is taken out is
// told from a page.
func TestAUD6_EveryRecordOnThePageIsALine(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	who := tenant.SignedIn("p1", "o1", asye.National)
	m := web.New(web.Site{}, func(*http.Request) (web.Visitor, error) { return web.Visitor{Scope: who, FormKey: "k"}, nil },
		d, d.Clock(), slog.New(slog.DiscardHandler))
	m.Page("/pairs/{id}", policy.Everyone(), web.Personal("pair", "id"), func(w http.ResponseWriter, r *web.Request) error {
		r.Shows("record", "1")
		r.Shows("record", "2")
		_, err := w.Write([]byte("shown"))
		return err
	})
	m.Page("/records", policy.Everyone(), web.Personal("records", ""), func(w http.ResponseWriter, r *web.Request) error {
		if r.Value("format") != "" {
			w.Header().Set("Content-Disposition", `attachment; filename="all of it.csv"`)
		}
		_, err := w.Write([]byte("shown"))
		return err
	})
	for _, path := range []string{"/pairs/7", "/pairs/7", "/records", "/records?format=csv", "/records?format=csv"} {
		m.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
	rows, err := d.Query(t.Context(), `select what || ' ' || subject_id from audit_lines order by id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		got = append(got, one)
	}
	want := []string{"record.read 1", "record.read 2", "pair.read 7", "records.read ", "records.downloaded ", "records.downloaded "}
	if !slices.Equal(got, want) {
		t.Errorf("lines %q, want %q", got, want)
	}
}

// TestTakingAFileIsReading: a form that is answered with a file leaves a line
// with its name, and can be sent again.
func TestTakingAFileIsReading(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	who := tenant.SignedIn("p1", "o1", asye.Coordinator)
	mount := func(m *web.Mux) {
		m.Page("/records/{id}", policy.SignedIn(), web.Plain, func(w http.ResponseWriter, r *web.Request) error {
			return r.Render(w, ui.Form(ui.FormOptions{Token: r.Token()}))
		})
		m.Take("/records/{id}", policy.SignedIn(), web.Personal("record", "id"), func(w http.ResponseWriter, r *web.Request) error {
			w.Header().Set("Content-Disposition", `attachment; filename="record.csv"`)
			_, err := w.Write([]byte("taken"))
			return err
		})
	}
	page := webtest.Pages{DB: d, Mount: mount}.As(t, who).Get("/records/7")
	page.Submit().Is(200, "taken")
	page.Submit().Is(200, "taken")
	n := 0
	if err := d.QueryRow(t.Context(), `select count(*) from audit_lines where what = 'record.downloaded' and subject_id = '7'`).Scan(&n); err != nil || n != 2 {
		t.Errorf("%d lines, %v", n, err)
	}
}
