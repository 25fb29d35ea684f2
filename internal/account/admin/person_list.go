package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type personListView struct {
	ui.Page
	Filter  account.PeopleFilter
	People  []account.Listed
	Showing string
	Pages   ui.PaginationOptions
	Roles   []ui.Choice
	Status  []ui.Choice
}

// personList lists the people whom the administrator looks after.
func (p *pages) personList(w http.ResponseWriter, r *web.Request) error {
	f := account.PeopleFilter{Text: r.Value("q"), Role: asye.Role(r.Value("role")), Status: r.Value("status"), Page: pageNumber(r)}
	list, total, err := p.Accounts.People(r.Context(), r.Scope, f)
	if err != nil {
		return err
	}
	v := personListView{Page: r.Page("People and roles"), Filter: f, People: list,
		Showing: ui.Showing(f.Page, account.PageSize, total, "people")}
	v.Wide = true
	v.Pages = ui.Pages(f.Page, pageCount(total, account.PageSize), func(n int) string { return peopleHref(f, n) })
	v.Roles = []ui.Choice{{Text: "Any role"}}
	for _, role := range asye.Roles() {
		v.Roles = append(v.Roles, ui.Choice{Value: string(role), Text: role.String()})
	}
	v.Status = []ui.Choice{{Text: "Everybody"}, {Value: "in", Text: "May sign in"},
		{Value: "new", Text: "Have never signed in"}, {Value: "out", Text: "Disabled"}, {Value: "none", Text: "Without a role"}}
	return r.Render(w, personListPage(v))
}

func peopleHref(f account.PeopleFilter, page int) string {
	q := url.Values{}
	for key, value := range map[string]string{"q": f.Text, "role": string(f.Role), "status": f.Status} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return paths.AdminPeople()
	}
	return paths.AdminPeople() + "?" + q.Encode()
}

func narrowed(f account.PeopleFilter) bool { return f.Text != "" || f.Role != "" || f.Status != "" }

func pageNumber(r *web.Request) int {
	n, err := strconv.Atoi(r.Value("page"))
	if err != nil {
		return 1
	}
	return min(max(n, 1), 1_000_000)
}

func pageCount(total, size int) int { return (total + size - 1) / size }

// rows is the table of people.
func (v personListView) rows() [][]ui.Cell {
	var out [][]ui.Cell
	for _, one := range v.People {
		out = append(out, []ui.Cell{ui.LinkTo(one.Full(), paths.AdminPerson(one.ID)), ui.Text(one.Email),
			ui.Text(rolesInWords(one)), ui.Part(ui.Tag(accessTag(one.Person)))})
	}
	return out
}

func rolesInWords(l account.Listed) string {
	var words []string
	for _, m := range l.Roles {
		words = append(words, m.Role.String()+", "+m.OrgName)
	}
	if len(words) == 0 {
		return "None"
	}
	return strings.Join(words, "; ")
}

// accessTag says whether a person can sign in.
func accessTag(p account.Person) ui.TagOptions {
	switch {
	case !p.DisabledAt.IsZero():
		return ui.TagOptions{Text: "Disabled", Colour: ui.TagRed}
	case p.Email == "":
		return ui.TagOptions{Text: "No address", Colour: ui.TagGrey}
	}
	return ui.TagOptions{Text: "May sign in", Colour: ui.TagGreen}
}

func (v personListView) empty() ui.EmptyOptions {
	if narrowed(v.Filter) || v.Filter.Page > 1 {
		return ui.EmptyOptions{Heading: "Nobody was found", Text: "Nobody here fits what you are looking for.",
			Link: &ui.Link{Text: "Show everybody", Href: paths.AdminPeople()}}
	}
	return ui.EmptyOptions{Heading: "Nobody is here yet", Text: "People will be listed here once they have a role.",
		Link: &ui.Link{Text: "Add a person", Href: paths.AdminNew()}}
}
