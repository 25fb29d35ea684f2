package ui

import (
	"github.com/a-h/templ"

	"example.org/asye/internal/platform/fault"
)

// ButtonKind says how much weight a button has.
type ButtonKind string

const (
	// Primary is the one thing the page is for.
	Primary ButtonKind = ""
	// Secondary is anything else.
	Secondary ButtonKind = "secondary"
	// Warning is what cannot easily be undone.
	Warning ButtonKind = "warning"
)

// ButtonOptions describes a button, or a link that looks like one when Href is
// given. A second press within a second is ignored where scripts run; the
// server must still allow for it.
type ButtonOptions struct {
	Text     string
	Kind     ButtonKind
	Href     string
	Start    bool // the arrow of a first page
	Name     string
	Value    string
	ID       string
	Hidden   string // added for people who hear the page
	Repeated bool   // allow presses in quick succession
}

func (o ButtonOptions) class() string {
	return classIf("govuk-button", "govuk-button--"+string(o.Kind), o.Kind != Primary, "govuk-button--start", o.Start)
}

// ErrorSummaryOptions is what was wrong with a form. Layout draws it from
// Page.Problems; nobody else need.
type ErrorSummaryOptions struct {
	Problems fault.Problems
}

// PanelOptions confirms that something is done.
type PanelOptions struct {
	Title     string
	Text      string // what the reference is, such as "Registration reference"
	Reference string
}

// DetailsOptions is text that opens when asked for. Its children are the text.
type DetailsOptions struct {
	Summary string
	Open    bool
	ID      string
}

// SummaryRow is one fact of a SummaryList. Value is used when Text is empty.
type SummaryRow struct {
	Key     string
	Text    string
	Value   templ.Component
	Actions []Link
}

// SummaryListOptions is a list of facts, in a card when CardTitle is given.
type SummaryListOptions struct {
	Rows        []SummaryRow
	CardTitle   string
	CardActions []Link
	NoBorder    bool
}

func (o SummaryListOptions) rowClass(row SummaryRow) string {
	any := false
	for _, r := range o.Rows {
		any = any || len(r.Actions) > 0
	}
	return classIf("govuk-summary-list__row", "govuk-summary-list__row--no-actions", any && len(row.Actions) == 0)
}

// hiddenText is what is added to a link for people who hear the page.
func hiddenText(link Link, card string) string {
	text := ""
	if link.Hidden != "" {
		text = " " + link.Hidden
	}
	if card != "" {
		text += " (" + card + ")"
	}
	return text
}

// TagColour is the colour of a Tag; the word in it carries the meaning.
type TagColour string

// The colours of GOV.UK tags.
const (
	TagPlain   TagColour = ""
	TagGrey    TagColour = "grey"
	TagGreen   TagColour = "green"
	TagTeal    TagColour = "teal"
	TagBlue    TagColour = "blue"
	TagPurple  TagColour = "purple"
	TagMagenta TagColour = "magenta"
	TagRed     TagColour = "red"
	TagOrange  TagColour = "orange"
	TagYellow  TagColour = "yellow"
)

// TagOptions is a short status.
type TagOptions struct {
	Text   string
	Colour TagColour
}

// Task is one line of a TaskList. Without Href it cannot be started yet.
type Task struct {
	Title  string
	Href   string
	Hint   string
	Status string     // plain text for what is done
	Tag    TagOptions // in place of Status, for what is not
}

// TaskListOptions is what there is to do. IDPrefix tells two lists on one page
// apart; "task-list" when empty.
type TaskListOptions struct {
	Tasks    []Task
	IDPrefix string
}

// EmptyOptions says what will be here, why it is not, and one next step.
type EmptyOptions struct {
	Heading string
	Text    string
	Link    *Link
}

// FigureOptions is one number worth a large type.
type FigureOptions struct {
	Figure string // "18 of 1,486"
	Label  string
	Note   string
	Href   string // makes Label a link
}

// ConfirmOptions asks before doing what cannot easily be undone. Its children
// come between the text and the button.
type ConfirmOptions struct {
	Heading string
	Text    string
	Action  string
	Token   string
	Button  string
	Kind    ButtonKind
	Cancel  Link
	Hidden  []HiddenField
}

// Difference is one field that two people changed.
type Difference struct {
	Label  string
	Theirs string
	Yours  string
}

// ConflictOptions shows a stale save: what somebody else saved, and what the
// person typed, so that nothing is lost.
type ConflictOptions struct {
	By          string // who saved first
	When        string // when, in words
	Differences []Difference
	Reload      Link // leads to the record as it is now
}
