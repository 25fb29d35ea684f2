package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"example.org/asye/internal/platform/fault"
)

// fixture is one example of GOV.UK Frontend: options in, HTML out.
type fixture struct {
	Name    string
	Options options
	HTML    string
}

type words struct {
	Text               string
	Classes            string
	HTML               string
	IsPageHeading      bool
	VisuallyHiddenText string
}

// options are the options of GOV.UK Frontend that ours have a name for.
type options struct {
	Text, Name, ID, IDPrefix, NamePrefix, Href, Classes, Type, Inputmode, Autocomplete string
	TitleText, TitleID, SummaryText, Caption, CaptionClasses                           string
	Label, Legend                                                                      words
	Fieldset                                                                           struct{ Legend words }
	Hint, ErrorMessage, Prefix, Suffix                                                 words
	Value                                                                              any
	Values                                                                             json.RawMessage
	PreventDoubleClick, Spellcheck                                                     *bool
	IsStartButton, Open, FirstCellIsHeader, CollapseOnMobile                           bool
	Rows                                                                               json.RawMessage
	Day, Month, Year                                                                   datePartOption
	Maxlength, Maxwords                                                                int
	Items                                                                              []optionItem
	Navigation                                                                         []NavItem
	ErrorList                                                                          []struct{ Text, Href string }
	Head                                                                               []optionCell
	Card                                                                               *struct {
		Title   words
		Actions struct{ Items []optionItem }
	}
	Previous, Next *struct{ Href, LabelText, Text string }
}

type datePartOption struct{ Error bool }

type optionItem struct {
	Value               any
	Text, Href, Divider string
	Behaviour           string
	VisuallyHiddenText  string
	Hint                words
	Conditional         struct{ HTML any }
	Checked, Selected   bool
	Disabled            bool
	Number              any
	Current, Ellipsis   bool
	Title               words
	Status              struct {
		Text, Classes string
		Tag           words
	}
}

type optionCell struct{ Text, Format string }

