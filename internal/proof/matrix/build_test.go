package matrix

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

var errUndo = errors.New("nothing of it is kept")

var tokenIn = regexp.MustCompile(`token=([A-Za-z0-9_-]+)`)

func tokenOf(link string) string {
	if found := tokenIn.FindStringSubmatch(link); found != nil {
		return found[1]
	}
	return ""
}

var at = asye.MustDate

// The organisations: three employers, one that has closed, and the national body.
const (
	employerA   = asye.OrganisationID("organisation-a")
	employerB   = asye.OrganisationID("organisation-b")
	employerC   = asye.OrganisationID("organisation-c")
	employerZ   = asye.OrganisationID("organisation-z")
	employerNat = asye.OrganisationID("organisation-nat")
)

// The coordinators of the three employers, and the national team.
var (
	ann = tenant.SignedIn("staff-ann", employerA, asye.Coordinator)
	ben = tenant.SignedIn("staff-ben", employerA, asye.Coordinator)
	bea = tenant.SignedIn("staff-bea", employerB, asye.Coordinator)
	cat = tenant.SignedIn("staff-cat", employerC, asye.Coordinator)
	nat = tenant.SignedIn("staff-nat", employerNat, asye.National)
)

// employ makes three employers and the national body.
func (w *world) employ() {
	for _, o := range []struct {
		id               asye.OrganisationID
		code, name, kind string
	}{{employerA, "301", "Ashford", "local_authority"}, {employerB, "302", "Barnwell", "local_authority"},
		{employerC, "303", "Corbridge", "local_authority"}, {employerZ, "304", "Zeal", "local_authority"},
		{employerNat, "NAT", "Nationalbody", "national"}} {
		w.run(`insert into organisations (id, code, name, type, opened_on, search_text, contact_name, contact_email, contact_phone,
				director_name, director_email)
			values ($1, $2, $3, $4, '2000-01-01', $5, $6, $7, '020 7946 0001', $8, $9)`,
			string(o.id), o.code, o.name, o.kind, strings.ToLower(o.code+" "+o.name), "Contact"+o.name,
			"contact@"+strings.ToLower(o.name)+".example.org", "Director"+o.name, "director@"+strings.ToLower(o.name)+".example.org")
		rec := record{kind: "org", id: string(o.id), state: "open", mark: "Contact" + o.name, org: o.id}
		if o.id == employerZ {
			rec.state = "closed"
		}
		w.records = append(w.records, rec)
	}
	w.run(`update organisations set closed_on = '2026-11-01' where id = $1`, string(employerZ))
	w.run(`update organisations set director_email = 'Gil@work.example.org' where id = $1`, string(employerA)) // who has no role there now
}

// post is one role of somebody who works.
type post struct {
	org  asye.OrganisationID
	role asye.Role
	ends string // empty while it goes on
}

// hire puts those on record who work for an employer or the national body.
func (w *world) hire() {
	for _, p := range []struct {
		name  string
		posts []post
	}{
		{"ann", []post{{employerA, asye.Coordinator, ""}}}, {"ben", []post{{employerA, asye.Coordinator, ""}}},
		{"bea", []post{{employerB, asye.Coordinator, ""}}}, {"cat", []post{{employerC, asye.Coordinator, ""}}},
		{"nat", []post{{employerNat, asye.National, ""}}}, {"lyn", []post{{employerNat, asye.Analyst, ""}}},
		{"adi", []post{{employerA, asye.Administrator, ""}}}, {"ada", []post{{employerNat, asye.Administrator, ""}}},
		{"adb", []post{{employerB, asye.Administrator, ""}}}, {"eve", []post{{employerA, asye.Coordinator, ""}}},
		{"dan", []post{{employerA, asye.Coordinator, ""}}},
		{"ola", []post{{employerA, asye.Coordinator, "2026-06-01"}, {employerB, asye.Coordinator, ""}}},
		{"gil", []post{{employerA, asye.Coordinator, "2026-06-01"}}},
		{"des", []post{{employerA, asye.Director, ""}}}, {"dot", []post{{employerB, asye.Director, ""}}},
	} {
		w.person(p.name, p.posts)
	}
	w.people[ann.Person()].teams, w.people[ben.Person()].teams = []string{"Duty"}, []string{"Duty", "Court"}
}

func (w *world) person(name string, posts []post) {
	id, mark := asye.PersonID("staff-"+name), "Staff"+name
	w.run(`insert into people (id, given_name, family_name, email, sort_name, search_text, created_at)
		values ($1, 'Co', $2, $3, $4, $5, '2026-01-01T00:00:00Z')`, string(id), mark, name+"@work.example.org",
		asye.Fold(mark+" co"), asye.Fold("co "+mark))
	h := &human{id: id, works: true}
	for i, p := range posts {
		var ends any
		if p.ends != "" {
			ends, h.was = p.ends, append(h.was, p.org)
		} else {
			h.org = p.org
		}
		w.run(`insert into memberships (id, person_id, org_id, role, starts_on, ends_on) values ($1, $2, $3, $4, '2020-01-01', $5)`,
			"m-"+string(id)+strconv.Itoa(i), string(id), string(p.org), string(p.role), ends)
	}
	w.people[id] = h
	w.records = append(w.records, record{kind: "person", id: string(id), mark: mark, person: id, org: h.org, was: h.was})
}

