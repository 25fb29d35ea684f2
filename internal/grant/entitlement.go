package grant

import (
	"fmt"
	"slices"

	"example.org/asye/internal/asye"
)

// State is where a milestone of an NQSW stands.
type State string

// Where a milestone can stand.
const (
	Claimable State = "claimable"
	NotYet    State = "not_yet"
	Never     State = "never"
	Claimed   State = "claimed"
	Paid      State = "paid"
	Recover   State = "recover" // it was paid, and is not due
	Clash     State = "clash"   // another employer has claimed it
)

// States lists them in the order of pages: what asks for something first.
func States() []State { return []State{Claimable, Clash, Recover, NotYet, Claimed, Paid, Never} }

// String is the state as pages say it.
func (s State) String() string {
	switch s {
	case Claimable:
		return "Claimable"
	case NotYet:
		return "Not yet"
	case Never:
		return "Not payable"
	case Claimed:
		return "Claimed"
	case Paid:
		return "Paid"
	case Recover:
		return "To be recovered"
	case Clash:
		return "Claimed by another employer"
	}
	return string(s)
}

// Entitlement is what one milestone of an NQSW is worth to one employer.
type Entitlement struct {
	Facts     Facts
	Org       asye.OrganisationID
	Scheme    Scheme // the zero scheme where none pays
	Milestone Milestone
	State     State
	On        asye.Date    // when the milestone falls, or is expected to; zero where it never does
	From      asye.Date    // the first day on which it can be claimed, where it cannot yet; zero where nobody knows
	Closes    asye.Instant // the first instant that is too late
	Pence     Pence        // nothing where it is not paid
	Why       []Reason
	Missing   []Reason  // what has to be put right before it can be claimed
	Standing  *Standing // the claim that stands, if any
	AtStake   Pence     // what nothing but its deadline keeps from being claimed
}

// Reason is one sentence with the rule that it rests on: a key of the scheme's
// rules, or "funded", "mistaken", "once", "doubt", "recovery" or "scheme", which
// hold for all.
type Reason struct {
	Rule string `json:"rule"`
	Text string `json:"text"`
}

// When is the moment at which something is asked: an instant, and its day in
// London.
type When struct {
	Now   asye.Instant
	Today asye.Date
}

// Entitlements decides, for each milestone of the programme, what the facts
// entitle an employer to at a moment (GRA-1). The same facts, employer and
// moment always give the same answer.
func (b *Book) Entitlements(f Facts, org asye.OrganisationID, at When) []Entitlement {
	keys := b.milestones[f.Programme]
	out := make([]Entitlement, 0, len(keys))
	for _, key := range keys {
		out = append(out, b.entitlement(&f, org, key, at))
	}
	for _, s := range f.Standing { // of a milestone that no scheme has any longer
		if !slices.Contains(keys, s.Milestone) {
			out = append(out, b.entitlement(&f, org, s.Milestone, at))
		}
	}
	return out
}

func (b *Book) entitlement(f *Facts, org asye.OrganisationID, key string, at When) Entitlement {
	e := b.fall(f, key, at.Today)
	e.Facts, e.Org = *f, org
	mine := e.State != Never && org != "" && e.due().Org == org
	switch s := f.standing(key); {
	case s != nil && (s.of(f) || mine):
		e.Standing = s
		return e.stood(b, mine, at.Today)
	case mine:
		return e.time(at)
	case e.State == Never:
		return e
	}
	return e.never("transfer", e.elsewhere())
}

// fall finds the scheme that pays for a milestone: the one whose window holds
// the day on which it falls.
func (b *Book) fall(f *Facts, key string, today asye.Date) Entitlement {
	e, last := Entitlement{Milestone: Milestone{Key: key, Name: key}}, event{}
	for _, s := range b.programmes[f.Programme] {
		m := s.milestone(key)
		if m == nil {
			continue
		}
		if last = s.event(m, f, today); s.Window.Period().Contains(last.day) {
			return s.due(m, f, last)
		}
		e.Milestone = *m
	}
	if last.never {
		return e.refused(last.why)
	}
	e.On = last.day
	return e.never("window", "No scheme is known that pays for what falls on "+e.On.String())
}

// due decides whether a scheme pays a milestone at all, whoever claims it.
func (s *Scheme) due(m *Milestone, f *Facts, when event) Entitlement {
	e := Entitlement{Scheme: *s, Milestone: *m, Pence: m.Pence, State: Claimable, Why: when.why}
	if when.never {
		return e.refused(when.why)
	}
	e.On = when.day
	switch {
	case f.Mistaken:
		return e.never("mistaken", "The year was registered by mistake")
	case !f.Funded:
		return e.never("funded", or(f.Unfunded, "By the rules of the programme this year is not funded"))
	case f.Agency && !s.Agency.Paid:
		return e.never("agency", "The NQSW is employed through an agency, and this scheme does not pay for that")
	case f.Start.Before(s.Starts.Day):
		return e.never("starts", "The year started before "+s.Starts.Day.String())
	case s.leftEarly(f):
		return e.never("leaving", fmt.Sprintf("The NQSW withdrew on %s, within the first %d days of the year", f.Decided, s.Leaving.Days))
	}
	if s.Formula != nil {
		e.Pence = s.Formula.For(s.payee(*m, *f, when.day).Type)
	}
	if !when.known {
		e.State = NotYet
	}
	return e
}

