package rights

import (
	"cmp"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/inventory"
)

// Copy is everything that is held of one person, table by table.
type Copy struct {
	Person   asye.PersonID `json:"-"`
	Name     string        `json:"name"`
	MadeOn   asye.Date     `json:"made_on"`
	Whole    bool          `json:"includes_what_may_be_exempt"` // made for somebody who looks for what the law exempts
	Sections []Section     `json:"held"`
	byOther  bool          // made by somebody who has signed in, and is not the person
}

// Section is what one table holds of the person.
type Section struct {
	Name  string `json:"name"`
	Holds string `json:"what_it_holds"`
	Kept  string `json:"how_long"`
	Rows  []Row  `json:"rows"`
}

// Row is one row, without the identifiers that mean nothing to its reader.
type Row []Fact

// Fact is one column of a row, in words.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

const (
	ofOthers = "Not shown, because it speaks of somebody else"
	onAsking = "Not shown here. Ask your employer’s data protection officer for it"
	theirs   = "Not shown, because only the person themselves may see it"
)

// column is one column of a copy: what it is called, and what is shown in place
// of its value; empty when the value is shown.
type column struct {
	name  string
	label string
	mask  string
}

// columnsOf are the columns of a table that a copy shows. Secrets never are:
// they open doors, and tell nothing of the person (DAT-1). What speaks of others
// is masked (DAT-2), and so is what the law may exempt, unless the copy is for
// somebody who has to look (DAT-3). What is the person's alone is masked to
// whoever else has signed in (EQU-5).
func columnsOf(t inventory.Table, c Copy) []column {
	var out []column
	for _, class := range []inventory.Sensitivity{inventory.Personal, inventory.Special, inventory.Work, inventory.Plain} {
		for _, name := range t.Columns[class] {
			if hidden[name] {
				continue
			}
			one := column{name: name, label: cmp.Or(t.Labels[name], label(name))}
			switch {
			case t.Alone && c.byOther:
				one.mask = theirs
			case slices.Contains(t.Others, name) && !c.Whole:
				one.mask = ofOthers
			case slices.Contains(t.Asked, name) && !c.Whole:
				one.mask = onAsking
			}
			out = append(out, one)
		}
	}
	if t.Org != "" && t.Org != "id" {
		out = append(out, column{name: t.Org, label: "Organisation"})
	}
	return out
}

// hidden are columns that repeat others for the sake of searching.
var hidden = map[string]bool{"sort_name": true, "search_text": true, "version": true}

// label is the name of a column in words: given_name is Given name.
func label(name string) string {
	text := strings.ReplaceAll(name, "_", " ")
	return strings.ToUpper(text[:1]) + text[1:]
}
