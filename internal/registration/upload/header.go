package upload

import (
	"fmt"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
)

// equalityHeaders are columns that employers may keep beside ours. The answers
// are the NQSW's own to give, so they are neither read nor kept.
var equalityHeaders = map[string]bool{"sex": true, "gender": true, "genderidentity": true, "gendersameassex": true,
	"gendersameassexregisteredatbirth": true, "ethnicity": true, "ethnicgroup": true, "ethnicbackground": true,
	"disability": true, "disabled": true, "religion": true, "sexualorientation": true, "maritalstatus": true,
	"nationality": true, "pregnancy": true}

// headers knows what every header means.
type headers map[string]int // plain header to the place in the list of columns

func headersOf(columns []Column) headers {
	h := headers{}
	for i, c := range columns {
		for _, name := range append([]string{c.Header, c.Key}, c.Aliases...) {
			h[plainHeader(name)] = i
		}
	}
	return h
}

// recognises reports whether a row of a file can be the header: it names at
// least three of our columns.
func (h headers) recognises(cells []string) bool {
	found := map[int]bool{}
	for _, text := range cells {
		if i, ok := h[plainHeader(text)]; ok {
			found[i] = true
		}
	}
	return len(found) >= 3
}

// layout is where the columns of one file are.
type layout struct {
	at       []int // for each of our columns, its place in the file, or -1
	equality []int // places that hold answers about equality
	warnings []Finding
}

// lay matches the header of a file with our columns. A required column that is
// missing, and one that is there twice, are fault.Problems of the field file.
func (h headers) lay(columns []Column, sheet *files.Sheet) (layout, error) {
	l := layout{at: make([]int, len(columns))}
	for i := range l.at {
		l.at[i] = -1
	}
	var extra []string
	for place, text := range sheet.Header {
		plain := plainHeader(text)
		i, known := h[plain]
		switch {
		case known && l.at[i] >= 0:
			return l, fault.Problems{{Field: "file", Text: fmt.Sprintf("Columns %s and %s are both %q. Remove one of them and upload the file again",
				files.Letter(l.at[i]), files.Letter(place), columns[i].Header)}}
		case known:
			l.at[i] = place
		case equalityHeaders[plain]:
			l.equality = append(l.equality, place)
		case plain != "" && !strings.EqualFold(strings.TrimSpace(text), files.ErrorsColumn):
			extra = append(extra, quoted(text)+" ("+files.Letter(place)+")")
		}
	}
	l.warn(sheet, extra)
	return l, l.missing(columns)
}

func (l *layout) warn(sheet *files.Sheet, extra []string) {
	add := func(reason, mend string) {
		l.warnings = append(l.warnings, Finding{Row: sheet.HeaderRow, Reason: reason, Mend: mend})
	}
	if len(extra) > 0 {
		add("Columns that are not in the template are not read: "+strings.Join(extra, ", "),
			"If one of them should be read, give it the header that the template has")
	}
	if len(l.equality) > 0 {
		add("Columns with answers about equality are neither read nor kept",
			"Each NQSW is asked for these answers in person. Leave the columns out of the file")
	}
	if len(sheet.Unread) > 0 {
		add("Only the worksheet "+quoted(sheet.Name)+" is read, not: "+strings.Join(sheet.Unread, ", "),
			"If there are NQSWs on another worksheet, upload it as a file of its own")
	}
}

func (l layout) missing(columns []Column) error {
	var names []string
	for i, c := range columns {
		if c.Required && l.at[i] < 0 {
			names = append(names, c.Header)
		}
	}
	if len(names) == 0 {
		return nil
	}
	what := "These columns are"
	if len(names) == 1 {
		what = "This column is"
	}
	return fault.Problems{{Field: "file", Text: what + " missing from the file: " + strings.Join(names, ", ") +
		". Add them, with these headers, or copy the rows into the template"}}
}
