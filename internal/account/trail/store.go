package trail

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"example.org/asye/internal/access"
	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Store reads the audit trail.
type Store struct {
	db     *db.DB
	people *account.Store // who knows how far an administrator sees
	keeper *audit.Keeper  // who knows how the chain stands
}

// NewStore reads the audit trail of a database.
func NewStore(d *db.DB, people *account.Store, keeper *audit.Keeper) *Store {
	return &Store{d, people, keeper}
}

// Show says which sort of lines are shown.
type Show string

// The sorts of lines.
const (
	Changes  Show = "changes"
	Readings Show = "readings"
	Both     Show = "both"
)

// Filter says which lines of the audit trail are shown. The zero filter is
// all of them.
type Filter struct {
	Show   Show      // changes, readings, or both, which is also what nothing means
	What   string    // part of what was done: "paused"
	Called []string  // more names of what was done, as people may have called it in What
	Who    string    // part of the name or address of the person who did it
	Record string    // the identifier of the record; a person's and their registrations' go together
	From   asye.Date // the first day, in London
	To     asye.Date // the last day, in London
	Before string    // where the last page ended; empty for the newest lines
}

// Line is one line of the audit trail.
type Line struct {
	ID         string
	At         asye.Instant
	Actor      tenant.Actor
	ActorID    string
	ActorName  string // of the person; empty for the program
	ActorRole  asye.Role
	ActorOrg   string // in which the person was at work
	BehalfName string
	Reading    bool // it tells of a reading, not of a change
	OrgName    string
	What       string
	Kind       string
	Subject    string
	About      string // the record by name: a person, an NQSW, an organisation, a file
	Reference  string // of a registration
	Before     []byte // JSON
	After      []byte // JSON
	On         asye.Date
	Reason     string
	State      lines.State       // whether what it says can be read
	Names      map[string]string // the organisations and people that Before and After name by their identifiers
}

// key is where a page ends.
func (l Line) key() string { return l.At.String() + "~" + l.ID }

// pageSize is how many lines of the trail a page shows.
const pageSize = 50

// List gives one page of the audit trail, the newest lines first, and where
// the next page starts: empty when this is the last. An administrator sees the
// lines of their own organisation, and what its people have read of others';
// those of the whole service see all (ACC-12, AUD-6).
func (s *Store) List(ctx context.Context, scope tenant.Scope, f Filter) ([]Line, string, error) {
	if err := access.AuditTrail.Ask(scope, policy.SameEmployer); err != nil {
		return nil, "", err
	}
	reach, err := s.people.Reach(ctx, scope)
	if err != nil {
		return nil, "", err
	}
	c, err := conditions(f)
	if err != nil {
		return nil, "", err
	}
	where := c.Where()
	org, limit := c.Next(string(scope.Org()))[0], c.Next(pageSize + 1)[0]
	picked := pick(where, "a.org_id = "+org, limit) + " union " + pick(where, "a.reading and a.actor_org_id = "+org, limit)
	if reach != account.OwnOrganisation {
		picked = pick(where, "cast("+org+" as text) is not null", limit)
	}
	rows, err := s.db.Query(ctx, `
		select a.id, a.recorded_at, a.actor_kind, coalesce(a.actor_id, ''), coalesce(w.given_name || ' ' || w.family_name, ''),
			coalesce(a.actor_role, ''), coalesce(v.name, ''), coalesce(b.given_name || ' ' || b.family_name, ''), a.reading,
			coalesce(o.name, ''), a.what, a.subject_kind, a.subject_id,
			coalesce(p.given_name || ' ' || p.family_name, n.given_name || ' ' || n.family_name, u.name, f.file_name, ''),
			coalesce(e.reference, ''), a.before, a.after, a.effective_on, a.reason
		from audit_lines a
		left join people w on w.id = a.actor_id
		left join people b on b.id = a.on_behalf_of
		left join people p on p.id = a.subject_id
		left join transfers t on t.id = a.subject_id
		left join enrolments e on e.id = coalesce(t.enrolment_id, a.subject_id)
		left join people n on n.id = e.person_id
		left join organisations u on u.id = a.subject_id
		left join uploads f on f.id = a.subject_id
		left join organisations o on o.id = a.org_id
		left join organisations v on v.id = a.actor_org_id
		where a.id in (`+picked+`)
		order by a.recorded_at desc, a.id desc limit `+limit, c.Args...)
	lines, err := db.Rows(rows, err, func(rows *sql.Rows) (Line, error) {
		var l Line
		return l, rows.Scan(&l.ID, &l.At, (*string)(&l.Actor), &l.ActorID, &l.ActorName, (*string)(&l.ActorRole), &l.ActorOrg,
			&l.BehalfName, &l.Reading, &l.OrgName, &l.What, &l.Kind, &l.Subject, &l.About, &l.Reference, &l.Before, &l.After, &l.On, &l.Reason)
	})
	if err != nil {
		return nil, "", err
	}
	more := ""
	if len(lines) > pageSize {
		lines = lines[:pageSize]
		more = lines[pageSize-1].key()
	}
	if err := s.unseal(ctx, lines); err != nil {
		return nil, "", err
	}
	return lines, more, s.nameIn(ctx, scope, lines)
}

