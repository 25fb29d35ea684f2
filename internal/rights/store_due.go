package rights

import (
	"context"
	"database/sql"
	"sort"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/tenant"
)

// Due is a person whose data has no reason to be here from a day on.
type Due struct {
	Person asye.PersonID
	Name   string
	Class  inventory.Retention
	Last   asye.Date // the last day that the data tells of
	EndsOn asye.Date
	Held   bool
}

// Due lists whose data has no reason to be here by a day, those of the earliest
// day first (DAT-8). Nobody with an open role or a running year is among them.
func (s *Store) Due(ctx context.Context, scope tenant.Scope, by asye.Date) ([]Due, error) {
	if err := s.mayDecide(ctx, scope); err != nil {
		return nil, err
	}
	last, err := s.lastDays(ctx, "")
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select p.id, p.given_name, p.family_name, case when h.id is null then 0 else 1 end
		from people p left join holds h on h.person_id = p.id and h.lifted_at is null
		where not exists (select 1 from memberships m where m.person_id = p.id and m.ends_on is null)
		  and not exists (select 1 from enrolments e where e.person_id = p.id and e.ends_on is null)
		  and not exists (select 1 from erasures x where x.person_id = p.id)`)
	var out []Due
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (held int, err error) {
		var d Due
		var i asye.Identity
		err = rows.Scan((*string)(&d.Person), &i.GivenName, &i.FamilyName, &held)
		d.Name, d.Held = i.Known(), held == 1
		one := last[d.Person]
		d.Class, d.Last = one.class, one.last
		if d.EndsOn = s.settings.Schedule.Ends(d.Class, d.Last); !one.last.IsZero() && !d.EndsOn.After(by) {
			out = append(out, d)
		}
		return held, err
	})
	sort.SliceStable(out, func(i, j int) bool { return out[i].EndsOn.Before(out[j].EndsOn) })
	return out, err
}

// lastDay is the last day that a person's data tells of, and how long it is
// kept: a record of a year counts before a mere account.
type lastDay struct {
	class inventory.Retention
	last  asye.Date
}

// lastDays finds the last day of everybody, or of one person, in every table
// that says from when it counts.
func (s *Store) lastDays(ctx context.Context, person asye.PersonID) (map[asye.PersonID]lastDay, error) {
	out := map[asye.PersonID]lastDay{}
	for _, t := range s.tables {
		if t.Since == "" || t.Keep != inventory.Record && t.Keep != inventory.Account || t.Subject.Column == "" {
			continue
		}
		whose, from := `t.`+t.Subject.Column, t.Name+` t`
		if t.Subject.Through != "" {
			whose = `h.` + s.table(t.Subject.Through).Subject.Column
			from += ` join ` + t.Subject.Through + ` h on h.id = t.` + t.Subject.Column
		}
		rows, err := s.db.Query(ctx, `select `+whose+`, substr(cast(max(t.`+t.Since+`) as text), 1, 10) from `+from+`
			where t.`+t.Since+` is not null and ($1 = '' or `+whose+` = $1) group by `+whose, string(person))
		_, err = db.Rows(rows, err, func(rows *sql.Rows) (id string, err error) {
			var day asye.Date
			err = rows.Scan(&id, &day)
			out[asye.PersonID(id)] = later(out[asye.PersonID(id)], lastDay{t.Keep, day})
			return id, err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func later(a, b lastDay) lastDay {
	if a.class == "" {
		return b
	}
	if a.class != b.class {
		if b.class == inventory.Record {
			return b
		}
		return a
	}
	if b.last.After(a.last) {
		a.last = b.last
	}
	return a
}

// EraseDue erases everybody whose time has come (DAT-7), leaves out those with
// a hold, and gives how many people that were.
func (s *Store) EraseDue(ctx context.Context, scope tenant.Scope) (int, error) {
	list, err := s.Due(ctx, scope, s.today())
	if err != nil {
		return 0, err
	}
	n := 0
	for _, d := range list {
		if d.Held {
			continue
		}
		_, err := s.Erase(ctx, scope, d.Person, Retention, "the period of the retention schedule "+s.settings.Schedule.Version+" is over")
		if err != nil && fault.KindOf(err) != fault.Conflict {
			return n, err
		}
		if err == nil {
			n++
		}
	}
	return n, nil
}
