package grant

import "fmt"

// Rule is one rule of a scheme, in words, with what it rests on.
type Rule struct {
	Key   string // within the scheme: milestones.registration
	Title string
	Text  string // a whole sentence
	Basis Basis
	basis *Basis
}

// Rules lists every rule of the scheme in words, in the order in which somebody
// would read them.
func (s Scheme) Rules() []Rule {
	all := s.rules()
	for i := range all {
		all[i].Basis, all[i].basis = *all[i].basis, nil
	}
	return all
}

// Assumed lists the rules that rest on no source.
func (s Scheme) Assumed() []Rule {
	var out []Rule
	for _, r := range s.Rules() {
		if r.Basis.Assumed {
			out = append(out, r)
		}
	}
	return out
}

func (s *Scheme) rules() []Rule {
	w := s.Window
	out := []Rule{
		{Key: "funder", Title: "Who pays", Text: s.Funder.Name + " pays, and claims go to " + or(s.Funder.Email, "an address that it has not published") + ".", basis: &s.Funder.Basis},
		{Key: "window", Title: "What it pays for", Text: fmt.Sprintf("What falls on %s to %s, both included.", w.FirstDay, w.LastDay), basis: &s.Window.Basis},
		{Key: "opens", Title: "First day of claims", Text: fmt.Sprintf("Nothing can be claimed before %s.", s.Opens.Day), basis: &s.Opens.Basis},
		{Key: "starts", Title: "Earliest start", Text: fmt.Sprintf("Nobody who started before %s is paid for.", s.Starts.Day), basis: &s.Starts.Basis},
	}
	for i := range s.Milestones {
		m := &s.Milestones[i]
		out = append(out, Rule{Key: "milestones." + m.Key, Title: m.Name, Text: m.words(), basis: &m.Basis})
	}
	if s.Formula != nil {
		out = append(out, s.Formula.rule())
	}
	if s.Final != nil {
		out = append(out, Rule{Key: "final", Title: "Final year", Text: fmt.Sprintf("“%s” is paid for everybody who is on the programme on %s, or starts after that day within the window, before they complete.",
			s.finalName(), s.Final.Day), basis: &s.Final.Basis})
	}
	return append(append(out, s.situations()...), s.formalities()...)
}

// finalName is what people call the milestone that the final year pays.
func (s *Scheme) finalName() string {
	if m := s.milestone(s.Final.Milestone); m != nil {
		return m.Name
	}
	return s.Final.Milestone
}

func (m Milestone) words() string {
	amount := "By the formula"
	if m.Pence > 0 {
		amount = m.Pence.String()
	}
	if m.On == OnStart {
		return amount + " for each NQSW, on the first day of the year."
	}
	return amount + " for each NQSW, on the day on which the outcome is decided."
}

func (r *Rate) rule() Rule {
	text := fmt.Sprintf("At least %s for each NQSW; %s of it at first, for each NQSW expected, and the rest when it is known how many came. An employer that gives no estimate is taken to have as many as in the mean of the last %d years.",
		r.Floor, r.First, r.Years)
	for _, c := range r.Ceilings {
		kinds := ""
		for i, t := range c.Types {
			if i > 0 {
				kinds += ", "
			}
			kinds += t.String()
		}
		text += fmt.Sprintf(" At most %s: %s.", c.Pence, kinds)
	}
	return Rule{Key: "formula", Title: "How much", Text: text, basis: &r.Basis}
}

// situations are what happens when a year does not go straight.
func (s *Scheme) situations() []Rule {
	leaving := "What was paid at the start stays paid, whenever somebody withdraws."
	if s.Leaving.Days > 0 {
		leaving = fmt.Sprintf("Whoever withdraws within the first %d days of the year is not paid for, and what was paid is given back. After that what was paid at the start stays paid.", s.Leaving.Days)
	}
	transfer := "Whoever employs the NQSW at the start is paid for the start, and whoever employs them on the day of completion for that."
	if s.Transfer.Completion == FirstEmployer {
		transfer = "Whoever employs the NQSW at the start is paid for everything."
	}
	return []Rule{
		{Key: "leaving", Title: "Leaving", Text: leaving, basis: &s.Leaving.Basis},
		{Key: "transfer", Title: "Moving to another employer", Text: transfer, basis: &s.Transfer.Basis},
		{Key: "failing", Title: "Failing", Text: either(s.Failing.Paid, "A year that was failed is paid for like one that was passed.", "A year that was failed is not paid for as completed."), basis: &s.Failing.Basis},
		{Key: "pausing", Title: "Parental leave and other pauses", Text: either(s.Pausing.Final, "Whoever is paused is still on the programme, and counts in the final year.", "Whoever is paused does not count in the final year."), basis: &s.Pausing.Basis},
		{Key: "agency", Title: "Agency workers", Text: either(s.Agency.Paid, "Those employed through an agency are paid for.", "Those employed through an agency are not paid for."), basis: &s.Agency.Basis},
	}
}

// formalities are how and until when something is claimed.
func (s *Scheme) formalities() []Rule {
	var out []Rule
	for i := range s.Deadlines {
		d := &s.Deadlines[i]
		text := fmt.Sprintf("What falls on %s to %s is claimed by %s (%s), that minute included.", d.FirstDay, d.LastDay, d, d.Zone)
		if d.Ahead {
			text += " What falls after the deadline is claimed before it happens."
		}
		out = append(out, Rule{Key: "deadlines." + d.Key, Title: "Deadline", Text: text, basis: &d.Basis})
	}
	if s.Formula != nil {
		for i := range s.Formula.Estimates {
			d := &s.Formula.Estimates[i]
			out = append(out, Rule{Key: "estimates." + d.Key, Title: "Deadline of estimates", Text: fmt.Sprintf("Numbers are estimated by %s (%s).", d, d.Zone), basis: &d.Basis})
		}
	}
	out = append(out, Rule{Key: "late", Title: "Late claims", Text: either(s.Late.Requests, "A claim after the deadline can be asked for, with the reason; the funder decides.", "A claim after the deadline is not looked at."), basis: &s.Late.Basis})
	for i := range s.Evidence {
		e := &s.Evidence[i]
		out = append(out, Rule{Key: "evidence." + e.Key, Title: "Check of the register", Text: fmt.Sprintf("The regulator’s register was looked at within %d days of the claim, and raised no question.", e.Days), basis: &e.Basis})
	}
	for i := range s.Conditions {
		c := &s.Conditions[i]
		out = append(out, Rule{Key: "conditions." + c.Key, Title: c.Name, Text: "The employer has it for the year before it claims.", basis: &c.Basis})
	}
	return append(out, Rule{Key: "file", Title: "The funder’s spreadsheet", Text: fmt.Sprintf("%d columns, in the order of this page.", len(s.File.Columns)), basis: &s.File.Basis})
}

func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