// leftEarly reports whether the last day of somebody who withdrew is one of the
// first days, for which nothing is paid (GRA-7).
func (s *Scheme) leftEarly(f *Facts) bool {
	return f.Result == Withdrawn && f.Decided.Before(f.Start.AddDays(s.Leaving.Days))
}

// payee is the employer who is paid for what falls on a day (GRA-5).
func (s *Scheme) payee(m Milestone, f Facts, day asye.Date) Stay {
	return f.with(s.payeeOn(m, f, day))
}

// payeeOn is the day whose employer is paid.
func (s *Scheme) payeeOn(m Milestone, f Facts, day asye.Date) asye.Date {
	if m.On == OnStart || s.Transfer.Completion == FirstEmployer {
		return f.Start
	}
	return day
}

// due is the employer to whom the entitlement is due.
func (e *Entitlement) due() Stay { return e.Scheme.payee(e.Milestone, e.Facts, e.On) }

// elsewhere says why it is not this employer's.
func (e *Entitlement) elsewhere() string {
	if len(e.Facts.Stays) == 0 {
		return "No employer is on record for this year, so nobody can claim this payment"
	}
	return "It is paid to whoever employs the NQSW on " + e.Scheme.payeeOn(e.Milestone, e.Facts, e.On).String() + ", and that is another employer"
}

// time decides when something that is due can be claimed.
func (e Entitlement) time(at When) Entitlement {
	d, _ := e.Scheme.deadline(e.On) // each day of a window has one
	rule, known, closed := "deadlines."+d.Key, e.State == Claimable, !at.Now.Before(d.closes()) && !e.Facts.IsLate(e.Milestone.Key)
	e.Closes, e.From = d.closes(), later(e.On, e.Scheme.Opens.Day)
	if d.takesAhead(e.On) {
		e.From = later(d.FirstDay, e.Scheme.Opens.Day)
	}
	switch {
	case closed && known:
		e.AtStake = e.Pence
		return e.never(rule, "The deadline has passed: it was "+d.String())
	case closed:
		e.From = asye.Date{}
		e.Why = append(e.Why, Reason{rule, "What falls on " + e.On.String() + " can no longer be claimed: the deadline was " + d.String()})
		return e
	case d.takesAhead(e.On):
		e.Why = append(e.Why, Reason{rule, "It falls after the deadline, and is claimed before: by " + d.String()})
	}
	if at.Today.Before(e.From) {
		e.State = NotYet
		return e
	}
	e.From = asye.Date{}
	if known || d.takesAhead(e.On) {
		e.State, e.Missing = Claimable, e.Scheme.missing(&e.Facts, at.Today)
	}
	return e
}

func later(a, b asye.Date) asye.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// missing is what has to be settled, or brought, before a claim (GRA-14, GRA-16).
func (s *Scheme) missing(f *Facts, today asye.Date) []Reason {
	var out []Reason
	if f.Twin {
		out = append(out, Reason{"once", "Another record may be the same person, and each payment is made once for each NQSW. The national team has to say first"})
	}
	for _, v := range s.Evidence {
		rule := "evidence." + v.Key
		switch oldest := today.AddDays(-v.Days); {
		case f.CheckedOn.IsZero():
			out = append(out, Reason{rule, "Nobody has looked the NQSW up in the regulator’s register. Do that on the record"})
		case !f.CheckGood:
			out = append(out, Reason{rule, "The look at the regulator’s register on " + f.CheckedOn.String() + " raised a question. Settle it, and look again"})
		case f.CheckedOn.Before(oldest):
			out = append(out, Reason{rule, fmt.Sprintf("The regulator’s register was last looked at on %s. It has to be within %d days of the claim: look again on the record",
				f.CheckedOn, v.Days)})
		}
	}
	return out
}

// never is the entitlement as one that is not paid, and why.
func (e Entitlement) never(rule, why string) Entitlement { return e.refused([]Reason{{rule, why}}) }

func (e Entitlement) refused(why []Reason) Entitlement {
	e.State, e.Pence, e.From, e.Why, e.Missing = Never, 0, asye.Date{}, why, nil
	return e
}

// MissedDeadline reports whether only its deadline keeps a payment from being
// claimed, and the scheme lets one ask for it all the same.
func (e Entitlement) MissedDeadline() bool {
	return e.State == Never && e.Scheme.Late.Requests && e.AtStake > 0
}
