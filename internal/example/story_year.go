package example

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// stories are the years of the personas, with what happens in them.
func stories() []story {
	all := append(interrupted(), ending()...)
	return append(all, beginning()...)
}

func day(text string) asye.Date { return asye.MustDate(text) }

// graduate is somebody with an ordinary way into social work.
func graduate(born, route, qualification string) someone {
	return someone{born: day(born), route: route, qualification: qualification}
}

func said(sex, group, background, disability string) equality.Answers {
	return equality.Answers{Sex: sex, GenderSame: "yes", EthnicGroup: group, EthnicBackground: background, Disability: disability}
}

// interrupted are years that are paused, part-time or moving.
func interrupted() []story {
	return []story{
		{email: "grace.adebayo@example.org", someone: graduate("1994-03-11", "postgraduate", "ma"),
			registered: "2026-04-09", starts: "2026-04-20", programme: childAndFamily,
			acts: []act{confirms("2026-04-22"), answers("2026-04-22", said("female", "black", "black_african", "no")),
				pauses("2026-08-27", registration.Pause{Period: asye.Since(day("2026-09-14")), ExpectedReturn: day("2027-06-14"),
					Reason: "parental-leave", Note: "Maternity leave as agreed on 24 August. Keeping-in-touch days to be arranged by her team manager."})}},
		{email: "megan.polglase@example.org", someone: graduate("1999-07-30", "undergraduate", "ba"),
			registered: "2026-04-01", starts: "2026-04-13", programme: childAndFamily,
			acts: []act{confirms("2026-04-15"), answers("2026-04-15", said("female", "white", "white_british", "no")),
				works("2026-08-19", registration.Pattern{Period: asye.Since(day("2026-09-07")), Hours: 2220, FullTimeHours: 3700})}},
		{email: "zainab.akhtar@example.org", someone: graduate("1997-12-02", "step-up", "pgdip"),
			registered: "2026-02-03", starts: "2026-02-16", programme: childAndFamily,
			acts: []act{confirms("2026-02-17"), answers("2026-02-17", said("female", "asian", "asian_pakistani", equality.PreferNot)),
				leaves("2026-11-05", county, "2026-12-07"), claimed("2026-11-12", county, "2026-12-07")}},
		{email: "rosie.nethercott@example.org", someone: graduate("1989-05-19", "undergraduate", "bsc"),
			registered: "2026-05-20", starts: "2026-06-08", programme: childAndFamily,
			acts: []act{checked("2026-05-20"), confirms("2026-06-09"), answers("2026-06-09", said("female", "white", "white_british", "yes")),
				pauses("2026-06-22", registration.Pause{Period: asye.Since(day("2026-06-22")), ExpectedReturn: day("2026-08-03"),
					Reason: "support-missing", Note: "Screen reader and case system access not yet in place. Access to Work has been asked."}),
				returns("2026-09-07", "2026-09-07")}},
	}
}

// ending are years that are over, should be, or soon will be.
func ending() []story {
	return []story{
		{email: "callum.fenwick@example.org", someone: graduate("1996-10-08", "apprenticeship", "ba"),
			registered: "2025-11-25", starts: "2025-12-08", programme: childAndFamily,
			acts: []act{confirms("2025-12-09"), answers("2025-12-09", said("male", "white", "white_british", "no")),
				assessed("2026-05-11")}},
		{email: "chloe.hepworth@example.org", someone: graduate("1992-01-24", "undergraduate", "ba"),
			registered: "2025-09-22", starts: "2025-10-06", programme: adults,
			acts: []act{confirms("2025-10-13"), answers("2025-10-13", said("female", "white", "white_british", "no"))}},
		{email: "simran.sandhu@example.org", someone: graduate("1998-06-15", "postgraduate", "msc"),
			registered: "2025-09-02", starts: "2025-09-15", programme: adults,
			acts: []act{confirms("2025-09-16"), answers("2025-09-16", said("female", "asian", "asian_indian", "no")),
				assessed("2026-03-02"), extends("2026-08-28", registration.Extension{Months: 3, Reason: "assessor-changed",
					Approver: "Daniel Rafferty", ApprovedOn: day("2026-08-27"), Note: "Two observations have to be done again with the new assessor."})}},
		{email: "leroy.cargill@example.org", someone: graduate("1987-09-03", "undergraduate", "ba"),
			registered: "2025-08-18", starts: "2025-09-01", programme: childAndFamily,
			acts: []act{confirms("2025-09-02"), answers("2025-09-02", said("male", "black", "black_caribbean", "no")),
				decides("2026-09-21", registration.Outcome{Result: registration.ResultFailed, DecidedOn: day("2026-09-18"),
					ToldOn: day("2026-09-21"), Note: "Moderated on 16 September. The letter names the standards that were not met and how to appeal."})}},
		{email: "aoife.heneghan@example.org", someone: graduate("2000-02-27", "approach", "pgdip"),
			registered: "2025-07-21", starts: "2025-08-04", programme: childAndFamily,
			acts: []act{checked("2025-07-21"), confirms("2025-08-05"), answers("2025-08-05", said("female", "white", "white_irish", "no")),
				pauses("2026-02-10", registration.Pause{Period: asye.Since(day("2026-02-09")), ExpectedReturn: day("2026-03-09"), Reason: "sickness"}),
				returns("2026-03-16", "2026-03-16"),
				decides("2026-09-10", registration.Outcome{Result: registration.ResultPassed, DecidedOn: day("2026-09-09")})}},
	}
}

// beginning are years that have just begun, or will.
func beginning() []story {
	return []story{
		{email: "temitope.balogun@example.org", someone: graduate("2002-04-05", "undergraduate", "ba"),
			registered: "2026-11-20", starts: "2026-11-30", programme: childAndFamily},
		{email: "ioana.moraru@example.org", someone: graduate("1988-11-14", "postgraduate", "ma"),
			registered: "2026-08-24", starts: "2026-09-01", programme: childAndFamily,
			entry: func(e *registration.Entry) {
				e.QualifiedYear, e.Eligibility.QualifiedOn = 2021, day("2021-07-09")
				e.AddedToRegisterOn = day("2021-09-13")
			},
			acts: []act{confirms("2026-09-02"), answers("2026-09-02", said("female", "white", "white_other", "no"))}},
		{email: "tendai.moyo@example.org", someone: graduate("1991-08-21", "postgraduate", "msc"),
			registered: "2026-08-06", starts: "2026-08-17", programme: childAndFamily,
			entry: func(e *registration.Entry) {
				e.Eligibility.Agency, e.Team = programme.Yes, "Newham: Safeguarding South"
			},
			acts: []act{checked("2026-08-06"), confirms("2026-08-19"), answers("2026-08-19", said("male", "black", "black_african", "no"))}},
	}
}
