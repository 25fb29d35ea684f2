package matrix

import (
	"net/url"
	"strings"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/held"
	"example.org/asye/internal/account/tries"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/onetime"
	"example.org/asye/internal/platform/password"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns/columnstest"
)

// happen lets something happen in a year, so that its pages have something to
// show.
func (w *world) happen(rec *record, by tenant.Scope, state string) {
	id := asye.EnrolmentID(rec.id)
	rec.state = state
	next := func() int { return w.version(rec.id) }
	switch state {
	case "paused":
		w.must(w.Registration.Extend(ctx, by, id, next(), registration.Extension{Months: 1, Reason: "evidence", Note: "NoteExtension",
			Approver: "Approver" + rec.mark, ApprovedOn: at("2026-11-02")}))
		w.must(w.Registration.Pause(ctx, by, id, next(), registration.Pause{Period: asye.Since(at("2026-11-05")), Reason: "sickness", Note: "NotePause"}))
		w.must(w.Registration.CheckRegister(ctx, by, id, registration.RegisterCheck{Number: "SW1234", CheckedOn: at("2026-11-05"),
			Result: "registered", RegisteredName: "Registered" + rec.mark, Source: "simulator"}))
		w.parts(rec, "pause", `select id from pauses where enrolment_id = $1`)
		w.parts(rec, "extension", `select id from extensions where enrolment_id = $1`)
	case "claimed":
		w.claim(rec, claimant(by))
	case "reported":
		w.must(w.Registration.Leaving(ctx, by, id, next(), "", at("2026-12-01")))
	case "ended":
		w.must(w.Registration.Decide(ctx, by, id, next(), registration.Outcome{Result: registration.ResultWithdrawn, DecidedOn: at("2026-11-20"),
			Reason: "health", Concerns: "yes", Note: "NoteOutcome"}))
	}
}

// claimant is who claims an NQSW: somebody of another employer, and not of that
// which readers work for.
func claimant(by tenant.Scope) tenant.Scope {
	if by.Org() == employerB {
		return cat
	}
	return bea
}

func (w *world) claim(rec *record, by tenant.Scope) {
	var number registration.Number
	var born asye.Date
	w.must(w.DB.QueryRow(ctx, `select regulator_number, date_of_birth from nqsws where person_id = $1`, string(rec.person)).Scan(&number, &born))
	w.must(w.Registration.Claim(ctx, by, registration.Wanted{Number: number, DateOfBirth: born, JoinsOn: at("2026-12-01")}))
	w.records = append(w.records, record{kind: "claim", id: w.transfer(rec.id), state: "claimed", mark: rec.mark, person: rec.person,
		org: by.Org()})
}

func (w *world) transfer(enrolment string) (id string) {
	w.must(w.DB.QueryRow(ctx, `select id from transfers where enrolment_id = $1 order by recorded_at desc, id desc limit 1`, enrolment).Scan(&id))
	return id
}

// parts are what belongs to a year and has an identifier of its own.
func (w *world) parts(rec *record, kind, query string) {
	var id string
	w.must(w.DB.QueryRow(ctx, query, rec.id).Scan(&id))
	part := *rec
	part.kind, part.id, part.mark = kind, id, rec.id
	w.records = append(w.records, part)
}

// hand moves a year from one employer to another, whole.
func (w *world) hand(rec *record, from, to tenant.Scope) {
	id := asye.EnrolmentID(rec.id)
	w.must(w.Registration.Leaving(ctx, from, id, w.version(rec.id), to.Org(), at("2026-11-10")))
	var number registration.Number
	w.must(w.DB.QueryRow(ctx, `select regulator_number from nqsws where person_id = $1`, string(rec.person)).Scan(&number))
	var born asye.Date
	w.must(w.DB.QueryRow(ctx, `select date_of_birth from nqsws where person_id = $1`, string(rec.person)).Scan(&born))
	w.must(w.Registration.Claim(ctx, to, registration.Wanted{Number: number, DateOfBirth: born, JoinsOn: at("2026-11-10")}))
	w.must(w.Registration.Confirm(ctx, tenant.SignedIn(rec.person, from.Org(), asye.NQSW), w.transfer(rec.id)))
	h := w.people[rec.person]
	h.org, h.was, h.teams = to.Org(), []asye.OrganisationID{from.Org()}, nil
	for i, r := range w.records {
		if r.kind == "person" && r.person == rec.person {
			w.records[i].org, w.records[i].was, w.records[i].team, w.records[i].by = to.Org(), h.was, "", ""
		}
	}
}

