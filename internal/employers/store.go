package employers

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// OnMerge moves what belongs to one organisation to the one that came after it,
// as from a day and in the same transaction. It is called once for each
// organisation that merged or was renamed.
type OnMerge func(ctx context.Context, tx *db.Tx, scope tenant.Scope, from, to asye.OrganisationID, on asye.Date) error

// Store keeps organisations and their successions.
type Store struct {
	db      *db.DB
	onMerge OnMerge
}

// NewStore keeps organisations in a database. onMerge is told of every merger
// and rename; nil when nobody needs to know.
func NewStore(d *db.DB, onMerge OnMerge) *Store { return &Store{d, onMerge} }

// everywhere is the reach of a scope that may see every organisation.
const everywhere = ""

// reach is the one organisation that a scope may see, or everywhere (EMP-4). For
// those who may see none there is none.
func reach(scope tenant.Scope) (string, error) {
	if access.Employers.Ask(scope, policy.OtherEmployer) == nil && (scope.Actor() == tenant.ByPerson || scope.Org() == "") {
		return everywhere, nil
	}
	if access.Employers.Ask(scope, policy.SameEmployer) != nil {
		return "", fault.New(fault.NotFound, "There is no employer here that you can see")
	}
	return string(scope.Org()), nil
}

// manages refuses all but the national team and the program itself.
func manages(scope tenant.Scope) error {
	if scope.Role() == asye.National || scope.Actor() == tenant.BySystem {
		return nil
	}
	return fault.New(fault.Forbidden, "Only the national team can add, close or merge employers")
}

const columns = `id, code, name, type, region, ons_code, opened_on, closed_on,
	contact_name, contact_email, contact_phone, director_name, director_email, version`

type scanner interface{ Scan(into ...any) error }

func scan(row scanner) (Organisation, error) {
	var o Organisation
	err := row.Scan((*string)(&o.ID), &o.Code, &o.Name, (*string)(&o.Type), &o.Region, &o.ONSCode, &o.OpenedOn, &o.ClosedOn,
		&o.Contact.Name, &o.Contact.Email, &o.Contact.Phone, &o.Director.Name, &o.Director.Email, &o.Version)
	return o, err
}

// Get finds one organisation. One that the scope cannot see is NotFound.
func (s *Store) Get(ctx context.Context, scope tenant.Scope, id asye.OrganisationID) (Organisation, error) {
	return load(ctx, s.db, scope, id)
}

func load(ctx context.Context, q db.Queryer, scope tenant.Scope, id asye.OrganisationID) (Organisation, error) {
	of, err := reach(scope)
	if err != nil {
		return Organisation{}, err
	}
	o, err := scan(q.QueryRow(ctx, `
		select `+columns+` from organisations where id = $1 and ($2 = '' or id = $2)`, string(id), of))
	return o, db.NotFound(err, "employer")
}

// ByCode finds one organisation by its code, capitals or not. One that the
// scope cannot see is NotFound.
func (s *Store) ByCode(ctx context.Context, scope tenant.Scope, code string) (Organisation, error) {
	of, err := reach(scope)
	if err != nil {
		return Organisation{}, err
	}
	o, err := scan(s.db.QueryRow(ctx, `
		select `+columns+` from organisations where code = upper($1) and ($2 = '' or id = $2)`, code, of))
	return o, db.NotFound(err, "employer with this code")
}

// Add puts an organisation on record. A code that somebody has is a problem
// with the field code.
func (s *Store) Add(ctx context.Context, scope tenant.Scope, o Organisation) (asye.OrganisationID, error) {
	var id asye.OrganisationID
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		var err error
		id, err = s.AddOrganisation(ctx, tx, scope, o)
		return err
	})
	return id, err
}

