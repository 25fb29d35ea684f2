package account

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// AuditFilter says which lines of the audit trail are shown. The zero filter is
// all of them.
type AuditFilter struct {
	What   string    // part of what was done: "paused"
	Who    string    // part of the name or address of the person who did it
	Record string    // the identifier of the record
	From   asye.Date // the first day, in London
	To     asye.Date // the last day, in London
	Before string    // where the last page ended; empty for the newest lines
}

// AuditLine is one line of the audit trail.
type AuditLine struct {
	ID         string
	At         asye.Instant
	Actor      tenant.Actor
	ActorName  string // of the person; empty for the program
	BehalfName string
	OrgName    string
	What       string
	Kind       string
	Subject    string
	About      string // the name of the person whom the line is about, where it is one
	Before     []byte // JSON
	After      []byte // JSON
	On         asye.Date
	Reason     string
}

// key is where a page ends.
func (l AuditLine) key() string { return l.At.String() + "~" + l.ID }

// auditPage is how many lines of the trail a page shows.
const auditPage = 50

// Audit gives one page of the audit trail, the newest lines first, and where
// the next page starts: empty when this is the last. An administrator sees the
// lines of their own organisation; those of the whole service see all.
func (s *Store) Audit(ctx context.Context, scope tenant.Scope, f AuditFilter) ([]AuditLine, string, error) {
	c, err := s.auditConditions(ctx, scope, f)
	if err != nil {
		return nil, "", err
	}
	limit := c.next(auditPage + 1)
	rows, err := s.db.Query(ctx, `
		select a.id, a.recorded_at, a.actor_kind, coalesce(w.given_name || ' ' || w.family_name, ''),
			coalesce(b.given_name || ' ' || b.family_name, ''), coalesce(o.name, ''), a.what, a.subject_kind, a.subject_id,
			coalesce(p.given_name || ' ' || p.family_name, ''), a.before, a.after, a.effective_on, a.reason
		from audit_lines a
		left join people w on w.id = a.actor_id
		left join people b on b.id = a.on_behalf_of
		left join people p on p.id = a.subject_id
		left join organisations o on o.id = a.org_id`+c.where()+`
		order by a.recorded_at desc, a.id desc limit `+limit[0], c.args...)
	lines, err := db.Rows(rows, err, func(rows *sql.Rows) (AuditLine, error) {
		var l AuditLine
		return l, rows.Scan(&l.ID, &l.At, (*string)(&l.Actor), &l.ActorName, &l.BehalfName, &l.OrgName, &l.What, &l.Kind,
			&l.Subject, &l.About, &l.Before, &l.After, &l.On, &l.Reason)
	})
	if err != nil || len(lines) <= auditPage {
		return lines, "", err
	}
	lines = lines[:auditPage]
	return lines, lines[auditPage-1].key(), nil
}

func (s *Store) auditConditions(ctx context.Context, scope tenant.Scope, f AuditFilter) (conditions, error) {
	var c conditions
	reach, err := s.Reach(ctx, scope)
	if err != nil {
		return c, err
	}
	if reach == OwnOrganisation {
		c.add(`a.org_id = $%d`, string(scope.Org()))
	}
	if f.What != "" {
		c.add(`lower(a.what) like $%d escape '\'`, containing(strings.ToLower(strings.ReplaceAll(f.What, " ", ""))))
	}
	if f.Who != "" {
		c.add(`w.search_text like $%d escape '\'`, containing(asye.Fold(f.Who)))
	}
	if f.Record != "" {
		c.add(`a.subject_id = $%d`, f.Record)
	}
	if !f.From.IsZero() {
		c.add(`a.recorded_at >= $%d`, midnight(f.From))
	}
	if !f.To.IsZero() {
		c.add(`a.recorded_at < $%d`, midnight(f.To.AddDays(1)))
	}
	if f.Before == "" {
		return c, nil
	}
	at, id, _ := strings.Cut(f.Before, "~")
	var instant asye.Instant
	if err := instant.UnmarshalText([]byte(at)); err != nil || id == "" {
		return c, fault.New(fault.NotFound, "There is no such page of the audit trail")
	}
	c.add(`(a.recorded_at, a.id) < ($%d, $%d)`, instant, id)
	return c, nil
}

// midnight is the instant at which a day begins in London.
func midnight(d asye.Date) asye.Instant {
	return asye.InstantOf(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, clock.London))
}

// conditions is a WHERE under construction. Each text names its arguments as
// $%d, in order.
type conditions struct {
	texts []string
	args  []any
}

func (c *conditions) add(text string, args ...any) {
	numbers := make([]any, len(args))
	for i := range args {
		numbers[i] = len(c.args) + i + 1
	}
	c.texts = append(c.texts, fmt.Sprintf(text, numbers...))
	c.args = append(c.args, args...)
}

// next adds arguments and gives their placeholders.
func (c *conditions) next(args ...any) []string {
	out := make([]string, len(args))
	for i, a := range args {
		c.args = append(c.args, a)
		out[i] = fmt.Sprintf("$%d", len(c.args))
	}
	return out
}

func (c *conditions) where() string {
	if len(c.texts) == 0 {
		return ""
	}
	return " where " + strings.Join(c.texts, " and ")
}
