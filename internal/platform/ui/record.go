package ui

import (
	"github.com/a-h/templ"
)

// IdentityBarOptions says whose record this is, at the top of each of its
// pages.
type IdentityBarOptions struct {
	Name      string
	Heading   bool // the name is the heading of the page
	Reference string
	Facts     []Fact
	Tags      []TagOptions
	Main      Link   // what there is to do next, drawn first and as the main button; none when empty
	Actions   []Link // drawn as secondary buttons
}

// Fact is a short name and its value.
type Fact struct{ Key, Value string }

// SubNavigationOptions leads between the pages of one record.
type SubNavigationOptions struct {
	Label string // what it navigates, heard only; "This record" when empty
	Items []NavItem
}

// TimelineItem is one thing that happened.
type TimelineItem struct {
	Title    string
	When     string // in words
	Datetime string // for machines: 2026-11-22 or 2026-11-22T09:30:00Z
	By       string // who did it; the word "by" is added
	Text     string
	Body     templ.Component // used when Text is empty
}

// TimelineOptions is what happened, newest first. HeadingLevel is 2 when 0.
type TimelineOptions struct {
	Items        []TimelineItem
	HeadingLevel int
}

// SelectedFilter is a filter that applies now.
type SelectedFilter struct{ Text, RemoveHref string }

// FilterOptions is a panel of filters; its children are the fields. It is a
// GET form, so that a filtered list has an address.
type FilterOptions struct {
	Action   string
	Heading  string // "Filter" when empty
	Selected []SelectedFilter
	Clear    string // where "Clear filters" leads
	Button   string // "Apply filters" when empty
	Hidden   []HiddenField
}

// SearchOptions is a search box. Hidden keeps the filters that apply now.
type SearchOptions struct {
	Action string
	Name   string // "q" when empty
	Label  string
	Hint   string
	Value  string
	Hidden []HiddenField
}
