package roster

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"unicode/utf8"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Store finds things in a database.
type Store struct{ db *db.DB }

// NewStore finds things in a database.
func NewStore(d *db.DB) *Store { return &Store{d} }

// Organisation is an employer, or the national body, by name.
type Organisation struct {
	ID   asye.OrganisationID
	Code string
	Name string
	Type string
}

const organisationColumns = `select id, code, name, type from organisations`

func scanOrganisation(rows interface{ Scan(...any) error }) (o Organisation, err error) {
	return o, rows.Scan(&o.ID, &o.Code, &o.Name, &o.Type)
}

// Employers lists the employers that are open on a day, by name.
func (s *Store) Employers(ctx context.Context, day asye.Date) ([]Organisation, error) {
	rows, err := s.db.Query(ctx, organisationColumns+`
		where type <> 'national' and opened_on <= $1 and (closed_on is null or closed_on > $1) order by name, id`, day)
	return db.Rows(rows, err, func(rows *sql.Rows) (Organisation, error) { return scanOrganisation(rows) })
}

// Employer finds an organisation by its code; NotFound names the code.
func (s *Store) Employer(ctx context.Context, code string) (Organisation, error) {
	o, err := scanOrganisation(s.db.QueryRow(ctx, organisationColumns+` where lower(code) = lower($1)`, code))
	if errors.Is(err, sql.ErrNoRows) {
		return o, fault.New(fault.NotFound, "There is no employer with the code %q. List them with: asye employers", code)
	}
	return o, err
}

// Registered is a registration as the national team looks it up: enough to say
// whose it is, and whom to ask.
type Registered struct {
	Reference string
	Name      string
	Number    string
	Org       asye.OrganisationID
	Employer  string
	Contact   Contact // of the employer
	Cohort    asye.Cohort
	StartsOn  asye.Date
	EndsOn    asye.Date
}

// Contact is whom to ask at an employer; empty parts are not known.
type Contact struct{ Name, Email, Phone string }

// ShortestName is how many letters of a name one must know to look it up.
const ShortestName = 3

// MostFound is how many registrations a look-up gives at most.
const MostFound = 50

// Find looks a registration up across employers, by its reference, by the
// regulator's number, or by part of the NQSW's name, from [ShortestName] letters
// on. It gives [MostFound] at most. Only the national team may.
func (s *Store) Find(ctx context.Context, scope tenant.Scope, text string) ([]Registered, error) {
	if scope.Role() != asye.National {
		return nil, fault.New(fault.Forbidden, "Only the national team can look across employers")
	}
	name := strings.Join(strings.Fields(asye.Fold(strings.ReplaceAll(text, ",", " "))), " ")
	if utf8.RuneCountInString(name) < ShortestName {
		name = "\x01" // which no name holds
	}
	rows, err := s.db.Query(ctx, `
		select e.reference, p.given_name || ' ' || p.family_name, coalesce(n.regulator_number, ''), o.id, o.name,
			o.contact_name, o.contact_email, o.contact_phone, e.cohort, e.starts_on, e.ends_on
		from enrolments e
		join people p on p.id = e.person_id
		join nqsws n on n.person_id = e.person_id
		join organisations o on o.id = e.org_id
		where e.reference = upper($1) or n.regulator_number = upper($1)
			or p.search_text like $2 escape '\' or p.sort_name like $2 escape '\'
		order by e.starts_on desc, e.id limit $3`, strings.ReplaceAll(text, " ", ""), "%"+likeable.Replace(name)+"%", MostFound)
	return db.Rows(rows, err, func(rows *sql.Rows) (r Registered, err error) {
		return r, rows.Scan(&r.Reference, &r.Name, &r.Number, &r.Org, &r.Employer,
			&r.Contact.Name, &r.Contact.Email, &r.Contact.Phone, &r.Cohort, &r.StartsOn, &r.EndsOn)
	})
}

// likeable takes what LIKE reads as a wildcard for what it is.
var likeable = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// LiveSessions counts the sessions that have been used since an instant, for the
// service's own metrics; anybody else is Forbidden. It says nothing of whose
// they are.
func (s *Store) LiveSessions(ctx context.Context, scope tenant.Scope, since asye.Instant) (int, error) {
	if scope.Actor() != tenant.BySystem {
		return 0, fault.New(fault.Forbidden, "Only the service itself counts sessions")
	}
	n := 0
	err := s.db.QueryRow(ctx, `select count(*) from sessions where expires_at > $1 and last_seen_at > $2`,
		s.db.Clock().Now(), since).Scan(&n)
	return n, err
}
