package grant

import (
	"encoding/csv"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/asye/internal/asye"
)

// scenario is one row of testdata/scenarios.csv: the facts of a year, the moment
// and the employer that asks, and what is right. The expected values were worked
// out from docs/rules/grant.md by hand; the last column says how.
type scenario map[string]string

// scenarios reads the table.
func scenarios(t testing.TB) []scenario {
	t.Helper()
	file, err := os.Open("testdata/scenarios.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []scenario
	for _, line := range lines[1:] {
		s := scenario{}
		for i, title := range lines[0] {
			s[title] = line[i]
		}
		out = append(out, s)
	}
	return out
}

func (s scenario) name() string {
	return strings.Join([]string{s["scenario"], s["moment"], s["viewer"], s["milestone"]}, ", ")
}

// TestGRA1_Scenarios holds every row: transfers, pauses, part-time years, how
// they end, years of schemes, the final-year rule, deadlines, and claims that
// stand, as each employer sees them.
func TestGRA1_Scenarios(t *testing.T) {
	all, seen, books := scenarios(t), map[string]bool{}, map[string]*Book{}
	if len(all) < 300 {
		t.Errorf("there are only %d rows", len(all))
	}
	for _, s := range all {
		if seen[s.name()] {
			t.Errorf("%s stands twice", s.name())
		}
		seen[s.name()] = true
		if books[s["rules"]] == nil {
			books[s["rules"]] = variant(t, s["rules"])
		}
		t.Run(s.name(), func(t *testing.T) { s.hold(t, books[s["rules"]]) })
	}
}

// cites is that an explanation names the rule that it rests on.
var cites = regexp.MustCompile(`GRA-\d+`)

// hold compares what the book says with the row.
func (s scenario) hold(t *testing.T, b *Book) {
	if !cites.MatchString(s["explanation"]) {
		t.Error("the explanation names no rule")
	}
	at := moment(t, s["moment"])
	e, found := Entitlement{}, 0
	for _, one := range b.Entitlements(s.facts(t, at), asye.OrganisationID(s["viewer"]), at) {
		if one.Milestone.Key == s["milestone"] {
			e, found = one, found+1
		}
	}
	if found != 1 {
		t.Fatalf("there are %d answers", found)
	}
	for _, one := range []struct{ what, got, want string }{
		{"state", string(e.State), s["state"]},
		{"amount", e.Pence.Plain(), s["amount"]},
		{"day", e.On.ISO(), s["on"]},
		{"first day", e.From.ISO(), s["from"]},
		{"scheme", e.Scheme.Key, s["scheme"]},
		{"why", keys(e.Why), s["why"]},
		{"missing", keys(e.Missing), s["missing"]},
	} {
		if one.got != one.want {
			t.Errorf("the %s is %q, and %q is right: %s\nthe program says: %v", one.what, one.got, one.want, s["explanation"], e.Why)
		}
	}
	for _, r := range append(e.Why, e.Missing...) {
		sentence(t, r.Text)
	}
}

// keys are the rules that reasons rest on.
func keys(all []Reason) string {
	var out []string
	for _, r := range all {
		out = append(out, r.Rule)
	}
	return strings.Join(out, " ")
}

// whole is how a sentence begins and ends; the page puts the full stop.
var whole = regexp.MustCompile(`^(\p{Lu}|£|[0-9]).*[\p{L}\p{N}]$`)

// sentence refuses a text that is no whole sentence, or holds a date that is
// none.
func sentence(t testing.TB, text string) {
	t.Helper()
	if !whole.MatchString(text) || strings.Contains(text, "  ") || strings.Contains(text, "-0001") || strings.HasSuffix(text, " on") {
		t.Errorf("this is no whole sentence: %q", text)
	}
}

// moment reads a time on the clocks of London, or an instant in UTC.
func moment(t testing.TB, text string) When {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, layout := range []string{time.RFC3339, minuteLayout, minuteLayout + ":05"} {
		if at, err := time.ParseInLocation(layout, text, london); err == nil {
			return When{asye.InstantOf(at), asye.MustDate(at.In(london).Format(time.DateOnly))}
		}
	}
	t.Fatalf("%q is no moment", text)
	return When{}
}

// facts are the columns that tell of a year.
func (s scenario) facts(t testing.TB, at When) Facts {
	t.Helper()
	f := Facts{Enrolment: "e1", Person: "p1", Programme: s["programme"], Start: day(s["start"]), Due: day(s["planned_last_day"]).AddDays(1),
		Result: Result(s["outcome"]), Decided: day(s["decided"]), Funded: s["funded"] == "yes", Agency: s["agency"] == "yes"}
	if f.Result != "" {
		f.Ended = later(f.Decided, f.Start).AddDays(1)
	}
	if !f.Funded {
		f.Unfunded = "The year started more than four years after qualifying"
	}
	if days, rest, ok := strings.Cut(s["register_check"], " days before"); ok {
		n, err := strconv.Atoi(days)
		if err != nil {
			t.Fatal(err)
		}
		f.CheckedOn, f.CheckGood = at.Today.AddDays(-n), rest == ""
	}
	f.Stays, f.Pauses = s.stays(t), s.pauses(t)
	f.Standing = s.standing(t)
	return f
}

func (s scenario) pauses(t testing.TB) []asye.Period {
	if s["pauses"] == "" {
		return nil
	}
	return []asye.Period{period(t, s["pauses"])}
}

// period reads "from 2026-06-01", or "2026-06-01 to 2026-08-31", both included.
func period(t testing.TB, text string) asye.Period {
	t.Helper()
	first, last, ended := strings.Cut(strings.TrimPrefix(text, "from "), " to ")
	if !ended {
		return asye.Since(day(first))
	}
	return asye.Period{Start: day(first), End: day(last).AddDays(1)}
}

var employer = regexp.MustCompile(`^(\w+)(?: \((\w+)\))?(?: (from .*))?$`)

// stays reads "kent; mind (voluntary) from 2026-11-01": the first from the start,
// each until the next.
func (s scenario) stays(t testing.TB) []Stay {
	t.Helper()
	var out []Stay
	for one := range strings.SplitSeq(s["employers"], "; ") {
		m := employer.FindStringSubmatch(one)
		if m == nil {
			continue
		}
		stay := Stay{Org: asye.OrganisationID(m[1]), Type: asye.LocalAuthority, Period: asye.Since(day(s["start"]))}
		if m[2] != "" {
			stay.Type = asye.EmployerType(m[2])
		}
		if m[3] != "" {
			stay.Period = period(t, m[3])
		}
		if n := len(out); n > 0 && out[n-1].Period.IsOpen() {
			out[n-1].Period.End = stay.Period.Start
		}
		out = append(out, stay)
	}
	return out
}

var standingForm = regexp.MustCompile(`^(\w+) (claimed|paid|recover) (?:by|to|from) (\w+) from (\S+) on (\S+): ([\d.]+)( for another year)?$`)

// standing reads "registration paid to kent from child-and-family-2026-27 on
// 2026-09-01: 1000.00".
func (s scenario) standing(t testing.TB) []Standing {
	t.Helper()
	if s["standing"] == "" {
		return nil
	}
	m := standingForm.FindStringSubmatch(s["standing"])
	if m == nil {
		t.Fatalf("%q is no claim that stands", s["standing"])
	}
	pence, err := ParsePence(m[6])
	if err != nil {
		t.Fatal(err)
	}
	one := Standing{ID: "l1", Enrolment: "e1", Milestone: m[1], State: State(m[2]), Org: asye.OrganisationID(m[3]), Scheme: m[4], On: day(m[5]), Pence: pence}
	if m[7] != "" {
		one.Enrolment = "e0"
	}
	return []Standing{one}
}

// variants are what an operator may change in the files that are built in.
var variants = map[string][2]string{
	"failing-unpaid": {`"completion_paid": true`, `"completion_paid": false`},
	"nothing-back":   {`"registration_back_within_days": 28`, `"registration_back_within_days": 0`},
	"pause-out":      {`"paid_in_final_year": true`, `"paid_in_final_year": false`},
	"agency-out":     {`"agency": { "paid": true`, `"agency": { "paid": false`},
	"first-employer": {`"completion_to": "last_employer"`, `"completion_to": "first_employer"`},
	"pot-2999-3":     pot(299900),
	"pot-4000-3":     pot(400000),
	"pot-6600-3":     pot(660000),
	"pot-9000-3":     pot(900000),
}

// pot is a pot for three.
func pot(pence int) [2]string {
	return [2]string{"\"pot_pence\": 0,\n    \"pot_number\": 0", `"pot_pence": ` + strconv.Itoa(pence) + `, "pot_number": 3`}
}

// variant is the book of the files that are built in, with one thing changed in
// each file that has it.
func variant(t testing.TB, name string) *Book {
	t.Helper()
	if name == "" {
		return built(t)
	}
	change, known := variants[name]
	if !known {
		t.Fatalf("no variant of the rules is called %q", name)
	}
	files, changes := fstest.MapFS{}, 0
	names, _ := fs.Glob(Files(), "*.json")
	for _, file := range names {
		text, err := fs.ReadFile(Files(), file)
		if err != nil {
			t.Fatal(err)
		}
		changes += strings.Count(string(text), change[0])
		files[file] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(text), change[0], change[1]))}
	}
	if changes == 0 {
		t.Fatalf("the variant %q changes nothing", name)
	}
	b, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
