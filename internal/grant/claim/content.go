package claim

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/fault"
)

// Content is exactly what a claim says at a moment: what is signed.
type Content struct {
	Lines   []Line
	Blocked []grant.Row // can be claimed once something is put right
	Out     []Line      // left out of this claim by the employer
	Unmet   []grant.Condition
}

// Compose makes the content of a draft from what is due to the employer and what
// it has done of the scheme's conditions (GRA-20). Rows of other schemes are
// passed over.
func Compose(scheme grant.Scheme, due []grant.Row, leftOut []Key, met map[string]bool) Content {
	var c Content
	for _, r := range due {
		switch {
		case r.Scheme.Key != scheme.Key || r.State != grant.Claimable:
		case len(r.Missing) > 0:
			c.Blocked = append(c.Blocked, r)
		case slices.Contains(leftOut, Key{r.Facts.Enrolment, r.Milestone.Key}):
			c.Out = append(c.Out, lineOf(r))
		default:
			c.Lines = append(c.Lines, lineOf(r))
		}
	}
	for _, one := range scheme.Conditions {
		asked := slices.ContainsFunc(c.Lines, func(l Line) bool { return slices.Contains(one.Milestones, l.Milestone) })
		if asked && !met[one.Key] {
			c.Unmet = append(c.Unmet, one)
		}
	}
	return c
}

// claimable are the payments of a scheme that are due now, whatever evidence is
// asked for: a signature has seen that.
func claimable(scheme grant.Scheme, due []grant.Row) []Line {
	var out []Line
	for _, r := range due {
		if r.Scheme.Key == scheme.Key && r.State == grant.Claimable {
			out = append(out, lineOf(r))
		}
	}
	return out
}

// Now are the payments of the scheme that can be claimed now, whatever evidence
// is asked for and whatever was left out: what was signed is held against them.
func (c Content) Now() []Line {
	out := slices.Concat(c.Lines, c.Out)
	for _, r := range c.Blocked {
		out = append(out, lineOf(r))
	}
	return out
}

// Hash is of all that a signature stands for: the rules, and each line with the
// facts that it rests on and what the funder is sent of it.
func Hash(scheme grant.Scheme, lines []Line) string {
	type said struct {
		Facts     any
		Why       any
		Shown     Shown
		Scheme    string
		Milestone string
		On        string
		Pence     grant.Pence
	}
	sum := sha256.New()
	sum.Write([]byte(scheme.Hash))
	for _, l := range lines {
		text, err := json.Marshal(said{l.Facts, l.Why, l.Shown, l.Scheme, l.Milestone, l.On.ISO(), l.Pence})
		if err != nil {
			panic(err) // these are texts, numbers and days
		}
		sum.Write(text)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Ready refuses a claim that cannot be signed yet, and says what is missing.
func (c Content) Ready() error {
	if len(c.Lines) == 0 {
		return fault.New(fault.Conflict, "There is nothing in this claim. Put something right that blocks a payment, or take one back in that was left out")
	}
	if len(c.Unmet) > 0 {
		var names []string
		for _, one := range c.Unmet {
			names = append(names, one.Name)
		}
		return fault.New(fault.Conflict, "The scheme asks for more before this can be claimed: %s. Add the document on the page of the claim", strings.Join(names, ", "))
	}
	return nil
}

// Fallen lists in words which lines cannot be claimed any more as they were
// signed, by what could be claimed now.
func Fallen(signed, now []Line) []string {
	var out []string
	for _, l := range signed {
		at := slices.IndexFunc(now, func(other Line) bool { return other.Key() == l.Key() })
		switch {
		case at < 0:
			out = append(out, fmt.Sprintf("%s, %s: it can no longer be claimed", l.Shown.Name(), l.Shown.Milestone))
		case now[at].Pence != l.Pence || now[at].On != l.On || now[at].Scheme != l.Scheme:
			out = append(out, fmt.Sprintf("%s, %s: it is %s on %s now, and %s on %s was signed", l.Shown.Name(), l.Shown.Milestone,
				now[at].Pence, now[at].On, l.Pence, l.On))
		}
	}
	return out
}
