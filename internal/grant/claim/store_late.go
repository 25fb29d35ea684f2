package claim

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// LateRequest asks to claim what missed its deadline.
type LateRequest struct {
	ID        string
	Org       asye.OrganisationID
	OrgName   string
	Enrolment asye.EnrolmentID
	Reference string
	Name      string
	Scheme    string
	Milestone string
	Reason    string
	AskedAt   asye.Instant
	Answer    string // granted or refused; empty while there is none
	AnswerWhy string
	Version   int
}

// AskLate asks the funder for a payment that missed its deadline (GRA-28).
func (s *Store) AskLate(ctx context.Context, scope tenant.Scope, k Key, reason string) error {
	if err := access.Claiming.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	var bad fault.Problems
	bad.If(reason == "", "reason", "Write why the deadline was missed: the funder decides on it")
	bad.If(len([]rune(reason)) > 500, "reason", "The reason must be 500 characters or fewer")
	if err := bad.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		rows, err := s.due.Within(ctx, tx, scope)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(rows, func(r grant.Row) bool { return Key{r.Facts.Enrolment, r.Milestone.Key} == k && r.MissedDeadline() })
		if at < 0 {
			return fault.New(fault.NotFound, "There is no such payment that missed its deadline, or the scheme takes no late claims")
		}
		id := tx.NewID()
		_, err = tx.Exec(ctx, `
			insert into grant_late_requests (id, org_id, enrolment_id, scheme, milestone, reason, person_id, asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			id, string(scope.Org()), string(k.Enrolment), rows[at].Scheme.Key, k.Milestone, reason, string(scope.Person()), tx.Now())
		if errors.Is(err, db.ErrDuplicate) {
			return fault.New(fault.Conflict, "You have asked for this payment already. The answer will be here")
		}
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "claim.late asked", Kind: "late_request", ID: id, Reason: reason, After: map[string]any{"payment": k}})
	})
}

const lateColumns = `
	select r.id, r.org_id, o.name, r.enrolment_id, e.reference, p.given_name || ' ' || p.family_name, r.scheme, r.milestone, r.reason, r.asked_at,
		r.answer, r.answer_why, r.version
	from grant_late_requests r join organisations o on o.id = r.org_id join enrolments e on e.id = r.enrolment_id join people p on p.id = e.person_id`

func scanLate(rows *sql.Rows) (r LateRequest, err error) {
	return r, rows.Scan(&r.ID, &r.Org, &r.OrgName, &r.Enrolment, &r.Reference, &r.Name, &r.Scheme, &r.Milestone, &r.Reason, &r.AskedAt,
		&r.Answer, &r.AnswerWhy, &r.Version)
}

// Late lists what the employer at work has asked for late, the latest first.
func (s *Store) Late(ctx context.Context, scope tenant.Scope) ([]LateRequest, error) {
	if err := access.Claims.Ask(scope, policy.SameEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, lateColumns+` where r.org_id = $1 order by r.asked_at desc, r.id`, string(scope.Org()))
	return db.Rows(rows, err, scanLate)
}

// LateWaiting lists the requests that wait for an answer, the earliest first.
func (s *Store) LateWaiting(ctx context.Context, scope tenant.Scope) ([]LateRequest, error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, lateColumns+` where r.answer = '' order by r.asked_at, r.id`)
	return db.Rows(rows, err, scanLate)
}

// LateRequest is one request, answered or not: for the funder.
func (s *Store) LateRequest(ctx context.Context, scope tenant.Scope, id string) (LateRequest, error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return LateRequest{}, err
	}
	rows, err := s.db.Query(ctx, lateColumns+` where r.id = $1`, id)
	all, err := db.Rows(rows, err, scanLate)
	if err != nil || len(all) == 0 {
		return LateRequest{}, orNone(err, "request to claim late")
	}
	return all[0], nil
}

// AnswerLate grants a request or refuses it, with the reason.
func (s *Store) AnswerLate(ctx context.Context, scope tenant.Scope, id string, seen int, granted bool, why string) error {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	var bad fault.Problems
	bad.If(why == "", "why", "Write why: the employer will read it")
	bad.If(len([]rune(why)) > 500, "why", "The reason must be 500 characters or fewer")
	if err := bad.Err(); err != nil {
		return err
	}
	answer := "refused"
	if granted {
		answer = "granted"
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := db.MustAffectOne(tx.Exec(ctx, `
			update grant_late_requests set answer = $3, answer_why = $4, answered_at = $5, version = version + 1 where id = $1 and version = $2 and answer = ''`,
			id, seen, answer, why, tx.Now())); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "claim.late " + answer, Kind: "late_request", ID: id, Reason: why})
	})
}
