package grant

import (
	"fmt"

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
	On        asye.Date    // when the milestone falls, or is expected to
	From      asye.Date    // the first day on which it can be claimed, where it cannot yet
	Closes    asye.Instant // the first instant that is too late
	Pence     Pence
	Why       []Reason
	Missing   []Reason  // what has to be put right before it can be claimed
	Standing  *Standing // the claim that stands, if any
}

// Reason is one sentence with the rule that it rests on.
type Reason struct {
	Rule string `json:"rule"` // the key of the rule within the scheme
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
	var out []Entitlement
	for _, key := range b.milestones(f.Programme) {
		out = append(out, b.entitlement(f, org, key, at))
	}
	return out
}

func (b *Book) entitlement(f Facts, org asye.OrganisationID, key string, at When) Entitlement {
	e := b.fall(f, key, at)
	e.Facts, e.Org = f, org
	if e.Standing = f.standing(key); e.Standing != nil {
		return e.stood(b, at)
	}
	if e.State == Never {
		return e
	}
	if to := e.Scheme.payee(e.Milestone, f, e.On); to.Org != org {
		return e.never("transfer", "The employer at that time claims this payment")
	}
	return e.time(at)
}

// fall finds the scheme that pays for a milestone: the one whose window holds
// the day on which it falls.
func (b *Book) fall(f Facts, key string, at When) Entitlement {
	var last Entitlement
	for _, s := range b.of(f.Programme) {
		m, ok := s.Milestone(key)
		if !ok {
			continue
		}
		last = s.due(m, f, at)
		if last.On.IsZero() || s.Window.Period().Contains(last.On) {
			if last.Scheme.Key != "" {
				return last
			}
		}
	}
	if last.On.IsZero() {
		return last
	}
	e := Entitlement{Milestone: last.Milestone, On: last.On}
	return e.never("window", "No scheme pays for what falls on "+last.On.String())
}

// due decides whether a scheme pays a milestone at all, whoever claims it.
func (s Scheme) due(m Milestone, f Facts, at When) Entitlement {
	when := s.event(m, f, at.Today)
	e := Entitlement{Scheme: s, Milestone: m, On: when.day, Pence: m.Pence}
	if s.Formula != nil {
		e.Pence = s.Formula.For(s.payee(m, f, when.day).Type)
	}
	switch {
	case when.refuse != "":
		return e.never(when.rule, when.refuse)
	case !f.Funded:
		return e.never("funded", f.Unfunded)
	case f.Agency && !s.Agency.Paid:
		return e.never("agency", "The NQSW is employed through an agency, and this scheme does not pay for that")
	case f.Start.Before(s.Starts.Day):
		return e.never("starts", "The year started before "+s.Starts.Day.String())
	case m.On == OnStart && s.leftEarly(f):
		return e.never("leaving", fmt.Sprintf("The NQSW withdrew on %s, within %d days of the start", f.Ended.AddDays(-1), s.Leaving.Days))
	}
	e.State = Claimable
	if !when.known {
		e.State = NotYet
	}
	e.Why = append(e.Why, Reason{when.rule, when.why})
	return e
}

// leftEarly reports whether somebody withdrew so soon that the payment at the
// start is given back.
func (s Scheme) leftEarly(f Facts) bool {
	return f.Result == Withdrawn && s.Leaving.Days > 0 && f.Ended.Before(f.Start.AddDays(s.Leaving.Days))
}

// stood judges a claim that stands by the facts as they are now.
func (e Entitlement) stood(b *Book, at When) Entitlement {
	s := *e.Standing
	was, ok := b.Get(s.Scheme)
	if !ok {
		was = e.Scheme
	}
	owed, still := e.State != Never && was.Key == e.Scheme.Key, e.Org
	if owed {
		still = was.payee(e.Milestone, e.Facts, e.On).Org
	}
	switch {
	case s.Org != e.Org && owed && still == e.Org:
		e.State = Clash
		e.Why = []Reason{{"once", "Another employer has claimed this payment. Each is made once for each NQSW; the national team can settle whose it is"}}
	case s.Org != e.Org:
		return e.never("transfer", "Another employer has claimed this payment")
	case owed && still == e.Org:
		e.State = s.State
	case s.State == Claimed:
		e.State, e.Why = Claimed, append(e.Why, Reason{"doubt", "It has been claimed and is no longer due"})
	default:
		e.State = Recover
		e.Why = append(e.Why, Reason{"recovery", "It has been paid and is no longer due"})
	}
	e.Scheme, e.Pence, e.On = was, s.Pence, s.On
	return e
}

// time decides when something that is due can be claimed.
func (e Entitlement) time(at When) Entitlement {
	d, ok := e.Scheme.deadline(e.On)
	if !ok {
		return e.never("deadlines", "No deadline covers what falls on "+e.On.String())
	}
	e.Closes = d.closes()
	e.From = later(e.On, e.Scheme.Opens.Day)
	if d.Ahead && e.On.After(d.day()) {
		e.From = later(d.FirstDay, e.Scheme.Opens.Day)
		e.Why = append(e.Why, Reason{"deadlines." + d.Key, "It falls after the deadline, and is claimed before"})
	}
	switch {
	case !at.Now.Before(e.Closes):
		return e.never("deadlines."+d.Key, "The deadline has passed: it was "+d.String())
	case e.State == NotYet && !d.Ahead, at.Today.Before(e.From):
		e.State = NotYet
		return e
	}
	e.State, e.From = Claimable, asye.Date{}
	e.Missing = e.Scheme.missing(e.Facts, at.Today)
	return e
}

func later(a, b asye.Date) asye.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// missing is the evidence that has to be brought before a claim.
func (s Scheme) missing(f Facts, today asye.Date) []Reason {
	var out []Reason
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
func (e Entitlement) never(rule, why string) Entitlement {
	e.State, e.Why, e.Missing = Never, []Reason{{rule, why}}, nil
	return e
}
