package example

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality/published"
	"example.org/asye/internal/example/margins"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/registration"
)

// broughtInOn is the day on which the years of the past were brought in: after
// the national portal had closed.
var broughtInOn = asye.MustDate("2026-04-07")

// completeIn is how the 1,660 complete records lie over the three cohorts of
// the published table. Only their sum was published.
var completeIn = []struct {
	cohort asye.Cohort
	share  float64
}{{2018, 0.29}, {2019, 0.35}, {2020, 0.36}}

// year is a year of the past before it gets a person: what has to hold for the
// published figures, and what is known.
type year struct {
	cohort    asye.Cohort
	at        *employer // nil for any
	female    bool
	white     bool
	deferrals int
	result    registration.Result // empty when no outcome was ever recorded
	known     known
}

// known is how much of the equality answers is on record.
type known int

const (
	nothing known = iota // never asked
	partly               // sex or ethnic group not given
	enough               // sex and ethnic group given
)

// history brings in the cohorts 2018-19 to 2021-22.
func (b *builder) history(ctx context.Context) error {
	b.stand(broughtInOn)
	years := b.completeYears()
	figures := published.Read().Registrations
	for _, cohort := range []asye.Cohort{2018, 2019, 2020, 2021} {
		total, known := figures.For(cohort)
		if !known {
			total = FirstCohortTotal
		}
		for i := 0; len(years[cohort]) < total; i++ {
			years[cohort] = append(years[cohort], b.otherYear(cohort, i))
		}
		b.draw.Shuffle(total, func(i, j int) { years[cohort][i], years[cohort][j] = years[cohort][j], years[cohort][i] })
		for _, y := range years[cohort] {
			if err := b.bringIn(ctx, y); err != nil {
				return err
			}
		}
	}
	return nil
}

// completeYears are the complete records of the published table, with exactly
// its margins.
func (b *builder) completeYears() map[asye.Cohort][]year {
	var all []year
	for _, cell := range margins.Joint() {
		for i := range cell.Passed + cell.Failed {
			y := year{female: cell.Female, white: cell.White, deferrals: cell.Deferrals, result: registration.ResultPassed, known: enough}
			if i < cell.Failed {
				y.result = registration.ResultFailed
			}
			all = append(all, y)
		}
	}
	b.draw.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	out, total := map[asye.Cohort][]year{}, float64(len(all))
	for i, part := range completeIn {
		n := int(part.share * total)
		if i == len(completeIn)-1 {
			n = len(all) // what rounding has left over
		}
		for _, y := range all[:n] {
			y.cohort = part.cohort
			out[part.cohort] = append(out[part.cohort], y)
		}
		all = all[n:]
	}
	return out
}

// otherYear is a year that is not among the complete records; of the cohort
// 2021-22, any. In 2020-21 each of the 202 employers has one: that many
// registered somebody (Skills for Care, annual report 2020-21).
func (b *builder) otherYear(cohort asye.Cohort, i int) year {
	y := year{cohort: cohort, female: b.draw.in(87), white: b.draw.in(69)}
	if cohort == 2020 && i < len(b.employers) {
		y.at = b.employers[i]
	}
	if b.draw.in(28) {
		y.deferrals = 1 + b.draw.IntN(10)/7
	}
	if cohort == 2021 {
		return b.latestYear(y)
	}
	y.result = registration.ResultPassed
	switch roll := b.draw.IntN(100); {
	case roll < 58: // passed, and never asked
	case roll < 83:
		y.known = partly
	case roll < 92:
		y.result, y.deferrals = registration.ResultWithdrawn, 0
		y.known = known(b.draw.IntN(3))
	default:
		y.result = ""
		y.known = known(b.draw.IntN(3))
	}
	return y
}

// latestYear is one of the cohort 2021-22, of which no outcomes were published.
func (b *builder) latestYear(y year) year {
	switch roll := b.draw.IntN(1000); {
	case roll < 780:
		y.known = enough
	case roll < 880:
		y.known = partly
	}
	y.result = registration.ResultPassed
	fails := 9
	if !y.white {
		fails = 22
	}
	switch roll := b.draw.IntN(1000); {
	case roll < fails:
		y.result = registration.ResultFailed
	case roll < 85:
		y.result, y.deferrals = registration.ResultWithdrawn, 0
	case roll < 125:
		y.result = ""
	}
	return y
}

