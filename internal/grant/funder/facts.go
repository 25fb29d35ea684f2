package funder

import (
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/platform/ui"
)

// fact is one thing that a payment rests on, as it was known when it was signed
// and as it is known now.
type fact struct{ Name, Then, Now string }

func (f fact) differs() bool { return f.Then != f.Now }

// judged is a payment beside what the registration says now.
type judged struct {
	claim.Line
	Now   *grant.Row // nil where there is no such registration any more
	Facts []fact
}

// names are the employers by their identifiers.
type names map[asye.OrganisationID]string

func (n names) of(org asye.OrganisationID) string {
	if name := n[org]; name != "" {
		return name
	}
	return "An employer that is not known"
}

// judge sets a payment beside what is due to its employer now.
func judge(l claim.Line, due []grant.Row, n names) judged {
	j := judged{Line: l}
	for i, r := range due {
		if r.Facts.Enrolment == l.Enrolment && r.Milestone.Key == l.Milestone {
			j.Now = &due[i]
		}
	}
	j.Facts = j.compare(n)
	return j
}

// compare lists the facts, those that differ first.
func (j judged) compare(n names) []fact {
	if j.Line.Facts.Start.IsZero() {
		return nil // the person was erased
	}
	then := append(said(j.Line.Facts, n), "Due on "+j.On.String()+", "+j.Pence.String(), reasons(j.Why))
	now := then
	if j.Now != nil {
		now = append(said(j.Now.Facts, n), "Due on "+j.Now.On.String()+", "+j.Now.Pence.String(), reasons(j.Now.Why))
		if !j.Now.Doubtful() { // that it was claimed in time is not asked again
			now[len(now)-1] = then[len(then)-1]
		}
	}
	var same, differ []fact
	for i, name := range append(factNames(), "Payment", "Why") {
		f := fact{name, then[i], now[i]}
		if f.differs() {
			differ = append(differ, f)
		} else {
			same = append(same, f)
		}
	}
	return append(differ, same...)
}

func factNames() []string {
	return []string{"First day", "Last day", "Outcome", "Paid for", "Agency", "Employers", "Pauses", "Register", "Late claims"}
}

// said puts facts into words, in the order of [factNames].
func said(f grant.Facts, n names) []string {
	return []string{f.Start.String(), lastDay(f), outcome(f), funded(f), yesNo(f.Agency), stays(f, n), pauses(f), register(f), late(f)}
}

func lastDay(f grant.Facts) string {
	if !f.Ended.IsZero() {
		return "Ended on " + f.Ended.AddDays(-1).String()
	}
	return "Expected on " + f.Due.AddDays(-1).String()
}

func outcome(f grant.Facts) string {
	if f.Result == "" {
		return "None yet"
	}
	text := strings.ToUpper(string(f.Result[:1])) + string(f.Result[1:])
	if !f.Decided.IsZero() {
		text += ", decided on " + f.Decided.String()
	}
	return text
}

func funded(f grant.Facts) string {
	if f.Funded {
		return "Yes"
	}
	return "No: " + f.Unfunded
}

func yesNo(is bool) string {
	if is {
		return "Yes"
	}
	return "No"
}

func stays(f grant.Facts, n names) string {
	var out []string
	for _, s := range f.Stays {
		out = append(out, n.of(s.Org)+" from "+s.Period.Start.String())
	}
	return orNone(out)
}

func pauses(f grant.Facts) string {
	var out []string
	for _, p := range f.Pauses {
		out = append(out, p.String())
	}
	return orNone(out)
}

func register(f grant.Facts) string {
	switch {
	case f.CheckedOn.IsZero():
		return "Nobody has looked"
	case f.CheckGood:
		return "Looked at on " + f.CheckedOn.String() + ", no question"
	}
	return "Looked at on " + f.CheckedOn.String() + ", with a question"
}

func late(f grant.Facts) string { return orNone(f.Late) }

func orNone(list []string) string {
	if len(list) == 0 {
		return "None"
	}
	return strings.Join(list, "; ")
}

func reasons(why []grant.Reason) string {
	var out []string
	for _, w := range why {
		out = append(out, w.Text)
	}
	return strings.Join(out, ". ")
}

// differences is how many facts have changed since it was signed.
func (j judged) differences() int {
	n := 0
	for _, f := range j.Facts {
		if f.differs() {
			n++
		}
	}
	return n
}

// doubt says why the payment is not due by the facts as they are now; empty when
// it is.
func (j judged) doubt() string {
	if j.Line.Facts.Start.IsZero() {
		return ""
	}
	if j.Now == nil {
		return "There is no such registration with this employer any more"
	}
	if j.Now.Doubtful() {
		return reasons(j.Now.Why)
	}
	return ""
}

// parted are the facts that have changed, and those that have not.
func (j judged) parted() (differ, same []fact) {
	n := j.differences()
	return j.Facts[:n], j.Facts[n:]
}

// table lists facts; no two tables of a page have one caption.
func (j judged) table(what string, facts []fact) ui.TableOptions {
	o := ui.TableOptions{Caption: what + ": " + j.named(), CaptionHidden: true, RowHeaders: true, Stacked: true, Small: true,
		Head: []ui.Column{{Text: "What"}, {Text: "When it was signed"}, {Text: "Now"}}}
	for _, f := range facts {
		now := ui.Text(f.Now)
		if f.differs() {
			now = ui.Part(changedFact(f.Now))
		}
		if j.Now == nil {
			now = ui.Text("Not known")
		}
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(f.Name), ui.Text(f.Then), now})
	}
	return o
}

// named is who the payment is for, and for what.
func (j judged) named() string { return j.Shown.Name() + ", " + j.Shown.Milestone }
