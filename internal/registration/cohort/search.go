package cohort

import (
	"fmt"
	"net/url"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// reach is how far a search went, and what there is beyond the cohort that was
// asked for.
type reach struct {
	From      asye.Cohort         // nothing was found in it, so all are shown; 0 when it is shown
	Elsewhere int                 // how many fit what was typed, in other cohorts
	ByCohort  map[asye.Cohort]int // of the overdue of all cohorts
}

// search finds the registrations. What is typed is looked for in every cohort
// where the chosen one has nothing: whoever types a name seldom knows its year.
func (p *pages) search(r *web.Request, v *listView) error {
	var err error
	if v.Found, err = p.Store.List(r.Context(), r.Scope, v.Filter); err != nil {
		return err
	}
	typed, overdue := v.Filter.Search != "" && v.Filter.Cohort != 0, v.Filter.Status == registration.Overdue
	if !typed && !overdue {
		return nil
	}
	cohorts, err := p.Store.ByCohort(r.Context(), r.Scope, v.Filter)
	if err != nil {
		return err
	}
	v.Reached.ByCohort = cohorts
	if !typed {
		return nil
	}
	for cohort, n := range cohorts {
		if cohort != v.Filter.Cohort {
			v.Reached.Elsewhere += n
		}
	}
	if v.Found.Total > 0 || v.Reached.Elsewhere == 0 {
		return nil
	}
	v.Reached = reach{From: v.Filter.Cohort, ByCohort: cohorts}
	v.Filter.Cohort = 0
	v.Query.Set("cohort", everyone)
	v.Found, err = p.Store.List(r.Context(), r.Scope, v.Filter)
	return err
}

// searchText says where was looked, when that is not where was asked.
func (v listView) searchText() string {
	if v.Reached.From != 0 {
		return fmt.Sprintf("Nobody in cohort %s matches “%s”, so all cohorts are shown.", v.Reached.From, v.Filter.Search)
	}
	if n := v.Reached.Elsewhere; n > 0 {
		return fmt.Sprintf("In other cohorts %s “%s”.", counted(n, "NQSW matches", "NQSWs match"), v.Filter.Search)
	}
	return ""
}

// overdueText says in which order the overdue stand, and how many of them are
// of the latest cohort that has any: the others are left from years ago.
func (v listView) overdueText() string {
	if v.Filter.Status != registration.Overdue || len(v.Found.Rows) == 0 {
		return ""
	}
	text := ""
	if v.Filter.Sort == "due" && !v.Filter.Down {
		text = "Those whose outcome is overdue longest come first."
	}
	if latest, n, earlier := v.latestOverdue(); earlier > 0 {
		text += fmt.Sprintf(" %s of cohort %s, and %s of earlier cohorts.", counted(n, "is", "are"), latest, counted(earlier, "is", "are"))
	}
	return text
}

// latestOverdue is the latest cohort with somebody overdue, how many it has, and
// how many are of earlier ones; no earlier ones where one cohort is shown.
func (v listView) latestOverdue() (latest asye.Cohort, n, earlier int) {
	if v.Filter.Status != registration.Overdue || v.Filter.Cohort != 0 || len(v.Reached.ByCohort) == 0 {
		return 0, 0, 0
	}
	var cohorts []asye.Cohort
	for c, n := range v.Reached.ByCohort {
		cohorts, earlier = append(cohorts, c), earlier+n
	}
	latest = slices.Max(cohorts)
	n = v.Reached.ByCohort[latest]
	return latest, n, earlier - n
}

// ago says how long ago a day was, in the measure in which people speak of it.
func ago(day, today asye.Date) string {
	months := 0
	for !day.AddMonths(months + 1).After(today) {
		months++
	}
	switch {
	case months >= 24:
		return counted(months/12, "year", "years") + " ago"
	case months >= 3:
		return counted(months, "month", "months") + " ago"
	}
	return counted(day.DaysUntil(today), "day", "days") + " ago"
}

// emptyText says that nobody fits, naming what was typed.
func (v listView) emptyText() string {
	if v.Filter.Search != "" && v.Filter.Cohort == 0 {
		return fmt.Sprintf("Nobody matches “%s” with everything else that you have asked for, in any cohort.", v.Filter.Search)
	}
	if v.Filter.Search != "" {
		return fmt.Sprintf("Nobody matches “%s” with everything else that you have asked for.", v.Filter.Search)
	}
	return "There are registrations, but none that fit everything you have asked for."
}

// wider leads on from an empty list: to what was typed, among everybody, and
// then to everybody.
func (v listView) wider() *ui.Link {
	q := url.Values{"cohort": {everyone}}
	if v.Filter.Search != "" && (v.Filter.Status != "" || v.Filter.Need != "" || v.Filter.Programme != "") {
		q.Set("q", v.Filter.Search)
		return &ui.Link{Text: "Search everybody for “" + v.Filter.Search + "”", Href: paths.Registrations(q)}
	}
	return &ui.Link{Text: "Show everybody, in all cohorts", Href: paths.Registrations(q)}
}
