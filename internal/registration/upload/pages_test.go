package upload_test

import (
	"bytes"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration/upload"
)

// browser is one person's way to the pages.
type browser struct {
	t     *testing.T
	mux   *web.Mux
	scope tenant.Scope
}

func (h house) browser(t *testing.T, scope tenant.Scope) browser {
	b := browser{t: t, scope: scope}
	b.mux = web.New(web.Site{}, func(*http.Request) (web.Visitor, error) {
		return web.Visitor{Scope: scope, Name: "Co", Org: "Ashford", FormKey: "k"}, nil
	}, h.db, h.db.Clock(), slog.New(slog.NewTextHandler(io.Discard, nil)))
	upload.Mount(b.mux, h.Store)
	return b
}

func (b browser) do(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	b.mux.ServeHTTP(w, r)
	return w
}

// get opens a page and expects a status.
func (b browser) get(path string, status int) string {
	b.t.Helper()
	w := b.do(httptest.NewRequest("GET", path, nil))
	if w.Code != status {
		b.t.Errorf("GET %s: %d, want %d", path, w.Code, status)
	}
	return w.Body.String()
}

var token = regexp.MustCompile(`name="_form" value="([^"]+)"`)

// post sends the form of a page to a path.
func (b browser) post(page, path string, status int, fields ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	v := url.Values{"_form": {firstMatch(token, page)}}
	for i := 0; i+1 < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := b.do(r)
	if w.Code != status {
		b.t.Fatalf("POST %s: %d, want %d", path, w.Code, status)
	}
	return w
}

func firstMatch(re *regexp.Regexp, text string) string {
	if m := re.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

func (b browser) upload(name string, data []byte, status int) *httptest.ResponseRecorder {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("_form", firstMatch(token, b.get("/upload", 200)))
	if name != "" {
		part, _ := form.CreateFormFile("file", name)
		part.Write(data)
	}
	form.Close()
	r := httptest.NewRequest("POST", "/upload", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	w := b.do(r)
	if w.Code != status {
		b.t.Fatalf("upload of %q: %d, want %d", name, w.Code, status)
	}
	return w
}

func (b browser) has(page string, texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			b.t.Errorf("the page does not say %q", text)
		}
	}
}

// A coordinator uploads a cohort and mends the rows that were wrong.
func TestJourney(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := h.browser(t, ours)
		b.has(b.get("/upload", 200), "No earlier uploads", "/upload/template.xlsx")
		at := b.upload("cohort.csv", h.csv(person(1), person(2, "hours", "many", "starts_on", "31/09/2026"), person(3, "qualification", "PhD")), 303).Header().Get("Location")

		check := b.get(at, 200)
		b.has(check, "Check your upload", "Mend row 3", "Start date (M)", "is not a day on the calendar", "Showing 1 to 3 of 3 errors",
			"The 2 rows with errors will be left out", "Register 1 NQSW")
		b.has(b.get(at+"?show=new", 200), "Amara Okafor1")
		b.has(b.get(at+"?show=warnings", 200), "There are no warnings in this upload")
		b.has(b.get("/upload", 200), "An upload is waiting for a decision", "Co A uploaded")
		b.has(b.get(at+"/errors", 200), "Errors", "many")

		row := b.get(at+"/rows/3", 200)
		b.has(row, "<title>Error: Mend row 3", `value="many"`, `href="#hours"`)
		seen := regexp.MustCompile(`name="seen" value="([^"]+)"`)
		again := b.post(row, at+"/rows/3", 422, append(fieldsOf(person(2)), "hours", "30 or so", "seen", firstMatch(seen, row))...).Body.String()
		b.has(again, `value="30 or so"`)
		if strings.Contains(again, "is not a day on the calendar") {
			t.Error("the start date that was mended is still wrong")
		}
		b.post(again, at+"/rows/3", 409, append(fieldsOf(person(2)), "hours", "31", "seen", firstMatch(seen, row))...)
		w := b.post(again, at+"/rows/3", 303, append(fieldsOf(person(2)), "hours", "30", "seen", firstMatch(seen, again))...)
		if w.Header().Get("Location") != at {
			t.Errorf("after mending: %s", w.Header().Get("Location"))
		}

		version := regexp.MustCompile(`name="version" value="(\d+)"`)
		stale := b.post(check, at+"/confirm", 409, "version", firstMatch(version, check)).Body.String()
		b.has(stale, "changed after you opened this page", "Register 2 NQSWs")
		done := b.post(stale, at+"/confirm", 303, "version", firstMatch(version, stale), "invite", "yes")
		b.has(b.get(done.Header().Get("Location"), 200), "Upload confirmed", "UP-")
		if h.count(t, `enrolments where org_id = 'a'`) != 2 || h.count(t, `mail_outbox`) != 2 {
			t.Error("two NQSWs should be registered and invited")
		}
		twice := b.post(stale, at+"/confirm", 303, "version", firstMatch(version, stale))
		if twice.Header().Get("Location") != done.Header().Get("Location") || h.count(t, `enrolments`) != 2 {
			t.Error("the form that was sent twice led elsewhere or had another effect")
		}
		b.has(b.get("/upload", 200), "Earlier uploads", "Confirmed")
	})
}

