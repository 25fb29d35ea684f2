package nodes

import (
	"fmt"
	"regexp"
	"strings"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/proof/visit"
	"example.org/asye/internal/roster"
)

// hire puts people on record who may sign in, each a coordinator of the first
// employer.
func (p *pair) hire(emails ...string) error {
	store := account.NewStore(p.d, mail.NewOutbox(p.d, nil), jobs.NewQueue(p.d), account.DefaultSettings())
	employers, err := roster.NewStore(p.d).Employers(p.t.Context(), clock.Today(clock.Real()))
	if err != nil {
		return err
	}
	scope := tenant.System("a net hires")
	return p.d.Write(p.t.Context(), scope, func(tx *db.Tx) error {
		for i, email := range emails {
			id, err := store.AddPerson(p.t.Context(), tx, scope, asye.Identity{GivenName: "Number", FamilyName: spelt(i), Email: email})
			if err == nil {
				err = store.Join(p.t.Context(), tx, scope, id, employers[0].ID, asye.Coordinator, asye.MustDate("2026-01-01"))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// spelt is a number in letters.
func spelt(n int) string {
	return strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprint(n))
}

// link is where a mailed link leads.
var link = regexp.MustCompile(`http://127\.0\.0\.1(/sign-in/link\?\S+)`)

// travel does what a coordinator does, every request at the other node, and
// gives what went wrong.
func (p *pair) travel() error {
	const email = "traveller@example.org"
	if err := p.hire(email); err != nil {
		return err
	}
	w := p.traveller()
	if _, err := w.submit("/sign-in", "/sign-in", with("email", email)); err != nil {
		return err
	}
	address := ""
	p.until("a link is mailed", func() bool {
		for _, one := range p.post.of(email) {
			if m := link.FindStringSubmatch(one.text); m != nil {
				address = m[1]
			}
		}
		return address != ""
	})
	if _, err := w.submit(address, "/sign-in/link", with()); err != nil {
		return err
	}
	for _, step := range []func(*traveller) error{p.registers, p.uploads, p.changes, p.leaves} {
		if err := step(w); err != nil {
			return err
		}
	}
	return nil
}

// registers goes through a form of several pages.
func (p *pair) registers(w *traveller) error {
	for _, step := range [][]string{
		{"name", "given_name", "Nell", "family_name", "Traveller", "email", "nell@example.org"},
		{"regulator", "regulator_number", "SW123456", "date_of_birth-day", "3", "date_of_birth-month", "2", "date_of_birth-year", "1998"},
		{"qualification", "qualified_year", "2026", "entry_route", "undergraduate"},
		{"year", "programme", "child-and-family", "starts_on-day", "1", "starts_on-month", "9", "starts_on-year", "2026", "hours", "37", "full_time_hours", "37"},
		{"eligibility", "eligibility_registered", "yes", "eligibility_sector", "yes", "eligibility_agency", "no", "eligibility_already_funded", "no"},
		{"assessor", "team", "Duty", "assessor_name", "Ann Assessor"},
	} {
		if _, err := w.submit("/register/"+step[0], "/register/"+step[0], with(step[1:]...)); err != nil {
			return err
		}
	}
	page, err := w.submit("/register/check", "/register/check", with())
	if err == nil && !strings.Contains(page.Text(), "Nell Traveller") {
		err = fmt.Errorf("the one node does not say what the other did: %s", page.Text())
	}
	return err
}

// uploads sends a spreadsheet to one node, and confirms it at the other.
func (p *pair) uploads(w *traveller) error {
	template, err := w.open("/upload/template.csv")
	if err != nil {
		return err
	}
	file := strings.TrimSpace(template.Body) + "\r\n" + row(template.Body) + "\r\n"
	page, err := w.submit("/upload", "/upload", func(f visit.Form) visit.Form { return f.Attach("file", "cohort.csv", []byte(file)) })
	if err != nil {
		return err
	}
	form := regexp.MustCompile(`/upload/[^/"]+/confirm`).FindString(page.Body)
	if form == "" {
		return fmt.Errorf("the upload cannot be confirmed: %s", page.Text())
	}
	page, err = w.submit(page.Path, form, with())
	if err == nil && !strings.Contains(page.Text(), "Registered 1") {
		err = fmt.Errorf("the upload had no effect: %s", page.Text())
	}
	return err
}

// row is one NQSW under a template's header.
func row(header string) string {
	cells := map[string]string{"First name": "Una", "Last name": "Uploaded", "Social Work England number": "SW654321",
		"Date of birth": "3/2/1998", "Programme": "Child and family ASYE", "Start date": "1 September 2026",
		"Contracted hours a week": "37", "Full-time hours a week": "37", "Year finished qualification": "2026",
		"Registered with Social Work England": "Yes", "Works in the programme's sector": "yes", "Agency worker": "No", "Already funded": "No"}
	var out []string
	for name := range strings.SplitSeq(strings.TrimSpace(strings.TrimPrefix(header, "\ufeff")), ",") {
		out = append(out, cells[name])
	}
	return strings.Join(out, ",")
}

// changes saves a record at one node; the notice of it is on the page of the
// other.
func (p *pair) changes(w *traveller) error {
	page, err := w.submit("/organisation/edit", "/organisation/edit", with("contact_name", "Travelling Contact"))
	if err == nil && (!strings.Contains(page.Text(), "The contacts are changed") || !strings.Contains(page.Text(), "Travelling Contact")) {
		err = fmt.Errorf("the notice or the change is not there: %s", page.Text())
	}
	return err
}

// leaves signs out at one node, and is out at the other.
func (p *pair) leaves(w *traveller) error {
	if _, err := w.submit("/home", "/sign-out", with()); err != nil {
		return err
	}
	page, err := w.open("/registrations")
	if err == nil && !strings.Contains(page.Text(), "Sign in") {
		err = fmt.Errorf("whoever signed out is still in: %s", page.Text())
	}
	return err
}
