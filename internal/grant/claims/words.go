package claims

import (
	"fmt"
	"strings"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/platform/ui"
)

// sentences writes reasons one after the other.
func sentences(all []grant.Reason) string {
	var out []string
	for _, r := range all {
		out = append(out, r.Text+".")
	}
	return strings.Join(out, " ")
}

// left says how long there still is until an instant that is too late.
func left(now, closes asye.Instant) string {
	d := closes.Time().Sub(now.Time())
	switch {
	case d <= 0:
		return "it has passed"
	case d < time.Minute:
		return "less than a minute left"
	case d < 2*time.Hour:
		return some(int(d/time.Minute), "minute") + " left"
	case d < 48*time.Hour:
		return some(int(d/time.Hour), "hour") + " left"
	}
	return some(int(d/(24*time.Hour)), "day") + " left"
}

// some counts things whose plural ends in s.
func some(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return ui.Thousands(n) + " " + what + "s"
}

// soon is how long before a deadline it is urgent.
const soon = 14 * 24 * time.Hour

func isSoon(now, closes asye.Instant) bool {
	return !closes.IsZero() && closes.Time().Sub(now.Time()) < soon
}

func dueTag(s grant.State) ui.TagOptions {
	colour := map[grant.State]ui.TagColour{grant.Claimable: ui.TagYellow, grant.Clash: ui.TagRed, grant.Recover: ui.TagRed,
		grant.NotYet: ui.TagBlue, grant.Claimed: ui.TagTeal, grant.Paid: ui.TagGreen, grant.Never: ui.TagGrey}[s]
	return ui.TagOptions{Text: s.String(), Colour: colour}
}

func claimTag(s claim.State) ui.TagOptions {
	colour := map[claim.State]ui.TagColour{claim.Draft: ui.TagYellow, claim.Signed: ui.TagBlue, claim.Submitted: ui.TagTeal,
		claim.Answered: ui.TagGreen, claim.Discarded: ui.TagGrey}[s]
	return ui.TagOptions{Text: s.String(), Colour: colour}
}

func paymentTag(l claim.Line) ui.TagOptions {
	if l.Recovery != claim.RecoveryNone {
		return ui.TagOptions{Text: l.Recovery.String(), Colour: ui.TagRed}
	}
	colour := map[claim.Payment]ui.TagColour{claim.PaymentSigned: ui.TagBlue, claim.PaymentSubmitted: ui.TagTeal, claim.PaymentReturned: ui.TagRed,
		claim.PaymentAccepted: ui.TagGreen, claim.PaymentPaid: ui.TagGreen}[l.Payment]
	return ui.TagOptions{Text: l.Payment.String(), Colour: colour}
}

// until is the deadline for what falls on a day, as people say it.
func until(s grant.Scheme, on asye.Date) string {
	d, ok := s.DeadlineOf(on)
	if !ok {
		return ""
	}
	return d.String()
}

// ours reports whether a year is with an employer now, whose coordinator can
// open the record.
func ours(r grant.Row) bool {
	n := len(r.Facts.Stays)
	return n > 0 && r.Facts.Stays[n-1].Org == r.Org
}

// print is a fingerprint in short, as two people read it to each other.
func print(hash string) string {
	if len(hash) < 12 {
		return hash
	}
	return fmt.Sprintf("%s %s %s", hash[:4], hash[4:8], hash[8:12])
}

func keyOf(r grant.Row) claim.Key {
	return claim.Key{Enrolment: r.Facts.Enrolment, Milestone: r.Milestone.Key}
}

// milestone is the name of a milestone of a scheme.
func (p *pages) milestone(scheme, key string) string {
	if s, ok := p.due.Book().Get(scheme); ok {
		if m, ok := s.Milestone(key); ok {
			return m.Name
		}
	}
	return key
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
