package example

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// How many years of the last two cohorts there are, apart from the stories.
const (
	lateTotal  = 700 // 2025-26, both programmes
	childTotal = 900 // 2026-27, child and family
	adultTotal = 300 // 2026-27, adults
)

// lastEntry is the last working day before AsOf: nothing is recorded later.
var lastEntry = AsOf.AddDays(-2)

// The months in which people started, or will: more often named, more often
// drawn. 2025-26 starts late in its year, so that many are still under way.
var (
	lateMonths    = []int{9, 9, 9, 9, 9, 9, 9, 9, 10, 10, 10, 11, 11, 1, 1, 1, 2, 3}
	presentMonths = []int{4, 5, 5, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 10, 10, 10, 10, 10, 11, 11, 1, 1}
)

// trial are numbers for which the simulated register says something other than
// "registered". Four NQSWs of the personas' employers have them, so that there
// is something to find when the register is checked.
var trial = []registration.Number{"SW999911", "SW999921", "SW999931", "SW999941"}

// present enters the cohorts 2025-26 and 2026-27.
func (b *builder) present(ctx context.Context) error {
	for i := range lateTotal {
		if err := b.live(ctx, childUnless(i%5 == 4), b.startOf(2025, lateMonths)); err != nil {
			return err
		}
	}
	for i := range childTotal + adultTotal {
		if err := b.live(ctx, childUnless(i%4 == 3), b.startOf(2026, presentMonths)); err != nil {
			return err
		}
	}
	return nil
}

func childUnless(adult bool) string {
	if adult {
		return adults
	}
	return childAndFamily
}

func (b *builder) startOf(c asye.Cohort, months []int) asye.Date {
	month, year := months[b.draw.IntN(len(months))], int(c)
	if month < 4 {
		year++
	}
	return b.draw.monday(year, month)
}

// live enters one year of the last two cohorts, as it stands on AsOf.
func (b *builder) live(ctx context.Context, programmeKey string, starts asye.Date) error {
	s := b.meet(b.draw.in(86), b.draw.in(66), starts)
	e := b.place(mix{programmeKey, s.white})
	if e.story && starts.Before(AsOf) && starts.Year() == 2026 && len(b.trial) > 0 {
		s.number, b.trial = b.trial[0], b.trial[1:]
	}
	p := registration.Past{Entry: b.entry(s, e, programmeKey, starts), Coordinator: e.coordinator}
	p.Identity.Email = b.address(s.Identity)
	recorded := b.happen(&p, e)
	b.ownPart(&p)
	b.stand(recorded)
	scope := b.system.In(e.ID)
	return b.db.Write(ctx, scope, func(tx *db.Tx) error {
		added, err := b.records.EnterPast(ctx, tx, scope, p)
		if err != nil {
			return err
		}
		b.count()
		if quiet(p) {
			b.running = append(b.running, &scene{builder: b, e: e, person: added.Person, id: added.ID, entry: p.Entry})
		}
		if p.ConfirmedAt.IsZero() || !b.draw.in(82) {
			return nil
		}
		a := b.say(s, starts.AddDays(b.draw.between(0, 20)))
		if a.AnsweredOn.After(lastEntry) {
			a.AnsweredOn = lastEntry
		}
		if b.draw.in(12) {
			a = b.hold(a)
		}
		return b.answers.Record(ctx, tx, b.system, added.Person, a)
	})
}

// happen lets things happen in a year until AsOf, and gives the day on which
// the last of them was recorded.
func (b *builder) happen(p *registration.Past, e *employer) asye.Date {
	b.partTime(p, 8)
	if b.draw.in(2.5) {
		b.unfund(p)
	}
	started := p.StartsOn.Before(AsOf)
	if started && b.draw.in(95) || b.draw.in(50) {
		p.AssessorName = b.draw.of(e.assessors)
	}
	recorded := earlier(p.StartsOn.AddDays(-14), lastEntry.AddDays(-b.draw.IntN(12)))
	p.AddedToRegisterOn = earlier(p.AddedToRegisterOn, recorded.AddDays(-1))
	if !started {
		return recorded
	}
	if day := b.interrupt(p); day.After(recorded) {
		recorded = day
	}
	if day := b.finish(p); day.After(recorded) {
		recorded = day
	}
	return earlier(recorded, lastEntry)
}

