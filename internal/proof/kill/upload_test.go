package kill

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/proof/visit"
)

// rowsOf is how many rows each spreadsheet has: they are stored together or not
// at all.
const rowsOf = 3

// upload sends a spreadsheet, looks at what it would do, and confirms it.
func (w *writer) upload() error {
	w.files++
	sheet, emails := w.sheet()
	form, err := w.form("/upload", "/upload")
	if err != nil {
		return err
	}
	page, _, err := w.send(form.Attach("file", "cohort.csv", []byte(sheet)), http.StatusSeeOther)
	if err != nil {
		return err
	}
	check, err := w.checked(page.Location)
	if err != nil {
		return err
	}
	if form, err = check.Form(check.Path + "/confirm"); err != nil {
		return err
	}
	for _, email := range emails {
		w.ledger.note(email, func(one *nqsw) { one.uploaded, one.upload, one.made.asked = true, w.name<<16+w.files, 1 })
	}
	_, attempts, err := w.send(form, http.StatusSeeOther)
	if err != nil {
		return err
	}
	for _, email := range emails {
		w.ledger.note(email, func(one *nqsw) { one.made.acknowledged = 1 })
	}
	w.ledger.told(attempts)
	return nil
}

func (w *writer) sheet() (text string, emails []string) {
	var all []service.Row
	for i := range rowsOf {
		n := w.files*rowsOf + i
		who := fmt.Sprintf("w%du%d", w.name, n)
		all = append(all, service.Row{Name: who, Email: who + domain, Number: fmt.Sprintf("SW%d%05d", w.name+5, n)})
		emails = append(emails, who+domain)
	}
	return service.Sheet(all), emails
}

var waiting = regexp.MustCompile(`href="(/upload/[0-9a-f-]{36})(\?[^"]*)?"`)

// checked is the page of the file that waits. Where the answer that named it was
// lost, the page for uploads has it.
func (w *writer) checked(location string) (visit.Page, error) {
	if strings.HasPrefix(location, "/upload/") {
		return w.get(location)
	}
	page, err := w.get("/upload")
	if err != nil {
		return page, err
	}
	found := waiting.FindStringSubmatch(page.Body)
	if found == nil {
		return page, fmt.Errorf("no file waits after one was taken: %s", page.Text())
	}
	return w.get(found[1])
}