// answer lets somebody answer the equality questions.
func (w *world) answer(mark string) {
	for _, r := range w.records {
		if r.kind == "enrolment" && r.mark == mark {
			w.must(w.Equality.Answer(ctx, tenant.SignedIn(r.person, r.org, asye.NQSW), equality.Answers{Sex: "female", GenderSame: "no",
				GenderIdentity: "Own words", EthnicGroup: "white", EthnicBackground: "white_other", EthnicDetail: "Own words", Disability: "yes"}))
		}
	}
}

// move lets years move: one that ann claims, one that is disputed between others,
// and one of nora's that waits for her word.
func (w *world) move() {
	for _, m := range []struct {
		mark  string
		by    tenant.Scope
		state string
	}{{"ClaimedByA", ann, "claimed"}, {"DisputedBC", cat, "disputed"}, {"ClaimedBC", cat, "claimed"}} {
		rec := w.enrol(bea, entry(100+len(w.records), m.mark, "Duty"), "")
		w.claim(rec, m.by)
		if m.state == "disputed" {
			w.must(w.Registration.Object(ctx, bea, asye.EnrolmentID(rec.id), w.version(rec.id), "NoteDispute"))
			dispute := w.records[len(w.records)-1]
			dispute.kind, dispute.state = "dispute", "disputed"
			w.records = append(w.records, dispute)
		}
	}
	for i, r := range w.records {
		if r.kind == "enrolment" && r.mark == "NoraSelf" {
			w.must(w.Registration.Leaving(ctx, ann, asye.EnrolmentID(r.id), w.version(r.id), employerB, at("2026-12-01")))
			w.claim(&r, bea)
			w.records[i].state = "agreed"
			own := r
			own.kind, own.id, own.state = "move", w.transfer(r.id), "agreed"
			w.records = append(w.records, own)
		}
	}
	w.pair()
}

// pair registers records that may be one person, with two employers: one pair
// of others, and one of which ann's employer has a half.
func (w *world) pair() {
	for i, by := range []tenant.Scope{bea, ann} {
		one, other := entry(300+10*i, "PairOne"+last(by.Org()), "Court"), entry(301+10*i, "PairTwo"+last(by.Org()), "Court")
		other.Number = one.Number
		w.enrol(by, one, "")
		w.enrol(cat, other, "")
		var id string
		w.must(w.DB.QueryRow(ctx, `select id from duplicates order by found_at desc, id desc limit 1`).Scan(&id))
		w.records = append(w.records, record{kind: "pair", id: id, state: "open", mark: one.Identity.FamilyName, org: employerC})
	}
}

// last is the last letter of an organisation's identifier, by which it is told
// from others.
func last(org asye.OrganisationID) string { return strings.TrimPrefix(string(org), "organisation-") }

// gather makes what is neither a person nor a year: uploads, drafts, mail and
// jobs.
func (w *world) gather() {
	for i, by := range []tenant.Scope{ann, bea} {
		mark := "file" + last(by.Org())
		for n, state := range []string{"over", "waiting"} {
			sheet := columnstest.Sheet(w.t, columnstest.Person(400+10*i+n, "hours", "many"), columnstest.Person(405+10*i+n))
			sheet.File = mark + state + ".csv"
			up, err := w.Upload.Stage(ctx, by, sheet)
			w.must(err)
			if state == "over" {
				w.must(w.Upload.Discard(ctx, by, up.ID))
			}
			w.records = append(w.records, record{kind: "upload", id: up.ID, state: state, mark: sheet.File, org: by.Org()})
		}
	}
	for _, d := range []struct {
		who  tenant.Scope
		name string
		of   string
	}{{ann, "register", ""}, {ben, "register", ""}, {bea, "register", ""}, {tenant.SignedIn(w.nora, employerA, asye.NQSW), "equality", ""},
		{nat, "employer-ending", string(employerB)}} {
		w.must(w.Drafts.Save(ctx, d.who, journey.Draft{Journey: d.name, Subject: d.of, Answers: journey.Answers{
			"given_name": "Draft", "family_name": "Draft" + string(d.who.Person()), "_seen_person": "yes"}}))
		w.records = append(w.records, record{kind: "draft", id: d.name + " " + d.of, mark: "Draft" + string(d.who.Person()), person: d.who.Person(), org: d.who.Org()})
	}
	w.run(`insert into jobs (id, kind, payload, run_at, attempts, created_at, failed_at, last_error)
		values ('job-1', 'account.mail_link', '{"email":"jobpayload@example.org","next":"/home"}', '2026-11-20T00:00:00Z', 8, '2026-11-20T00:00:00Z',
			'2026-11-21T00:00:00Z', 'JobFailure')`)
	w.must(w.DB.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `insert into mail_outbox (id, recipient, subject, body, created_at, failed_at, attempts, next_at, last_error)
			values ('mail-1', 'recipient@example.org', 'MailSubject', 'MailBody', $1, $1, 12, $1, 'MailFailure')`, tx.Now())
		return err
	}))
	w.records = append(w.records, record{kind: "job", id: "job-1", mark: "JobFailure"}, record{kind: "message", id: "mail-1", mark: "MailSubject"})
}

