package policy

import (
	"slices"
	"strings"
)

// Table is the policy of a whole service, to be read and printed.
type Table struct {
	Things []Thing
	Fields []Field
	Uses   []Use // every route
}

// Use is one route, as the table names it.
type Use struct {
	Pattern string // "GET /registrations/{id}"
	Leaves  string // what using it leaves behind
	Rule    Rule
}

// Who is whom the route lets in, in words.
func (u Use) Who() string {
	if u.Rule.NeedsProof() {
		return u.Rule.String() + ", who has shown lately that it is them"
	}
	return u.Rule.String()
}

// Row is one line of the table: may one kind of reader, in one relation, see one
// thing or one field?
type Row struct {
	Kind     string   `json:"kind"` // "thing" or "field"
	Name     string   `json:"name"`
	Reader   Reader   `json:"reader"`
	Relation Relation `json:"relation"`
	May      bool     `json:"may"`
	What     string   `json:"what"` // of a thing, what is seen of it; of a field, through which things
	Why      string   `json:"why"`
}

// Rows is the whole table: each thing, and then each field, for every reader in
// every relation.
func (t Table) Rows() []Row {
	var rows []Row
	for _, thing := range t.Things {
		for _, to := range Readers() {
			for _, in := range Relations() {
				rows = append(rows, thing.row(to, in))
			}
		}
	}
	for _, f := range t.Fields {
		for _, to := range Readers() {
			for _, in := range Relations() {
				rows = append(rows, t.field(f, to, in))
			}
		}
	}
	return rows
}

func (t Thing) row(to Reader, in Relation) Row {
	row := Row{Kind: "thing", Name: t.Name, Reader: to, Relation: in}
	var what, why []string
	for _, g := range t.grants(to) {
		if len(g.In) == 0 || slices.Contains(g.In, in) {
			row.May = row.May || len(g.In) > 0 && !g.Beside
			what, why = append(what, g.Seen()), append(why, g.Why)
		}
	}
	row.What, row.Why = strings.Join(what, "; "), strings.Join(why, ". ")
	return row
}

func (t Table) field(f Field, to Reader, in Relation) Row {
	row := Row{Kind: "field", Name: f.Name, Reader: to, Relation: in}
	var through, why []string
	for _, thing := range t.Things {
		for _, g := range thing.grants(to) {
			if slices.Contains(g.In, in) && g.sees(f) {
				through, why = append(through, thing.Name), append(why, g.Why)
			}
		}
	}
	row.May, row.What, row.Why = len(through) > 0, strings.Join(through, "; "), strings.Join(why, ". ")
	return row
}

func (g Grant) sees(f Field) bool {
	return slices.ContainsFunc(g.Sees, func(one Field) bool {
		return slices.ContainsFunc(f.Columns, func(c string) bool { return slices.Contains(one.Columns, c) })
	})
}

// Seen is what a grant shows, in words.
func (g Grant) Seen() string {
	if g.What != "" {
		return g.What
	}
	names := make([]string, len(g.Sees))
	for i, f := range g.Sees {
		names[i] = f.Name
	}
	if len(names) == 0 {
		return "that, and no sensitive field"
	}
	if g.Beside {
		return "beside it, " + strings.Join(names, "; ")
	}
	return strings.Join(names, "; ")
}

// Relations is to whom a grant reaches, in words.
func (g Grant) Relations() string {
	if len(g.In) == 0 {
		return "nobody in particular"
	}
	if len(g.In) == len(Anybody()) {
		return "everybody"
	}
	words := make([]string, len(g.In))
	for i, in := range g.In {
		words[i] = string(in)
	}
	return strings.Join(words, ", ")
}

// Refused are the readers to whom a thing grants nothing.
func (t Thing) Refused() []Reader {
	var out []Reader
	for _, to := range Readers() {
		if !t.Has(to) {
			out = append(out, to)
		}
	}
	return out
}

// Of are the routes of a thing.
func (t Table) Of(thing Thing) []Use {
	var out []Use
	for _, u := range t.Uses {
		if u.Rule.Thing().Name == thing.Name {
			out = append(out, u)
		}
	}
	return out
}

// Through are the things and readers by which a column can be seen, in words;
// empty where nobody sees it.
func (t Table) Through(column string) []Reader {
	var out []Reader
	for _, to := range Readers() {
		for _, thing := range t.Things {
			if !slices.Contains(out, to) && slices.ContainsFunc(thing.grants(to), func(g Grant) bool { return g.has(column) }) {
				out = append(out, to)
			}
		}
	}
	return out
}

// has reports whether a grant shows a column, of whomever.
func (g Grant) has(column string) bool {
	return slices.ContainsFunc(g.Sees, func(f Field) bool {
		return slices.ContainsFunc(f.Columns, func(c string) bool {
			bare, _, _ := strings.Cut(c, "@")
			return bare == column
		})
	})
}
