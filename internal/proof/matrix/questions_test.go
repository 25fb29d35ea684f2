package matrix

import (
	"errors"
	"maps"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

// Why some methods are not asked as a reader.
const (
	visitors = "is called before anybody is known, and takes no scope: ACC-2 to ACC-7 are its rules"
	program  = "is called by the program itself, and takes no scope or another's transaction: no route leads to it"
)

// questions are how every method is asked.
func questions() map[string]question {
	all := map[string]question{}
	for _, part := range []map[string]question{byCoordinators(yearQuestions()), byCoordinators(changeQuestions()), moveQuestions(), uploadQuestions(), accountQuestions(),
		otherQuestions(), rightsQuestions(), ownQuestions(), beyondQuestions(), backupQuestions(), releaseQuestions(), grantQuestions(), statementQuestions(), unaskedQuestions()} {
		maps.Copy(all, part)
	}
	return all
}

// own are the methods by which an NQSW asks about their own year.
var own = []string{"registration.Store.Mine", "registration.Store.MyHistory", "registration.Store.MyReadings", "registration.Store.ConfirmDetails", "registration.Store.NameOf"}

// byCoordinators narrows questions about a year to those who coordinate, but for
// those about one's own.
func byCoordinators(all map[string]question) map[string]question {
	for method, q := range all {
		if !slices.Contains(own, method) {
			q.only = policy.Coordinator
			all[method] = q
		}
	}
	return all
}

func unaskedQuestions() map[string]question {
	all := map[string]question{}
	for why, methods := range map[string][]string{
		visitors: {"account.Store.AskForLink", "account.Store.MailLink", "account.Store.SignInLink", "account.Store.Peek", "account.Store.Open",
			"account.Store.PersonByEmail", "account.Store.Session", "account.Store.SignOut", "account.Store.NeedsSetUp", "account.Store.SetupCode",
			"account.Store.SetUp", "account.Store.Veil", "account/tries.Store.May", "account/tries.Store.GotIn", "account/factor.Store.AskSignIn",
			"account/factor.Store.SignInWithPasskey", "account/factor.Store.SignInWithPassword", "account/factor.Store.HalfWay",
			"account/factor.Store.AskSecondPasskey", "account/factor.Store.Finish", "account/held.Store.ForSession", "account/held.Store.Reopen",
			"account/provider.Store.SignIn", "roster.Store.Employers", "roster.Store.Employer"},
		program: {"account.Store.AddPerson", "account.Store.Enter", "account.Store.ChangePerson", "account.Store.Join", "account.Store.Leave", "account.Store.Invite",
			"account.Store.Tidy", "account/tries.Store.Tidy", "account/factor.Store.Tidy", "account/held.Store.Tidy",
			"account/provider.Store.Tidy", "account/provider.Store.Moved", "account/rescue.Store.Rescue", "registration.Store.MoveAll", "registration.Store.CompleteDue", "registration.Store.Refresh",
			"registration/upload.Store.Expire", "roster.Store.LiveSessions", "platform/journey.Store.DiscardOlder", "grant.Store.Within",
			"grant/claim.Store.Settle", "grant/statement.Store.Accept", "grant/statement.Store.TakeBack"},
	} {
		for _, m := range methods {
			all[m] = question{skip: why}
		}
	}
	return all
}

func id(c call) asye.EnrolmentID { return asye.EnrolmentID(c.rec.id) }

// yes gives the record's mark where something is true of it.
func yes(c call, is bool, err error) (any, error) {
	if err != nil || !is {
		return nil, err
	}
	return c.rec.mark, nil
}

func yearQuestions() map[string]question {
	const e = "enrolment"
	return map[string]question{
		"registration.Store.Get":  {kind: e, ask: func(c call) (any, error) { return c.Registration.Get(ctx, c.by.scope, id(c)) }},
		"registration.Store.Mine": {kind: e, list: true, ask: func(c call) (any, error) { return c.Registration.Mine(ctx, c.by.scope) }},
		"registration.Store.List": {kind: e, list: true, ask: func(c call) (any, error) {
			return c.Registration.List(ctx, c.by.scope, registration.Filter{Size: -1})
		}},
		"registration.Store.Counts": {kind: e, counts: true, ask: func(c call) (any, error) {
			counts, err := c.Registration.Counts(ctx, c.by.scope, registration.Filter{})
			n := 0
			for _, one := range counts {
				n += one
			}
			return n, err
		}},
		"registration.Store.ByCohort": {kind: e, counts: true, ask: func(c call) (any, error) {
			counts, err := c.Registration.ByCohort(ctx, c.by.scope, registration.Filter{})
			n := 0
			for _, one := range counts {
				n += one
			}
			return n, err
		}},
		"registration.Store.Cohorts": {kind: e, new: true, ask: func(c call) (any, error) { return c.Registration.Cohorts(ctx, c.by.scope) }},
		"registration.Store.Each": {kind: e, list: true, ask: func(c call) (any, error) {
			var all []registration.Full
			err := c.Registration.Each(ctx, c.DB, c.by.scope, registration.Filter{}, func(f registration.Full) error { all = append(all, f); return nil })
			return all, err
		}},
		"registration.Store.History": {kind: e, ask: func(c call) (any, error) {
			events, _, err := c.Registration.History(ctx, c.by.scope, id(c), 0)
			return yes(c, len(events) > 0, err)
		}, list: true},
		"registration.Store.MyReadings": {kind: e, list: true, ask: func(c call) (any, error) {
			c.must(c.DB.Saw(ctx, cat, tenant.Reading{Kind: e, ID: c.rec.id}))
			seen, err := c.Registration.MyReadings(ctx, c.by.scope)
			return yes(c, len(seen) > 0, err)
		}},
		"registration.Store.MyHistory": {kind: e, ask: func(c call) (any, error) {
			events, _, err := c.Registration.MyHistory(ctx, c.by.scope, 0)
			return yes(c, len(events) > 0 && c.rec.person == c.by.scope.Person(), err)
		}, list: true},
		"registration.Store.Waiting": {kind: e, new: true, ask: func(c call) (any, error) { return c.Registration.Waiting(ctx, c.by.scope) }},
		"registration.Store.Paired": {kind: e, list: true, ask: func(c call) (any, error) {
			paired, err := c.Registration.Paired(ctx, c.by.scope, id(c))
			return yes(c, paired, err)
		}},
		"registration.Store.Running": {kind: e, list: true, ask: func(c call) (any, error) {
			err := c.Registration.Running(ctx, c.by.scope, registration.Number(c.numberIn(c.rec)))
			if fault.ProblemsOf(err) != nil {
				return c.rec.mark, nil // it names the record
			}
			return nil, err
		}},
		"registration.Store.Add": {kind: e, new: true, ask: func(c call) (any, error) {
			return c.Registration.Add(ctx, c.by.scope, registrationtest.Entry(900))
		}},
		"registration.Store.Enter": {kind: e, new: true, ask: func(c call) (any, error) {
			return c.Registration.Enter(ctx, c.tx, c.by.scope, registrationtest.Entry(901), registration.DoNotInvite)
		}},
		"registration.Store.EnterPast": {kind: e, new: true, ask: func(c call) (any, error) {
			return c.Registration.EnterPast(ctx, c.tx, c.by.scope, registration.Past{Entry: registrationtest.Entry(902)})
		}},
		"registration.Store.NameOf": {kind: e, ask: func(c call) (any, error) {
			return c.Registration.NameOf(ctx, c.by.scope, registration.Number(c.numberIn(c.rec)))
		}},
	}
}

func changeQuestions() map[string]question {
	change := func(do func(c call) error) question {
		return question{kind: "enrolment", ask: func(c call) (any, error) { return nil, do(c) }}
	}
	own := func(do func(c call) error) question {
		return question{kind: "enrolment", list: true, ask: func(c call) (any, error) {
			err := do(c)
			return yes(c, err == nil && c.rec.person == c.by.scope.Person(), err)
		}}
	}
	return map[string]question{
		"registration.Store.Amend": change(func(c call) error {
			return c.Registration.Amend(ctx, c.tx, c.by.scope, id(c), registration.Amendment{Hours: &registration.Pattern{Period: asye.Since(at("2026-11-20")), Hours: 2000, FullTimeHours: 3700}})
		}),
		"registration.Store.InviteAgain": change(func(c call) error { return c.Registration.InviteAgain(ctx, c.by.scope, id(c)) }),
		"registration.Store.ChangeDetails": change(func(c call) error {
			return c.Registration.ChangeDetails(ctx, c.by.scope, id(c), 1, registration.Details{Identity: asye.Identity{GivenName: "A", FamilyName: "B"},
				DateOfBirth: at("1998-02-03"), Number: "SW987654"})
		}),
		"registration.Store.ConfirmDetails": own(func(c call) error {
			mine, err := c.Registration.Mine(ctx, c.by.scope)
			if err != nil {
				return err
			}
			return c.Registration.ConfirmDetails(ctx, c.by.scope, mine.NQSW.Version, mine.NQSW.Details())
		}),
		"registration.Store.CheckRegister": change(func(c call) error {
			return c.Registration.CheckRegister(ctx, c.by.scope, id(c), registration.RegisterCheck{Number: "SW1", CheckedOn: at("2026-11-20"), Result: "registered", Source: "test"})
		}),
		"registration.Store.Pause": change(func(c call) error {
			return c.Registration.Pause(ctx, c.by.scope, id(c), c.rec.version, registration.Pause{Period: asye.Since(at("2026-11-20")), Reason: "sickness"})
		}),
		"registration.Store.Return": change(func(c call) error {
			return c.Registration.Return(ctx, c.by.scope, id(c), c.rec.version, at("2026-11-21"))
		}),
		"registration.Store.RemovePause": parted("pause", func(c call, year asye.EnrolmentID) error {
			return c.Registration.RemovePause(ctx, c.by.scope, year, c.rec.version, c.rec.id, "Because")
		}),
		"registration.Store.WorkFrom": change(func(c call) error {
			return c.Registration.WorkFrom(ctx, c.by.scope, id(c), c.rec.version, registration.Pattern{Period: asye.Since(at("2026-11-20")), Hours: 2000, FullTimeHours: 3700})
		}),
		"registration.Store.Extend": change(func(c call) error {
			return c.Registration.Extend(ctx, c.by.scope, id(c), c.rec.version, registration.Extension{Months: 1, Reason: "evidence", Approver: "A", ApprovedOn: at("2026-11-20")})
		}),
		"registration.Store.UndoExtension": parted("extension", func(c call, year asye.EnrolmentID) error {
			return c.Registration.UndoExtension(ctx, c.by.scope, year, c.rec.version, c.rec.id, "Because")
		}),
		"registration.Store.Allocate": change(func(c call) error {
			return c.Registration.Allocate(ctx, c.by.scope, id(c), c.rec.version, registration.Allocate{Team: "Court", AssessorName: "A", From: at("2026-11-20")})
		}),
		"registration.Store.Decide": change(func(c call) error {
			return c.Registration.Decide(ctx, c.by.scope, id(c), c.rec.version, registration.Outcome{Result: registration.ResultWithdrawn, DecidedOn: at("2026-11-20"), Reason: "health", Concerns: "no"})
		}),
		"registration.Store.Undo": change(func(c call) error { return c.Registration.Undo(ctx, c.by.scope, id(c), c.rec.version, "Because") }),
		"registration.Store.Leaving": change(func(c call) error {
			return c.Registration.Leaving(ctx, c.by.scope, id(c), c.rec.version, "", at("2026-12-05"))
		}),
		"registration.Store.Object": change(func(c call) error { return c.Registration.Object(ctx, c.by.scope, id(c), c.rec.version, "Because") }),
		"registration.Store.Cancel": change(func(c call) error { return c.Registration.Cancel(ctx, c.by.scope, id(c), c.rec.version) }),
	}
}

// parted asks about a part of a year.
func parted(kind string, do func(c call, year asye.EnrolmentID) error) question {
	return question{kind: kind, ask: func(c call) (any, error) { return nil, do(c, asye.EnrolmentID(c.rec.mark)) }}
}

// numberIn is the regulator's number in a record.
func (w *world) numberIn(rec record) string {
	number := ""
	_ = w.DB.QueryRow(ctx, `select coalesce(regulator_number, '') from nqsws where person_id = $1`, string(rec.person)).Scan(&number)
	if number == "" || w.count(`nqsws where regulator_number = $1`, number) > 1 {
		return "SW777777"
	}
	return number
}

func moveQuestions() map[string]question {
	return map[string]question{
		"registration.Store.Coordinators": {kind: "person", list: true, ask: func(c call) (any, error) { return c.Registration.Coordinators(ctx, c.by.scope) }},
		"registration.Store.Moves":        {kind: "claim", only: policy.Coordinator, list: true, ask: func(c call) (any, error) { return c.Registration.Moves(ctx, c.by.scope) }},
		"registration.Store.PastMoves":    {kind: "enrolment", only: policy.Coordinator, list: true, ask: func(c call) (any, error) { return c.Registration.PastMoves(ctx, c.by.scope) }},
		"registration.Store.MyClaim":      {kind: "claim", only: policy.Coordinator, ask: func(c call) (any, error) { return c.Registration.MyClaim(ctx, c.by.scope, c.rec.id) }},
		"registration.Store.Claim": {kind: "enrolment", only: policy.Coordinator, list: true, ask: func(c call) (any, error) {
			err := c.Registration.Claim(ctx, c.by.scope, registration.Wanted{Number: registration.Number(c.numberIn(c.rec)), DateOfBirth: at("1971-01-01"), JoinsOn: at("2026-12-01")})
			var ours registration.Ours
			if errors.As(err, &ours) || err == nil {
				return c.rec.mark, nil
			}
			if fault.ProblemsOf(err) != nil {
				return nil, nil // what is said of a claim that matches nobody
			}
			return nil, err
		}},
		"registration.Store.CorrectClaim": {kind: "claim", only: policy.Coordinator, ask: func(c call) (any, error) {
			return nil, c.Registration.CorrectClaim(ctx, c.by.scope, c.rec.id, c.rec.version, at("2026-12-03"))
		}},
		"registration.Store.TakeBackClaim": {kind: "claim", only: policy.Coordinator, ask: func(c call) (any, error) {
			return nil, c.Registration.TakeBackClaim(ctx, c.by.scope, c.rec.id, c.rec.version)
		}},
		"registration.Store.Confirm": {kind: "claim", only: policy.NQSW, ask: func(c call) (any, error) { return nil, c.Registration.Confirm(ctx, c.by.scope, c.rec.id) }},
		"registration.Store.Deny":    {kind: "claim", only: policy.NQSW, ask: func(c call) (any, error) { return nil, c.Registration.Deny(ctx, c.by.scope, c.rec.id, "Because") }},
		"registration.Store.Disputes": {kind: "dispute", list: true, ask: func(c call) (any, error) {
			return c.Registration.Disputes(ctx, c.by.scope)
		}},
		"registration.Store.Dispute": {kind: "dispute", ask: func(c call) (any, error) { return c.Registration.Dispute(ctx, c.by.scope, c.rec.id) }},
		"registration.Store.Rule": {kind: "dispute", ask: func(c call) (any, error) {
			return nil, c.Registration.Rule(ctx, c.by.scope, c.rec.id, c.rec.version, registration.Ruling{Why: "Because"})
		}},
		"registration.Store.Twins": {kind: "pair", list: true, ask: func(c call) (any, error) { return c.Registration.Twins(ctx, c.by.scope) }},
		"registration.Store.Twin":  {kind: "pair", ask: func(c call) (any, error) { return c.Registration.Twin(ctx, c.by.scope, c.rec.id) }},
		"registration.Store.Judge": {kind: "pair", ask: func(c call) (any, error) {
			return nil, c.Registration.Judge(ctx, c.by.scope, c.rec.id, false, "Because")
		}},
		"registration.Store.JudgeMistake": {kind: "pair", ask: func(c call) (any, error) {
			return nil, c.Registration.JudgeMistake(ctx, c.by.scope, c.rec.id, "Because")
		}},
		"platform/journey.Store.Get": {kind: "draft", list: true, free: true, ask: func(c call) (any, error) {
			d, _, err := c.Drafts.Get(ctx, c.by.scope, c.rec.name(), c.rec.subject())
			return d.Answers, err
		}},
		"platform/journey.Store.List": {kind: "draft", list: true, free: true, ask: func(c call) (any, error) {
			all, err := c.Drafts.List(ctx, c.by.scope)
			return yes(c, err == nil && len(all) > 0 && c.rec.person == c.by.scope.Person(), err)
		}},
		"platform/journey.Store.Save": {kind: "draft", new: true, free: true, ask: func(c call) (any, error) {
			return nil, c.Drafts.Save(ctx, c.by.scope, journey.Draft{Journey: "register", Answers: journey.Answers{}})
		}},
		"platform/journey.Store.Discard": {kind: "draft", list: true, free: true, ask: func(c call) (any, error) {
			err := c.Drafts.Discard(ctx, c.by.scope, c.rec.name(), c.rec.subject())
			return yes(c, c.count(`journey_drafts where person_id = $1`, string(c.rec.person)) == 0 && c.rec.person != "", err)
		}},
	}
}
