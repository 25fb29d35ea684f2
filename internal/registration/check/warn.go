package check

import (
	"fmt"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// warnNew says what is unusual about a new registration, and stops nothing.
func (c *checker) warnNew(r *reading, registered registration.Registered) {
	e := r.Entry
	for _, reason := range registered.Verdict.Reasons {
		c.warn(r, "eligibility_"+reason.Key, lead(reason.Leads)+strings.TrimSuffix(reason.Text, "."), "")
	}
	if e.Identity.Email == "" {
		c.warn(r, "email", "There is no e-mail address, so the NQSW cannot be invited to fill in their part", "Add it here or to the record later")
	}
	if cohort, now := asye.CohortOf(e.StartsOn), asye.CohortOf(c.Today); cohort < now {
		c.warn(r, "starts_on", fmt.Sprintf("The year starts in the cohort of %s, before this financial year", cohort), "Check the start date")
	}
	if c.Elsewhere[e.Number] {
		c.warn(r, "regulator_number", "Somebody with this number may be on record with another employer",
			"If they are moving to you, claim a transfer instead. Otherwise go on: the national team is asked to look")
	}
	c.warnHours(r)
	c.warnLength(r, registered)
}

func lead(leads programme.Leads) string {
	if leads == programme.Unfunded || leads == programme.Unsettled {
		return "Registered as unfunded: "
	}
	return ""
}

// warnHours points out hours below the share that the settings name, and hours
// that look like a share themselves.
func (c *checker) warnHours(r *reading) {
	e := r.Entry
	share := c.FewHours
	if int(e.Hours)*100 < int(e.FullTimeHours)*share {
		c.warn(r, "hours", fmt.Sprintf("%s of %s hours a week is less than %d%% of full time", e.Hours, e.FullTimeHours, share),
			"Check that these are hours a week, and not a share of full time")
	}
}

// warnLength points out a year that part-time hours make longer than usual.
func (c *checker) warnLength(r *reading, registered registration.Registered) {
	if registered.Hours >= registered.FullTimeHours {
		return
	}
	s := registered.Schedule(c.Today)
	usual := registered.StartsOn.AddMonths(registered.Version.Length.Months)
	if usual.Before(s.End) {
		c.warn(r, "hours", fmt.Sprintf("At these hours the year lasts until %s, longer than the usual %s", s.LastDay, registered.Version.LengthText()), "")
	}
	for _, text := range s.Warnings {
		c.warn(r, "hours", strings.TrimSuffix(text, "."), "")
	}
}

// warnChange says what is unusual about a change.
func (c *checker) warnChange(r *reading) {
	if r.Amendment.Hours == nil {
		return
	}
	c.warnHours(r)
	from := r.Amendment.Hours.Period.Start
	c.warn(r, "hours", fmt.Sprintf("The new hours count from %s", from), "To record another day, change the hours on the record "+r.Reference)
}
