package registration

import (
	"fmt"
	"net/mail"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/programme"
)

// The longest names and texts, in characters, and the oldest that somebody can
// plausibly be. They guard against slips of the keyboard, not against people.
const (
	longestName  = 100
	longestEmail = 254
	longestText  = 200
	oldest       = 100
	youngest     = 18
)

// Hours are hours a week, in hundredths: 37 hours is 3700.
type Hours int

// ParseHours reads 37 or 22.2; its error is a whole sentence.
func ParseHours(text string) (Hours, error) {
	whole, part, _ := strings.Cut(strings.TrimSpace(text), ".")
	if len(whole) == 0 || len(whole) > 3 || len(part) > 2 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, fmt.Errorf("%q is not a number of hours. Write it like 37 or 22.5", text)
	}
	n := 0
	for _, digit := range whole + (part + "00")[:2] {
		n = n*10 + int(digit-'0')
	}
	return Hours(n), nil
}

// String is the hours as people write them: 37 or 22.2; nothing for zero.
func (h Hours) String() string {
	if h == 0 {
		return ""
	}
	text := fmt.Sprintf("%d.%02d", int(h)/100, int(h)%100)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// Entry is what is given to register one NQSW.
type Entry struct {
	Identity          asye.Identity
	Number            Number
	DateOfBirth       asye.Date
	AddedToRegisterOn asye.Date
	Qualification     string // a key of Qualifications; empty when not given
	QualifiedYear     int
	EntryRoute        string // a key of EntryRoutes; empty when not given
	EntryRouteOther   string
	Programme         string // the key of a programme
	StartsOn          asye.Date
	Hours             Hours // contracted
	FullTimeHours     Hours // of the same post
	Team              string
	AssessorName      string
	AssessorEmail     string
	Eligibility       programme.Answers
}

// Option is one answer of a list: the key that is stored and the label shown.
type Option struct{ Key, Label string }

// Options is a list of answers.
type Options []Option

// Label is the label of a key; empty for an empty key.
func (o Options) Label(key string) string {
	for _, one := range o {
		if one.Key == key {
			return one.Label
		}
	}
	return key
}

// Find looks a label or a key up, whatever its capitals and spaces.
func (o Options) Find(text string) (Option, bool) {
	folded := asye.Fold(text)
	for _, one := range o {
		if folded == one.Key || folded == asye.Fold(one.Label) {
			return one, true
		}
	}
	return Option{}, false
}

// Qualifications are the highest qualifications that a registration can name
// (Department for Education, social work induction programme service).
func Qualifications() Options {
	return Options{{"ba", "BA"}, {"bsc", "BSc"}, {"ma", "MA"}, {"msc", "MSc"},
		{"pgdip", "Postgraduate Diploma"}, {"other", "Another qualification equivalent to a degree"}}
}

// OtherRoute is the entry route that asks for words of its own.
const OtherRoute = string(asye.OtherRoute)

// EntryRoutes are the ways into social work that a registration can name.
func EntryRoutes() Options {
	var out Options
	for _, r := range asye.EntryRoutes() {
		out = append(out, Option{string(r), r.String()})
	}
	return out
}

// Registered is an entry that has been judged: it may be stored.
type Registered struct {
	Entry
	Version programme.Version
	Verdict programme.Verdict
}

// Register judges an entry. Every problem names the field of the form, which is
// the key of the column in a spreadsheet. An unfunded NQSW is registered all
// the same, and told why (REG-1 to REG-9).
func Register(e Entry, catalogue *programme.Catalogue, today asye.Date) (Registered, error) {
	var p fault.Problems
	e.checkIdentity(&p)
	e.checkDates(&p, today)
	e.checkBackground(&p, today)
	e.checkWork(&p)
	r := Registered{Entry: e}
	p = append(p, r.judge(catalogue)...)
	return r, p.Err()
}

func (e Entry) checkIdentity(p *fault.Problems) {
	p.If(e.Identity.GivenName == "", "given_name", "Enter the NQSW's first name")
	p.If(e.Identity.FamilyName == "", "family_name", "Enter the NQSW's last name")
	checkLength(p, "given_name", e.Identity.GivenName)
	checkLength(p, "middle_names", e.Identity.MiddleNames)
	checkLength(p, "family_name", e.Identity.FamilyName)
	p.If(!validEmail(e.Identity.Email), "email", "Enter an e-mail address in the correct form, like name@example.org")
	p.If(e.Number == "", "regulator_number", "Enter the Social Work England number, like SW1234")
}

func checkLength(p *fault.Problems, field, name string) {
	p.If(len([]rune(name)) > longestName, field, "Names must be %d characters or fewer", longestName)
	p.If(asye.HoldsLink(name), field, "Names cannot contain the address of a website. Enter the name only")
}

func (e Entry) checkDates(p *fault.Problems, today asye.Date) {
	born := e.DateOfBirth
	p.If(born.IsZero(), "date_of_birth", "Enter the NQSW's date of birth, like 27 3 1998")
	p.If(!born.IsZero() && !born.Before(today), "date_of_birth", "The date of birth must be in the past")
	if !born.IsZero() && born.Before(today) {
		p.If(born.AddMonths(12*youngest).After(today), "date_of_birth", "The date of birth makes the NQSW younger than %d. Check the year", youngest)
		p.If(born.AddMonths(12*oldest).Before(today), "date_of_birth", "The date of birth makes the NQSW older than %d. Check the year", oldest)
	}
	p.If(e.AddedToRegisterOn.After(today), "added_to_register_on", "The date of joining the register must be today or in the past")
	p.If(e.StartsOn.IsZero(), "starts_on", "Enter the date on which the year starts, like 1 9 2026")
	p.If(!e.StartsOn.IsZero() && e.StartsOn.After(today.AddMonths(12)), "starts_on", "The year cannot start more than 12 months from today")
}

func (e Entry) checkBackground(p *fault.Problems, today asye.Date) {
	_, known := Qualifications().Find(e.Qualification)
	p.If(e.Qualification != "" && !known, "qualification", "Choose the highest qualification from the list")
	p.If(e.QualifiedYear != 0 && (e.QualifiedYear < 1960 || e.QualifiedYear > today.Year()), "qualified_year",
		"The year of qualifying must be a year from 1960 to %d", today.Year())
	_, known = EntryRoutes().Find(e.EntryRoute)
	p.If(e.EntryRoute != "" && !known, "entry_route", "Choose the route into social work from the list")
	p.If(e.EntryRoute == OtherRoute && e.EntryRouteOther == "", "entry_route_other", "Say which route into social work it was")
	p.If(len([]rune(e.EntryRouteOther)) > longestText, "entry_route_other", "The route must be %d characters or fewer", longestText)
}

func (e Entry) checkWork(p *fault.Problems) {
	checkHours(p, e.Hours, e.FullTimeHours)
	p.If(len([]rune(e.Team)) > longestText, "team", "The team must be %d characters or fewer", longestText)
	p.If(len([]rune(e.AssessorName)) > longestText, "assessor_name", "The assessor's name must be %d characters or fewer", longestText)
	p.If(!validEmail(e.AssessorEmail), "assessor_email", "Enter the assessor's e-mail address in the correct form, like name@example.org")
	p.If(e.AssessorEmail != "" && e.AssessorName == "", "assessor_name", "Enter the assessor's name as well as the e-mail address")
}

func checkHours(p *fault.Problems, hours, fullTime Hours) {
	const week = 168 * 100
	p.If(hours <= 0 || hours > week, "hours", "Enter the contracted hours a week, like 37 or 22.5")
	p.If(fullTime <= 0 || fullTime > week, "full_time_hours", "Enter the full-time hours a week of the post, like 37")
	p.If(hours > fullTime && fullTime > 0, "hours", "The contracted hours cannot be more than the full-time hours")
}

// judge finds the programme's version and what the eligibility answers lead to.
func (r *Registered) judge(catalogue *programme.Catalogue) fault.Problems {
	var p fault.Problems
	p.If(r.Programme == "", "programme", "Choose the programme")
	if r.Programme == "" || r.StartsOn.IsZero() {
		return p
	}
	version, err := catalogue.For(r.Programme, r.StartsOn)
	if err != nil {
		p.If(true, "starts_on", "%s", err)
		return p
	}
	r.Version = version
	answers := r.Eligibility
	answers.Start = r.StartsOn
	if answers.YearFinished == 0 {
		answers.YearFinished = r.QualifiedYear
	}
	r.Verdict = version.Assess(answers)
	for _, reason := range r.Verdict.Reasons {
		p.If(reason.Leads == programme.Blocked, "eligibility_"+reason.Key,
			"Nobody can be registered on this answer. The NQSW will be told: “%s”", reason.Text)
	}
	p.If(!r.Verdict.Registrable && len(p) == 0, "eligibility_registered", "Answer every question about eligibility")
	return p
}

func validEmail(text string) bool {
	if text == "" {
		return true
	}
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && len(text) <= longestEmail && strings.Contains(text[strings.LastIndex(text, "@"):], ".")
}