// states are what can have happened to a year, so that each page has one about
// which it makes sense.
var states = []string{"running", "paused", "claimed", "reported", "ended", "overdue"}

// relations in which ann, who coordinates for a, stands to a year.
var yearRelations = []struct {
	in   policy.Relation
	by   tenant.Scope
	team string
}{
	{policy.MyPerson, ann, "Duty"}, {policy.EndedAssignment, ann, "Court"}, {policy.SameTeam, ben, "Duty"},
	{policy.SameEmployer, ben, "Court"}, {policy.FormerEmployer, ann, "Duty"}, {policy.OtherEmployer, bea, "Duty"},
}

// register registers somebody for each state in each relation, and three more:
// nora, who reads, and ann's and nat's own years of long ago.
func (w *world) register() {
	n := 0
	for _, in := range yearRelations {
		for _, state := range states {
			n++
			w.year(n, in.in, in.by, in.team, state)
		}
	}
	w.nora = w.enrol(ann, entry(n+1, "NoraSelf", "Duty"), "").person
	w.enrol(ben, entry(n+2, "AnnSelf", "Court"), ann.Person())
	w.enrol(bea, entry(n+3, "NatSelf", "Duty"), nat.Person())
	for _, mark := range []string{"NoraSelf", "MineRunning", "OtherRunning"} {
		w.answer(mark)
	}
}

func mark(in policy.Relation, state string) string {
	short := map[policy.Relation]string{policy.MyPerson: "Mine", policy.EndedAssignment: "Ended", policy.SameTeam: "Team",
		policy.SameEmployer: "Same", policy.FormerEmployer: "Former", policy.OtherEmployer: "Other"}[in]
	return short + strings.ToUpper(state[:1]) + state[1:]
}

func entry(n int, mark, team string) registration.Entry {
	return registrationtest.Entry(n, func(e *registration.Entry) {
		e.Identity = asye.Identity{GivenName: "Given", MiddleNames: "Middle", FamilyName: mark, Email: strings.ToLower(mark) + "@nqsw.example.org"}
		e.AddedToRegisterOn = at("2026-08-01")
		e.Team, e.AssessorName, e.AssessorEmail = team, "Assessor"+mark, "assessor."+strings.ToLower(mark)+"@work.example.org"
	})
}

func (w *world) year(n int, in policy.Relation, by tenant.Scope, team, state string) {
	e := entry(n, mark(in, state), team)
	if state == "overdue" {
		e.StartsOn, e.QualifiedYear, e.Eligibility.YearFinished = at("2025-10-01"), 2025, 2025
	}
	if state == "ended" {
		e.StartsOn = at("2026-05-01")
	}
	rec := w.enrol(by, e, "")
	switch in {
	case policy.EndedAssignment:
		w.must(w.Registration.Allocate(ctx, by, asye.EnrolmentID(rec.id), w.version(rec.id), registration.Allocate{Team: team,
			AssessorName: e.AssessorName, AssessorEmail: e.AssessorEmail, Coordinator: ben.Person(), From: at("2026-11-01")}))
		rec.by, rec.before = ben.Person(), []asye.PersonID{ann.Person()}
	case policy.FormerEmployer:
		w.hand(rec, by, bea)
		rec.org, rec.was, rec.team, rec.by, rec.before = employerB, []asye.OrganisationID{employerA}, "", "", []asye.PersonID{ann.Person()}
		by = bea
	case policy.SameTeam, policy.SameEmployer, policy.MyPerson:
		by = ann
	}
	w.happen(rec, by, state)
}

// enrol registers somebody, as themselves or as a person who is here already.
func (w *world) enrol(by tenant.Scope, e registration.Entry, as asye.PersonID) *record {
	added, err := w.Registration.Add(ctx, by, e)
	w.must(err)
	person := added.Person
	rec := record{kind: "enrolment", id: string(added.ID), mark: e.Identity.FamilyName, person: person, org: by.Org(), team: e.Team, by: by.Person()}
	if as != "" {
		w.runAs(person, as)
		w.people[person] = &human{id: person, org: by.Org()}
		w.records = append(w.records, record{kind: "person", id: string(person), mark: e.Identity.FamilyName, person: person, org: by.Org()})
		rec.person, rec.mark = as, added.Reference
	} else {
		w.people[person] = &human{id: person, org: by.Org(), teams: []string{e.Team}}
		w.records = append(w.records, record{kind: "person", id: string(person), mark: rec.mark, person: person, org: by.Org(), team: e.Team, by: by.Person()})
	}
	w.records = append(w.records, rec)
	return &w.records[len(w.records)-1]
}

// runAs makes a year that of somebody who works here.
func (w *world) runAs(person, as asye.PersonID) {
	w.run(`insert into nqsws (person_id, date_of_birth, regulator_number) values ($1, '1980-01-01', $2)`, string(as), "SW99"+strconv.Itoa(len(w.records)))
	for _, table := range []string{"employments", "enrolments"} {
		w.run(`update `+table+` set person_id = $1 where person_id = $2`, string(as), string(person))
	}
}

func (w *world) version(id string) int {
	n := 0
	w.must(w.DB.QueryRow(ctx, `select version from enrolments where id = $1`, id).Scan(&n))
	return n
}