// apps is what somebody's authenticator app was set up with, and will be.
type apps struct{ now, next onetime.Secret }

// equip gives everybody all that one can come in with.
func (w *world) equip() {
	now := w.DB.Clock().Now()
	for _, rec := range w.records {
		if rec.kind != "person" {
			continue
		}
		w.run(`insert into passkeys (id, person_id, credential_id, record, name, made_at) values ($1, $2, $3, '{"id":"AAAA"}', $4, $5)`,
			"passkey-"+rec.id, rec.id, "credential-"+rec.id, "Passkey of "+rec.id, now)
		w.people[rec.person].apps = apps{onetime.NewSecret(), onetime.NewSecret()}
		w.run(`insert into authenticators (person_id, secret, confirmed_at, pending, pending_at) values ($1, $2, $3, $4, $3)`,
			rec.id, string(w.people[rec.person].apps.now), now, string(w.people[rec.person].apps.next))
		w.run(`insert into passwords (person_id, hash, set_at) values ($1, $2, $3)`, rec.id, password.Dummy, now)
		w.run(`insert into printed_codes (code_hash, person_id, made_at) values ($1, $2, $3)`, "code-"+rec.id, rec.id, now)
		w.run(`insert into directory_accounts (id, person_id, issuer, subject, shown_as, connected_by, connected_at)
			values ($1, $2, 'https://directory.example.org', $3, $4, 'person', $5)`, "link-"+rec.id, rec.id, "subject-"+rec.id, rec.id+"@directory.example.org", now)
		w.records = append(w.records, record{kind: "passkey", id: "passkey-" + rec.id, mark: "Passkey of " + rec.id, person: rec.person, org: rec.org, was: rec.was},
			record{kind: "link", id: "link-" + rec.id, mark: rec.id + "@directory.example.org", person: rec.person, org: rec.org, was: rec.was})
	}
	soon := now.Add(time.Hour)
	w.run(`insert into half_sign_ins (token_hash, person_id, org_id, way, device, next, expires_at) values ('half-of-ben-and-long', 'staff-ben', $1, 'link', 'Device', '/home', $2)`,
		string(employerA), soon)
	w.run(`insert into mailed_codes (session_id, person_id, code_hash, made_at, expires_at) values ('session-of-ben', 'staff-ben', 'mailed-code-of-ben', $1, $2)`, now, soon)
	w.run(`insert into passkey_requests (id, purpose, person_id, by_hash, ceremony, expires_at) values ('request', 'prove', 'staff-ben', 'hash-of-whoever-asks', 'ceremony-of-ben-here', $1)`, soon)
	_, err := w.Held.ForSession(ctx, held.Form{Person: "staff-ben", Action: "/home", Page: "/home", Fields: url.Values{"note": {"typed"}}})
	w.must(err)
	w.must(w.Account.AskForLink(ctx, account.Asked{Email: "asks@example.org", Client: "192.0.2.1"}))
	_, err = w.Tries.May(ctx, tries.Try{Door: tries.Second, Subject: "staff-ben", Client: "192.0.2.1"})
	w.must(err)
	w.run(`insert into directory_visits (state_hash, ended_at) values ('visit-that-has-ended', $1)`, now)
	w.run(`insert into setup_codes (code_hash, made_at, expires_at) values ('setup-code-of-long-ago', $1, $1)`, now)
	w.run(`insert into form_tokens (token, spent_at, location) values ('token-of-a-form-that-was-sent', $1, '/home')`, now)
	w.run(`update uploads set left_out = '[]' where status <> 'checked'`)
	w.run(`insert into backups (id, way, state, place, started_at, ended_at) values ('backup-1', 'asked', 'good', '/backups/one', $1, $1)`, now)
}

