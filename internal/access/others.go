package access

import (
	"slices"

	"example.org/asye/internal/platform/policy"
)

// Equality are the answers to the equality questions.
var Equality = policy.Thing{Name: "Answers to the equality questions",
	Holds: "What an NQSW says of their sex, gender identity, ethnic group and disability.",
	Grants: []policy.Grant{{To: policy.NQSW, In: []policy.Relation{policy.Self}, Sees: []policy.Field{Answers, Draft},
		Why: "They give them, change them and delete them, and nobody else sees one beside a name"}},
	Asks: []string{"equality.Store.Mine", "equality.Store.Answer", "equality.Store.Wipe"},
}

// Sent is whether somebody has sent the equality section.
var Sent = policy.Thing{Name: "Whether the equality section was sent",
	Holds: "That somebody has been through the questions, and never what they answered.",
	Grants: []policy.Grant{
		{To: policy.NQSW, In: []policy.Relation{policy.Self}, Why: "It is theirs"},
		{To: policy.Coordinator, In: policy.Within(), Why: "They remind those who have not, of their own employer"},
		{To: policy.National, In: policy.Anybody(), Why: "They see to it that the figures become complete"},
	},
	Asks: []string{"equality.Store.Complete"},
}

// Counts are numbers of people across the country.
var Counts = policy.Thing{Name: "Numbers of registrations and outcomes",
	Holds: "How many were registered, passed and failed across the country, by characteristic.",
	Grants: []policy.Grant{
		{To: policy.National, What: "Numbers of people", Why: "They answer for the programme"},
		{To: policy.Analyst, What: "Numbers of people", Why: "It is what they are here for. No employer can be counted by itself, because its numbers would tell on people"},
	},
	Asks: []string{"equality.Store.Cohorts", "equality.Store.Count", "equality.Store.Cube", "equality.Store.Stages", "equality.Store.RegistrationsByCohort"},
}

// OwnCounts are numbers of an employer's own people.
var OwnCounts = policy.Thing{Name: "An employer’s own numbers of registrations and outcomes",
	Holds: "How many of an employer’s NQSWs passed and failed, by what it has on record, and where that stands among all.",
	Grants: []policy.Grant{
		{To: policy.Coordinator, What: "Numbers of people", Why: "They look after the programme of their employer. They see no other employer, and nothing by what NQSWs say of themselves"},
		{To: policy.Director, What: "Numbers of people", Why: "They answer for the programme of their employer. They see what its coordinators see, and no year of anybody"},
	},
	Asks: []string{"equality.Store.Own"},
}

// EmployerNames are the names beside the figures of each employer.
var EmployerNames = policy.Thing{Name: "Which employer has which figures",
	Holds: "The names of employers beside their numbers.",
	Grants: []policy.Grant{
		{To: policy.National, What: "Names of employers", Why: "They visit employers and support them"},
	},
	Asks: []string{"equality.Store.EmployerNames"},
}

// Employers are the organisations.
var Employers = policy.Thing{Name: "An employer",
	Holds: "An organisation, its opening and end, and its contact and director.",
	Grants: []policy.Grant{
		{To: policy.Coordinator, In: policy.Within(), Sees: []policy.Field{Contact, Director},
			Why: "They keep their own employer’s contact and director right"},
		{To: policy.Director, In: policy.Within(), Sees: []policy.Field{Contact, Director},
			Limits: "They change nothing: a coordinator keeps the contact and the director, and the national team the rest",
			Why:    "They answer for the programme, and see whom their employer names for it"},
		{To: policy.National, In: policy.Anybody(), Sees: []policy.Field{Contact, Director, Body, BodyName, Draft},
			Why: "They keep the list of employers, and need somebody to ask at each"},
	},
	Asks: []string{"employers.Store.Get", "employers.Store.ByCode", "employers.Store.Find", "employers.Store.OpenOn", "employers.Store.List",
		"employers.Store.History", "employers.Store.Years", "employers.Store.Missing", "employers.Store.Add",
		"employers.Store.AddOrganisation", "employers.Store.SeedAuthorities", "employers.Store.Change", "employers.Store.End", "employers.Store.Reopen"},
}

// What an administrator sees of the director whom an employer has named.
const (
	named   = "beside it, that an employer has the person’s address on record as its director’s"
	offered = "The page offers to give them the role. Nobody gets it because of an address"
)

// People are those who can sign in, as administrators see them.
var People = policy.Thing{Name: "People and their roles",
	Holds: "Who has or had which role in which organisation, their name and address, whether they may sign in, and with what.",
	Grants: []policy.Grant{
		{To: policy.EmployerAdministrator, In: policy.Known(), Sees: []policy.Field{Name, MiddleNames, Email, WorkName, WorkNames, WorkMail, Account},
			Limits: "The role of an NQSW follows the registration, nobody shuts themselves out, and what would reach into another organisation is not theirs to change",
			Why:    "They say who may sign in for their organisation; of somebody who has left, the roles there are still on record. They see no role in another organisation"},
		{To: policy.ServiceAdministrator, In: policy.Anybody(), Sees: []policy.Field{Name, MiddleNames, Email, WorkName, WorkNames, WorkMail, Account},
			Limits: "The role of an NQSW follows the registration, and nobody shuts themselves out",
			Why:    "They look after the service for everybody"},
		{To: policy.EmployerAdministrator, In: policy.Within(), Beside: true, What: named, Why: offered},
		{To: policy.ServiceAdministrator, In: policy.Anybody(), Beside: true, What: named, Why: offered},
	},
	Asks: []string{"account.Store.People", "account.Store.Person", "account.Store.NamedDirector", "account.Store.Places", "account.Store.Add", "account.Store.Give",
		"account.Store.End", "account.Store.Change", "account.Store.SetDisabled", "account.Store.InviteAgain", "account.Store.Reach",
		"account.Store.MayTouch", "account.Store.ShutOut", "account/factor.Store.HeldBy", "account/factor.Store.Reset",
		"account/provider.Store.LinksOf", "account/provider.Store.DisconnectOf"},
}

