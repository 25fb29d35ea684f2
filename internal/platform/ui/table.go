package ui

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Column is one heading of a Table.
type Column struct {
	Text    string
	Numeric bool   // set the column to the right
	Hidden  bool   // the heading is heard but not seen
	Sort    string // how the rows are sorted by it now: ascending, descending or ""
	Href    string // sorts by this column, or the other way round
}

// Cell is one cell of a Table. Part is used when Text is empty.
type Cell struct {
	Text    string
	Href    string // makes Text a link
	Hidden  string // added to the link for people who hear the page
	Part    templ.Component
	Numeric bool
}

// Text is a cell of words.
func Text(text string) Cell { return Cell{Text: text} }

// Number is a cell of figures, set to the right.
func Number(text string) Cell { return Cell{Text: text, Numeric: true} }

// LinkTo is a cell that leads somewhere.
func LinkTo(text, href string) Cell { return Cell{Text: text, Href: href} }

// Part is a cell that holds a component, such as a Tag.
func Part(c templ.Component) Cell { return Cell{Part: c} }

// TableOptions is a table. It always has a caption; CaptionHidden leaves it to
// be heard only, where a heading already says it.
type TableOptions struct {
	Caption       string
	CaptionSize   string // m when empty; s, l or xl
	CaptionHidden bool
	Head          []Column
	Rows          [][]Cell
	RowHeaders    bool // the first cell of each row names the row
	Small         bool // smaller type, for many columns
	Stacked       bool // on a narrow screen each row becomes a card, its cells one below the other
}

func (o TableOptions) class() string {
	return classIf("govuk-table", "govuk-table--small-text-until-tablet", o.Small, "asye-table--small", o.Small)
}

func (o TableOptions) regionClass() string {
	return classIf("asye-scroll", "asye-stacked", o.Stacked)
}

// role keeps the meaning of a table for those who hear it, where a stacked
// table is not laid out as one.
func (o TableOptions) role(name string) templ.Attributes {
	if !o.Stacked {
		return nil
	}
	return templ.Attributes{"role": name}
}

// heading is the name of a stacked cell's column, seen beside the cell.
func (o TableOptions) heading(column int) string {
	if !o.Stacked || column >= len(o.Head) {
		return ""
	}
	return o.Head[column].Text
}

func (o TableOptions) captionClass() string {
	if o.CaptionHidden {
		return "govuk-table__caption govuk-visually-hidden"
	}
	return "govuk-table__caption govuk-table__caption--" + firstOf(o.CaptionSize, "m")
}

func (c Column) ariaSort() string {
	if c.Sort == "" && c.Href != "" {
		return "none"
	}
	return c.Sort
}

// PageLink leads to the page before or after. Text is "Previous" or "Next"
// when empty; Label says what is there.
type PageLink struct{ Href, Text, Label string }

// PageItem is one page of a Pagination; Number 0 stands for those left out.
type PageItem struct {
	Number  int
	Href    string
	Current bool
}

// PaginationOptions leads through a long list.
type PaginationOptions struct {
	Previous *PageLink
	Next     *PageLink
	Items    []PageItem
	Label    string // "Pagination" when empty
}

// Pages is the pagination of page current of total, both counted from 1: the
// first, the last and the neighbours, with a gap for the rest.
func Pages(current, total int, href func(page int) string) PaginationOptions {
	var o PaginationOptions
	if total < 2 {
		return o
	}
	if current > 1 {
		o.Previous = &PageLink{Href: href(current - 1)}
	}
	if current < total {
		o.Next = &PageLink{Href: href(current + 1)}
	}
	last := 0
	for n := 1; n <= total; n++ {
		if n != 1 && n != total && (n < current-1 || n > current+1) {
			continue
		}
		if n > last+1 {
			o.Items = append(o.Items, PageItem{})
		}
		o.Items = append(o.Items, PageItem{Number: n, Href: href(n), Current: n == current})
		last = n
	}
	return o
}

func (o PaginationOptions) empty() bool {
	return o.Previous == nil && o.Next == nil && len(o.Items) == 0
}

func (o PaginationOptions) block() bool { return len(o.Items) == 0 }

// Showing says which part of a list is on the page: "Showing 26 to 50 of 3,052
// registrations". page is counted from 1; noun is the word for many.
func Showing(page, size, total int, noun string) string {
	switch total {
	case 0:
		return "No " + noun
	case 1:
		return "Showing 1 " + singular(noun)
	}
	from := (page-1)*size + 1
	to := min(page*size, total)
	return fmt.Sprintf("Showing %s to %s of %s %s", Thousands(from), Thousands(to), Thousands(total), noun)
}

// singular is the word for one of what lists count.
func singular(noun string) string {
	if noun == "people" {
		return "person"
	}
	return strings.TrimSuffix(noun, "s")
}

// Thousands writes a whole number as people read it: 3,052.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}
