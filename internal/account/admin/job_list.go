package admin

import (
	"fmt"
	"net/http"
	"slices"

	"example.org/asye/internal/account"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type jobListView struct {
	ui.Page
	State   jobs.State
	Tabs    []ui.NavItem
	Jobs    []jobs.Entry
	Showing string
	Pages   ui.PaginationOptions
}

// jobTab is one state of jobs as the page names it.
type jobTab struct {
	State jobs.State
	Title string
	Empty string
}

var jobTabs = []jobTab{
	{jobs.Failed, "Failed", "A job is set aside here when it has failed eight times."},
	{jobs.Waiting, "Waiting", "Work that was asked for and is not done yet will be listed here."},
	{jobs.Comes, "Repeated", "Work that is done again and again is listed here once the service has run."},
	{jobs.Completed, "Done", "Work that was done is listed here for a week."},
}

// jobList shows the work that is done behind the pages.
func (p *pages) jobList(w http.ResponseWriter, r *web.Request) error {
	v := jobListView{Page: r.Page("Jobs"), State: jobs.State(r.Value("state"))}
	v.Wide = true
	if !slices.ContainsFunc(jobTabs, func(t jobTab) bool { return t.State == v.State }) {
		v.State = jobs.Failed
	}
	page := pageNumber(r)
	list, counts, err := p.Works.Jobs(r.Context(), r.Scope, v.State, page)
	if err != nil {
		return err
	}
	v.Jobs, v.Showing = list, ui.Showing(page, account.PageSize, counts[v.State], "jobs")
	for _, s := range jobTabs {
		v.Tabs = append(v.Tabs, ui.NavItem{Text: fmt.Sprintf("%s (%s)", s.Title, ui.Thousands(counts[s.State])),
			Href: jobsHref(s.State, 1), Current: s.State == v.State})
	}
	v.Pages = ui.Pages(page, pageCount(counts[v.State], account.PageSize), func(n int) string { return jobsHref(v.State, n) })
	return r.Render(w, jobListPage(v))
}

func jobsHref(state jobs.State, page int) string {
	if page > 1 {
		return fmt.Sprintf("%s?state=%s&page=%d", paths.AdminJobs(), state, page)
	}
	return paths.AdminJobs() + "?state=" + string(state)
}

// jobRetry lets a job that was set aside wait again.
func (p *pages) jobRetry(w http.ResponseWriter, r *web.Request) error {
	if err := p.Works.RetryJob(r.Context(), r.Scope, r.Value("job")); err != nil {
		return err
	}
	return r.Say(w, jobsHref(jobs.Waiting, 1), "The job waits again", "It will be run in a moment.")
}

func (v jobListView) empty() ui.EmptyOptions {
	for _, s := range jobTabs {
		if s.State == v.State {
			return ui.EmptyOptions{Heading: "There are no such jobs", Text: s.Empty,
				Link: &ui.Link{Text: "See the work that is repeated", Href: jobsHref(jobs.Comes, 1)}}
		}
	}
	return ui.EmptyOptions{Heading: "There are no such jobs"}
}

func (v jobListView) rows() [][]ui.Cell {
	var rows [][]ui.Cell
	for _, j := range v.Jobs {
		when := web.Moment(j.RunAt)
		if !j.EndedAt.IsZero() {
			when = web.Moment(j.EndedAt)
		}
		row := []ui.Cell{ui.Text(jobName(j.Kind)), ui.Text(when), ui.Number(fmt.Sprint(j.Attempts)), ui.Text(j.LastError)}
		if v.State == jobs.Failed {
			row = append(row, ui.Part(jobRetryForm(v.Form, j)))
		}
		rows = append(rows, row)
	}
	return rows
}

// jobs by their names in code, in words.
var jobNames = map[string]string{
	"account.mail_link":    "Mail a sign-in link",
	"account.tidy":         "Forget sessions, links and requests that are too old",
	"upload.expire":        "Delete uploads that nobody decided on",
	"registration.moves":   "Move NQSWs whose first day with the next employer has come",
	"registration.refresh": "Work out again when paused years end",
	"journey.tidy":         "Delete unfinished forms that nobody came back to",
	"forms.tidy":           "Forget forms that have been sent",
	"mail.tidy":            "Delete mail that was sent long ago",
	"backup.make":          "Make a backup",
	"backup.now":           "Make a backup that somebody asked for",
	"backup.watch":         "See whether the last good backup is too old",
	"backup.tidy":          "Forget backups that are long gone",
	"jobs.tidy":            "Delete jobs that were done long ago",
}

// jobName says what a job does.
func jobName(kind string) string {
	if name, known := jobNames[kind]; known {
		return name
	}
	return Deed(kind)
}

func (v jobListView) head() []ui.Column {
	when := map[jobs.State]string{jobs.Failed: "Set aside", jobs.Completed: "Done"}[v.State]
	if when == "" {
		when = "Runs next"
	}
	head := []ui.Column{{Text: "Job"}, {Text: when}, {Text: "Attempts", Numeric: true}, {Text: "Last failure"}}
	if v.State == jobs.Failed {
		head = append(head, ui.Column{Text: "Try again", Hidden: true})
	}
	return head
}