// AddOrganisation is Add within a transaction that does more.
func (s *Store) AddOrganisation(ctx context.Context, tx *db.Tx, scope tenant.Scope, o Organisation) (asye.OrganisationID, error) {
	if err := manages(scope); err != nil {
		return "", err
	}
	o, err := Described(o)
	if err != nil {
		return "", err
	}
	o.ID = asye.OrganisationID(tx.NewID())
	o.Version = 1
	res, err := tx.Exec(ctx, `
		insert into organisations (id, code, name, type, region, ons_code, opened_on, closed_on,
			contact_name, contact_email, contact_phone, director_name, director_email, search_text)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		on conflict (code) do nothing`,
		string(o.ID), o.Code, o.Name, string(o.Type), o.Region, o.ONSCode, o.OpenedOn, o.ClosedOn,
		o.Contact.Name, o.Contact.Email, o.Contact.Phone, o.Director.Name, o.Director.Email, o.searchText())
	if err := db.MustAffectOne(res, err); errors.Is(err, db.ErrStale) {
		return "", takenCode(o.Code)
	} else if err != nil {
		return "", err
	}
	return o.ID, tx.Audit(ctx, scope, db.Line{What: "employer.added", Kind: "organisation", ID: string(o.ID),
		Org: o.ID, After: o, On: o.OpenedOn})
}

func takenCode(code string) error {
	return fault.Problems{{Field: "code", Text: "Another employer has the code " + code + ". Use a code that nobody has"}}
}

// SeedAuthorities puts the local authorities of England on record, those that
// are not there yet, and may be run at each start (EMP-3). What has been
// changed or closed since stays as it is.
func (s *Store) SeedAuthorities(ctx context.Context, scope tenant.Scope) error {
	missing, err := missingAuthorities(ctx, s.db)
	if err != nil || len(missing) == 0 {
		return err
	}
	err = s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, "authorities"); err != nil {
			return err
		}
		missing, err := missingAuthorities(ctx, tx)
		if err == nil && len(missing) == 0 {
			err = errSeeded
		}
		if err != nil {
			return err
		}
		for _, o := range missing {
			if _, err := s.AddOrganisation(ctx, tx, scope, o); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errSeeded) {
		return nil
	}
	return err
}

// errSeeded ends a seeding that another program has done meanwhile.
var errSeeded = errors.New("the authorities are on record")

func missingAuthorities(ctx context.Context, q db.Queryer) ([]Organisation, error) {
	all, err := Authorities()
	if err != nil {
		return nil, err
	}
	rows, err := q.Query(ctx, `select code from organisations where type = 'local_authority'`)
	codes, err := db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var code string
		return code, rows.Scan(&code)
	})
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for _, code := range codes {
		there[code] = true
	}
	var missing []Organisation
	for _, o := range all {
		if !there[o.Code] {
			missing = append(missing, o)
		}
	}
	return missing, nil
}

// keeps refuses whoever may see an employer and not change it: its director
// (EMP-4).
func keeps(scope tenant.Scope) error {
	if scope.Role() == asye.Coordinator || manages(scope) == nil {
		return nil
	}
	return fault.New(fault.Forbidden, "Only a coordinator of the employer and the national team can change this. Ask one of them")
}

// Change lets decide turn an organisation into its next state, and saves that
// if nobody else has changed it since version seen: otherwise a Conflict. A
// coordinator changes only the contact and director of their own employer, and a
// director nothing.
func (s *Store) Change(ctx context.Context, scope tenant.Scope, id asye.OrganisationID, seen int,
	decide func(Organisation) (Organisation, error)) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		was, err := load(ctx, tx, scope, id)
		if err == nil {
			err = keeps(scope)
		}
		if err != nil {
			return err
		}
		next, err := decide(was)
		if err != nil {
			return err
		}
		if err := was.mayBecome(next, manages(scope) != nil); err != nil {
			return err
		}
		if next, err = Described(next); err != nil {
			return err
		}
		if err := save(ctx, tx, seen, next); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "employer.changed", Kind: "organisation", ID: string(id),
			Org: id, Before: was, After: next})
	})
}

func save(ctx context.Context, tx *db.Tx, seen int, o Organisation) error {
	err := db.MustAffectOne(tx.Exec(ctx, `
		update organisations
		set    code = $1, name = $2, type = $3, region = $4, ons_code = $5, opened_on = $6,
		       contact_name = $7, contact_email = $8, contact_phone = $9,
		       director_name = $10, director_email = $11, search_text = $12, version = version + 1
		where  id = $13 and version = $14`,
		o.Code, o.Name, string(o.Type), o.Region, o.ONSCode, o.OpenedOn,
		o.Contact.Name, o.Contact.Email, o.Contact.Phone, o.Director.Name, o.Director.Email, o.searchText(),
		string(o.ID), seen))
	if errors.Is(err, db.ErrDuplicate) {
		return takenCode(o.Code)
	}
	return err
}
