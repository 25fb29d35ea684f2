package app

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/platform/files"
	"github.com/chromedp/chromedp"
)

// The personas that several journeys are taken by.
const (
	amina    = "amina.yusuf@example.org"        // coordinator of a large county
	patience = "patience.hargreave@example.org" // its director
	tom      = "tom.bickerton@example.org"      // coordinator of a small authority
	daniel   = "daniel.rafferty@example.org"    // coordinator of a hospital
	elin     = "elin.stansfield@example.org"    // coordinator of a trust, and analyst
	ruth     = "ruth.illingworth@example.org"   // national team
	hina     = "hina.qureshi@example.org"       // analyst
	megan    = "megan.polglase@example.org"     // NQSW of Tom's
	callum   = "callum.fenwick@example.org"     // NQSW of Elin's, about to end
	chloe    = "chloe.hepworth@example.org"     // NQSW of Daniel's, overdue
	temi     = "temitope.balogun@example.org"   // NQSW of Tom's, invited
	joanne   = "joanne.threlfall@example.org"   // administrator
)

func TestJourneyRegisterOne(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	b := as(t, s, tom)
	b.open("/registrations")
	b.press("Register one NQSW")
	b.see("Who is the NQSW?", "question 1 of")
	b.fill("given_name", "Wanda")
	b.press("Save and continue")
	b.refused("Enter the NQSW's last name")
	b.fill("family_name", "Osei")
	b.fill("email", "wanda.osei@example.org")
	b.press("Save and continue")
	b.see("What does the register say?")
	b.fill("regulator_number", "SW-ABC")
	b.date("date_of_birth", "31 2 1999")
	b.press("Save and continue")
	b.refused("SW-ABC")
	b.picture("register-error")
	b.fill("regulator_number", "SW987001")
	b.date("date_of_birth", "28 2 1999")
	b.press("Save and continue")
	b.see("How did they qualify?")
	b.fill("qualified_year", "2026")
	b.press("Sign out")

	again := as(t, s, tom)
	again.see("Carry on where you stopped")
	again.press("Register an NQSW")
	again.see("How did they qualify?")
	again.fill("qualified_year", "2026")
	again.choose("entry_route", "undergraduate")
	again.press("Save and continue")
	again.choose("programme", "child-and-family")
	again.date("starts_on", "30 11 2026")
	again.fill("hours", "37")
	again.fill("full_time_hours", "37")
	again.press("Save and continue")
	again.see("Can they take part, and is the year funded?")
	again.choose("eligibility_registered", "yes")
	again.choose("eligibility_sector", "yes")
	again.choose("eligibility_agency", "no")
	again.choose("eligibility_already_funded", "no")
	again.press("Save and continue")
	again.fill("team", "Duty and Assessment")
	again.press("Save and continue")
	again.see("Check the answers before you register the NQSW", "Wanda Osei", "SW987001", "28 February 1999", "29 November 2027")
	again.picture("register-check")
	again.accessible()
	again.press("Register Wanda Osei")
	again.see("Wanda Osei is registered", "The reference is", "An invitation is on its way to wanda.osei@example.org")
	reference := js[string](again, `document.querySelector(".govuk-panel strong").innerText`)
	again.picture("registered")
	again.accessible()
	again.press("Open the record")
	again.see("Wanda Osei", reference, "Duty and Assessment")
	again.open("/home")
	again.miss("Carry on where you stopped")
	if n := s.count(t, `select count(*) from people where email = 'wanda.osei@example.org'`); n != 1 {
		t.Errorf("%d people were made", n)
	}
	s.mailed(t, "wanda.osei@example.org")
}

// refused fails unless the page came back with this among its problems, each of
// them leading to a field.
func (b *tab) refused(texts ...string) {
	b.t.Helper()
	b.see(append(texts, "There is a problem")...)
	if status := b.status(); status != 422 {
		b.t.Errorf("%s was refused with the status %d", b.path(), status)
	}
	if title := js[string](b, `document.title`); !strings.HasPrefix(title, "Error: ") {
		b.t.Errorf("%s was refused under the title %q", b.path(), title)
	}
	lost := js[[]string](b, `[...document.querySelectorAll(".govuk-error-summary a")].filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash + " " + a.innerText)`)
	if len(lost) > 0 {
		b.t.Errorf("%s: the error summary leads nowhere: %v", b.path(), lost)
	}
}