// unfund makes it a year that is registered and not paid for.
func (b *builder) unfund(p *registration.Past) {
	if b.draw.in(40) {
		p.Eligibility.AlreadyFunded = programme.Yes
		return
	}
	p.QualifiedYear = p.StartsOn.Year() - b.draw.between(6, 9)
}

// interrupt pauses some years, and gives the day on which the last pause was
// recorded.
func (b *builder) interrupt(p *registration.Past) asye.Date {
	if b.draw.in(10) {
		closed := b.pauses(p.StartsOn, 1)[0]
		if closed.Period.End.Before(lastEntry) {
			p.Pauses = append(p.Pauses, closed)
		}
	}
	from := p.StartsOn.AddDays(20)
	if n := len(p.Pauses); n > 0 {
		from = p.Pauses[n-1].Period.End.AddDays(20)
	}
	if from.Before(lastEntry) && b.draw.in(5) {
		pause := registration.Pause{Reason: b.draw.pick(pauseShares), Period: asye.Since(lastEntry.AddDays(-b.draw.IntN(min(120, from.DaysUntil(lastEntry)))))}
		pause.ExpectedReturn = AsOf.AddDays(b.draw.between(-3, 60))
		if pause.Reason == "parental-leave" {
			pause.ExpectedReturn = pause.Period.Start.AddMonths(b.draw.between(6, 11))
		}
		if !pause.Period.Start.Before(pause.ExpectedReturn) {
			pause.ExpectedReturn = AsOf.AddDays(14)
		}
		p.Pauses = append(p.Pauses, pause)
	}
	if n := len(p.Pauses); n > 0 {
		return later(p.Pauses[n-1].Period.Start, p.Pauses[n-1].Period.End)
	}
	return asye.Date{}
}

// finish ends the years whose time has come, apart from those that are overdue,
// and some before their time. It gives the day on which that was recorded.
func (b *builder) finish(p *registration.Past) asye.Date {
	if n := len(p.Pauses); n > 0 && p.Pauses[n-1].Period.IsOpen() {
		return asye.Date{}
	}
	result := registration.Result("")
	over := worked(*p).Before(lastEntry)
	switch roll := b.draw.IntN(1000); {
	case roll < 25 && len(p.Pauses) == 0 && p.StartsOn.AddDays(60).Before(lastEntry):
		result = registration.ResultWithdrawn
	case over && roll < 40:
		result = registration.ResultFailed
	case over && roll < 930:
		result = registration.ResultPassed
	case over && roll < 960:
		b.extend(p, worked(*p).AddDays(-21))
		return p.Extensions[0].ApprovedOn
	}
	if result == "" {
		return asye.Date{}
	}
	b.end(p, result)
	o := p.Outcome
	o.DecidedOn = earlier(o.DecidedOn, lastEntry)
	o.ToldOn = earlier(o.ToldOn, lastEntry)
	return later(o.DecidedOn, o.ToldOn)
}

func (b *builder) extend(p *registration.Past, on asye.Date) {
	p.Extensions = []registration.Extension{{Months: b.draw.between(2, 6), Reason: b.draw.pick(extensionShares),
		Approver: "Principal social worker", ApprovedOn: on}}
}

// ownPart decides whether the NQSW has been invited, and has confirmed the
// details.
func (b *builder) ownPart(p *registration.Past) {
	invited := earlier(p.StartsOn.AddDays(-10), lastEntry)
	if b.draw.in(2) {
		p.Identity.Email = "" // nobody has asked for it yet
		return
	}
	p.InvitedAt = instant(invited)
	confirmed := invited.AddDays(b.draw.between(1, 25))
	if !confirmed.After(lastEntry) && b.draw.in(92) {
		p.ConfirmedAt = instant(confirmed)
	}
}

func earlier(a, b asye.Date) asye.Date {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b asye.Date) asye.Date {
	if a.After(b) {
		return a
	}
	return b
}

// quiet reports whether a year runs full-time, well begun, with nothing special
// about it.
func quiet(p registration.Past) bool {
	return p.Outcome == nil && len(p.Pauses) == 0 && p.Hours == p.FullTimeHours && p.Identity.Email != "" &&
		p.Programme == childAndFamily && p.StartsOn.Year() == 2026 && p.StartsOn.Month() >= 5 && p.StartsOn.Month() <= 8
}
