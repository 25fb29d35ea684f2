package policy

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

var (
	name  = Field{Name: "name", Columns: []string{"people.given_name", "people.family_name"}}
	notes = Field{Name: "notes", Columns: []string{"pauses.note"}}
	years = Thing{Name: "The record of a year", Holds: "A year.", Grants: []Grant{
		{To: NQSW, In: []Relation{Self}, Sees: []Field{name}, Why: "It is theirs"},
		{To: Coordinator, In: Within(), Sees: []Field{name, notes}, Limits: "What has ended stays", Why: "They run it"},
		{To: Coordinator, In: Anybody(), Beside: true, Sees: []Field{name}, Why: "A record says who changed it"},
		{To: EmployerAdministrator, In: Known(), Sees: []Field{name}, Why: "They answer for it"},
		{To: Analyst, What: "Numbers of people", Why: "They count"},
	}, Asks: []string{"registration.Store.Get"}}
)

func TestAThingLetsAndShows(t *testing.T) {
	for _, tt := range []struct {
		to     Reader
		in     Relation
		lets   bool
		shows  string // one column that is shown
		hides  string // and one that is not
		has    bool
		limits bool
	}{
		{Visitor, Self, false, "", "people.given_name", false, false},
		{NQSW, Self, true, "people.given_name", "pauses.note", true, false},
		{NQSW, SameTeam, false, "", "people.given_name", true, false},
		{Coordinator, MyPerson, true, "pauses.note", "people.email", true, true},
		{Coordinator, OtherEmployer, false, "people.family_name", "pauses.note", true, false},
		{Coordinator, NoRelation, false, "", "people.given_name", true, false},
		{EmployerAdministrator, FormerEmployer, true, "people.given_name", "pauses.note", true, false},
		{ServiceAdministrator, FormerEmployer, false, "", "people.given_name", false, false},
		{Analyst, Self, false, "", "people.given_name", true, false},
	} {
		if years.Lets(tt.to, tt.in) != tt.lets || years.Has(tt.to) != tt.has || years.Limited(tt.to, tt.in) != tt.limits {
			t.Errorf("%s of %s: lets %v, has %v, limits %v", tt.to, tt.in, years.Lets(tt.to, tt.in), years.Has(tt.to), years.Limited(tt.to, tt.in))
		}
		if tt.shows != "" && !years.Shows(tt.to, tt.in, tt.shows) {
			t.Errorf("%s of %s is not shown %s", tt.to, tt.in, tt.shows)
		}
		if years.Shows(tt.to, tt.in, tt.hides) {
			t.Errorf("%s of %s is shown %s", tt.to, tt.in, tt.hides)
		}
	}
}

func TestAThingIsAskedByThoseWhomItLets(t *testing.T) {
	as := func(role asye.Role) tenant.Scope { return tenant.SignedIn("person-1", "kent", role) }
	for _, tt := range []struct {
		name  string
		scope tenant.Scope
		in    Relation
		may   bool
	}{
		{"the program", tenant.System("test"), NoRelation, true},
		{"nobody", tenant.Nobody(), Self, false},
		{"an NQSW of theirs", as(asye.NQSW), Self, true},
		{"an NQSW of a colleague's", as(asye.NQSW), SameEmployer, false},
		{"a coordinator of their employer's", as(asye.Coordinator), SameEmployer, true},
		{"a coordinator of what is only named beside", as(asye.Coordinator), OtherEmployer, false},
		{"the national team, whom nothing is granted", as(asye.National), Self, false},
		{"an analyst, who is granted numbers only", as(asye.Analyst), Self, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := years.Ask(tt.scope, tt.in)
			if (err == nil) != tt.may || err != nil && fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestARuleComesFromAThing(t *testing.T) {
	rule := years.For(asye.Coordinator, asye.NQSW)
	if rule.Thing().Name != years.Name || !rule.Lets(Coordinator) || rule.Lets(National) || rule.Lets(Visitor) {
		t.Errorf("%+v", rule)
	}
	if open := years.ForEveryone(); !open.Lets(Visitor) || !open.Open() {
		t.Errorf("%+v", open)
	}
	if in := years.ForSignedIn(); in.Lets(Visitor) || !in.Lets(National) {
		t.Errorf("%+v", in)
	}
	defer func() {
		if recover() == nil {
			t.Error("a route lets in a role to which the thing grants nothing")
		}
	}()
	years.For(asye.National)
}

func TestTheTableSaysEverything(t *testing.T) {
	table := Table{Things: []Thing{years}, Fields: []Field{name, notes}, Uses: []Use{{Pattern: "GET /registrations/{id}", Leaves: "an audit line", Rule: years.For(asye.Coordinator)}}}
	rows := table.Rows()
	if want := 3 * len(Readers()) * len(Relations()); len(rows) != want {
		t.Fatalf("%d rows, want %d", len(rows), want)
	}
	may := map[[4]string]bool{}
	for _, r := range rows {
		may[[4]string{r.Kind, r.Name, string(r.Reader), string(r.Relation)}] = r.May
		if r.May && r.Why == "" {
			t.Errorf("no reason: %+v", r)
		}
	}
	for key, want := range map[[4]string]bool{
		{"thing", years.Name, "coordinator", "same team"}:      true,
		{"thing", years.Name, "coordinator", "other employer"}: false,
		{"field", "name", "coordinator", "other employer"}:     true,
		{"field", "notes", "coordinator", "other employer"}:    false,
		{"field", "notes", "NQSW", "self"}:                     false,
		{"thing", years.Name, "analyst", "self"}:               false,
		{"thing", years.Name, "visitor", "self"}:               false,
	} {
		if got, ok := may[key]; got != want || !ok {
			t.Errorf("%v: %v, there: %v", key, got, ok)
		}
	}
	if got := table.SeenBy(notes); len(got) != 1 || !strings.HasPrefix(got[0], "coordinator, of self, my person") {
		t.Errorf("%q", got)
	}
	if got := table.Through("people.given_name"); len(got) != 3 {
		t.Errorf("%q", got)
	}
	if len(table.Of(years)) != 1 {
		t.Error("the route is not among those of its thing")
	}
}

func TestTheTableIsPrintedInThreeForms(t *testing.T) {
	table := Table{Things: []Thing{years}, Fields: []Field{name}}
	var text, sheet, list strings.Builder
	for print, to := range map[*strings.Builder]func() error{
		&text: func() error { return table.Text(&text) }, &sheet: func() error { return table.CSV(&sheet) }, &list: func() error { return table.JSON(&list) },
	} {
		if err := to(); err != nil || print.Len() == 0 {
			t.Fatal(err)
		}
	}
	for _, line := range strings.Split(text.String(), "\n") {
		if len([]rune(line)) > width {
			t.Errorf("a line is too long: %s", line)
		}
	}
	cells, err := csv.NewReader(strings.NewReader(sheet.String())).ReadAll()
	if err != nil || len(cells) != 1+len(table.Rows()) {
		t.Errorf("%d rows: %v", len(cells), err)
	}
	var rows []Row
	if err := json.Unmarshal([]byte(list.String()), &rows); err != nil || len(rows) != len(table.Rows()) {
		t.Errorf("%d rows: %v", len(rows), err)
	}
}