// bringIn enters one year of the past.
func (b *builder) bringIn(ctx context.Context, y year) error {
	starts := b.startIn(y.cohort)
	s := b.meet(y.female, y.white, starts)
	e := y.at
	if e == nil {
		e = b.place(mix{childAndFamily, y.white})
	}
	if e.story && y.result == "" && b.draw.in(75) {
		y.result, y.known = registration.ResultPassed, nothing // somebody there has tidied up
		if y.cohort == 2021 {
			y.known = enough
		}
	}
	p := registration.Past{Entry: b.entry(s, e, childAndFamily, starts)}
	p.Team = ""
	b.partTime(&p, 8)
	p.Pauses = b.pauses(starts, y.deferrals)
	b.end(&p, y.result)
	scope := b.system.In(e.ID)
	return b.db.Write(ctx, scope, func(tx *db.Tx) error {
		added, err := b.records.EnterPast(ctx, tx, scope, p)
		if err != nil {
			return err
		}
		b.count()
		if y.known == nothing {
			return nil
		}
		a := b.say(s, starts.AddDays(b.draw.between(0, 90)))
		if y.known == partly {
			a = b.hold(a)
		}
		return b.answers.Record(ctx, tx, b.system, added.Person, a)
	})
}

// startIn draws a first day: most start in September.
func (b *builder) startIn(c asye.Cohort) asye.Date {
	months := []int{9, 9, 9, 9, 9, 9, 9, 9, 9, 10, 10, 10, 11, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 8}
	month := months[b.draw.IntN(len(months))]
	year := int(c)
	if month < 4 {
		year++
	}
	return b.draw.monday(year, month)
}

// partTime makes so many in a hundred work part-time.
func (b *builder) partTime(p *registration.Past, percent float64) {
	if b.draw.in(percent) {
		fifths := registration.Hours(b.draw.between(3, 4))
		p.Hours = p.FullTimeHours * fifths / 5
	}
}

var pauseShares = []share{{"parental-leave", 42}, {"sickness", 38}, {"bereavement", 8}, {"support-missing", 4}, {"other-leave", 8}}

// pauses draws so many pauses that have ended, one after the other.
func (b *builder) pauses(starts asye.Date, n int) []registration.Pause {
	var out []registration.Pause
	from := starts.AddDays(b.draw.between(40, 160))
	for range n {
		p := registration.Pause{Reason: b.draw.pick(pauseShares)}
		length := b.draw.between(21, 110)
		if p.Reason == "parental-leave" {
			length = b.draw.between(120, 300)
		}
		p.Period = asye.Period{Start: from, End: from.AddDays(length)}
		p.ExpectedReturn = p.Period.End
		out = append(out, p)
		from = p.Period.End.AddDays(b.draw.between(20, 60))
	}
	return out
}

// end decides how and when a year ended.
func (b *builder) end(p *registration.Past, result registration.Result) {
	if result == "" {
		return
	}
	o := &registration.Outcome{Result: result}
	p.Outcome = o
	if result == registration.ResultWithdrawn {
		b.withdraw(p)
		return
	}
	if b.draw.in(4) {
		p.Extensions = []registration.Extension{{Months: b.draw.between(1, 3), Reason: b.draw.pick(extensionShares),
			Approver: "Principal social worker", ApprovedOn: worked(*p).AddDays(-b.draw.between(10, 40))}}
	}
	o.DecidedOn = worked(*p).AddDays(b.draw.between(-10, 24))
	if result == registration.ResultFailed {
		o.ToldOn = o.DecidedOn.AddDays(b.draw.IntN(6))
	}
}

var (
	extensionShares  = []share{{"evidence", 45}, {"support-plan", 15}, {"assessor-changed", 15}, {"support-late", 15}, {"moderation", 10}}
	withdrawalShares = []share{{"left-employer", 38}, {"other-role", 18}, {"outside-england", 5}, {"left-profession", 12},
		{"health", 9}, {"caring", 8}, {"employer-ended", 4}, {"not-given", 6}}
)

func (b *builder) withdraw(p *registration.Past) {
	o := p.Outcome
	o.DecidedOn, o.Reason, o.Concerns = p.StartsOn.AddDays(b.draw.between(50, 320)), b.draw.pick(withdrawalShares), "no"
	if b.draw.in(14) {
		o.Concerns = "yes"
	}
}

// worked is about the day on which a year will have been worked: the schedule
// proper is derived when the year is entered.
func worked(p registration.Past) asye.Date {
	days := p.StartsOn.DaysUntil(p.StartsOn.AddMonths(12)) * int(p.FullTimeHours) / int(p.Hours)
	for _, pause := range p.Pauses {
		days += pause.Period.Days()
	}
	end := p.StartsOn.AddDays(days)
	for _, e := range p.Extensions {
		end = end.AddMonths(e.Months)
	}
	return end
}

// expected is how many registrations there will be, for the progress bar.
func expected() int {
	total := FirstCohortTotal + lateTotal + childTotal + adultTotal + len(stories())
	for _, c := range []asye.Cohort{2019, 2020, 2021} {
		n, _ := published.Read().Registrations.For(c)
		total += n
	}
	return total
}

func (b *builder) count() {
	b.done++
	if b.done%100 == 0 {
		b.progress(b.done, b.total)
	}
}
