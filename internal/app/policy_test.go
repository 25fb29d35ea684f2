package app

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/access"
	"example.org/asye/internal/platform/golden"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/schema"
)

// TestPOL6_ThePolicyIsPrinted keeps what a data-protection officer would read.
// Whoever changes who may see what sees it here, in words.
func TestPOL6_ThePolicyIsPrinted(t *testing.T) {
	for _, name := range []string{"show", "data"} {
		status, text, err := program(t, nil, "policy", name)
		if status != 0 {
			t.Fatalf("asye policy %s ends with %d: %s", name, status, err)
		}
		golden.Text(t, "policy-"+name, text)
		_, sheet, _ := program(t, nil, "policy", name, "--format", "csv")
		_, list, _ := program(t, nil, "policy", name, "--format", "json")
		cells, csvErr := csv.NewReader(strings.NewReader(sheet)).ReadAll()
		var rows []map[string]any
		if jsonErr := json.Unmarshal([]byte(list), &rows); csvErr != nil || jsonErr != nil || len(rows) != len(cells)-1 || len(rows) == 0 {
			t.Errorf("asye policy %s: %d rows in JSON, %d in CSV: %v, %v", name, len(rows), len(cells)-1, jsonErr, csvErr)
		}
	}
}

// TestPOL3_EveryFieldIsKept holds the fields of the policy to the inventory:
// each is made of columns that are there, and each sensitive column that opens no
// door is in one, or is listed as shown to nobody.
func TestPOL3_EveryFieldIsKept(t *testing.T) {
	class, in := map[string]inventory.Sensitivity{}, map[string]string{}
	for _, table := range schema.Tables() {
		for _, column := range table.Sensitive() {
			class[table.Name+"."+column], _ = table.Of(column)
		}
	}
	for _, f := range access.Fields() {
		for _, column := range f.Columns {
			bare, _, _ := strings.Cut(column, "@")
			if class[bare] == "" {
				t.Errorf("the field %s is made of %s, which is no sensitive column", f.Name, bare)
			}
			in[bare] = f.Name
		}
	}
	for column, c := range class {
		why, nobody := shownToNobody[column]
		switch {
		case in[column] == "" && !nobody && c != inventory.Secret:
			t.Errorf("%s is in no field of internal/access: say who sees it, or that nobody does", column)
		case in[column] != "" && nobody:
			t.Errorf("%s is in the field %s, and is said to be shown to nobody (%s)", column, in[column], why)
		}
	}
	for column := range shownToNobody {
		if class[column] == "" {
			t.Errorf("%s is said to be shown to nobody, and is not there", column)
		}
	}
}

// shownToNobody are sensitive columns that are in no field, and what they are for.
var shownToNobody = map[string]string{
	"people.sort_name":   "to sort by",
	"people.search_text": "to search in",
	"jobs.payload":       "for the program",
}

// TestPOL1_EveryRouteBelongsToAThing holds the routes to the policy, and the
// policy to the routes.
func TestPOL1_EveryRouteBelongsToAThing(t *testing.T) {
	v, err := given{}.read()
	if err != nil {
		t.Fatal(err)
	}
	c, err := understand(v)
	if err != nil {
		t.Fatal(err)
	}
	table, err := policyFor(c)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, thing := range table.Things {
		if slices.Contains(names, thing.Name) {
			t.Errorf("two things are called %s", thing.Name)
		}
		names = append(names, thing.Name)
		for _, g := range thing.Grants {
			for _, f := range g.Sees {
				if !slices.ContainsFunc(access.Fields(), func(one policy.Field) bool {
					return slices.ContainsFunc(f.Columns, func(c string) bool { return slices.Contains(one.Columns, c) })
				}) {
					t.Errorf("%s shows %s, which is not in the list of fields", thing.Name, f.Name)
				}
			}
			if g.Why == "" {
				t.Errorf("%s says no reason why it is for the %s", thing.Name, g.To)
			}
		}
	}
	for _, use := range table.Uses {
		if !slices.Contains(names, use.Rule.Thing().Name) {
			t.Errorf("%s belongs to no thing of internal/access", use.Pattern)
		}
	}
}
