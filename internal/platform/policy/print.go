package policy

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"example.org/asye/internal/platform/inventory"
)

// width is how many characters a line of the printed table has.
const width = 100

// page is a text that is wrapped.
type page struct{ out *bufio.Writer }

// put writes words under each other from a column on; the first line begins with
// a label.
func (p page) put(label string, indent int, text string) {
	line := fmt.Sprintf("%-*s", indent, label)
	began := false
	for _, word := range strings.Fields(text) {
		if began && len([]rune(line))+1+len([]rune(word)) > width {
			fmt.Fprintln(p.out, line)
			line, began = strings.Repeat(" ", indent), false
		}
		if began {
			line += " "
		}
		line, began = line+word, true
	}
	fmt.Fprintln(p.out, strings.TrimRight(line, " "))
}

func (p page) gap() { fmt.Fprintln(p.out) }

func (p page) heading(text string) {
	p.gap()
	fmt.Fprintln(p.out, strings.ToUpper(text))
	p.gap()
}

// Text prints the table in words.
func (t Table) Text(w io.Writer) error {
	p := page{bufio.NewWriter(w)}
	p.put("", 0, "Who can see what, in which relation to whom, and why. What is not here is refused, and a record that somebody may "+
		"not see is answered like one that is not there. Somebody whose role has ended, or who has been disabled, is a visitor.")
	p.heading("The relations")
	for _, in := range Relations() {
		p.put("  "+string(in), 20, in.Means()+".")
	}
	for _, thing := range t.Things {
		t.thing(p, thing)
	}
	p.heading("The sensitive fields, and who sees them of whom")
	for _, f := range t.Fields {
		t.fieldText(p, f)
	}
	return p.out.Flush()
}

func (t Table) thing(p page, thing Thing) {
	p.heading(thing.Name)
	p.put("", 2, thing.Holds)
	for _, g := range thing.Grants {
		p.gap()
		p.put("  "+string(g.To), 42, "of: "+g.Relations())
		p.put("", 42, "sees: "+g.Seen())
		if g.Limits != "" {
			p.put("", 42, "but: "+g.Limits+".")
		}
		p.put("", 42, "because: "+g.Why+".")
	}
	p.gap()
	if refused := thing.Refused(); len(refused) > 0 {
		words := make([]string, len(refused))
		for i, to := range refused {
			words[i] = string(to)
		}
		p.put("  Nothing of it", 18, strings.Join(words, ", "))
	}
	for _, u := range t.Of(thing) {
		p.put("  Address", 18, u.Pattern+": "+u.Who()+"; leaves "+u.Leaves)
	}
	if len(thing.Asks) > 0 {
		p.put("  Asked by", 18, strings.Join(thing.Asks, ", "))
	}
}

func (t Table) fieldText(p page, f Field) {
	p.put("  "+f.Name, 2, "")
	seen := t.SeenBy(f)
	for _, line := range seen {
		to, of, _ := strings.Cut(line, ", of ")
		p.put("    "+to, 42, of)
	}
	if len(seen) == 0 {
		p.put("    nobody", 42, "")
	}
}

// SeenBy is who sees a field, a line for each reader: "coordinator, of self, my
// person".
func (t Table) SeenBy(f Field) []string {
	var out []string
	for _, to := range Readers() {
		var in []Relation
		for _, r := range Anybody() {
			if t.field(f, to, r).May {
				in = append(in, r)
			}
		}
		if len(in) > 0 {
			out = append(out, string(to)+", of "+Grant{In: in}.Relations())
		}
	}
	return out
}

// CSV prints every row of the table.
func (t Table) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"kind", "name", "reader", "relation", "may", "what", "why"}}
	for _, r := range t.Rows() {
		rows = append(rows, []string{r.Kind, r.Name, string(r.Reader), string(r.Relation), yesNo(r.May), r.What, r.Why})
	}
	return out.WriteAll(rows)
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// JSON prints every row of the table.
func (t Table) JSON(w io.Writer) error { return asJSON(w, t.Rows()) }

