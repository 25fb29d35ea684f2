package registration

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/programme"
)

// Full is a registration with everything that a spreadsheet shows of it. It
// holds no answer to an equality question.
type Full struct {
	Row
	NQSW          NQSW
	AssessorEmail string
	AssessorFrom  asye.Date // the day from which the assessor is named
	HoursFrom     asye.Date // the day from which the hours count
	Answers       programme.Answers
}

const fullColumns = `,
	p.middle_names, n.date_of_birth, n.added_to_register_on, n.qualification, n.qualified_year, n.entry_route,
	n.entry_route_other, n.version,
	(select a.assessor_email from assessor_allocations a where a.enrolment_id = e.id
		and (a.ends_on is null or e.ends_on is not null) order by a.starts_on desc limit 1),
	(select a.starts_on from assessor_allocations a where a.enrolment_id = e.id
		and (a.ends_on is null or e.ends_on is not null) order by a.starts_on desc limit 1),
	(select w.starts_on from working_patterns w where w.enrolment_id = e.id order by w.starts_on desc limit 1),
	(select v.evidence from eligibility_evidence v where v.enrolment_id = e.id)`

// Each visits the registrations that a filter finds, whole and in its order,
// with the same projection that lists read; the filter's page is ignored. q is
// the database, or a transaction. The scope is one organisation; that of the
// system without one is every employer.
func (s *Store) Each(ctx context.Context, q db.Queryer, scope tenant.Scope, f Filter, visit func(Full) error) error {
	if err := within(scope); err != nil {
		return err
	}
	where, args := f.query(scope, s.today())
	if scope.Actor() == tenant.BySystem && scope.Org() == "" {
		where = strings.Replace(where, "e.org_id = $2", "$2 = ''", 1)
	}
	where = strings.ReplaceAll(where, "$1", s.dated("$1"))
	rows, err := q.Query(ctx, `select `+rowColumns+fullColumns+` from `+rowTables+statusTables+
		` where `+where+` order by `+f.order(), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		full, err := scanFull(rows)
		if err != nil {
			return err
		}
		if err := visit(full); err != nil {
			return err
		}
	}
	return rows.Err()
}

func scanFull(rows *sql.Rows) (Full, error) {
	var f Full
	var year sql.NullInt64
	var assessorEmail sql.NullString
	var evidence []byte
	n := &f.NQSW
	row, err := scanRow(rows, &n.Identity.MiddleNames, &n.DateOfBirth, &n.AddedToRegisterOn, &n.Qualification, &year,
		&n.EntryRoute, &n.EntryRouteOther, &n.Version, &assessorEmail, &f.AssessorFrom, &f.HoursFrom, &evidence)
	if err != nil {
		return f, err
	}
	f.Row, f.AssessorEmail = row, assessorEmail.String
	n.Person, n.Number, n.QualifiedYear = row.Person, row.Number, int(year.Int64)
	n.Identity.GivenName, n.Identity.FamilyName, n.Identity.Email = row.GivenName, row.FamilyName, row.Email
	if len(evidence) == 0 {
		return f, nil
	}
	var kept programme.Evidence
	if err := json.Unmarshal(evidence, &kept); err != nil {
		return f, err
	}
	f.Answers = answersOf(kept)
	return f, nil
}

// answersOf reads answers back from the evidence of them.
func answersOf(kept programme.Evidence) programme.Answers {
	a := programme.Answers{Start: kept.Start}
	for _, one := range kept.Answers {
		given := programme.Answer(one.Answer)
		switch one.Key {
		case programme.AskRegistered:
			a.Registered = given
		case programme.AskCurrent:
			a.Current = given
		case programme.AskSector:
			a.InSector = given
		case programme.AskAgency:
			a.Agency = given
		case programme.AskFunded:
			a.AlreadyFunded = given
		case programme.AskQualified:
			if day, err := asye.ParseDate(one.Answer); err == nil {
				a.QualifiedOn = day
			} else if year, err := strconv.Atoi(one.Answer); err == nil {
				a.YearFinished = year
			}
		}
	}
	return a
}
