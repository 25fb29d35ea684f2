package ui

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"example.org/asye/internal/platform/fault"
)

// InputOptions describes one line of text. Name is also the id, so that the
// error summary can lead to it.
type InputOptions struct {
	Name         string
	Label        string
	LabelSize    string // "", s, m, l or xl
	Heading      bool   // the label is the page's h1
	Hint         string
	Value        string // as typed
	Type         string // text when empty; email, tel, password, search
	InputMode    string // numeric or decimal for figures; Type stays text
	Autocomplete string // the token of the HTML standard: email, given-name, bday-day
	Width        int    // characters: 2, 3, 4, 5, 10, 20 or 30; 0 is the whole column
	Prefix       string
	Suffix       string
	Spellcheck   bool
	Problems     fault.Problems
}

// TextareaOptions describes several lines of text.
type TextareaOptions struct {
	Name      string
	Label     string
	LabelSize string
	Heading   bool
	Hint      string
	Value     string
	Rows      int // 5 when 0
	MaxLength int // characters; used by CharacterCount only
	MaxWords  int // words; used by CharacterCount in place of MaxLength
	Problems  fault.Problems
}

// FileUploadOptions describes a file to send. Its form must be Multipart.
type FileUploadOptions struct {
	Name      string
	Label     string
	LabelSize string
	Heading   bool
	Hint      string
	Accept    string // ".csv,.xlsx"
	Problems  fault.Problems
}

// Choice is one answer of Radios, Checkboxes or Select.
type Choice struct {
	Value       string
	Text        string
	Hint        string
	Conditional templ.Component // shown when chosen; always shown without scripts
	Divider     string          // "or": a line of its own, with no answer
	Exclusive   bool            // in Checkboxes: unticks every other box
	Disabled    bool
}

// RadiosOptions describes a choice of one.
type RadiosOptions struct {
	Name       string
	Legend     string
	LegendSize string // "", s, m, l or xl
	Heading    bool   // the legend is the page's h1
	Hint       string
	Value      string
	Items      []Choice
	Inline     bool
	Small      bool
	Problems   fault.Problems
}

// CheckboxesOptions describes a choice of any number.
type CheckboxesOptions struct {
	Name       string
	Legend     string // without one, as for a single box, there is no fieldset
	LegendSize string
	Heading    bool
	Hint       string
	Values     []string
	Items      []Choice
	Small      bool
	Problems   fault.Problems
}

// SelectOptions describes a choice of one from a long list.
type SelectOptions struct {
	Name      string
	Label     string
	LabelSize string
	Heading   bool
	Hint      string
	Value     string
	Items     []Choice
	Problems  fault.Problems
}

// HiddenField is a value that a form carries without showing it.
type HiddenField struct{ Name, Value string }

// FormOptions describes a form. It is a POST unless Get is set; a POST carries
// Token in the field named by FormField.
type FormOptions struct {
	Action    string // the page's own address when empty
	Token     string
	Get       bool
	Multipart bool // needed when the form holds a FileUpload
	Hidden    []HiddenField
	ID        string
}

// Getter reads a submitted value; url.Values is one.
type Getter interface{ Get(name string) string }

// DateField is a date as typed, before anybody has judged it.
type DateField struct{ Day, Month, Year string }

// ParseDateField reads the three parts of the DateInput called name. Nothing
// but surrounding spaces is taken away, so that the page can show them again.
func ParseDateField(form Getter, name string) DateField {
	part := func(suffix string) string { return strings.TrimSpace(form.Get(name + suffix)) }
	return DateField{Day: part("-day"), Month: part("-month"), Year: part("-year")}
}

// NewDateField is the field for a known date.
func NewDateField(year, month, day int) DateField {
	return DateField{Day: strconv.Itoa(day), Month: strconv.Itoa(month), Year: strconv.Itoa(year)}
}

// Blank reports whether nothing was typed in any of the three parts.
func (d DateField) Blank() bool { return d == DateField{} }

// DateInputOptions describes a date in three parts, named Name-day, Name-month
// and Name-year. A problem with Name marks all three; one with Name-year marks
// the year. The first part has the id Name, for the error summary.
type DateInputOptions struct {
	Name       string
	Legend     string
	LegendSize string
	Heading    bool
	Hint       string
	Value      DateField
	Birthday   bool // lets the browser fill in the person's own date of birth
	Problems   fault.Problems
}

type datePart struct {
	name, id, label, value, autocomplete string
	width                                int
	wrong                                bool
}

func (o DateInputOptions) parts() []datePart {
	whole := o.Problems.For(o.Name) != ""
	part := func(suffix, label, value string, width int) datePart {
		name := o.Name + "-" + suffix
		p := datePart{name: name, id: name, label: label, value: value, width: width}
		p.wrong = whole || o.Problems.For(name) != ""
		if o.Birthday {
			p.autocomplete = "bday-" + suffix
		}
		return p
	}
	day := part("day", "Day", o.Value.Day, 2)
	day.id = o.Name
	return []datePart{day, part("month", "Month", o.Value.Month, 2), part("year", "Year", o.Value.Year, 4)}
}

// problem is the message above the three parts: of the date as a whole, or
// else of its first wrong part.
func (o DateInputOptions) problem() string {
	return firstOf(o.Problems.For(o.Name), o.Problems.For(o.Name+"-day"),
		o.Problems.For(o.Name+"-month"), o.Problems.For(o.Name+"-year"))
}

// describedBy joins the ids that explain a field: its hint and its problem.
func describedBy(name, hint, problem string) string {
	var ids []string
	if hint != "" {
		ids = append(ids, name+"-hint")
	}
	if problem != "" {
		ids = append(ids, name+"-error")
	}
	return strings.Join(ids, " ")
}

// classIf gives base, and each further class whose condition is true.
func classIf(base string, conditional ...any) string {
	for i := 0; i+1 < len(conditional); i += 2 {
		if on, _ := conditional[i+1].(bool); on {
			base += " " + conditional[i].(string)
		}
	}
	return base
}

func groupClass(problem string) string {
	return classIf("govuk-form-group", "govuk-form-group--error", problem != "")
}

func labelClass(kind, size string, heading bool) string {
	if size == "" && heading {
		size = "l"
	}
	return classIf(kind, kind+"--"+size, size != "")
}

func itemID(name string, index int) string {
	if index == 0 {
		return name
	}
	return name + "-" + strconv.Itoa(index+1)
}

func contains(values []string, value string) bool {
	for _, v := range values {
		if v == value {
			return true
		}
	}
	return false
}
