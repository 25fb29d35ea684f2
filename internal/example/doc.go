// Package example builds the example service: an invented England with its
// employers, its people and their years, for trying the system out, for
// screenshots and for tests.
//
// Only published figures are real: how many were registered in three cohorts,
// and the margins of the table of outcomes. All else is made up from a fixed
// seed, and the same each time: names, joint distributions, dates, and every
// person. [Note] says so on the pages.
//
// The whole is one transaction: a build that is interrupted leaves nothing.
// Start reading at [Build]. The past cohorts are in history.go, the running
// ones in present.go, and the people whose stories are acted out step by step
// in persona.go and the files story_*.go.
package example

import "example.org/asye/internal/asye"

// Note is what the pages of the example service say about its figures.
const Note = "Every person, employer and record here is invented. The numbers of registrations in the cohorts 2019-20 to " +
	"2021-22, and the totals of the table of outcomes by gender, ethnicity and deferrals, are those that were published; " +
	"how these characteristics go together was not published, and is invented here. So are all figures of other cohorts, " +
	"among them the number of registrations in the cohort 2018-19."

// FirstCohortTotal is how many were registered in the cohort 2018-19. It is
// invented: no figure was published.
const FirstCohortTotal = 2914

// AsOf is the day on which the example stands: what is later has not happened.
var AsOf = asye.MustDate("2026-11-22")

// seed makes the example what it is. Another seed gives another England.
const seed = 20261122
