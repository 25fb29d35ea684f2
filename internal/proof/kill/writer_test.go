package kill

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"time"

	"example.org/asye/internal/proof/visit"
)

// domain marks the addresses of NQSWs that the writers register.
const domain = "@kill.example.org"

// writer is one coordinator at work. It goes on over the death of the program:
// what was cut off it does again.
type writer struct {
	name    int
	browser *visit.Browser
	gate    *gate
	ledger  *ledger
	n       int // how many NQSWs it has registered page by page
	files   int // how many spreadsheets it has sent
	last    string
	paging  bool // only acts whose own pages do not read at once what they have just written
}

// work goes through all the acts until the batch is over.
func (w *writer) work() {
	for {
		acts := []func() error{w.register, w.hours, w.invite, w.hours, w.upload, w.invite}
		if w.paging {
			acts = []func() error{w.register, w.hours, w.invite, w.invite, w.hours, w.invite}
		}
		for _, act := range acts {
			if w.gate.over() {
				return
			}
			if err := act(); err != nil {
				w.ledger.wonder("writer %d: %v", w.name, err)
				return
			}
		}
	}
}

// patience is how long an answer may be put off: a start, or ten seconds after
// the database is there again.
const patience = 20 * time.Second

// ask sends a request until there is an answer to it, and gives how often it was
// sent. Refusals for now, and the death of the program, are no answer.
func (w *writer) ask(what string, request func(context.Context) (visit.Page, error)) (visit.Page, int, error) {
	began := time.Now()
	for attempt := 1; ; attempt++ {
		page, err := w.gate.pass(request)
		if err == nil && page.Status != http.StatusServiceUnavailable {
			return page, attempt, nil
		}
		if time.Since(began) > patience {
			return page, attempt, fmt.Errorf("%s was not answered for %s: %d %v", what, patience, page.Status, err)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// get opens a page.
func (w *writer) get(path string) (visit.Page, error) {
	page, _, err := w.ask(path, func(ctx context.Context) (visit.Page, error) { return w.browser.Get(ctx, path) })
	return page, err
}

// send submits the very same form until it is answered. An answer other than
// want is an error.
func (w *writer) send(form visit.Form, want int) (visit.Page, int, error) {
	page, attempts, err := w.ask(form.Action, func(ctx context.Context) (visit.Page, error) {
		if rand.IntN(12) > 0 {
			return w.browser.Send(ctx, form)
		}
		// Somebody closes the window, and comes back to the form.
		ctx, leave := context.WithTimeout(ctx, time.Duration(rand.IntN(10000))*time.Microsecond)
		defer leave()
		page, err := w.browser.Send(ctx, form)
		if err != nil {
			w.ledger.leave()
		}
		return page, err
	})
	if err == nil && page.Status != want {
		err = fmt.Errorf("%s, sent %d times, has status %d: %s", form.Action, attempts, page.Status, page.Text())
	}
	return page, attempts, err
}

// submit opens a page, fills in its form and sends it.
func (w *writer) submit(path string, fill ...string) (visit.Page, int, error) {
	form, err := w.form(path, path)
	if err != nil {
		return visit.Page{}, 0, err
	}
	return w.send(filled(form, fill), http.StatusSeeOther)
}

func (w *writer) form(path, to string) (visit.Form, error) {
	page, err := w.get(path)
	if err != nil {
		return visit.Form{}, err
	}
	return page.Form(to)
}

func filled(form visit.Form, fill []string) visit.Form {
	for _, one := range fill {
		name, value, _ := strings.Cut(one, "=")
		form = form.With(name, value)
	}
	return form
}

// change sends a form that has an effect, with what is asked for and what is
// promised entered into the ledger.
func (w *writer) change(form visit.Form, email string, of func(*nqsw) *promise) (visit.Page, error) {
	w.ledger.note(email, func(one *nqsw) { of(one).asked++ })
	page, attempts, err := w.send(form, http.StatusSeeOther)
	if err != nil {
		return page, err
	}
	w.ledger.note(email, func(one *nqsw) { of(one).acknowledged++ })
	w.ledger.told(attempts)
	return page, nil
}

// register goes through the pages by which one NQSW is registered.
func (w *writer) register() error {
	w.n++
	who := fmt.Sprintf("w%dn%d", w.name, w.n)
	page, err := w.get("/register")
	if err != nil {
		return err
	}
	if page.Status != http.StatusSeeOther {
		return fmt.Errorf("a draft has outlived its effect: %s", page.Text())
	}
	for _, step := range [][]string{
		{"name", "given_name=Nell", "family_name=" + who, "email=" + who + domain},
		{"regulator", fmt.Sprintf("regulator_number=SW%d%05d", w.name+1, w.n), "date_of_birth-day=3", "date_of_birth-month=2", "date_of_birth-year=1998"},
		{"qualification", "qualified_year=2026", "entry_route=undergraduate"},
		{"year", "programme=child-and-family", "starts_on-day=1", "starts_on-month=9", "starts_on-year=2026", "hours=37", "full_time_hours=37"},
		{"eligibility", "eligibility_registered=yes", "eligibility_sector=yes", "eligibility_agency=no", "eligibility_already_funded=no"},
		{"assessor", "team=Duty", "assessor_name=Ann Assessor"},
	} {
		if _, _, err := w.submit("/register/"+step[0], step[1:]...); err != nil {
			return err
		}
	}
	form, err := w.form("/register/check", "/register/check")
	if err != nil {
		return err
	}
	w.last = who + domain
	_, err = w.change(form, w.last, func(one *nqsw) *promise { return &one.made })
	return err
}

var record = regexp.MustCompile(`href="(/registrations/[0-9a-f-]{36})"`)

// open finds the record of the NQSW who was registered last. It looks a few
// times, so that a program which answers too early is found out by its death.
func (w *writer) open() (string, error) {
	name, _, _ := strings.Cut(w.last, "@")
	for range 20 {
		page, err := w.get("/registrations?cohort=all&q=" + name)
		if err != nil {
			return "", err
		}
		if found := record.FindStringSubmatch(page.Body); found != nil {
			return found[1], nil
		}
		time.Sleep(5 * time.Millisecond)
	}
	return "", fmt.Errorf("%s is not in the list, after it was said to be registered", w.last)
}

// hours changes the hours of the NQSW who was registered last, one week later
// each time.
func (w *writer) hours() error {
	at, err := w.open()
	if err != nil {
		return err
	}
	var day time.Time
	w.ledger.note(w.last, func(one *nqsw) {
		day = time.Date(2026, 9, 8+7*one.hours.asked, 0, 0, 0, 0, time.UTC)
	})
	path := at + "/hours"
	form, err := w.form(path, path)
	if err != nil {
		return err
	}
	form = filled(form, []string{fmt.Sprintf("starts_on-day=%d", day.Day()), fmt.Sprintf("starts_on-month=%d", day.Month()),
		fmt.Sprintf("starts_on-year=%d", day.Year()), fmt.Sprintf("hours=%d", 20+day.Day()%10), "full_time_hours=37"})
	check, _, err := w.send(form, http.StatusOK)
	if err != nil {
		return err
	}
	if form, err = check.Form(path); err != nil {
		return err
	}
	_, err = w.change(form.With("step", "save"), w.last, func(one *nqsw) *promise { return &one.hours })
	return err
}

// invite sends the NQSW who was registered last another invitation.
func (w *writer) invite() error {
	at, err := w.open()
	if err != nil {
		return err
	}
	form, err := w.form(at, at+"/invite")
	if err != nil {
		return err
	}
	_, err = w.change(form, w.last, func(one *nqsw) *promise { return &one.invites })
	return err
}