// AuditTrail is who changed and who read what.
var AuditTrail = policy.Thing{Name: "The audit trail",
	Holds: "Every change and every reading of somebody’s record: who, what, when, before, after and why.",
	Grants: []policy.Grant{
		{To: policy.EmployerAdministrator, In: policy.Known(), Sees: []policy.Field{Trail, Name, Reference, WorkName, File},
			Why: "They answer for what was done in their organisation. What is done in another is not in their lines"},
		{To: policy.EmployerAdministrator, In: []policy.Relation{policy.OtherEmployer}, Beside: true, Sees: []policy.Field{WorkName},
			Why: "A line says who acted, also where that was the other employer of a move"},
		{To: policy.ServiceAdministrator, In: policy.Anybody(), Sees: []policy.Field{Trail, Name, Reference, WorkName, File},
			Why: "They look after the service for everybody"},
	},
	Asks: []string{"account/trail.Store.List"},
}

// Service is what only those of the whole service look after.
var Service = policy.Thing{Name: "Mail, jobs, backups and settings",
	Holds: "What the service sends, what it does by itself, the copies that it makes, and how it is set up.",
	Grants: []policy.Grant{{To: policy.ServiceAdministrator, In: policy.Anybody(), Sees: []policy.Field{Message, Letter, Failure},
		Why: "They see to it that mail arrives and jobs are done. Where mail is sent, nobody can read a message, because it may hold a link to sign in with"}},
	Asks: []string{"account.Store.WholeService", "account/works.Store.Outbox", "account/works.Store.LostMail", "account/works.Store.RetryMail", "account/works.Store.Jobs",
		"account/works.Store.RetryJob", "account/trail.Store.Standing", "backup.Store.Begin", "backup.Store.End", "backup.Store.List",
		"backup.Store.Health", "backup.Store.Age", "backup.Store.Ask", "backup.Store.Tidy", "backup.Store.Watch", "backup.Store.Restored"},
}

// recorded are the fields of everything that is recorded of an NQSW, apart from
// what they say of themselves for figures.
var recorded = slices.Concat(details, []policy.Field{Reference, Assessor, Evidence, Check, Reasons, Notes, Undone, Outcome, Concern, Dispute, Ruling,
	WorkName, WorkNames, WorkMail, Device, Passkey, Account, Draft, Message, Letter})

// Data is everything that is held of somebody, and what becomes of it.
var Data = policy.Thing{Name: "Everything that is held of somebody",
	Holds: "Every entry of every table that is about one person, whether it must be kept, and when it goes.",
	Grants: []policy.Grant{{To: policy.ServiceAdministrator, In: policy.Anybody(), Sees: slices.Concat(recorded, claimed, []policy.Field{Note, Hold}),
		Limits: "Whose year runs, who has a role, and whose data is held back cannot be erased",
		Why:    "Somebody has to look for what the law exempts before it is given out, and has to erase. Equality answers are left out: they are the person’s alone"}},
	Asks: []string{"rights.Store.Copy", "rights.Store.Standing", "rights.Store.Due", "rights.Store.EraseDue", "rights.Store.Erase", "rights.Store.Hold", "rights.Store.Lift",
		"rights.Store.ErasedSince", "rights.Store.EraseAgain"},
}

// OwnData is everything that is held of whoever asks.
var OwnData = policy.Thing{Name: "Everything that is held of oneself",
	Holds: "Every entry of every table that is about the reader. What speaks of others, and what the law may exempt, is masked.",
	Grants: each(signedIn(), policy.Grant{In: self, Sees: slices.Concat(details, claimed, []policy.Field{Reference, Evidence, Check, Reasons, Undone, Outcome, Ruling,
		Answers, WorkName, WorkNames, WorkMail, Device, Passkey, Account, Draft, Message}), Why: "It is theirs: UK GDPR, article 15"}),
	Asks: []string{"rights.Store.Copy", "rights.Store.Standing"},
}

// Things are all of them, in the order of the table.
func Things() []policy.Thing {
	return []policy.Thing{Years, Moves, Disputes, Pairs, Found, Uploads, Drafts, Equality, Sent, Counts, OwnCounts, Schemes, Confirming, Entitlements, Claims, Claiming, Signing, Granting, Statements, Reconciling, Recording, Paying,
		Releases, Publishing, Questions, EmployerNames, Employers, People, AuditTrail, Service, Data, OwnData,
		OwnAccount, Home, Letters, Helpers, Door, Public, Program, GrantSteps}
}