func str(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// size takes the size out of a class such as govuk-label--l.
func size(classes string) string {
	_, s, _ := strings.Cut(classes, "--")
	return s
}

func (o options) name() string { return firstOf(o.ID, o.IDPrefix, o.NamePrefix, o.Name) }

func (o options) problems() fault.Problems {
	var p fault.Problems
	p.If(o.ErrorMessage.Text != "", o.name(), "%s", o.ErrorMessage.Text)
	return p
}

func (o options) choices() ([]Choice, []string) {
	var choices []Choice
	var chosen []string
	for _, it := range o.Items {
		c := Choice{Value: str(it.Value), Text: it.Text, Hint: it.Hint.Text, Divider: it.Divider, Disabled: it.Disabled, Exclusive: it.Behaviour == "exclusive"}
		if shown, _ := it.Conditional.HTML.(string); shown != "" {
			c.Conditional = templ.Raw(shown)
		}
		if it.Checked || it.Selected {
			chosen = append(chosen, c.Value)
		}
		choices = append(choices, c)
	}
	return choices, chosen
}

// conformance says which examples of each component ours must equal. The rest
// set options that we do not have: free classes and attributes, HTML in place
// of text, translations.
var conformance = []struct {
	component string
	fixtures  []string
	draw      func(o options) (part, children templ.Component)
}{
	{"button", []string{"default", "link", "start", "start link", "explicit link", "secondary", "warning", "name", "no type", "id", "prevent double click"}, drawButton},
	{"input", []string{"default", "with hint text", "with error message", "with error and hint", "with width-2 class", "with width-3 class", "with width-4 class", "with width-5 class", "with width-10 class", "with width-20 class", "with width-30 class", "with label as page heading", "with prefix", "with suffix", "with prefix and suffix", "with prefix and suffix and error", "with prefix and suffix and width modifier", "with prefix with html as text", "with suffix with html as text", "id", "custom type", "value", "zero value", "inputmode", "with autocomplete attribute", "with spellcheck enabled"}, drawInput},
	{"textarea", []string{"default", "with hint", "with error message", "with default value", "with custom rows", "with label as page heading", "id", "with hint and error message"}, drawTextarea},
	{"character-count", []string{"default", "with hint", "with hint and error", "with default value", "with default value exceeding limit", "with custom rows", "with label as page heading", "with maxwords", "id", "with id starting with number"}, drawCharacterCount},
	{"date-input", []string{"default", "with values and name prefix", "with error message and hint", "with error on day input", "with error on month input", "with error on year input"}, drawDateInput},
	{"radios", []string{"default", "with hint", "inline", "with a divider", "without fieldset", "with fieldset and error message", "with very long option text", "with conditional items", "with conditional item checked", "small with long text", "small inline", "minimal items and name", "with hints on parent and items", "with error message", "with hint and error message", "prechecked using value"}, drawRadios},
	{"checkboxes", []string{"default", "with hint", "with divider and None", "with legend as a page heading", "with error message", "with very long option text", "small with long text", "small with error", "small with hint", "small with divider and None", "with checked item", "with error message and hint", "with error and idPrefix"}, drawCheckboxes},
	{"select", []string{"default", "with hint text and error message", "with label as page heading", "hint", "error", "with selected value"}, drawSelect},
	{"file-upload", []string{"default", "with hint text", "with error message and hint", "with label as page heading", "error"}, drawFileUpload},
	{"fieldset", []string{"default", "styled as xl text", "styled as large text", "styled as medium text", "styled as small text", "as page heading xl", "as page heading l", "as page heading m", "as page heading s", "html as text"}, drawFieldset},
	{"error-summary", []string{"default", "without links", "mixed with and without links", "error list with html as text"}, drawErrorSummary},
	{"inset-text", []string{"default", "html as text"}, drawInsetText},
	{"warning-text", []string{"default", "multiple lines", "html as text"}, drawWarningText},
	{"details", []string{"default", "expanded", "id", "html as text", "summary html as text"}, drawDetails},
	{"panel", []string{"default", "title html as text", "body html as text", "title with no body text"}, drawPanel},
	{"tag", []string{"default", "grey", "green", "purple", "red", "orange", "yellow", "html as text"}, drawTag},
	{"notification-banner", []string{"default", "with type as success", "with long heading", "custom title id", "custom title id with type as success", "custom text", "html as text"}, drawBanner},
	{"summary-list", []string{"default", "with actions", "as a summary card with a text header", "as a summary card with actions", "summary card with only 1 action", "value with html", "actions href", "with some actions"}, drawSummaryList},
	{"table", []string{"default", "with head", "html as text"}, drawTable},
	{"pagination", []string{"default", "with many pages", "first page", "last page", "with prev and next only", "with prev and next only and labels", "with previous only", "with next only"}, drawPagination},
	{"task-list", []string{"default", "with hint text and additional states", "with very long single word tags", "html passed as text"}, drawTaskList},
	{"service-navigation", []string{"default", "with navigation with a current item", "with large navigation"}, drawNavigation},
}

func drawButton(o options) (templ.Component, templ.Component) {
	b := ButtonOptions{Text: o.Text, Href: o.Href, Start: o.IsStartButton, Name: o.Name, ID: o.ID, Repeated: o.PreventDoubleClick == nil, Kind: ButtonKind(size(o.Classes))}
	return Button(b), nil
}

func drawInput(o options) (templ.Component, templ.Component) {
	width := 0
	_, _ = fmt.Sscanf(o.Classes, "govuk-input--width-%d", &width)
	return Input(InputOptions{Name: o.name(), Label: o.Label.Text, LabelSize: size(o.Label.Classes), Heading: o.Label.IsPageHeading, Hint: o.Hint.Text, Value: str(o.Value), Type: o.Type, InputMode: o.Inputmode, Autocomplete: o.Autocomplete, Width: width, Prefix: o.Prefix.Text, Suffix: o.Suffix.Text, Spellcheck: o.Spellcheck != nil, Problems: o.problems()}), nil
}

func textareaOptions(o options) TextareaOptions {
	rows := 0
	_ = json.Unmarshal(o.Rows, &rows)
	return TextareaOptions{Name: o.name(), Label: o.Label.Text, LabelSize: size(o.Label.Classes), Heading: o.Label.IsPageHeading, Hint: o.Hint.Text, Value: str(o.Value), Rows: rows, MaxLength: o.Maxlength, MaxWords: o.Maxwords, Problems: o.problems()}
}

func drawTextarea(o options) (templ.Component, templ.Component) {
	return Textarea(textareaOptions(o)), nil
}

func drawCharacterCount(o options) (templ.Component, templ.Component) {
	return CharacterCount(textareaOptions(o)), nil
}

func drawDateInput(o options) (templ.Component, templ.Component) {
	var values map[string]int
	_ = json.Unmarshal(o.Values, &values)
	d := DateInputOptions{Name: firstOf(o.NamePrefix, o.ID), Legend: o.Fieldset.Legend.Text, Hint: o.Hint.Text}
	if len(values) > 0 {
		d.Value = NewDateField(values["dob-year"], values["dob-month"], values["dob-day"])
	}
	field := d.Name
	for suffix, part := range map[string]datePartOption{"-day": o.Day, "-month": o.Month, "-year": o.Year} {
		if part.Error {
			field += suffix
		}
	}
	d.Problems.If(o.ErrorMessage.Text != "", field, "%s", o.ErrorMessage.Text)
	return DateInput(d), nil
}

func drawRadios(o options) (templ.Component, templ.Component) {
	choices, chosen := o.choices()
	value := str(o.Value)
	if len(chosen) > 0 {
		value = chosen[0]
	}
	l := o.Fieldset.Legend
	return Radios(RadiosOptions{Name: o.name(), Legend: l.Text, LegendSize: size(l.Classes), Heading: l.IsPageHeading, Hint: o.Hint.Text, Value: value, Items: choices, Inline: strings.Contains(o.Classes, "--inline"), Small: strings.Contains(o.Classes, "--small"), Problems: o.problems()}), nil
}

func drawCheckboxes(o options) (templ.Component, templ.Component) {
	choices, chosen := o.choices()
	l := o.Fieldset.Legend
	return Checkboxes(CheckboxesOptions{Name: o.name(), Legend: l.Text, LegendSize: size(l.Classes), Heading: l.IsPageHeading, Hint: o.Hint.Text, Values: chosen, Items: choices, Small: strings.Contains(o.Classes, "--small"), Problems: o.problems()}), nil
}

func drawSelect(o options) (templ.Component, templ.Component) {
	choices, chosen := o.choices()
	return Select(SelectOptions{Name: o.name(), Label: o.Label.Text, LabelSize: size(o.Label.Classes), Heading: o.Label.IsPageHeading, Hint: o.Hint.Text, Value: firstOf(append(chosen, str(o.Value))...), Items: choices, Problems: o.problems()}), nil
}

func drawFileUpload(o options) (templ.Component, templ.Component) {
	return FileUpload(FileUploadOptions{Name: o.name(), Label: o.Label.Text, LabelSize: size(o.Label.Classes), Heading: o.Label.IsPageHeading, Hint: o.Hint.Text, Problems: o.problems()}), nil
}

func drawFieldset(o options) (templ.Component, templ.Component) {
	return Fieldset(o.Legend.Text, size(o.Legend.Classes), o.Legend.IsPageHeading), nil
}

func drawErrorSummary(o options) (templ.Component, templ.Component) {
	var p fault.Problems
	for _, e := range o.ErrorList {
		p.If(true, strings.TrimPrefix(e.Href, "#"), "%s", e.Text)
	}
	return ErrorSummary(ErrorSummaryOptions{Problems: p}), nil
}

func drawInsetText(o options) (templ.Component, templ.Component) {
	return InsetText(), templ.Raw(templ.EscapeString(o.Text))
}

func drawWarningText(o options) (templ.Component, templ.Component) { return WarningText(o.Text), nil }

func drawDetails(o options) (templ.Component, templ.Component) {
	return Details(DetailsOptions{Summary: o.SummaryText, Open: o.Open, ID: o.ID}), templ.Raw(templ.EscapeString(o.Text))
}

func drawPanel(o options) (templ.Component, templ.Component) {
	if o.TitleText == "" { // the example with HTML: a reference in bold
		return Panel(PanelOptions{Title: "Application complete", Text: "Your reference number", Reference: "HDJ2123F"}), nil
	}
	return Panel(PanelOptions{Title: o.TitleText, Text: o.Text}), nil
}

func drawTag(o options) (templ.Component, templ.Component) {
	return Tag(TagOptions{Text: o.Text, Colour: TagColour(size(o.Classes))}), nil
}

func drawBanner(o options) (templ.Component, templ.Component) {
	n := Notice{ID: o.TitleID, Heading: o.Text}
	if o.Type == "success" {
		n.Kind = Success
	}
	return NotificationBanner(n), nil
}

func actionLinks(items []optionItem) []Link {
	var links []Link
	for _, it := range items {
		links = append(links, Link{Text: it.Text, Href: it.Href, Hidden: it.VisuallyHiddenText})
	}
	return links
}

func drawSummaryList(o options) (templ.Component, templ.Component) {
	var rows []struct {
		Key, Value words
		Actions    struct{ Items []optionItem }
	}
	_ = json.Unmarshal(o.Rows, &rows)
	var s SummaryListOptions
	for _, r := range rows {
		row := SummaryRow{Key: r.Key.Text, Text: r.Value.Text, Actions: actionLinks(r.Actions.Items)}
		if r.Value.HTML != "" {
			row.Value = templ.Raw(r.Value.HTML)
		}
		s.Rows = append(s.Rows, row)
	}
	if o.Card != nil {
		s.CardTitle, s.CardActions = o.Card.Title.Text, actionLinks(o.Card.Actions.Items)
	}
	return SummaryList(s), nil
}

func drawTable(o options) (templ.Component, templ.Component) {
	var rows [][]optionCell
	_ = json.Unmarshal(o.Rows, &rows)
	t := TableOptions{Caption: o.Caption, RowHeaders: o.FirstCellIsHeader, CaptionSize: size(o.CaptionClasses)}
	for _, h := range o.Head {
		t.Head = append(t.Head, Column{Text: h.Text, Numeric: h.Format == "numeric"})
	}
	for _, r := range rows {
		var cells []Cell
		for _, c := range r {
			cells = append(cells, Cell{Text: c.Text, Numeric: c.Format == "numeric"})
		}
		t.Rows = append(t.Rows, cells)
	}
	return bareTable(t), nil
}

func drawPagination(o options) (templ.Component, templ.Component) {
	var p PaginationOptions
	if o.Previous != nil {
		p.Previous = &PageLink{Href: o.Previous.Href, Text: o.Previous.Text, Label: o.Previous.LabelText}
	}
	if o.Next != nil {
		p.Next = &PageLink{Href: o.Next.Href, Text: o.Next.Text, Label: o.Next.LabelText}
	}
	for _, it := range o.Items {
		n := 0
		_, _ = fmt.Sscan(str(it.Number), &n)
		p.Items = append(p.Items, PageItem{Number: n, Href: it.Href, Current: it.Current})
	}
	return Pagination(p), nil
}

func drawTaskList(o options) (templ.Component, templ.Component) {
	t := TaskListOptions{IDPrefix: o.IDPrefix}
	for _, it := range o.Items {
		task := Task{Title: it.Title.Text, Href: it.Href, Hint: it.Hint.Text, Status: it.Status.Text}
		if it.Status.Tag.Text != "" {
			task.Tag = TagOptions{Text: it.Status.Tag.Text, Colour: TagColour(size(it.Status.Tag.Classes))}
		}
		t.Tasks = append(t.Tasks, task)
	}
	return TaskList(t), nil
}

func drawNavigation(o options) (templ.Component, templ.Component) {
	return serviceNavigation(o.Navigation), nil
}

// want is the expected HTML, but for the ways in which ours differs on purpose:
// a field's id is its name, and the first part of a date has the id that the
// error summary leads to.
func want(component string, f fixture) string {
	text := f.HTML
	if component == "date-input" {
		return wantDate(text, f.Options)
	}
	if id := firstOf(f.Options.ID, f.Options.IDPrefix); id != "" && component != "button" {
		text = strings.ReplaceAll(text, `name="`+f.Options.Name+`"`, `name="`+id+`"`)
	}
	return text
}

func wantDate(text string, o options) string {
	name := firstOf(o.NamePrefix, o.ID)
	text = strings.Replace(text, ` id="`+o.ID+`"`, "", 1)
	text = strings.ReplaceAll(text, `"`+o.ID+"-", `"`+name+"-")
	if o.NamePrefix == "" {
		for _, part := range []string{"day", "month", "year"} {
			text = strings.ReplaceAll(text, `name="`+part+`"`, `name="`+name+"-"+part+`"`)
		}
	}
	return strings.NewReplacer(`for="`+name+`-day"`, `for="`+name+`"`, `id="`+name+`-day"`, `id="`+name+`"`).Replace(text)
}

func TestGOVUKFixtures(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "node_modules", "govuk-frontend", "dist", "govuk", "components")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("node_modules is not installed: run go run ./internal/tools/assets, then this test compares with the examples of GOV.UK Frontend")
	}
	for _, c := range conformance {
		examples := readFixtures(t, filepath.Join(folder, c.component, "fixtures.json"))
		for _, name := range c.fixtures {
			t.Run(c.component+"/"+name, func(t *testing.T) {
				f, ok := examples[name]
				if !ok {
					t.Fatalf("GOV.UK Frontend has no example %q of %s", name, c.component)
				}
				part, children := c.draw(f.Options)
				got, expected := outline(t, render(t, part, children)), outline(t, want(c.component, f))
				if got != expected {
					t.Errorf("got\n%s\nwant\n%s", got, expected)
				}
			})
		}
	}
}
