package access

import (
	"slices"

	"example.org/asye/internal/platform/policy"
)

// Years is what is recorded of an NQSW and of their year.
var Years = policy.Thing{Name: "The record of a year",
	Holds: "An NQSW’s details, and their year on the programme: dates, hours, pauses, extensions, who assesses and coordinates, moves and outcome.",
	Grants: []policy.Grant{
		{To: policy.NQSW, In: []policy.Relation{policy.Self},
			Sees: slices.Concat(details, []policy.Field{Reference, Assessor, Reasons, Outcome, Dispute, Ruling, Reason, Facts}),
			Why:  "It is theirs. Notes that coordinators write, and whether there were concerns at a withdrawal, are not shown here: whoever wants a copy asks the employer"},
		{To: policy.NQSW, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName, WorkMail, Body, BodyName},
			Why: "They know who coordinates their year, and who changed what in it"},
		{To: policy.Coordinator, In: policy.Within(),
			Sees: slices.Concat(details, []policy.Field{Reference, Assessor, Evidence, Check, Reasons, Notes, Undone, Outcome, Concern, Dispute,
				Ruling, Reason, Facts}),
			Why: "They run the programme for every NQSW of their employer, and stand in for each other. What other employers did before stays with the record"},
		{To: policy.Coordinator, In: self, Beside: true, Sees: []policy.Field{Draft}, Why: "The list offers to go on with what they have begun"},
		{To: policy.Coordinator, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName, WorkMail},
			Why: "A record says who changed it, also before the year moved"},
	},
	Asks: []string{"registration.Store.Get", "registration.Store.Mine", "registration.Store.List", "registration.Store.Counts",
		"registration.Store.ByCohort", "registration.Store.Cohorts", "registration.Store.Each", "registration.Store.History",
		"registration.Store.MyHistory", "registration.Store.MyReadings", "registration.Store.Waiting", "registration.Store.Paired", "registration.Store.Running",
		"registration.Store.Add", "registration.Store.Enter", "registration.Store.EnterPast", "registration.Store.Amend",
		"registration.Store.InviteAgain", "registration.Store.ChangeDetails", "registration.Store.ConfirmDetails",
		"registration.Store.CheckRegister", "registration.Store.Pause", "registration.Store.Return", "registration.Store.RemovePause",
		"registration.Store.WorkFrom", "registration.Store.Extend", "registration.Store.UndoExtension", "registration.Store.Allocate",
		"registration.Store.Decide", "registration.Store.Undo", "registration.Store.Leaving",
		"registration.Store.Object", "registration.Store.Cancel"},
}

// Moves are years that go from one employer to another.
var Moves = policy.Thing{Name: "A move between employers",
	Holds: "Whose year moves, from whom to whom and when, who has said so, and what is disputed.",
	Grants: []policy.Grant{
		{To: policy.NQSW, In: []policy.Relation{policy.Self}, Sees: []policy.Field{Name, Dispute, Ruling},
			Why: "Without their word nothing moves"},
		{To: policy.Coordinator, In: policy.Known(), Sees: []policy.Field{Name, Reference, Dispute, Ruling},
			Why: "Both employers have to agree, and both read how it ended. A claim is with the employer who made it; once the year has moved, the former employer sees that it did, when, where to and why"},
		{To: policy.Coordinator, In: policy.Anybody(), Beside: true, Sees: []policy.Field{Contact},
			Why: "They have to be able to ask the other employer"},
	},
	Asks: []string{"registration.Store.Moves", "registration.Store.PastMoves", "registration.Store.MyClaim", "registration.Store.Claim",
		"registration.Store.CorrectClaim", "registration.Store.TakeBackClaim", "registration.Store.Confirm", "registration.Store.Deny"},
}

// Disputes are moves that the national team decides on.
var Disputes = policy.Thing{Name: "A disputed move",
	Holds: "A move about which the employers or the NQSW disagree, and what each says.",
	Grants: []policy.Grant{{To: policy.National, In: policy.Anybody(), Sees: []policy.Field{Name, Reference, Dispute, Contact},
		Why: "Somebody above both employers has to decide. Moves that nobody disputes they do not see"}},
	Asks: []string{"registration.Store.Disputes", "registration.Store.Dispute", "registration.Store.Rule"},
}

// Pairs are records that may be of one person.
var Pairs = policy.Thing{Name: "Two records that may be one person",
	Holds: "Whom two records are about, with whom, and why they may be the same.",
	Grants: []policy.Grant{{To: policy.National, In: policy.Anybody(), Sees: []policy.Field{Name, Birth, Number, Reference, Contact},
		Why: "Somebody has to compare records of two employers, and neither may see the other’s"}},
	Asks: []string{"registration.Store.Twins", "registration.Store.Twin", "registration.Store.Judge", "registration.Store.JudgeMistake"},
}

// Found is a registration as it is looked up across employers.
var Found = policy.Thing{Name: "Looking a registration up",
	Holds: "Whose registration it is, with which employer and from when, and whom to ask there.",
	Grants: []policy.Grant{{To: policy.National, In: policy.Anybody(), Sees: []policy.Field{Name, Number, Reference, Contact},
		Why: "People call them about somebody; they lead the call to the employer, who has the record"}},
	Asks: []string{"roster.Store.Find"},
}

// Uploads are spreadsheets of registrations.
var Uploads = policy.Thing{Name: "An uploaded spreadsheet",
	Holds: "A file of registrations that was checked and waits for a decision, and what became of earlier ones.",
	Grants: []policy.Grant{
		{To: policy.Coordinator, In: policy.Within(), Sees: []policy.Field{File, Rows, WorkName},
			Why: "Whoever coordinates for the employer can see and finish what a colleague began"},
	},
	Asks: []string{"registration/upload.Store.Check", "registration/upload.Store.Stage", "registration/upload.Store.Get",
		"registration/upload.Store.Waiting", "registration/upload.Store.History", "registration/upload.Store.Staged",
		"registration/upload.Store.Mend", "registration/upload.Store.Confirm", "registration/upload.Store.Discard"},
}

// Drafts are forms that somebody has begun.
var Drafts = policy.Thing{Name: "A form that is half filled in",
	Holds: "What somebody has typed into a form of several pages and not sent yet.",
	Grants: append(each(signedIn(), policy.Grant{In: self, Sees: []policy.Field{Draft}, Why: "It is theirs, until they send it"}),
		policy.Grant{To: policy.Coordinator, In: self, Sees: []policy.Field{WorkName, WorkMail}, Why: "The form says whom an invitation will name"}),
	Asks: []string{"platform/journey.Store.Get", "platform/journey.Store.List", "platform/journey.Store.Save", "platform/journey.Store.Discard"},
}
