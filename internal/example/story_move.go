package example

import (
	"context"
	"fmt"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/registration"
)

// move is what happens to somebody who is nobody in particular: from is the
// code of the employer that loses them, empty for any; to is who claims them.
type move struct {
	from, to string
	acts     []act
}

// listMoves has transfers in every state: reported, claimed, agreed, disputed,
// completed and cancelled.
func listMoves() []move {
	return []move{
		{"", "", []act{leaves("2026-11-17", "", "2026-12-14")}},
		{county, "", []act{leaves("2026-11-18", "935", "2026-12-31")}},
		{borough, "", []act{leaves("2026-11-10", "", "2026-11-30")}},
		{"", "373", []act{claimed("2026-11-16", "373", "2026-12-01")}},
		{county, "926", []act{claimed("2026-11-19", "926", "2027-01-04")}},
		{"", trust, []act{claimed("2026-11-13", trust, "2026-11-30")}},
		{"", "341", []act{leaves("2026-11-02", "341", "2026-12-07"), claimed("2026-11-09", "341", "2026-12-07")}},
		{"", borough, []act{claimed("2026-11-04", borough, "2026-12-01"), leaves("2026-11-11", borough, "2026-12-01")}},
		// Their dates cannot both be right.
		{"", "380", []act{leaves("2026-11-03", "", "2026-12-14"), claimed("2026-11-10", "380", "2026-11-30")}},
		// The losing employer says that nobody leaves.
		{borough, "320", []act{claimed("2026-11-06", "320", "2026-12-01"),
			objects("2026-11-13", "This NQSW is seconded to Waltham Forest for three months and stays employed by us. The year has not moved")}},
		// The losing employer named another employer.
		{"", "852", []act{leaves("2026-10-28", "850", "2026-11-30"), claimed("2026-11-12", "852", "2026-11-30")}},
		// The NQSW says that something is wrong.
		{"", "302", []act{leaves("2026-11-03", "302", "2026-11-23"), claimed("2026-11-05", "302", "2026-11-30"),
			denies("2026-11-09", "My last day is 27 November, not 20 November. The year should not stop for a week")}},
		{"", county, []act{leaves("2026-08-20", county, "2026-09-14"), claimed("2026-08-27", county, "2026-09-14"), agrees("2026-08-28")}},
		{"", "383", []act{claimed("2026-09-08", "383", "2026-10-05"), leaves("2026-09-10", "383", "2026-09-28"), agrees("2026-09-14")}},
		{"", unitary, []act{leaves("2026-09-22", unitary, "2026-11-02"), claimed("2026-09-29", unitary, "2026-11-02"), agrees("2026-10-01")}},
		{"", "", []act{leaves("2026-10-12", "", "2026-11-16"), cancels("2026-10-20")}},
	}
}

// moves acts the transfers out on people whose year is well under way.
func (b *builder) moves(ctx context.Context) error {
	for i, m := range listMoves() {
		s, err := b.takeRunning(func(s *scene) bool {
			story := s.e.story && m.from == ""
			return !story && (m.from == "" || s.e.Code == m.from) && s.e.Code != m.to
		})
		for _, next := range m.acts {
			if err == nil {
				err = next(ctx, s)
			}
		}
		if err != nil {
			return fmt.Errorf("move %d: %w", i+1, err)
		}
	}
	return nil
}

// takeRunning finds somebody whose year runs without anything special, and
// takes them off the list.
func (b *builder) takeRunning(fits func(*scene) bool) (*scene, error) {
	for i, s := range b.running {
		if fits(s) {
			b.running = append(b.running[:i], b.running[i+1:]...)
			return s, nil
		}
	}
	return nil, fmt.Errorf("there is nobody to whom this could happen")
}

// twins registers people who may be on record already: with the same number,
// or with the same name and date of birth.
func (b *builder) twins(ctx context.Context) error {
	for i, t := range []struct {
		at   string
		same bool // the same number; otherwise the same name and date of birth
	}{{borough, true}, {county, false}, {"344", true}, {"839", false}} {
		s, err := b.takeRunning(func(s *scene) bool { return s.e.Code != t.at && !s.e.story })
		if err != nil {
			return err
		}
		if err := b.twin(ctx, s, b.byCode[t.at], t.same); err != nil {
			return fmt.Errorf("twin %d: %w", i+1, err)
		}
	}
	return b.judged(ctx)
}

func (b *builder) twin(ctx context.Context, one *scene, at *employer, sameNumber bool) error {
	other := &scene{builder: b, e: at, entry: one.entry}
	other.entry.Team, other.entry.AssessorName = "", at.assessors[0]
	other.entry.Hours, other.entry.FullTimeHours = at.fullTime, at.fullTime
	if sameNumber {
		other.entry.Identity.FamilyName += "-" + b.anybody().FamilyName
		other.entry.Identity.MiddleNames = ""
	} else {
		other.entry.Number = b.nextNumber()
	}
	other.entry.Identity.Email = b.address(other.entry.Identity)
	return other.register(ctx, asye.MustDate("2026-11-12"), registration.DoNotInvite)
}

// judged is the national team having decided on the last of the pairs.
func (b *builder) judged(ctx context.Context) error {
	b.stand(asye.MustDate("2026-11-18"))
	team := b.nationalTeam()
	pairs, err := b.records.Twins(ctx, team)
	if err != nil {
		return err
	}
	return b.records.Judge(ctx, team, pairs[len(pairs)-1].ID, false,
		"Both employers sent a copy of the degree certificate: two people with the same name, born on the same day")
}
