package upload_test

import (
	"fmt"
	"strings"
	"testing"

	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/registration/columns/columnstest"
	"example.org/asye/internal/registration/upload"
)

func browse(t *testing.T, h house, scope tenant.Scope) *webtest.Browser {
	t.Helper()
	return webtest.Pages{DB: h.DB, Mount: func(m *web.Mux) { upload.Mount(m, h.Store) }}.As(t, scope)
}

// send uploads a file, and gives the address of its check.
func send(b *webtest.Browser, data []byte) string {
	return b.Get("/upload").Attach("file", "cohort.csv", data).Is(303).Location
}

// typed are the fields of the form that mends a row.
func typed(p row) []string {
	var out []string
	for key, value := range p {
		out = append(out, key+"="+value)
	}
	return out
}

// A coordinator uploads a cohort and mends the rows that were wrong.
func TestJourney(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := browse(t, h, ours)
		b.Get("/upload").Is(200, "No earlier uploads").Has("/upload/template.xlsx")
		at := send(b, columnstest.CSV(t, person(1), person(2, "hours", "many", "starts_on", "31/09/2026"), person(3, "qualification", "PhD")))

		first := b.Get(at).Is(200, "Check your upload", "Mend row 3", "Start date (M)", "is not a day on the calendar",
			"Showing 1 to 3 of 3 errors", "The 2 rows with errors will be left out", "Register 1 NQSW")
		b.Get(at+"?show=new").Is(200, "Amara Okafor1")
		b.Get(at+"?show=warnings").Is(200, "There are no warnings in this upload")
		b.Get("/upload").Is(200, "An upload is waiting for a decision", "Co a uploaded")
		b.Get(at+"/errors").Is(200).Has("Errors", "many")

		mended := person(2, "starts_on", "1 September 2026")
		other := b.Get(at + "/rows/3")
		page := b.Get(at+"/rows/3").Titled("Error: Mend row 3").Has(`value="many"`, `href="#hours"`)
		again := page.Submit(typed(mended.With("hours", "30 or so"))...).Is(422).Has(`value="30 or so"`).Lacks("is not a day on the calendar")
		other.Submit(typed(mended.With("hours", "31"))...).Is(409)
		again.Submit(typed(mended.With("hours", "30"))...).LeadsTo(at)

		stale := first.Press(at+"/confirm").Is(409, "changed after you opened this page", "Register 2 NQSWs")
		done := stale.Press(at+"/confirm", "invite=yes").Is(303)
		b.Get(done.Location).Is(200, "Upload confirmed", "UP-")
		if h.Count(t, `enrolments where org_id = 'a'`) != 2 || h.Count(t, `mail_outbox`) != 2 {
			t.Error("two NQSWs should be registered and invited")
		}
		stale.Press(at+"/confirm", "invite=yes").LeadsTo(done.Location)
		stale.Press(at + "/confirm").LeadsTo(done.Location)
		if h.Count(t, `enrolments`) != 2 {
			t.Error("the form that was sent twice had another effect")
		}
		b.Get("/upload").Is(200, "Earlier uploads", "Confirmed")
	})
}

func TestChangesPage(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.bring(t, person(1))
		b := browse(t, h, ours)
		at := send(b, columnstest.CSV(t, person(1, "team", "North")))
		b.Get(at).Is(200, "What changes", "Duty", "North", "Change 1 NQSW")
		b.Get(at+"/discard").Is(200, "Discard this upload?", "Keep it").Submit().LeadsTo("/upload")
		b.Get(at+"/done").Is(200, "was discarded on")
		b.Get(at).LeadsTo(at + "/done")
	})
}

func TestLongListsArePaged(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		var people []row
		for n := range 60 {
			people = append(people, person(n, "hours", "?"))
		}
		b := browse(t, h, ours)
		page := b.Get(send(b, columnstest.CSV(t, people...)) + "?show=errors&page=3")
		page.Is(200, "Showing 51 to 60 of 60 errors", "Mend row 61", "There is nothing to confirm")
		if n := strings.Count(page.Body, "Mend row "); n != 10 {
			t.Errorf("%d rows on the last page", n)
		}
	})
}

func TestRefusedUploads(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := browse(t, h, ours)
		for _, tt := range []struct{ name, data, says string }{
			{"", "", "Choose the file to upload"},
			{"page.csv", "<html><body>x</body></html>", "This is a web page"},
			{"other.csv", "First name,Last name\r\nA,B\r\n", "These columns are missing from the file"},
		} {
			b.Get("/upload").Attach("file", tt.name, []byte(tt.data)).Is(422, tt.says).Titled("Error: Upload a spreadsheet")
		}
		open := b.Get("/upload")
		h.stage(t, person(1))
		open.Attach("file", "cohort.csv", columnstest.CSV(t, person(2))).
			Is(422, "Another upload of your organisation is waiting", "Look at this upload")
	})
}

func TestPagesOfAnotherEmployer(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		u := h.stage(t, person(1, "hours", "?"))
		b := browse(t, h, them)
		at := "/upload/" + u.ID
		for _, path := range []string{at, at + "/errors", at + "/done", at + "/discard", at + "/rows/2", at + "/rows/x"} {
			b.Get(path).Is(404)
		}
		own := b.Get("/upload").Is(200)
		b.Forge(own, at+"/confirm", fmt.Sprintf("version=%d", u.Version)).Is(404)
		b.Forge(own, at+"/discard").Is(404)
		b.Forge(own, at+"/rows/2", "seen=x").Is(404)
		browse(t, h, ours).Get(at + "/rows/99").Is(404)
	})
}

func TestTemplatesAndTheirColumns(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := browse(t, h, ours)
		b.Get("/upload/columns").Is(200, "Social Work England number", "Step Up to Social Work", "Employer code")
		for format, kind := range map[string]string{"csv": "text/csv", "xlsx": "spreadsheetml"} {
			head := b.Get("/upload/template." + format).Is(200).Header
			if !strings.Contains(head.Get("Content-Type"), kind) || !strings.HasPrefix(head.Get("Content-Disposition"), "attachment") {
				t.Errorf("%s: %v", format, head)
			}
		}
	})
}