// pick finds the identifiers of one page's lines, by one of the indexes that are
// in the order of the page.
func pick(where, also, limit string) string {
	if where == "" {
		where = " where "
	} else {
		where += " and "
	}
	return `select id from (select a.id from audit_lines a left join people w on w.id = a.actor_id` + where + also +
		` order by a.recorded_at desc, a.id desc limit ` + limit + `) page`
}

// unseal makes plain what the lines say.
func (s *Store) unseal(ctx context.Context, page []Line) error {
	texts := make([]*lines.Text, len(page))
	for i, l := range page {
		texts[i] = &lines.Text{ID: l.ID, Before: l.Before, After: l.After, Reason: l.Reason}
	}
	err := s.db.Unseal(ctx, texts...)
	for i, t := range texts {
		page[i].Before, page[i].After, page[i].Reason, page[i].State = t.Before, t.After, t.Reason, t.State
	}
	return err
}

func conditions(f Filter) (db.Conditions, error) {
	var c db.Conditions
	switch f.Show {
	case Changes:
		c.Add(`not a.reading`)
	case Readings:
		c.Add(`a.reading`)
	}
	if f.What != "" {
		what := `lower(a.what) like $%d escape '\'`
		args := []any{containing(strings.ToLower(strings.ReplaceAll(f.What, " ", "")))}
		for _, name := range f.Called {
			what, args = what+` or a.what = $%d`, append(args, name)
		}
		c.Add(`(`+what+`)`, args...)
	}
	if f.Who != "" {
		c.Add(`w.search_text like $%d escape '\'`, containing(asye.Fold(f.Who)))
	}
	if f.Record != "" {
		c.Add(`(a.subject_id = $%d or a.subject_id in (select r.id from enrolments r where r.person_id = $%d)
			or a.subject_id = (select r.person_id from enrolments r where r.id = $%d))`, f.Record, f.Record, f.Record)
	}
	if !f.From.IsZero() {
		c.Add(`a.recorded_at >= $%d`, midnight(f.From))
	}
	if !f.To.IsZero() {
		c.Add(`a.recorded_at < $%d`, midnight(f.To.AddDays(1)))
	}
	if f.Before == "" {
		return c, nil
	}
	at, id, _ := strings.Cut(f.Before, "~")
	var instant asye.Instant
	if err := instant.UnmarshalText([]byte(at)); err != nil || id == "" {
		return c, fault.New(fault.NotFound, "There is no such page of the audit trail")
	}
	c.Add(`(a.recorded_at, a.id) < ($%d, $%d)`, instant, id)
	return c, nil
}

// midnight is the instant at which a day begins in London.
func midnight(d asye.Date) asye.Instant {
	return asye.InstantOf(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, clock.London))
}

// containing is a LIKE pattern for text anywhere, its own % and _ taken as they
// are.
func containing(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
