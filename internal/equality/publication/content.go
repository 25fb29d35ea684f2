package publication

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/stat/disclosure"
)

// Content is everything that a release tells, and all that it tells. What is
// shown of it, rates and comparisons among it, is computed from nothing else
// (PUB-7).
type Content struct {
	Title     string            `json:"title"`
	Programme string            `json:"programme"` // its key
	Cohorts   []string          `json:"cohorts"`   // counted together
	Period    string            `json:"period"`    // the reference period, in words
	Method    disclosure.Method `json:"method"`
	Standing  Table             `json:"standing"` // how complete it is
	Tables    []Table           `json:"tables"`
}

// Table is one table of a release.
type Table struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Source string `json:"source"`
	Rows   []Row  `json:"rows"`
}

// Sort says what the people of a row are.
type Sort string

// The sorts of rows.
const (
	Group   Sort = "group"
	Unknown Sort = "not known"
	Whole   Sort = "all"
)

// Row is one group of a table. In the table of completeness it has a total only.
type Row struct {
	Key    string `json:"key"` // of an employer its identifier, otherwise the name
	Name   string `json:"name"`
	Sort   Sort   `json:"sort"`
	Failed Figure `json:"failed"`
	Total  Figure `json:"total"` // of those who passed or failed
}

// Figure is a count as it is released: a number, or the mark for one that is not
// told. All that are not told have the same mark.
type Figure struct {
	N    int  `json:"n"`
	Mark Mark `json:"mark,omitempty"`
}

// Mark stands in place of a figure, or beside it.
type Mark string

// The marks, as the Analysis Function of the civil service has them.
const (
	Shown        Mark = ""
	Confidential Mark = "c"
	NotApplied   Mark = "z"
	NotAvailable Mark = "x"
	Low          Mark = "low"
	Unreliable   Mark = "u"
)

// Explained says what a mark means.
func (m Mark) Explained() string {
	switch m {
	case Confidential:
		return "confidential: not told, because it would tell on somebody, or would let somebody work out a count that does"
	case NotApplied:
		return "not applicable: there is nobody to count, or nothing to compare with"
	case NotAvailable:
		return "not available: it cannot be worked out from what is released"
	case Low:
		return "more than none, and less than half of the last digit shown"
	case Unreliable:
		return "low reliability: of fewer than 100 people, so that one person more would change it a good deal"
	}
	return "a figure"
}

// Marks are all that stand in tables.
func Marks() []Mark { return []Mark{Confidential, NotApplied, NotAvailable, Low, Unreliable} }

func figureOf(f disclosure.Figure, p disclosure.Policy) Figure {
	if f.Hidden {
		return Figure{Mark: Confidential}
	}
	return Figure{N: p.Value(f.Value)}
}

// Hash names a content: two that differ in anything have different ones.
func (c Content) Hash() string {
	text, _ := json.Marshal(c) // of numbers and texts: it cannot fail
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// policy is how the figures are protected.
func (c Content) policy() disclosure.Policy {
	p, _ := disclosure.For(disclosure.Public, c.Method) // a plan with another method was refused
	return p
}

// all are the tables, completeness first.
func (c Content) all() []Table { return append([]Table{c.Standing}, c.Tables...) }

// cohorts are the cohorts as values.
func (c Content) cohorts() []asye.Cohort {
	var out []asye.Cohort
	for _, text := range c.Cohorts {
		cohort, _ := asye.ParseCohort(text)
		out = append(out, cohort)
	}
	return out
}

// Texts writes cohorts as people do.
func Texts(cohorts []asye.Cohort) []string {
	var out []string
	for _, c := range cohorts {
		out = append(out, c.String())
	}
	return out
}

// Hidden is how many figures are not told.
func (t Table) Hidden() int {
	n := 0
	for _, r := range t.Rows {
		n += boolean(r.Failed.Mark == Confidential) + boolean(r.Total.Mark == Confidential)
	}
	return n
}

// Row finds a row by its name and sort.
func (t Table) Row(name string, sort Sort) (Row, bool) {
	at := slices.IndexFunc(t.Rows, func(r Row) bool { return r.Name == name && r.Sort == sort })
	if at < 0 {
		return Row{}, false
	}
	return t.Rows[at], true
}

// Moved says in which tables two contents differ.
func (c Content) Moved(now Content) []string {
	var out []string
	for i, t := range c.all() {
		others := now.all()
		if i >= len(others) || !slices.Equal(t.Rows, others[i].Rows) {
			out = append(out, t.Name)
		}
	}
	return out
}