func fieldsOf(p map[string]string) []string {
	var out []string
	for key, value := range p {
		out = append(out, key, value)
	}
	return out
}

func TestChangesPage(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.bring(t, person(1))
		b := h.browser(t, ours)
		at := b.upload("cohort.csv", h.csv(person(1, "team", "North")), 303).Header().Get("Location")
		page := b.get(at, 200)
		b.has(page, "What changes", "Duty", "North", "Change 1 NQSW")
		b.has(b.get(at+"/discard", 200), "Discard this upload?", "Keep it")
		b.post(page, at+"/discard", 303)
		b.has(b.get(at+"/done", 200), "was discarded on")
		if b.do(httptest.NewRequest("GET", at, nil)).Code != 303 {
			t.Error("an upload that was discarded still has its check page")
		}
	})
}

func TestLongListsArePaged(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		var people []map[string]string
		for n := range 60 {
			people = append(people, person(n, "hours", "?"))
		}
		b := h.browser(t, ours)
		at := b.upload("cohort.csv", h.csv(people...), 303).Header().Get("Location")
		page := b.get(at+"?show=errors&page=3", 200)
		b.has(page, "Showing 51 to 60 of 60 errors", "Mend row 61", "There is nothing to confirm")
		if strings.Count(page, "Mend row ") != 10 {
			t.Errorf("%d rows on the last page", strings.Count(page, "Mend row "))
		}
	})
}

func TestRefusedUploads(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := h.browser(t, ours)
		for name, text := range map[string]string{"": "Choose the file to upload", "page.csv": "This is a web page", "other.csv": "These columns are missing from the file"} {
			data := map[string]string{"page.csv": "<html><body>x</body></html>", "other.csv": "First name,Last name\r\nA,B\r\n"}[name]
			page := b.upload(name, []byte(data), 422).Body.String()
			b.has(page, text, "<title>Error: Upload a spreadsheet")
		}
		h.stage(t, person(1))
		b.has(b.upload("cohort.csv", h.csv(person(2)), 422).Body.String(), "Another upload of your organisation is waiting", "Look at this upload")
	})
}

func TestPagesOfAnotherEmployer(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		u := h.stage(t, person(1, "hours", "?"))
		b := h.browser(t, them)
		at := "/upload/" + u.ID
		for _, path := range []string{at, at + "/errors", at + "/done", at + "/discard", at + "/rows/2", at + "/rows/x"} {
			b.get(path, 404)
		}
		own := b.get("/upload", 200)
		b.post(own, at+"/confirm", 404, "version", strconv.Itoa(u.Version))
		b.post(own, at+"/discard", 404)
		b.post(own, at+"/rows/2", 404, "seen", "x")
		h.browser(t, ours).get(at+"/rows/99", 404)
	})
}

func TestFilesToSave(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := h.browser(t, ours)
		b.has(b.get("/upload/columns", 200), "Social Work England number", "Step Up to Social Work", "Employer code")
		b.has(b.get("/export", 200), "No registrations yet")
		h.bring(t, person(1))
		b.has(b.get("/export?cohort=2026-27", 200), "2026-27", "Download")
		b.get("/export?cohort=last", 422)
		for path, kind := range map[string]string{"/upload/template.csv": "text/csv", "/upload/template.xlsx": "spreadsheetml",
			"/export?format=csv": "text/csv", "/export?format=xlsx": "spreadsheetml", "/export?format=json": "application/json"} {
			w := b.do(httptest.NewRequest("GET", path, nil))
			if w.Code != 200 || !strings.Contains(w.Header().Get("Content-Type"), kind) || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
				t.Errorf("%s: %d %v", path, w.Code, w.Header())
			}
		}
		b.has(b.get("/export?format=csv&cohort=2026-27", 200), "Okafor1")
		if strings.Contains(b.get("/export?format=csv&cohort=2025-26", 200), "Okafor1") {
			t.Error("the cohort makes no difference")
		}
	})
}
