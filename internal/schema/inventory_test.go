package schema_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/schema"
	"example.org/asye/internal/schema/schematest"
)

// TestInventory holds that every table and column of the database is declared,
// once, and nothing that is not there.
func TestInventory(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		have := columns(t, d)
		for _, table := range schema.Tables() {
			for _, problem := range compare(table, have[table.Name]) {
				t.Error(problem)
			}
			delete(have, table.Name)
		}
		for name := range have {
			t.Errorf("the table %s is in no inventory: declare it in tables.go beside its migration", name)
		}
	})
}

// compare says what a declaration lacks, has too much, or leads to nowhere.
func compare(table inventory.Table, have []string) []string {
	var out []string
	seen := map[string]bool{}
	for class, names := range table.Columns {
		for _, name := range names {
			if seen[name] {
				out = append(out, table.Name+"."+name+" is declared twice")
			}
			seen[name] = true
			if !slices.Contains(have, name) {
				out = append(out, table.Name+"."+name+" ("+string(class)+") is declared and is not in the database")
			}
		}
	}
	for _, name := range have {
		if !seen[name] {
			out = append(out, table.Name+"."+name+" is not declared: say how sensitive it is")
		}
	}
	for _, name := range []string{table.Org, table.Subject.Column, table.Since} {
		if name != "" && !slices.Contains(have, name) {
			out = append(out, table.Name+" names the column "+name+", which it does not have")
		}
	}
	if t := table.Subject.Through; t != "" && !slices.ContainsFunc(schema.Tables(), func(o inventory.Table) bool { return o.Name == t }) {
		out = append(out, table.Name+" is about whom "+t+" is about, and there is no such table")
	}
	if table.Title == "" || table.Holds == "" || table.Keep == "" {
		out = append(out, table.Name+" does not say what people call it, what it holds, or how long it is kept")
	}
	return out
}

func columns(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	ask := `select m.name, c.name from sqlite_schema m, pragma_table_info(m.name) c
		where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'goose_%'`
	if d.Dialect() == db.Postgres {
		ask = `select table_name, column_name from information_schema.columns
			where table_schema = 'public' and table_name not like 'goose_%'`
	}
	out := map[string][]string{}
	for _, row := range schematest.Rows(t, d, ask, 2) {
		out[row[0]] = append(out[row[0]], row[1])
	}
	return out
}

// TestInventoryCanFail shows that each mistake in a declaration is found.
func TestInventoryCanFail(t *testing.T) {
	good := inventory.Table{Name: "x", Title: "X", Holds: "Something.", Org: "org_id", Subject: inventory.Person("person_id"), Keep: inventory.Record,
		Columns: inventory.Columns{inventory.Key: {"id", "org_id", "person_id"}, inventory.Personal: {"name"}}}
	have := []string{"id", "org_id", "person_id", "name"}
	if found := compare(good, have); found != nil {
		t.Fatalf("the good one: %v", found)
	}
	for says, edit := range map[string]func(*inventory.Table){
		"declared twice":        func(x *inventory.Table) { x.Columns[inventory.Plain] = []string{"id"} },
		"not in the":            func(x *inventory.Table) { x.Columns[inventory.Plain] = []string{"more"} },
		"is not declared":       func(x *inventory.Table) { delete(x.Columns, inventory.Personal) },
		"does not have":         func(x *inventory.Table) { x.Since = "ended_on" },
		"no such table":         func(x *inventory.Table) { x.Subject = inventory.Through("id", "nowhere") },
		"what it holds, or how": func(x *inventory.Table) { x.Keep = "" },
	} {
		bad := good
		bad.Columns = inventory.Columns{inventory.Key: {"id", "org_id", "person_id"}, inventory.Personal: {"name"}}
		edit(&bad)
		if found := strings.Join(compare(bad, have), "; "); !strings.Contains(found, says) {
			t.Errorf("want %q, found %q", says, found)
		}
	}
}
