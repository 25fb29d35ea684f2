package register

import (
	"strconv"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// eligibilityView is a page of the version's questions.
type eligibilityView struct {
	journey.StepView
	Questions  []programme.Question
	Registered registration.Registered
}

// eligibilityFields are the fields of the questions that a programme can ask
// and that have their place on a page.
func eligibilityFields(own func(key string) bool) []string {
	var out []string
	for _, key := range programme.Questions() {
		switch {
		case !own(key):
		case key == programme.AskQualified:
			out = append(out, parts(registration.EligibilityField(key))...)
		default:
			out = append(out, registration.EligibilityField(key))
		}
	}
	return out
}

// judgeEligibility asks for an answer to each question of the page, and tells
// of those that stop the registration.
func (p *pages) judgeEligibility(r *web.Request, a journey.Answers, questions []programme.Question) fault.Problems {
	entry, unread := registration.EntryTyped(a)
	problems := append(fault.Problems(nil), unread...)
	fields := make([]string, len(questions))
	for i, q := range questions {
		fields[i] = registration.EligibilityField(q.Key)
		if unread.For(fields[i]) == "" {
			problems = append(problems, unanswered(q, a, entry)...)
		}
	}
	_, err := registration.Register(entry, p.store.Catalogue(), r.Today)
	return registration.Of(registration.Join(problems, err), fields)
}

// unanswered is the problem of a question without a usable answer. A year that
// alone does not decide is let through: the funding is then not settled.
func unanswered(q programme.Question, a journey.Answers, e registration.Entry) fault.Problems {
	var p fault.Problems
	field := registration.EligibilityField(q.Key)
	if q.Kind == programme.YesNo {
		given := a.Get(field)
		p.If(given != string(programme.Yes) && given != string(programme.No), field, "Select yes or no: %s", q.Text)
		return p
	}
	awarded, year := e.Eligibility.QualifiedOn, e.QualifiedYear
	switch {
	case awarded.IsZero() && year == 0:
		p.If(true, field, "Enter the day of the award, like 14 6 2026, or go back and give the year of qualifying")
	case !awarded.IsZero():
		p.If(awarded.After(e.StartsOn), field, "The qualification was awarded on %s, after the start on %s. Check both dates", awarded, e.StartsOn)
	default:
		p.If(year > e.StartsOn.Year(), field, "The qualification was finished in %d, after the start on %s. Check the year and the date", year, e.StartsOn)
	}
	return p
}

// why says in words what a question is asked for, and on what authority.
func why(q programme.Question) string {
	text := "It decides neither whether they can be registered nor whether the year is funded."
	switch leads := worst(q); leads {
	case programme.Blocked:
		text = "Nobody can be registered on this programme without it."
	case programme.Unfunded:
		text = "It decides whether the year is funded. Nobody is turned away for it."
	}
	source := strings.TrimSuffix(q.Basis.String(), ".") + "."
	if q.Assumed {
		return text + " " + source
	}
	return text + " Source: " + source
}

// worst is the gravest thing that an answer can lead to.
func worst(q programme.Question) programme.Leads {
	var results []programme.Result
	for _, one := range []*programme.Result{q.Yes, q.No} {
		if one != nil {
			results = append(results, *one)
		}
	}
	for _, limit := range q.Limits {
		results = append(results, limit.Result)
	}
	leads := programme.OK
	for _, one := range results {
		if one.Leads == programme.Blocked || one.Leads == programme.Unfunded && leads != programme.Blocked {
			leads = one.Leads
		}
	}
	return leads
}

// hint is the question's own help, and why it is asked.
func (v eligibilityView) hint(q programme.Question) string {
	text := ""
	if q.Kind == programme.OnDay {
		text = "For example, 14 6 2026. "
		if year := v.Registered.QualifiedYear; year != 0 {
			text += "If nobody knows the day, leave it empty: the year of qualifying, " + strconv.Itoa(year) + ", then counts. "
		}
	}
	return text + why(q)
}

func (v eligibilityView) date(q programme.Question) ui.DateField {
	return ui.ParseDateField(v.Answers, registration.EligibilityField(q.Key))
}

// blocked reports whether the page has been refused because of an answer that
// stops the registration.
func (v eligibilityView) blocked() bool {
	if len(v.Page.Problems) == 0 {
		return false
	}
	for _, reason := range v.Registered.Verdict.Reasons {
		if reason.Leads == programme.Blocked {
			return true
		}
	}
	return false
}
