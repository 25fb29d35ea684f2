package analyse

import (
	"fmt"
	"slices"
	"strings"
)

// Request is what is looked at in a file.
type Request struct {
	Outcome   string   // the column that says how it ended
	Event     string   // what stands there when the event happened
	Among     []string // what stands there for those who count; everybody who has an outcome when empty
	By        []string // the characteristics, each a column
	Reference map[string]string
	Trend     []string // characteristics that are numbers, along which a trend is looked for
	Stratify  string   // a column within whose values groups are compared again; empty for none
	Model     []Term
	AsLevel   bool     // in the model, what is missing is a level of its own; otherwise the record is left out
	Employers string   // the column that says whose employee it was; empty for no look at employers
	Unknown   []string // what stands in a characteristic where nothing is known, besides an empty value, NA and N/A
	Level     float64
	Bad       float64 // the share of lines that may be malformed
}

// Term is one characteristic of the model.
type Term struct {
	Column string
	Number bool // acts linearly
}

// ReadTerms reads what --model says: columns with commas between, :number after
// those that act linearly.
func ReadTerms(text string) ([]Term, error) {
	var out []Term
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '+' }) {
		name, kind, _ := strings.Cut(strings.TrimSpace(part), ":")
		if kind != "" && kind != "number" {
			return nil, fmt.Errorf("the model has the term %q: after the colon only the word number may stand", part)
		}
		out = append(out, Term{strings.TrimSpace(name), kind == "number"})
	}
	return out, nil
}

// ReadOutcome reads what --outcome says, like outcome=fail.
func ReadOutcome(text string) (column, event string, err error) {
	column, event, ok := strings.Cut(text, "=")
	if column, event = strings.TrimSpace(column), strings.TrimSpace(event); !ok || column == "" || event == "" {
		return "", "", fmt.Errorf("the outcome is given as %q: write the column and what stands there when it happened, like outcome=fail", text)
	}
	return column, event, nil
}

// check completes a request, and says what is wrong with it.
func (r *Request) check() error {
	for _, column := range r.Trend { // whoever asks for a trend asks for the characteristic
		if !slices.Contains(r.By, column) {
			r.By = append(slices.Clip(r.By), column)
		}
	}
	if len(r.By) == 0 && len(r.Model) == 0 && r.Employers == "" {
		return fmt.Errorf("nothing is asked for: name characteristics with --by, a model with --model, or the column of employers with --employers")
	}
	if r.Level <= 0 || r.Level >= 1 {
		return fmt.Errorf("the level of the intervals is %v: give a number between 0 and 1, like 0.95", r.Level)
	}
	if len(r.Among) > 0 && !slices.Contains(r.Among, r.Event) {
		return fmt.Errorf("the event %q is not among those who count (%s): add it to --among", r.Event, strings.Join(r.Among, ", "))
	}
	for column := range r.Reference {
		if !slices.Contains(r.By, column) && !slices.ContainsFunc(r.Model, func(t Term) bool { return t.Column == column }) {
			return fmt.Errorf("a reference group is given for %q, which is neither among --by nor in --model", column)
		}
	}
	return nil
}

// columns are those that are crossed with each other; the first is the outcome.
func (r *Request) columns() []string {
	out := []string{r.Outcome}
	add := func(name string) {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, name := range r.By {
		add(name)
	}
	add(r.Stratify)
	for _, term := range r.Model {
		add(term.Column)
	}
	return out
}

// missing reports whether nothing is known: the value is empty, NA, or one that
// stands for that.
func (r *Request) missing(value string) bool {
	return value == "" || value == "NA" || value == "N/A" || slices.Contains(r.Unknown, value)
}
