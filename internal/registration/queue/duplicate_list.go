package queue

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// duplicateListView is the pairs that wait.
type duplicateListView struct {
	ui.Page
	Twins   []registration.Twin
	Number  int // of the page shown, from 1
	Showing string
	Pages   ui.PaginationOptions
}

// pageSize is how many pairs or moves a page shows.
const pageSize = 25

// duplicateList lists the pairs of records that may be one person.
func (p *pages) duplicateList(w http.ResponseWriter, r *web.Request) error {
	all, err := p.store.Twins(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := duplicateListView{Page: r.Page("Possible duplicates")}
	v.Twins, v.Number = part(all, r.Value("page"))
	v.Showing = ui.Showing(v.Number, pageSize, len(all), "pairs")
	v.Pages = pagination(v.Number, len(all), paths.Duplicates())
	v.Wide = true
	return r.Render(w, duplicateList(v))
}

func (v duplicateListView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: "Pairs that wait for a decision, the oldest first", CaptionSize: "s",
		Head: []ui.Column{{Text: "One"}, {Text: "Other"}, {Text: "Why found"}, {Text: "Found"}, {Text: "Decide"}}}
	for _, twin := range v.Twins {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(side(twin.One)), ui.Text(side(twin.Other)), ui.Text(why(twin)),
			ui.Text(web.Moment(twin.FoundAt)), {Text: "Compare", Href: paths.Duplicate(twin.ID), Hidden: "the two records of " + twin.One.Name}})
	}
	return t
}

func side(s registration.TwinSide) string { return s.Name + ", " + orNothing(s.Employers) }

// why says in words how a pair was found.
func why(t registration.Twin) string {
	if t.Why == "number" {
		return "Both have the same Social Work England number."
	}
	return "Both have the same name and date of birth."
}

func orNothing(text string) string {
	if text == "" {
		return "Not given"
	}
	return text
}

// part is the page of a list that was asked for, and its number.
func part[T any](all []T, asked string) ([]T, int) {
	number, err := strconv.Atoi(asked)
	last := max(1, (len(all)+pageSize-1)/pageSize)
	if err != nil || number < 1 {
		number = 1
	}
	number = min(number, last)
	return all[(number-1)*pageSize : min(number*pageSize, len(all))], number
}

func pagination(number, total int, path string) ui.PaginationOptions {
	return ui.Pages(number, (total+pageSize-1)/pageSize, func(n int) string { return path + "?page=" + strconv.Itoa(n) })
}