// signIn lets every reader in, and then takes away what some of them had. Who
// has left can still sign in, to read how the year ended.
func (w *world) signIn() {
	w.run(`update memberships set ends_on = null where person_id = $1`, string(w.year1("MineEnded").person))
	for _, r := range []struct {
		name string
		is   policy.Reader
		id   asye.PersonID
		role asye.Role
	}{
		{"NQSW", policy.NQSW, w.nora, asye.NQSW},
		{"NQSW whose year is paused", policy.NQSW, w.year1("MinePaused").person, asye.NQSW},
		{"NQSW who has left", policy.NQSW, w.year1("MineEnded").person, asye.NQSW}, {"coordinator", policy.Coordinator, "staff-ann", asye.Coordinator},
		{"director", policy.Director, "staff-des", asye.Director},
		{"national team", policy.National, "staff-nat", asye.National}, {"analyst", policy.Analyst, "staff-lyn", asye.Analyst},
		{"administrator of an employer", policy.EmployerAdministrator, "staff-adi", asye.Administrator},
		{"administrator of the whole service", policy.ServiceAdministrator, "staff-ada", asye.Administrator},
		{"somebody whose role has ended", policy.Visitor, "staff-eve", asye.Coordinator}, {"somebody who is disabled", policy.Visitor, "staff-dan", asye.Coordinator},
	} {
		who := w.people[r.id]
		one := &reader{name: r.name, is: r.is, who: who, scope: tenant.SignedIn(r.id, who.org, r.role), cookie: w.session(r.id)}
		w.readers = append(w.readers, one)
		w.run(`update sessions set device = $1 where person_id = $2`, "Device of "+string(r.id), string(r.id))
		var id string
		w.must(w.DB.QueryRow(ctx, `select id from sessions where person_id = $1`, string(r.id)).Scan(&id))
		w.records = append(w.records, record{kind: "session", id: id, mark: "Device of " + string(r.id), person: r.id, org: who.org})
	}
	w.readers = append([]*reader{{name: "somebody who has not signed in", is: policy.Visitor, scope: tenant.Nobody()}}, w.readers...)
	w.run(`update memberships set ends_on = '2026-11-22' where person_id = 'staff-eve'`)
	w.run(`update people set disabled_at = '2026-11-22T00:00:00Z', disabled_in = 'organisation-nat' where id = 'staff-dan'`)
	for i, rec := range w.records {
		if rec.kind == "person" && rec.id == "staff-eve" {
			w.records[i].was, w.records[i].org = []asye.OrganisationID{employerA}, ""
		}
	}
	w.must(w.Rights.Hold(ctx, tenant.SignedIn("staff-ada", employerNat, asye.Administrator), "staff-gil", "HoldReason"))
	for i, rec := range w.records {
		if rec.kind == "person" {
			w.records[i].state, w.records[i].grant = w.standing(rec)
		}
	}
	w.versions()
	w.equip()
}

// standing is what somebody is here, and a role of theirs as a form names it.
func (w *world) standing(rec record) (state, grant string) {
	rows, err := w.DB.Query(ctx, `select role, org_id, case when ends_on is null then 'open' else 'ended' end from memberships
		where person_id = $1 order by ends_on nulls first, id`, rec.id)
	w.must(err)
	defer rows.Close()
	for rows.Next() {
		var role, org, now string
		w.must(rows.Scan(&role, &org, &now))
		state += " " + role + " " + now
		if grant == "" {
			grant = role + "@" + org
		}
	}
	w.must(rows.Err())
	switch rec.id {
	case "staff-dan":
		state += " disabled"
	case "staff-gil":
		state += " held"
	case "staff-adi", "staff-ada":
		state = rec.id // who reads
	}
	if w.count(`enrolments where person_id = $1`, rec.id) == 0 {
		state += " without a year"
	}
	return state, grant
}

// versions notes the version of every record that has one, as a page would carry
// it.
func (w *world) versions() {
	tables := map[string]string{"enrolment": "enrolments", "claim": "transfers", "dispute": "transfers", "move": "transfers",
		"person": "people", "org": "organisations", "upload": "uploads"}
	for i, rec := range w.records {
		id := rec.id
		if rec.kind == "pause" || rec.kind == "extension" {
			rec.kind, id = "enrolment", rec.mark
		}
		if table := tables[rec.kind]; table != "" {
			w.must(w.DB.QueryRow(ctx, `select version from `+table+` where id = $1`, id).Scan(&w.records[i].version))
		}
	}
}
