package arch

// Reasons that several places share.
const (
	visitor     = "is called by somebody who has not signed in: the secret in their hand decides, and there is no scope yet"
	chore       = "is run by the service itself and looks at every organisation alike: it deletes or marks what is too old"
	country     = "counts or looks up across the country, and refuses everybody but the roles that may"
	listing     = "takes its condition from Filter.query, which begins with the organisation; TestIsolation lists as another employer"
	inventoried = "is made from the inventory, for every table that is declared; TestDAT1_OwnCopyAtOnce and TestDAT7_RightThingsOnTheRightDay run it on all of them"
	published   = "shows what was published, which is for everybody: figures, and nobody in them"
	filters     = "joins the conditions of a filter, which TestListFindsSortsAndPages and TestStatusInSQLAndInGo run in all their forms"
)

// columnWords is why the form of an archive knows a package that it asks nothing.
const columnWords = "says what a column holds in the words of the database, and asks it nothing"

// exceptions are the places that break a rule of the house on purpose, by check
// and subject, with the reason. Whoever adds one convinces a reader here.
var exceptions = map[string]map[string]string{
	"sql place": {
		"internal/platform/archive/header.go":  columnWords,
		"internal/platform/archive/value.go":   columnWords,
		"internal/platform/web/fail.go":        "leads a form that was sent twice to where the first led: one place for all pages, and no query",
		"internal/platform/web/form.go":        "tells a form that was sent twice by the name that the database gives it, and asks it nothing",
		"internal/platform/web/unavailable.go": "tells a change of which nobody knows whether it was kept by the name that the database gives it, and asks it nothing",
	},
	"roles": {
		"internal/registration/fields/fields.go": "makes the fields that registering and amending share, as values for the components of ui",
	},
	"scope": {
		"internal/equality/publication/store.go Store.Published":             published,
		"internal/equality/publication/store.go Store.Public":                published,
		"internal/account/store.go Store.Veil":                               "hashes a text with the key of the service, and reads nobody's record",
		"internal/account/tries/store.go Store.May":                          visitor,
		"internal/account/tries/store.go Store.GotIn":                        visitor,
		"internal/account/tries/store.go Store.Tidy":                         chore,
		"internal/account/store_enter.go Store.Enter":                        "makes a person's scope, and so has none before: whoever calls it has looked at their proof",
		"internal/account/provider/store.go Store.SignIn":                    visitor,
		"internal/account/provider/store.go Store.Tidy":                      chore,
		"internal/account/store_links.go Store.AskForLink":                   visitor,
		"internal/account/store_links.go Store.MailLink":                     "is a job for somebody who asked for a link before signing in; the answer goes to their address only",
		"internal/account/store_links.go Store.SignInLink":                   "makes the links that the example service prints on its own terminal",
		"internal/account/store_links.go Store.Peek":                         visitor,
		"internal/account/store_links.go Store.Open":                         visitor,
		"internal/account/store_people.go Store.PersonByEmail":               "finds the personas of the example service, which prints their links on its own terminal",
		"internal/account/store_sessions.go Store.Session":                   "turns the secret of a session into a scope, and so has none before",
		"internal/account/store_sessions.go Store.SignOut":                   visitor,
		"internal/account/store_sessions.go Store.Tidy":                      chore,
		"internal/account/store_setup.go Store.NeedsSetUp":                   visitor,
		"internal/account/store_setup.go Store.SetupCode":                    "makes the first code before there is anybody, and prints it on the operator's terminal",
		"internal/account/store_setup.go Store.SetUp":                        visitor,
		"internal/registration/store_move.go Store.CompleteDue":              "is run by the service each night: every move was confirmed by its NQSW or ruled on, and nobody is shown anything",
		"internal/registration/store_refresh.go Store.Refresh":               "derives again what follows from records and the day; nobody asks for it",
		"internal/registration/upload/store_stage.go Store.Expire":           chore,
		"internal/roster/store.go Store.Employers":                           "lists the names of employers, which are public, to those who register or move to one",
		"internal/roster/store.go Store.Employer":                            "finds an employer by its public code, for the command line",
		"internal/account/factor/store.go Store.Tidy":                        chore,
		"internal/account/factor/store_password.go Store.SignInWithPassword": visitor,
		"internal/account/factor/store_sign_in.go Store.AskSignIn":           visitor,
		"internal/account/factor/store_sign_in.go Store.SignInWithPasskey":   visitor,
		"internal/account/factor/store_sign_in.go Store.HalfWay":             visitor,
		"internal/account/factor/store_sign_in.go Store.AskSecondPasskey":    visitor,
		"internal/account/factor/store_sign_in.go Store.Finish":              visitor,
		"internal/account/held/store.go Store.ForSession":                    "keeps a form of somebody who is not signed in any more; the key that the form was made with tells whose it is",
		"internal/account/held/store.go Store.Reopen":                        "takes up a form of somebody who is not signed in any more; its ticket and the key that their page was made with tell whose it is",
		"internal/account/held/store.go Store.Tidy":                          chore,
	},
	"organisation": {
		"internal/backup/store_alarm.go Store.caretakers":                "finds whom the service writes to when there is no good backup: the administrators of the whole service",
		"internal/account/trail/store.go Store.List":                     "joins the lines about a person with those about their registrations; the trail itself is kept to the organisation by the first condition",
		"internal/account/store_sessions.go Store.seen":                  "marks the one session that has just been found by its secret",
		"internal/account/store_sessions.go Store.Tidy":                  chore,
		"internal/account/store_setup.go needsSetUp":                     "asks whether there is any administrator at all",
		"internal/account/rescue/store.go administrators":                "finds every administrator of the whole service, to tell them; it shows nothing to anybody",
		"internal/equality/store_count.go Store.cohorts":                 country,
		"internal/equality/store_stage.go Store.eachReached":             country,
		"internal/registration/store_stage.go Stages":                    "is a part of what equality counts across the country, and shows nobody anything by itself",
		"internal/equality/store_count.go Store.each":                    country,
		"internal/equality/store_count.go Store.RegistrationsByCohort":   country,
		"internal/platform/journey/store.go Store.DiscardOlder":          chore,
		"internal/equality/publication/store_book.go Store.Key":          "gives each registration a random number that tells nothing, and shows nobody",
		"internal/equality/publication/question/store.go Store.answered": "reads what everybody has asked, to hold a new question against all of it, and shows nobody",
		"internal/equality/publication/question/store.go Store.Asked":    country,
		"internal/equality/publication/question/store.go Store.Answer":   country,
		"internal/registration/store_dispute.go Store.moving":            "is given its condition: the organisation by Moves, the national team by Disputes",
		"internal/registration/store_dispute.go Store.Rule":              country,
		"internal/registration/store_export.go Store.Each":               listing,
		"internal/registration/store_history.go Store.history":           "is given its condition by byOrg or byPerson, from the scope",
		"internal/registration/store_list.go Store.List":                 listing,
		"internal/registration/store_list.go Store.Counts":               listing,
		"internal/registration/store_list.go Store.ByCohort":             listing,
		"internal/registration/store_load.go Store.load":                 "is given its condition by byOrg or byPerson, from the scope; byID is for work that was let in another way",
		"internal/registration/store_move.go Store.CompleteDue":          "completes, each night, the moves of every employer whose day has come; it shows nothing to anybody",
		"internal/registration/store_refresh.go Store.Refresh":           "derives the end of every paused year again, each night; it shows nothing to anybody",
		"internal/registration/store_transfer.go Store.wanted":           "looks for an NQSW of another employer, who must be named by number and date of birth, and tells nothing of who was found",
		"internal/registration/store_twin.go Store.twins":                country,
		"internal/registration/upload/store_known.go Store.known":        "asks whether a number is registered elsewhere, and learns only that it is",
		"internal/registration/upload/store_stage.go Store.Expire":       chore,
		"internal/rights/store_due.go Store.Due":                         "lists across the country whose data has no reason to be kept, and refuses all but those who look after the whole service",
		"internal/roster/store.go Store.LiveSessions":                    "counts all sessions for the metrics, and refuses everybody but the service itself",
		"internal/roster/store.go Store.Find":                            country,
	},
	"audit lines": {
		"internal/platform/audit/store_renew.go trail": "tells that the audit key was renewed, and of nobody",
		"internal/backup/store_restored.go service":    "tells of the whole service, and of nobody in it",
		"internal/example/build.go example":            "tells that the example was built, and of nobody in it",
	},
	"package length": {
		"internal/app":                  "is what connects everything: a file for each command, each group of settings and each thing that one capability does for another; it decides nothing, and no file needs another's inside",
		"internal/platform/db":          "has both engines with all that differs between them: opening, building beside and swapping, catalogue, bulk; each is a file of its own, and the transaction is what they share",
		"internal/equality/publication": "is one argument: what is released is counted, hidden, audited and frozen as one system, and every part rests on the same sets; its pages and questions are folders of their own",
		"internal/registration":         "is one record: the year, its periods, its outcome and its moves change together, in one transaction, through one Store; its pages are folders of their own",
	},
	"prepare": {
		"internal/equality/store_stage.go Store.eachReached":        "is given the query of a stage by the capability that records it; TestStages runs those of registration",
		"internal/platform/db/bulk_postgres.go bulkServer.advance":  "names the columns that the catalogue gave, which the moves between the engines run",
		"internal/platform/db/bulk.go Tx.selectAll":                 "names the columns that the catalogue gave, which the tests of platform/archive run for every table",
		"internal/equality/publication/store_book.go addKeys":       "counts its arguments, and every test of a release runs it",
		"internal/account/trail/store.go Store.List":                "joins the conditions of a filter, which TestAuditTrail and TestAuditTrailPages run",
		"internal/account/store_list.go Store.People":               "joins the conditions of a filter, which TestPeopleList runs",
		"internal/registration/store_export.go Store.Each":          "joins the same conditions as the list, around columns that the tests of the export run",
		"internal/registration/store_history.go Store.history":      "is given its condition by byOrg or byPerson, and both are run by the tests of the record's and the NQSW's pages",
		"internal/registration/store_list.go Store.List":            filters,
		"internal/registration/store_list.go Store.Counts":          filters,
		"internal/registration/store_list.go Store.ByCohort":        "joins the same conditions as the list, which TestListLooksInEveryCohort and TestOverdueList run",
		"internal/rights/store_copy.go Store.section":               inventoried,
		"internal/rights/store_due.go Store.lastDays":               inventoried,
		"internal/registration/store_load.go Store.load":            "is given its condition by byOrg, byPerson or byID; TestIsolation runs the first two and TestREG45_DisputeIsRuledOn the last",
		"internal/account/trail/store.go pick":                      "is part of Store.List",
		"internal/platform/audit/store_unchained.go walk.strangers": "names the columns by lines.Columns, and TestAUD5_EveryAttackIsFound runs it",
		"internal/platform/audit/store_unchained.go walk.waiting":   "names the columns by lines.Columns, and every test of the chain runs it",
		"internal/platform/audit/store_verify.go walk.read":         "names the columns by lines.Columns, and every test of the chain runs it",
		"internal/platform/lines/store_pending.go Numbered":         "counts its arguments, and every test of the chain runs it",
		"internal/platform/lines/store_unseal.go Sealer.openKeys":   "counts its arguments, and the tests of AUD-10 run it",
		"internal/platform/lines/store_about.go question":           "is made from the inventory, and TestEveryKindIsFound runs it for every kind",
	},
}
