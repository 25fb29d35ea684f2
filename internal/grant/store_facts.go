package grant

import (
	"context"
	"database/sql"
	"encoding/json"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/programme"
)

// person is the facts of one registration, with the names beside them.
type person struct {
	facts   Facts
	given   string
	family  string
	number  string
	org     asye.OrganisationID // with whom the registration is now
	orgName string
	orgCode string
	orgType asye.EmployerType
}

// concerned are the registrations that are, or were, with an employer, or of
// which it has claimed; every one where $1 is empty. With $2 only those of
// somebody for whom a payment stands.
const concerned = `
	(not $2 or exists (select 1 from grant_lines g where (g.person_id = e.person_id or g.enrolment_id = e.id) and g.standing)) and
	($1 = '' or e.org_id = $1 or exists (select 1 from grant_lines g where g.enrolment_id = e.id and g.org_id = $1 and g.payment <> 'signed')
		or exists (select 1 from employments m where m.person_id = e.person_id and m.org_id = $1
		and (m.ends_on is null or m.ends_on > e.starts_on) and (e.ends_on is null or m.starts_on < e.ends_on)))`

// people reads the registrations that are, or were, with an employer, by name:
// one question for each kind of fact, however many there are.
func (s *Store) people(ctx context.Context, q db.Queryer, of reach) ([]*person, error) {
	rows, err := q.Query(ctx, `
		select e.id, e.person_id, e.reference, e.programme, e.starts_on, e.ends_on, e.due_on, e.funded, coalesce(x.result, ''), x.decided_on,
			coalesce(x.reason, '') = 'registered-by-mistake',
			exists (select 1 from duplicates d where d.decision = '' and (d.person_id = e.person_id or d.other_id = e.person_id)), v.evidence, p.given_name, p.family_name, coalesce(n.regulator_number, ''), e.org_id, o.name, o.code, o.type
		from enrolments e
		join people p on p.id = e.person_id
		join nqsws n on n.person_id = e.person_id
		join organisations o on o.id = e.org_id
		left join outcomes x on x.enrolment_id = e.id and x.undone_at is null
		left join eligibility_evidence v on v.enrolment_id = e.id
		where `+concerned+` order by p.sort_name, e.starts_on, e.id`, of.args()...)
	people, err := db.Rows(rows, err, scanPerson)
	if err != nil {
		return nil, err
	}
	byYear, byPerson := map[asye.EnrolmentID]*person{}, map[asye.PersonID][]*person{}
	for _, p := range people {
		byYear[p.facts.Enrolment] = p
		byPerson[p.facts.Person] = append(byPerson[p.facts.Person], p)
	}
	for _, part := range []func(context.Context, db.Queryer, reach, index) error{stays, pauses, checks, standing, granted} {
		if err := part(ctx, q, of, index{byYear, byPerson}); err != nil {
			return nil, err
		}
	}
	return people, nil
}

// index finds who a row of the database is about.
type index struct {
	years  map[asye.EnrolmentID]*person
	people map[asye.PersonID][]*person
}

func scanPerson(rows *sql.Rows) (*person, error) {
	p := &person{}
	f := &p.facts
	var evidence []byte
	if err := rows.Scan(&f.Enrolment, &f.Person, &f.Reference, &f.Programme, &f.Start, &f.Ended, &f.Due, &f.Funded, &f.Result, &f.Decided,
		&f.Mistaken, &f.Twin, &evidence, &p.given, &p.family, &p.number, &p.org, &p.orgName, &p.orgCode, &p.orgType); err != nil {
		return p, err
	}
	if !f.Funded {
		f.Unfunded = "By the answers about eligibility, nobody pays for this year"
	}
	if len(evidence) == 0 {
		return p, nil
	}
	var kept programme.Evidence
	if err := json.Unmarshal(evidence, &kept); err != nil {
		return p, err
	}
	for _, a := range kept.Answers {
		if a.Key == programme.AskAgency && a.Answer == string(programme.Yes) {
			f.Agency = true
		}
		if !f.Funded && a.Leads == programme.Unfunded && a.Reason != "" {
			f.Unfunded = a.Reason
		}
	}
	return p, nil
}

