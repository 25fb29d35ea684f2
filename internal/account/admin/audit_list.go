package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type auditListView struct {
	ui.Page
	Filter   trail.Filter
	From, To ui.DateField
	Lines    []auditEntry
	Older    ui.PaginationOptions
	Whole    bool // the reader looks after the whole service
}

// auditList shows who changed or read what and when.
func (p *pages) auditList(w http.ResponseWriter, r *web.Request) error {
	v := auditListView{Page: r.Page("Audit trail"), Filter: trail.Filter{What: r.Value("what"), Who: r.Value("who"),
		Record: r.Value("record"), Before: r.Value("before"), Called: deedsLike(r.Value("what")), Show: trail.Show(r.Value("show"))}}
	if v.Filter.Show == "" {
		v.Filter.Show = trail.Changes
	}
	v.Wide = true
	v.From, v.Filter.From = r.Date("from", "The first day", &v.Problems)
	v.To, v.Filter.To = r.Date("to", "The last day", &v.Problems)
	v.Problems.If(len(v.Problems) == 0 && !v.Filter.To.IsZero() && v.Filter.To.Before(v.Filter.From), "to",
		"The last day must be the same as or after the first day")
	if len(v.Problems) > 0 {
		return r.Refuse(w, auditListPage(v))
	}
	lines, next, err := p.Trail.List(r.Context(), r.Scope, v.Filter)
	if err != nil {
		return err
	}
	v.Lines = together(lines)
	v.Whole = p.Accounts.WholeService(r.Context(), r.Scope) == nil
	if v.Filter.Before != "" {
		v.Older.Previous = &ui.PageLink{Href: v.href(""), Text: "Newest lines"}
	}
	if next != "" {
		v.Older.Next = &ui.PageLink{Href: v.href(next), Text: "Older lines"}
	}
	return r.Render(w, auditListPage(v))
}

// href is this list from another line on, with the same filters.
func (v auditListView) href(before string) string {
	q := url.Values{}
	for key, value := range map[string]string{"show": string(v.Filter.Show), "what": v.Filter.What, "who": v.Filter.Who, "record": v.Filter.Record,
		"from-day": v.From.Day, "from-month": v.From.Month, "from-year": v.From.Year,
		"to-day": v.To.Day, "to-month": v.To.Month, "to-year": v.To.Year, "before": before} {
		if value != "" {
			q.Set(key, value)
		}
	}
	return paths.AdminAudit() + "?" + q.Encode()
}

// who is the hand behind a change, in words.
func who(l trail.Line) string {
	name := l.ActorName
	switch {
	case l.Actor == tenant.BySystem:
		name = "The program"
	case l.Actor == tenant.ByImport:
		name = "An import"
	case name == "":
		name = "Somebody who had not signed in"
	}
	if l.BehalfName != "" {
		name += ", for " + l.BehalfName
	}
	return name
}

// aboutWhat is the record, in words: "Person: Mary Jones".
func aboutWhat(l trail.Line) string {
	if l.About != "" {
		return kindOf(l.Kind) + ": " + l.About
	}
	return kindOf(l.Kind)
}

// recordHref leads to everything about the record of a line.
func (v auditListView) recordHref(l trail.Line) string {
	return paths.AdminAudit() + "?" + url.Values{"record": {l.Subject}, "show": {string(trail.Both)}}.Encode()
}

func (v auditListView) rows() [][]ui.Cell {
	var rows [][]ui.Cell
	for _, l := range v.Lines {
		rows = append(rows, []ui.Cell{ui.Text(l.when()), ui.Part(auditWho(l.Line)), ui.Text(Deed(l.What)), ui.Part(auditAbout(v, l.Line)),
			ui.Text(l.OrgName), ui.Part(auditDetail(l))})
	}
	return rows
}

// shows are the sorts of lines to choose from.
func (v auditListView) shows() []ui.Choice {
	return []ui.Choice{{Value: string(trail.Changes), Text: "Changes"}, {Value: string(trail.Readings), Text: "Who looked at what"},
		{Value: string(trail.Both), Text: "Both"}}
}

// shownFacts is how many facts of a change a line shows at once; more are opened.
const shownFacts = 4

// summary is what the details open from.
func summary(altered []Altered) string {
	return strconv.Itoa(len(altered)) + " facts, from " + altered[0].Field + " to " + altered[len(altered)-1].Field
}

// recordText names the record that the lines are about.
func (v auditListView) recordText() string {
	for _, l := range v.Lines {
		if l.Subject == v.Filter.Record && l.About != "" {
			return "These are the lines about one record: " + strings.TrimSuffix(aboutWhat(l.Line)+", "+l.Reference, ", ") + "."
		}
	}
	return "These are the lines about one record."
}