func asJSON(w io.Writer, v any) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(v)
}

// classes are the classes of sensitivity, from the most.
var classes = []inventory.Sensitivity{inventory.Secret, inventory.Special, inventory.Personal, inventory.Work, inventory.Key, inventory.Plain}

// Column is what the inventory says of one column, with who can see it.
type Column struct {
	Table  string                `json:"table"`
	Column string                `json:"column"`
	Class  inventory.Sensitivity `json:"class"`
	About  string                `json:"about"`
	Keep   inventory.Retention   `json:"keep"`
	Since  string                `json:"since"`
	Seen   string                `json:"seen"` // by which readers; only of sensitive columns
}

// Columns lists every column of the inventory, table by table, the most
// sensitive first.
func (t Table) Columns(tables []inventory.Table) []Column {
	var out []Column
	for _, table := range tables {
		for _, class := range classes {
			out = append(out, t.of(table, class)...)
		}
	}
	return out
}

// of are the columns of one class of one table.
func (t Table) of(table inventory.Table, class inventory.Sensitivity) []Column {
	var out []Column
	for _, name := range table.Columns[class] {
		c := Column{Table: table.Name, Column: name, Class: class, About: About(table), Keep: table.Keep, Since: table.Since}
		if isSensitive(class) {
			c.Seen = t.seenBy(table.Name + "." + name)
		}
		out = append(out, c)
	}
	return out
}

func isSensitive(class inventory.Sensitivity) bool {
	return class == inventory.Secret || class == inventory.Special || class == inventory.Personal
}

func (t Table) seenBy(column string) string {
	var words []string
	for _, to := range t.Through(column) {
		words = append(words, string(to))
	}
	if len(words) == 0 {
		return "nobody"
	}
	return strings.Join(words, ", ")
}

// About says whom the rows of a table are about.
func About(t inventory.Table) string {
	switch {
	case t.Subject.Through != "":
		return "whom the row of " + t.Subject.Through + " is about"
	case t.Subject.Column != "":
		return "the person in " + t.Subject.Column
	case t.Org != "":
		return "the organisation in " + t.Org
	}
	return "nobody"
}

// DataText prints what is kept, in words.
func (t Table) DataText(w io.Writer, tables []inventory.Table) error {
	p := page{bufio.NewWriter(w)}
	p.put("", 0, "What is kept: each table, what it holds, about whom, how long, and how sensitive each column is. Behind a sensitive "+
		"column stands who can see it.")
	for _, table := range tables {
		p.heading(table.Name)
		p.put("", 2, table.Holds)
		p.put("  About", 14, About(table)+".")
		kept := "class " + string(table.Keep)
		if table.Since != "" {
			kept += ", counted from " + table.Since
		}
		p.put("  Kept", 14, kept+".")
		for _, class := range classes {
			t.class(p, table, class)
		}
	}
	return p.out.Flush()
}

func (t Table) class(p page, table inventory.Table, class inventory.Sensitivity) {
	names := table.Columns[class]
	if len(names) == 0 {
		return
	}
	label := "  " + strings.ToUpper(string(class[:1])) + string(class[1:])
	if !isSensitive(class) {
		p.put(label, 14, strings.Join(names, ", "))
		return
	}
	for _, name := range names {
		p.put(label, 14, name+": seen by "+t.seenBy(table.Name+"."+name))
		label = ""
	}
}

// DataCSV prints every column that is kept.
func (t Table) DataCSV(w io.Writer, tables []inventory.Table) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"table", "column", "class", "about", "keep", "since", "seen by"}}
	for _, c := range t.Columns(tables) {
		rows = append(rows, []string{c.Table, c.Column, string(c.Class), c.About, string(c.Keep), c.Since, c.Seen})
	}
	return out.WriteAll(rows)
}

// DataJSON prints every column that is kept.
func (t Table) DataJSON(w io.Writer, tables []inventory.Table) error {
	return asJSON(w, t.Columns(tables))
}
