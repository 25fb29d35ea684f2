package check

import (
	"slices"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns"
)

// Recheck compares a plan that somebody saw with the plan of the same sheet at
// the moment of commit: which rows still hold, and which are left out and why.
// Rows that were wrong stay out whatever has changed (REG-61).
func Recheck(seen, now Plan) (hold []Line, left []Finding) {
	at := make(map[int]*Line, len(now.Lines))
	for i := range now.Lines {
		at[now.Lines[i].Row] = &now.Lines[i]
	}
	for i := range seen.Lines {
		was, is := &seen.Lines[i], at[seen.Lines[i].Row]
		switch {
		case is == nil || was.Kind == Wrong || was.Kind == Same || is.Kind == Same && was.Kind == Changed:
			continue
		case is.Kind == Wrong:
			left = append(left, impersonal(is.Problems, is.Entry)...)
		case was.Kind != is.Kind:
			left = append(left, Finding{Row: was.Row, Reason: "This NQSW was registered after the file was checked, as " + is.Reference,
				Mend: "Open that record. To change it from the file, upload the row again"})
		case was.Kind == Changed && !slices.Equal(was.Differences, is.Differences):
			left = append(left, Finding{Row: was.Row, Reason: "The record " + is.Reference + " was changed after the file was checked",
				Mend: "Look at the record. If the row is still right, upload it again"})
		default:
			hold = append(hold, *is)
		}
	}
	return hold, left
}

// Refused is what is left of a row that the database or registration refused at
// the last moment.
func Refused(list columns.List, line Line, err error) []Finding {
	problems := fault.ProblemsOf(err)
	if len(problems) == 0 {
		text := err.Error()
		if fault.KindOf(err) == fault.Internal {
			text = "The dates overlap another year or employment of this NQSW. Check the start date"
		}
		problems = fault.Problems{{Text: text}}
	}
	var all []Finding
	for _, p := range problems {
		column, _ := list.Of(p.Field)
		f := finding(line.Row, p.Text, column.Mend)
		f.Key, f.Column = column.Key, column.Header
		all = append(all, f)
	}
	return impersonal(all, line.Entry)
}

// impersonal takes the person out of what is wrong: what is left out is shown after
// the uploaded data has been deleted.
func impersonal(all []Finding, e registration.Entry) []Finding {
	out := slices.Clone(all)
	for i := range out {
		for _, personal := range []string{e.Identity.Email, string(e.Number), e.Identity.Known()} {
			out[i].Reason = without(out[i].Reason, personal)
			out[i].Mend = without(out[i].Mend, personal)
		}
	}
	return out
}

func without(text, personal string) string {
	if personal == "" {
		return text
	}
	return strings.ReplaceAll(text, personal, "that of this row")
}
