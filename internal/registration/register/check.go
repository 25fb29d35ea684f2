package register

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// checkingView is the page of answers to check.
type checkingView struct {
	journey.CheckView
	Registered registration.Registered
	Schedule   programme.Schedule
	Programme  string
}

func (p *pages) checking(v journey.CheckView) checkingView {
	c := checkingView{CheckView: v, Registered: p.assess(v.Answers)}
	c.Schedule = c.Registered.Schedule(v.Request().Today)
	c.Programme = registration.Programmes(p.store.Catalogue()).Label(c.Registered.Programme)
	return c
}

// row is one answer, with the id to which a problem with it leads.
func row(field, key, text string) ui.SummaryRow {
	if text == "" {
		text = "Not given"
	}
	return ui.SummaryRow{Key: key, Value: anchored(field, text)}
}

func (v checkingView) card(title, step string, rows ...ui.SummaryRow) ui.SummaryListOptions {
	return ui.SummaryListOptions{CardTitle: title, CardActions: []ui.Link{{Text: "Change", Href: v.Change(step)}}, Rows: rows}
}

func (v checkingView) cards() []ui.SummaryListOptions {
	e := v.Registered.Entry
	f := registration.Details{Identity: e.Identity, Number: e.Number, DateOfBirth: e.DateOfBirth,
		AddedToRegisterOn: e.AddedToRegisterOn, Qualification: e.Qualification, QualifiedYear: e.QualifiedYear,
		EntryRoute: e.EntryRoute, EntryRouteOther: e.EntryRouteOther}.Facts()
	names := []string{"given_name", "middle_names", "family_name", "email", "regulator_number", "date_of_birth",
		"added_to_register_on", "qualified_year", "qualification", "entry_route"}
	rows := make([]ui.SummaryRow, len(f))
	for i, fact := range f {
		rows[i] = row(names[i], fact.Label, fact.Text)
	}
	pattern := registration.Pattern{Hours: e.Hours, FullTimeHours: e.FullTimeHours}
	return []ui.SummaryListOptions{
		v.card("The NQSW", stepName, rows[:4]...),
		v.card("The register", stepRegulator, rows[4:7]...),
		v.card("Qualification", stepQualification, rows[7:]...),
		v.card("The year", stepYear, row("programme", "Programme", v.Programme), row("starts_on", "First day", e.StartsOn.String()),
			row("hours", "Hours", pattern.String())),
		v.card("Eligibility", stepEligibility, v.answers()...),
		v.card("Team and assessor", stepAssessor, row("team", "Team", e.Team), row("assessor_name", "Assessor", e.AssessorName),
			row("assessor_email", "Assessor’s e-mail address", e.AssessorEmail)),
	}
}

// answers are the eligibility questions as they were put and answered.
func (v checkingView) answers() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, a := range v.Registered.Verdict.Evidence.Answers {
		r := row(registration.EligibilityField(a.Key), a.Question, answerText(a.Answer))
		if a.Key == programme.AskCurrent {
			r.Actions = []ui.Link{{Text: "Change", Href: v.Change(stepCurrent), Hidden: "whether knowledge is current"}}
		}
		rows = append(rows, r)
	}
	return rows
}

func answerText(answer string) string {
	switch programme.Answer(answer) {
	case programme.Yes:
		return "Yes"
	case programme.No:
		return "No"
	}
	if day, err := asye.ParseDate(answer); err == nil {
		return day.String()
	}
	return answer
}

// funding says in one sentence whether the year is funded on these answers.
func funding(v programme.Verdict) string {
	switch {
	case v.Funded:
		return "On these answers the year can be funded."
	case !v.Settled:
		return "Whether the year is funded is not settled, and it counts as not funded. The NQSW is registered all the same."
	}
	return "On these answers the year is not funded. The NQSW is registered all the same, and the year counts."
}

// split parts the reasons that lead to one thing from the others.
func split(all []programme.Reason, leads programme.Leads) (same, others []programme.Reason) {
	for _, one := range all {
		if one.Leads == leads {
			same = append(same, one)
		} else {
			others = append(others, one)
		}
	}
	return same, others
}

// told are the reasons that the NQSW is told.
func (v checkingView) told() []programme.Reason {
	_, told := split(v.Registered.Verdict.Reasons, programme.Unsettled)
	return told
}

// open are the reasons why something is not settled yet.
func (v checkingView) open() []programme.Reason {
	open, _ := split(v.Registered.Verdict.Reasons, programme.Unsettled)
	return open
}
