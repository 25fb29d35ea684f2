package admin

import (
	"strings"

	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// auditEntry is one row of the audit trail: a line, or the readings of one
// record by one person on one day.
type auditEntry struct {
	trail.Line
	Times int          // how often
	First asye.Instant // when the first of them was; the line is the last
}

// together puts the readings of one record by one person on one day into one
// entry, at the place of the latest. Lines come the newest first.
func together(lines []trail.Line) []auditEntry {
	var out []auditEntry
	at := map[string]int{}
	for _, l := range lines {
		if !l.Reading {
			out = append(out, auditEntry{l, 1, l.At})
			continue
		}
		key := strings.Join([]string{clock.DateOf(l.At).ISO(), l.What, l.Subject, l.ActorID, string(l.ActorRole), l.ActorOrg}, "|")
		if i, seen := at[key]; seen && len(l.After) == 0 {
			out[i].Times++
			out[i].First = l.At
			continue
		}
		at[key] = len(out)
		out = append(out, auditEntry{l, 1, l.At})
	}
	return out
}

// when is the moment, or from when to when.
func (e auditEntry) when() string {
	if e.Times == 1 {
		return web.Moment(e.At)
	}
	last := e.At.Time().In(clock.London).Format("3:04pm")
	return web.Moment(e.First) + " to " + last
}

// often says how often, where it was more than once.
func (e auditEntry) often() string {
	switch e.Times {
	case 1:
		return ""
	case 2:
		return "Twice"
	}
	return ui.Thousands(e.Times) + " times"
}

// workingAs is what the person was at work as; empty for the program.
func workingAs(l trail.Line) string {
	if l.Actor != tenant.ByPerson || l.ActorRole == "" {
		return ""
	}
	if l.ActorOrg == "" {
		return l.ActorRole.String()
	}
	return l.ActorRole.String() + ", " + l.ActorOrg
}
