package columns

import (
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// yearColumns say on which programme, from when, and with whom.
func yearColumns(c *programme.Catalogue) []Column {
	return []Column{
		choiceColumn(Column{Key: "programme", Header: "Programme", Required: true, Example: "Child and family ASYE",
			Help: "The programme, from the list. It cannot be changed by uploading once the year runs.",
			Mend: "Choose one from the list", Options: programmes(c), Hold: Refuses,
			Aliases: []string{"ASYE programme", "Pathway"}}, func(e *registration.Entry) *string { return &e.Programme }),
		dayColumn(Column{Key: "starts_on", Header: "Start date", Required: true, Example: "01/09/2026", Hold: Refuses,
			Help:    "The first day of the year. It cannot be changed by uploading once the year is registered.",
			Mend:    "Write the first day of the year like 01/09/2026",
			Aliases: []string{"Programme start date", "ASYE start date", "Starts on", "Year starts"}},
			func(e *registration.Entry) *asye.Date { return &e.StartsOn }),
		hoursColumn(Column{Key: "hours", Header: "Contracted hours a week", Required: true, Example: "37",
			Help: "Hours of work a week, with at most two decimals. A change counts from the day on which you confirm.",
			Mend: "Write the hours a week, like 37 or 22.5", Aliases: []string{"Contracted hours", "Hours",
				"Hours a week", "Weekly hours", "Hours per week", "Contracted hours per week"}},
			func(e *registration.Entry) *registration.Hours { return &e.Hours }),
		hoursColumn(Column{Key: "full_time_hours", Header: "Full-time hours a week", Required: true, Example: "37",
			Help: "What a full-time week is in the same post.", Mend: "Write the full-time hours a week of the post, like 37",
			Aliases: []string{"Full time hours", "Full-time hours per week", "FT hours"}},
			func(e *registration.Entry) *registration.Hours { return &e.FullTimeHours }),
		wordsColumn(Column{Key: "team", Header: "Team", Example: "Assessment North", Help: "The team or service.",
			Mend: "Shorten the name of the team", Aliases: []string{"Team name", "Service"}},
			func(e *registration.Entry) *string { return &e.Team }),
		wordsColumn(Column{Key: "assessor_name", Header: "Assessor's name", Example: "Jo Bell",
			Help: "Who assesses the NQSW, if known.", Mend: "Write the assessor's name",
			Aliases: []string{"Assessor", "Assessor name", "Name of assessor"}},
			func(e *registration.Entry) *string { return &e.AssessorName }),
		wordsColumn(Column{Key: "assessor_email", Header: "Assessor's e-mail address", Example: "jo.bell@example.org",
			Help: "The assessor's address at work.", Mend: "Write one address, like name@example.org",
			Aliases: []string{"Assessor email", "Assessor e-mail", "Assessor's email", "Assessor email address"}},
			func(e *registration.Entry) *string { return &e.AssessorEmail }),
	}
}

// programmes are those on which somebody can be registered.
func programmes(c *programme.Catalogue) registration.Options {
	var options registration.Options
	for _, p := range c.Programmes() {
		if !p.Draft {
			options = append(options, registration.Option{Key: p.Key, Label: p.Name})
		}
	}
	return options
}

// eligibilityColumns are the questions that decide who can be registered and
// who is funded.
func eligibilityColumns() []Column {
	answer := func(c Column, at func(*programme.Answers) *programme.Answer) Column {
		c.kind, c.Hold, c.Options, c.Mend = yesNo, Keeps, yesOrNo(), "Write Yes or No"
		c.parse = func(cell files.Cell, e *registration.Entry) (err error) {
			*at(&e.Eligibility), err = readYesNo(cell)
			return err
		}
		c.text = func(e registration.Entry) string { return yesOrNo().Label(string(*at(&e.Eligibility))) }
		return c
	}
	return []Column{
		answer(Column{Key: "eligibility_registered", Header: "Registered with Social Work England", Required: true, Example: "Yes",
			Help:    "Nobody can be registered here before they are registered with Social Work England.",
			Aliases: []string{"Registered with SWE", "Registered with Social Work England?", "Is registered with SWE"}},
			func(a *programme.Answers) *programme.Answer { return &a.Registered }),
		answer(Column{Key: "eligibility_sector", Header: "Works in the programme's sector", Required: true, Example: "Yes",
			Help: "Yes for child and family social work in England on the child and family programme, and for work with adults on the adults' programme.",
			Aliases: []string{"Works in sector", "Statutory C&F work in England", "Statutory child and family work in England",
				"Statutory worker", "Is statutory worker"}},
			func(a *programme.Answers) *programme.Answer { return &a.InSector }),
		answer(Column{Key: "eligibility_agency", Header: "Agency worker", Example: "No",
			Help:    "Whether the NQSW is employed through an agency. Until it is answered the year counts as unfunded.",
			Aliases: []string{"Agency", "Agency worker?", "Is agency worker"}},
			func(a *programme.Answers) *programme.Answer { return &a.Agency }),
		answer(Column{Key: "eligibility_already_funded", Header: "Already funded", Example: "No",
			Help:    "Whether an employer has been paid for a year for this NQSW before. Until it is answered the year counts as unfunded.",
			Aliases: []string{"Already on ASYE", "Already on ASYE?", "Funded before", "Already funded?"}},
			func(a *programme.Answers) *programme.Answer { return &a.AlreadyFunded }),
		dayColumn(Column{Key: "eligibility_qualified", Header: "Qualification awarded on", Example: "03/07/2026", Hold: Keeps,
			Help: "The day on which the social work qualification was awarded. Where it is empty the year finished decides.",
			Mend: "Write the date like 03/07/2026", Aliases: []string{"Date qualified", "Qualified on", "Qualification date"}},
			func(e *registration.Entry) *asye.Date { return &e.Eligibility.QualifiedOn }),
		answer(Column{Key: "eligibility_current", Header: "Knowledge is current", Example: "Yes",
			Help:    "Whether you are satisfied that the knowledge of an NQSW who qualified some years ago is current, where the programme asks.",
			Aliases: []string{"Current knowledge", "Employer satisfied that knowledge is current"}},
			func(a *programme.Answers) *programme.Answer { return &a.Current }),
	}
}

func yesOrNo() registration.Options {
	return registration.Options{{Key: string(programme.Yes), Label: "Yes"}, {Key: string(programme.No), Label: "No"}}
}

// writtenColumns are what the export adds. Answers about equality are not here
// and cannot be: registration.Full does not hold them.
func writtenColumns() []Column {
	written := func(key, header, help string, show func(registration.Full, asye.Date) string) Column {
		return Column{Key: key, Header: header, Help: help, Written: true, show: show}
	}
	deferrals := written("deferrals", "Deferrals", "How many times the year has been paused.",
		func(f registration.Full, _ asye.Date) string { return strconv.Itoa(f.Deferrals) })
	deferrals.kind = figures
	return []Column{
		written("reference", "Reference", "The registration's own reference.",
			func(f registration.Full, _ asye.Date) string { return f.Reference }),
		written("employer_code", "Employer code", "The code of the employer.",
			func(f registration.Full, _ asye.Date) string { return f.OrgCode }),
		written("employer", "Employer", "The name of the employer.",
			func(f registration.Full, _ asye.Date) string { return f.OrgName }),
		written("cohort", "Cohort", "The financial year in which the year started.",
			func(f registration.Full, _ asye.Date) string { return f.Cohort.String() }),
		written("status", "Status", "Where the year stands on the day of the export.",
			func(f registration.Full, today asye.Date) string { return f.Status(today).String() }),
		written("last_day", "Last day of the year", "The last day, as the year stands to end or has ended.",
			func(f registration.Full, _ asye.Date) string { return lastDay(f).ISO() }),
		written("funded", "Funded", "Whether the year is funded under the answers given.",
			func(f registration.Full, _ asye.Date) string {
				return yesOrNo().Label(string(programme.AnswerOf(f.Funded)))
			}),
		deferrals,
		written("decided_on", "Outcome date", "The date of the outcome, once there is one.",
			func(f registration.Full, _ asye.Date) string { return f.DecidedOn.ISO() }),
		written("coordinator", "Coordinator", "Who coordinates the year.",
			func(f registration.Full, _ asye.Date) string { return f.Coordinator }),
	}
}

func lastDay(f registration.Full) asye.Date {
	if !f.EndsOn.IsZero() {
		return f.EndsOn.AddDays(-1)
	}
	return f.LastDay()
}
