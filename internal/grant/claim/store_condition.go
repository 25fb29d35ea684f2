package claim

import (
	"context"
	"database/sql"
	"slices"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Document shows that an employer has done what a scheme asks for.
type Document struct {
	ID        string
	Scheme    string
	Condition string
	FileName  string
	By        string
	At        asye.Instant
}

// mostBytes is the largest document that is kept: 5 MB.
const mostBytes = 5 << 20

// Meet keeps the document that shows a condition is met (GRA-29).
func (s *Store) Meet(ctx context.Context, scope tenant.Scope, scheme, condition, fileName string, document []byte) error {
	if err := access.Claiming.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	of, ok := s.Book().Get(scheme)
	if !ok {
		return grant.ErrNoScheme(scheme)
	}
	if !slices.ContainsFunc(of.Conditions, func(c grant.Condition) bool { return c.Key == condition }) {
		return fault.New(fault.NotFound, "The scheme has no condition %q", condition)
	}
	var bad fault.Problems
	bad.If(len(document) == 0, "document", "Choose the document that shows it, such as a PDF or a Word file")
	bad.If(len(document) > mostBytes, "document", "The document is larger than 5 MB. Choose a smaller one")
	if err := bad.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		id := tx.NewID()
		if _, err := tx.Exec(ctx, `
			insert into grant_conditions (id, org_id, scheme, condition, file_name, document, person_id, confirmed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			id, string(scope.Org()), scheme, condition, fileName, document, string(scope.Person()), tx.Now()); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "claim.condition met", Kind: "condition", ID: id, After: map[string]any{"scheme": scheme, "condition": condition, "file": fileName}})
	})
}

// met are the conditions of a scheme that an employer has shown to be met.
func (s *Store) met(ctx context.Context, scope tenant.Scope, scheme string) (map[string]bool, error) {
	documents, err := s.Documents(ctx, scope, scheme)
	out := map[string]bool{}
	for _, d := range documents {
		out[d.Condition] = true
	}
	return out, err
}

// Documents lists what the employer at work has shown of a scheme's conditions,
// the latest first.
func (s *Store) Documents(ctx context.Context, scope tenant.Scope, scheme string) ([]Document, error) {
	if err := access.Claims.Ask(scope, policy.SameEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, documentColumns+` where d.org_id = $1 and d.scheme = $2 order by d.confirmed_at desc, d.id`, string(scope.Org()), scheme)
	return db.Rows(rows, err, scanDocument)
}

// DocumentsOf is [Store.Documents] of any employer that has sent a claim: for
// the funder.
func (s *Store) DocumentsOf(ctx context.Context, scope tenant.Scope, org asye.OrganisationID, scheme string) ([]Document, error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, documentColumns+` where d.org_id = $1 and d.scheme = $2 order by d.confirmed_at desc, d.id`, string(org), scheme)
	return db.Rows(rows, err, scanDocument)
}

const documentColumns = `
	select d.id, d.scheme, d.condition, d.file_name, p.given_name || ' ' || p.family_name, d.confirmed_at
	from grant_conditions d join people p on p.id = d.person_id`

func scanDocument(rows *sql.Rows) (d Document, err error) {
	return d, rows.Scan(&d.ID, &d.Scheme, &d.Condition, &d.FileName, &d.By, &d.At)
}

// Document is the file itself with its name: of the employer at work, or of any
// for the funder.
func (s *Store) Document(ctx context.Context, scope tenant.Scope, id string) (name string, document []byte, err error) {
	if err := access.Claims.Ask(scope, policy.SameEmployer); err != nil {
		return "", nil, err
	}
	err = s.db.QueryRow(ctx, `select file_name, document from grant_conditions where id = $1 and org_id = $2`, id, string(scope.Org())).Scan(&name, &document)
	return name, document, db.NotFound(err, "document")
}

// DocumentOf is [Store.Document] of any employer: for the funder.
func (s *Store) DocumentOf(ctx context.Context, scope tenant.Scope, id string) (name string, document []byte, err error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return "", nil, err
	}
	err = s.db.QueryRow(ctx, `select file_name, document from grant_conditions where id = $1`, id).Scan(&name, &document)
	return name, document, db.NotFound(err, "document")
}