// stays are the employers of a year: those of the person while it ran.
func stays(ctx context.Context, q db.Queryer, of reach, in index) error {
	rows, err := q.Query(ctx, `
		select e.id, m.org_id, o.type, m.starts_on, m.ends_on
		from enrolments e join employments m on m.person_id = e.person_id join organisations o on o.id = m.org_id
		where (m.ends_on is null or m.ends_on > e.starts_on) and (e.ends_on is null or m.starts_on < e.ends_on) and `+concerned+`
		order by m.starts_on, m.id`, of.args()...)
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (s Stay, err error) {
		var id asye.EnrolmentID
		err = rows.Scan(&id, &s.Org, &s.Type, &s.Period.Start, &s.Period.End)
		if p := in.years[id]; p != nil {
			p.facts.Stays = append(p.facts.Stays, s)
		}
		return s, err
	})
	return err
}

func pauses(ctx context.Context, q db.Queryer, of reach, in index) error {
	rows, err := q.Query(ctx, `
		select u.enrolment_id, u.starts_on, u.ends_on from pauses u join enrolments e on e.id = u.enrolment_id
		where `+concerned+` order by u.starts_on`, of.args()...)
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (pause asye.Period, err error) {
		var id asye.EnrolmentID
		err = rows.Scan(&id, &pause.Start, &pause.End)
		if p := in.years[id]; p != nil {
			p.facts.Pauses = append(p.facts.Pauses, pause)
		}
		return pause, err
	})
	return err
}

// checks are the latest looks at the regulator's register.
func checks(ctx context.Context, q db.Queryer, of reach, in index) error {
	rows, err := q.Query(ctx, `
		select c.person_id, c.checked_on, c.result from register_checks c
		where exists (select 1 from enrolments e where e.person_id = c.person_id and `+concerned+`)
		order by c.checked_on, c.recorded_at, c.id`, of.args()...)
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (result string, err error) {
		var id asye.PersonID
		var on asye.Date
		err = rows.Scan(&id, &on, &result)
		for _, p := range in.people[id] {
			p.facts.CheckedOn, p.facts.CheckGood = on, result == "registered"
		}
		return result, err
	})
	return err
}

// standing are the claims that stand for somebody, whoever made them. When two
// records turn out to be one person, a year moves to the other record and its
// payments, which never change, are found by the year.
func standing(ctx context.Context, q db.Queryer, of reach, in index) error {
	rows, err := q.Query(ctx, `
		select l.id, l.enrolment_id, coalesce(y.person_id, l.person_id), l.programme, l.milestone, l.scheme, l.org_id, l.payment, l.recovery, l.event_on, l.pence
		from grant_lines l join grant_claims c on c.id = l.claim_id left join enrolments y on y.id = l.enrolment_id
		where l.standing and exists (select 1 from enrolments e where e.person_id = coalesce(y.person_id, l.person_id) and `+concerned+`)
		order by c.submitted_at, l.id`, of.args()...)
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (s Standing, err error) {
		var person asye.PersonID
		var programme, payment, recovery string
		err = rows.Scan(&s.ID, &s.Enrolment, &person, &programme, &s.Milestone, &s.Scheme, &s.Org, &payment, &recovery, &s.On, &s.Pence)
		s.State, s.Accepted = Claimed, payment == "accepted" || payment == "paid"
		if payment == "paid" {
			s.State = Paid
		}
		if recovery != "" {
			s.State = Recover
		}
		for _, p := range in.people[person] {
			if p.facts.Programme == programme {
				p.facts.Standing = append(p.facts.Standing, s)
			}
		}
		return s, err
	})
	return err
}

// granted are the deadlines that an employer was let off.
func granted(ctx context.Context, q db.Queryer, of reach, in index) error {
	rows, err := q.Query(ctx, `
		select r.enrolment_id, r.milestone from grant_late_requests r where r.answer = 'granted' and ($1 = '' or r.org_id = $1)`, string(of.org))
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (milestone string, err error) {
		var id asye.EnrolmentID
		err = rows.Scan(&id, &milestone)
		if p := in.years[id]; p != nil {
			p.facts.Late = append(p.facts.Late, milestone)
		}
		return milestone, err
	})
	return err
}
