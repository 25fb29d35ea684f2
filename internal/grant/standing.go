package grant

import "example.org/asye/internal/asye"

// stood judges what has been claimed by the facts as they are now: by another
// employer or for another year (GRA-10), or by this employer for this year
// (GRA-11). Mine is that the payment is due to this employer.
func (e Entitlement) stood(b *Book, mine bool, today asye.Date) Entitlement {
	s := e.Standing
	switch own := s.Org == e.Org; {
	case own && s.of(&e.Facts):
		return e.judged(b, mine, today)
	case own:
		return e.never("once", "It has been claimed for another year of the NQSW, and each payment is made once for each NQSW")
	case mine:
		e.State = Clash
		e.Why = []Reason{{"once", "Another employer has claimed this payment, and each is made once for each NQSW. The national team can settle whose it is"}}
		return e
	}
	return e.never("once", "Another employer has claimed this payment, and each is made once for each NQSW")
}

// judged is a claim of this employer for this year as it stands, or as no
// longer due.
func (e Entitlement) judged(b *Book, mine bool, today asye.Date) Entitlement {
	s := e.Standing
	was := b.find(s.Scheme)
	owed := false
	switch {
	case was == nil:
		was, owed = &Scheme{Key: s.Scheme, Name: s.Scheme}, true
		e.Why = []Reason{{"scheme", "The rules by which it was claimed are no longer kept here, so it is not judged again"}}
	case e.State == Never: // and says why
	case e.Facts.again(s):
		e.Why = []Reason{{"once", "It was claimed before for another record of the same person, and each payment is made once for each NQSW"}}
	case !mine:
		e.Why = []Reason{{"transfer", e.elsewhere()}}
	case was.Key != e.Scheme.Key:
		e.Why = []Reason{{"window", "It falls on " + e.On.String() + " now, which is for " + e.Scheme.Name + " to pay"}}
	default:
		owed = true
		e.Why = append(e.Why, e.early(today)...)
	}
	if m := was.milestone(e.Milestone.Key); m != nil {
		e.Milestone = *m
	}
	e.Why = append(e.Why, s.verdict(owed)...)
	if e.State = s.State; !owed && s.State != Claimed {
		e.State = Recover
	}
	e.Scheme, e.Pence, e.On = *was, s.Pence, s.On
	return e
}

// early is the doubt about what was claimed, is due in the same scheme and has
// not happened: an outcome that was undone, a start that was put off.
func (e *Entitlement) early(today asye.Date) []Reason {
	d, _ := e.Scheme.deadline(e.On) // each day of a window has one
	if happened := e.State == Claimable && !e.On.After(today); happened || d.takesAhead(e.On) {
		return nil
	}
	return []Reason{{"doubt", "It has been claimed, and by the facts as they are now it has not happened yet"}}
}

// verdict says what follows for the claim.
func (s *Standing) verdict(owed bool) []Reason {
	switch {
	case !owed && s.State == Claimed:
		return []Reason{{"doubt", "It has been claimed, and is not due"}}
	case !owed:
		return []Reason{{"recovery", "It has been paid, and is not due"}}
	case s.State == Recover:
		return []Reason{{"recovery", "It is being recovered, though by the facts as they are now it is due. The national team can stop that"}}
	}
	return nil
}
