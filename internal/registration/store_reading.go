package registration

import (
	"context"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// mostReadings is how far back an NQSW is shown who looked at their record.
const mostReadings = 1000

// MyReadings is who else has looked at the record of the person at work, day by
// day, the latest first. Whoever works for an employer of theirs is named; others
// are known by role and organisation (AUD-9).
func (s *Store) MyReadings(ctx context.Context, scope tenant.Scope) ([]Reading, error) {
	if err := access.Years.Ask(scope, policy.Self); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select l.recorded_at, coalesce(l.actor_id, ''), coalesce(l.actor_role, ''), coalesce(o.name, ''),
			case when exists (select 1 from employments m where m.person_id = $1 and m.org_id = l.actor_org_id)
				then coalesce(p.given_name || ' ' || p.family_name, '') else '' end
		from audit_lines l
		left join people p on p.id = l.actor_id
		left join organisations o on o.id = l.actor_org_id
		where l.reading and (l.actor_id is null or l.actor_id <> $1) and (
			l.subject_kind = 'enrolment' and l.subject_id in (select e.id from enrolments e where e.person_id = $1)
			or l.subject_kind = 'transfer' and l.subject_id in (
				select t.id from transfers t join enrolments e on e.id = t.enrolment_id where e.person_id = $1)
			or l.subject_kind in ('person', 'data') and l.subject_id = $1)
		order by l.recorded_at desc, l.id desc limit $2`, string(scope.Person()), mostReadings)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Reading
	at := map[[3]string]int{}
	for rows.Next() {
		r, when, who := Reading{Times: 1}, asye.Instant{}, ""
		if err := rows.Scan(&when, &who, (*string)(&r.Role), &r.Org, &r.Name); err != nil {
			return nil, err
		}
		r.On = clock.DateOf(when)
		key := [3]string{r.On.ISO(), who, string(r.Role) + r.Org}
		if i, seen := at[key]; seen {
			out[i].Times++
			continue
		}
		at[key] = len(out)
		out = append(out, r)
	}
	return out, rows.Err()
}
