package statement

import (
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
)

// Remittance is money that arrived at an employer, as its bank tells.
type Remittance struct {
	ID         string
	ReceivedOn asye.Date
	Text       string // the bank's
	Pence      grant.Pence
	Statement  string // what it is for; empty while that is not known
	Note       string // why it is for no statement, where somebody has found out
	Version    int
}

// Match finds the statement of which a bank's text holds the reference, however
// it is spaced and in whatever letters; empty when none or several are named.
func Match(text string, all []Statement) string {
	bare := bareOf(text)
	var found []Statement
	for _, st := range all {
		if strings.Contains(bare, bareOf(st.Reference)) {
			found = append(found, st)
		}
	}
	// Of CAF2627-301-1 and CAF2627-301-11, the longer that fits is meant.
	slices.SortFunc(found, func(a, b Statement) int { return len(b.Reference) - len(a.Reference) })
	if len(found) == 0 || len(found) > 1 && len(found[0].Reference) == len(found[1].Reference) {
		return ""
	}
	return found[0].ID
}

func bareOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// Standing is how a statement stands against what arrived.
type Standing string

// How a statement can stand.
const (
	Waiting Standing = "waiting" // nothing has arrived
	Matched Standing = "matched" // all of it has
	Short   Standing = "short"   // less has
	Over    Standing = "over"    // more has
)

// String is the standing as pages say it.
func (s Standing) String() string {
	switch s {
	case Waiting:
		return "Nothing received"
	case Matched:
		return "Matched"
	case Short:
		return "Short"
	case Over:
		return "More than due"
	}
	return string(s)
}

// Reconciled is a statement beside what arrived for it.
type Reconciled struct {
	Statement Statement
	Received  []Remittance
	Arrived   grant.Pence
	Standing  Standing
	Days      int // since it was authorised to be paid, or paid, where anything is outstanding
}

// Outstanding is what has not arrived; below zero when too much has.
func (r Reconciled) Outstanding() grant.Pence { return r.Statement.Pence - r.Arrived }

// Awaited are the statements that money can be for: those that are authorised or
// paid.
func Awaited(all []Statement) []Statement {
	return slices.DeleteFunc(slices.Clone(all), func(st Statement) bool { return st.State != Authorised && st.State != Paid })
}

// Reconcile holds what arrived against the statements that are authorised or
// paid; what is for none of them is unexpected. Everything that arrived is in one
// place, and in no more than one (GRA-47).
func Reconcile(all []Statement, received []Remittance, today asye.Date) (out []Reconciled, unexpected []Remittance) {
	of := map[string][]Remittance{}
	for _, one := range received {
		of[one.Statement] = append(of[one.Statement], one)
	}
	awaited := map[string]bool{}
	for _, st := range Awaited(all) {
		awaited[st.ID] = true
		r := Reconciled{Statement: st, Received: of[st.ID]}
		for _, one := range r.Received {
			r.Arrived += one.Pence
		}
		r.Standing = standing(st.Pence, r.Arrived, len(r.Received))
		if r.Outstanding() > 0 && !st.PaidOn.IsZero() {
			r.Days = st.PaidOn.DaysUntil(today)
		}
		out = append(out, r)
	}
	for _, one := range received {
		if !awaited[one.Statement] {
			unexpected = append(unexpected, one)
		}
	}
	return out, unexpected
}

func standing(due, arrived grant.Pence, times int) Standing {
	switch {
	case due == arrived:
		return Matched
	case times == 0:
		return Waiting
	case arrived < due:
		return Short
	}
	return Over
}

// Suggest finds the statement that unexpected money is likely to be for: the one
// that its text names, or else the only one of which exactly so much has not
// arrived. It is empty when nothing suggests itself.
func Suggest(r Remittance, all []Reconciled) string {
	var awaited []Statement
	var same []string
	for _, one := range all {
		awaited = append(awaited, one.Statement)
		if one.Outstanding() == r.Pence && r.Pence > 0 {
			same = append(same, one.Statement.ID)
		}
	}
	if named := Match(r.Text, awaited); named != "" || len(same) != 1 {
		return named
	}
	return same[0]
}

// Age is how much has been outstanding for how long.
type Age struct {
	Title string
	From  int // days
	Pence grant.Pence
	Count int
}

// Aged puts what is outstanding of paid statements by its age: up to 30 days, 60,
// 90, and longer.
func Aged(all []Reconciled) []Age {
	ages := []Age{{Title: "Up to 30 days"}, {Title: "31 to 60 days", From: 31}, {Title: "61 to 90 days", From: 61}, {Title: "Over 90 days", From: 91}}
	for _, r := range all {
		if r.Outstanding() <= 0 || r.Statement.State != Paid {
			continue
		}
		at := 0
		for i, a := range ages {
			if r.Days >= a.From {
				at = i
			}
		}
		ages[at].Pence += r.Outstanding()
		ages[at].Count++
	}
	return ages
}