// spreadsheet is a cohort of twelve NQSWs, three rows of which are wrong.
func spreadsheet(t *testing.T) string {
	header := []string{"First name", "Last name", "E-mail address", "Social Work England number", "Date of birth", "Year finished qualification",
		"Entry route", "Programme", "Start date", "Contracted hours a week", "Full-time hours a week", "Team", "Assessor's name",
		"Registered with Social Work England", "Works in the programme's sector", "Agency worker", "Already funded"}
	var rows [][]string
	for i := range 12 {
		n := strconv.Itoa(i + 1)
		rows = append(rows, []string{"Upload" + n, "Person", "upload" + n + "@example.org", "SW9880" + strconv.Itoa(i+10), "0" + strconv.Itoa(1+i%9) + "/03/1999", "2026",
			"Undergraduate degree in social work", "Child and family ASYE", "30/11/2026", "37", "37", "Team A", "Jo Bell", "Yes", "Yes", "No", "No"})
	}
	rows[2][4] = "31/02/1999" // no such day
	rows[5][3] = "98ABC"      // no number
	rows[8][9] = "40"         // more than full time
	return workbook(t, "cohort.xlsx", header, rows)
}

func workbook(t *testing.T, name string, header []string, rows [][]string) string {
	t.Helper()
	table := files.Table{Name: "Registrations", Rows: slices.Values(rows)}
	for _, text := range header {
		table.Columns = append(table.Columns, files.Column{Name: text})
	}
	var book bytes.Buffer
	if err := files.WriteXLSX(&book, table); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, book.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestJourneyUpload(t *testing.T) {
	t.Parallel()
	uploadCohort(t, exampleSite(t))
}

func uploadCohort(t *testing.T, s *site) {
	b := as(t, s, tom)
	b.open("/upload")
	b.press("Upload and check")
	b.refused("Choose the file to upload")
	b.attach("file", spreadsheet(t))
	b.press("Upload and check")
	b.see("Check your upload", "Mend row 4", "Mend row 7", "Mend row 10")
	b.figures("9", "0", "0", "3")
	b.picture("upload-check")
	b.accessible()

	b.press("Mend row 4")
	b.see("31/02/1999")
	b.accessible()
	b.fill("date_of_birth", "28/02/1999")
	b.press("Save and check again")
	b.figures("10", "0", "0", "2")
	b.miss("Mend row 4")

	name, body := b.download("download the 2 rows with errors")
	b.choose("invite", "yes")
	before := s.count(t, `select count(*) from enrolments`)
	b.twice("Register 10 NQSWs")
	b.see("Upload confirmed", "Upload reference")
	b.picture("upload-done")
	b.accessible()
	if n := s.count(t, `select count(*) from enrolments`) - before; n != 10 {
		t.Errorf("confirming twice registered %d", n)
	}

	b.open("/upload")
	b.attach("file", mended(t, name, body))
	b.press("Upload and check")
	b.figures("2", "0", "0", "0")
	b.press("Register 2 NQSWs")
	b.see("Upload confirmed")
	b.press("See your NQSWs")
	b.open("/registrations?cohort=all&q=Upload9")
	b.see("Upload9 Person")
	if n := s.count(t, `select count(*) from enrolments`) - before; n != 12 {
		t.Errorf("%d were registered in the end", n)
	}
	s.workOff(t)
	if n := s.count(t, `select count(*) from mail_outbox where recipient like 'upload%@example.org'`); n != 10 {
		t.Errorf("%d invitations were sent for the ten that were to be invited", n)
	}
}

// figures are the numbers on top of the page of an upload: new, changed,
// unchanged, with errors.
func (b *tab) figures(want ...string) {
	b.t.Helper()
	got := js[[]string](b, `[...document.querySelectorAll(".asye-figure__number")].map(e => e.innerText.trim())`)
	if !slices.Equal(got, want) {
		b.t.Fatalf("the figures are %v, want %v:\n%s", got, want, b.text())
	}
}

// twice double-clicks a button, as some people do.
func (b *tab) twice(text string) {
	b.t.Helper()
	b.mark(text)
	before := b.where()
	b.do(chromedp.DoubleClick(chromedp.CSS("[data-hit]")))
	b.settle(before)
	b.sound()
}

// mended is the file of errors as somebody mends it, its last column and all.
func mended(t *testing.T, name string, body []byte) string {
	t.Helper()
	sheet, err := files.Read(name, bytes.NewReader(body), int64(len(body)), files.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if len(sheet.Rows) != 2 || !strings.Contains(sheet.Header[len(sheet.Header)-1], "rror") {
		t.Fatalf("the file of errors has %d rows under %v", len(sheet.Rows), sheet.Header)
	}
	var rows [][]string
	for _, row := range sheet.Rows {
		var texts []string
		for _, cell := range row.Cells {
			texts = append(texts, cell.Text)
		}
		if texts[len(texts)-1] == "" {
			t.Errorf("row %d does not say what is wrong", row.Number)
		}
		rows = append(rows, texts)
	}
	at := func(header string) int { return slices.Index(sheet.Header, header) }
	rows[0][at("Social Work England number")] = "SW988090"
	rows[1][at("Contracted hours a week")] = "36"
	return workbook(t, name, sheet.Header, rows)
}
