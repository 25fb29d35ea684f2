package books

import (
	"fmt"
	"math"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/stat/distribution"
)

// Began is a year that began with an employer and is funded.
type Began struct {
	Programme string
	On        asye.Date
	Due       asye.Date // the first day after the year as it stood to end
	Result    grant.Result
}

// History is what is known of an employer's years.
type History struct {
	Kind  asye.EmployerType
	Began []Began
}

// PastYear is one year of a scheme that is over: how many started in it, and of
// those whose time has run, how many completed.
type PastYear struct {
	Name      string
	Starts    int
	Ended     int // whose outcome is known and whose time has run
	Completed int
}

// Before are the years before that of a scheme, the earliest first, from the
// first in which anybody started on its programme: what an estimate of the scheme
// itself is made of (GRA-13).
func (h History) Before(of grant.Scheme) []PastYear { return h.Past(of, of.Window.FirstDay) }

// Past are the years of a scheme that are over on a day, the earliest first, from
// the first in which anybody started on its programme.
func (h History) Past(of grant.Scheme, today asye.Date) []PastYear {
	var out []PastYear
	first := h.first(of.Programme)
	if first.IsZero() {
		return nil
	}
	at := 0
	for yearOf(of, at).Start.After(first) {
		at--
	}
	for !yearOf(of, at).End.After(first) {
		at++
	}
	for ; !yearOf(of, at).End.After(today); at++ {
		out = append(out, h.in(of, at, today))
	}
	return out
}

func (h History) first(programme string) (first asye.Date) {
	for _, b := range h.Began {
		if b.Programme == programme && (first.IsZero() || b.On.Before(first)) {
			first = b.On
		}
	}
	return first
}

// yearOf is the window of a scheme, moved by years.
func yearOf(of grant.Scheme, by int) asye.Period {
	return asye.Period{Start: of.Window.FirstDay.AddMonths(12 * by), End: of.Window.LastDay.AddDays(1).AddMonths(12 * by)}
}

func nameOf(p asye.Period) string { return asye.Cohort(p.Start.Year()).String() }

func (h History) in(of grant.Scheme, by int, today asye.Date) PastYear {
	span := yearOf(of, by)
	y := PastYear{Name: nameOf(span)}
	for _, b := range h.Began {
		if b.Programme != of.Programme || !span.Contains(b.On) {
			continue
		}
		y.Starts++
		if b.Result == "" || b.Due.After(today) {
			continue
		}
		y.Ended++
		if b.Result == grant.Passed || b.Result == grant.Failed && of.Failing.Paid {
			y.Completed++
		}
	}
	return y
}

// mostYears is how many years an estimate takes at most, so that what was long
// ago does not count.
const mostYears = 5

// fewestYears is how many years that are over an estimate takes at least.
const fewestYears = 2

// level is how often a figure that comes later lies within the interval of its
// estimate, at least.
const level = 0.95

// Outlook is an estimate of what those who start in the next year are worth
// (GRA-51).
type Outlook struct {
	Scheme    grant.Scheme // whose amounts it takes
	Year      string       // that it is of
	Past      []PastYear
	Refused   string  // why there is no estimate; the rest is then empty
	Mean      float64 // starts in a year
	Uneven    bool    // the years differ by more than chance would make them
	Low, High int     // between which the starts of the next year lie
	Ended     int
	Completed int
	ShareLow  float64 // between which the share that completes lies
	ShareHigh float64
	First     grant.Pence // for each start
	Second    grant.Pence // for each that completes
	About     grant.Pence // to the pound
	From, To  grant.Pence
}

// Share is how many of a hundred completed.
func (f Outlook) Share() float64 { return float64(f.Completed) / float64(f.Ended) }

// Outlook estimates what those who start in the next year of a scheme are worth,
// at its amounts. Starts are predicted from the years that are over, as a Poisson
// count; the share that completes is that of all whose outcome is known, with its
// exact interval. Where the years differ by more than chance, the interval of the
// starts is widened as much (quasi-Poisson). What is left open by each is shared out so that the interval of
// the amount holds its level (GRA-51).
func (h History) Outlook(of grant.Scheme, today asye.Date) Outlook {
	f := Outlook{Scheme: of, Past: h.Past(of, today)}
	f.Past = f.Past[max(0, len(f.Past)-mostYears):]
	next := 0
	for !yearOf(of, next).End.After(today) {
		next++
	}
	f.Year = nameOf(yearOf(of, next+1))
	starts := 0
	for _, y := range f.Past {
		starts, f.Ended, f.Completed = starts+y.Starts, f.Ended+y.Ended, f.Completed+y.Completed
	}
	f.First, f.Second = worth(of, h.Kind)
	if len(f.Past) < fewestYears {
		f.Refused = fmt.Sprintf("There is no estimate yet: it takes at least %d years of registrations that are over, and there are %d", fewestYears, len(f.Past))
		return f
	}
	if f.Second > 0 && f.Ended == 0 {
		f.Refused = "There is no estimate yet: nobody’s outcome is known, so there is nothing to tell how many complete"
		return f
	}
	f.Mean = float64(starts) / float64(len(f.Past))
	f.amounts(int64(starts))
	return f
}

func (f *Outlook) amounts(starts int64) {
	open := 1 - level
	if f.Second > 0 { // starts, the share, and chance within the share
		open /= 3
	}
	low, high := distribution.PredictPoisson(starts, int64(len(f.Past)), open)
	if spread := f.spread(); spread > 1 {
		f.Uneven = true
		off := distribution.StudentQuantile(open/2, len(f.Past)-1) * math.Sqrt(spread*f.Mean*(1+1/float64(len(f.Past))))
		low, high = min(low, int64(max(0, math.Floor(f.Mean-off)))), max(high, int64(math.Ceil(f.Mean+off)))
	}
	f.Low, f.High = int(low), int(high)
	f.From, f.To = f.First*grant.Pence(low), f.First*grant.Pence(high)
	f.About = f.First
	if f.Second > 0 {
		f.ShareLow, f.ShareHigh = distribution.Trial{X: int64(f.Completed), N: int64(f.Ended)}.ClopperPearson(open)
		fewest, _ := distribution.Range(low, f.ShareLow, open/2)
		_, most := distribution.Range(high, f.ShareHigh, open/2)
		f.From, f.To = f.From+f.Second*grant.Pence(fewest), f.To+f.Second*grant.Pence(most)
		f.About += grant.Pence(math.Round(float64(f.Second) * f.Share()))
	}
	f.About = grant.Pence(math.Round(float64(f.About)*f.Mean/100)) * 100
}

// worth is what a scheme pays for a start, and for a completion.
func worth(of grant.Scheme, kind asye.EmployerType) (first, second grant.Pence) {
	for _, m := range of.Milestones {
		pence := m.Pence
		if of.Formula != nil {
			pence = of.Formula.For(kind)
		}
		if m.On == grant.OnStart {
			first += pence
		} else {
			second += pence
		}
	}
	return first, second
}

// byChance is how rarely chance alone may make years differ as much as they do
// before they count as uneven.
const byChance = 0.05

// spread is how many times as much the years differ as a Poisson count would, by
// the index of dispersion (Fisher, 1950); 1 where chance can explain it.
func (f Outlook) spread() float64 {
	if f.Mean == 0 {
		return 1
	}
	squares := 0.0
	for _, y := range f.Past {
		off := float64(y.Starts) - f.Mean
		squares += off * off / f.Mean
	}
	free := len(f.Past) - 1
	if distribution.ChiSquareUpper(squares, free) >= byChance {
		return 1
	}
	return squares / float64(free)
}
