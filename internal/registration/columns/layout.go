package columns

import (
	"fmt"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
)

// equality are columns that employers may keep beside ours. The answers are the
// NQSW's own to give, so they are neither read nor kept (REG-69).
var equality = map[string]bool{"sex": true, "gender": true, "genderidentity": true, "gendersameassex": true,
	"gendersameassexregisteredatbirth": true, "ethnicity": true, "ethnicgroup": true, "ethnicbackground": true,
	"disability": true, "disabled": true, "religion": true, "sexualorientation": true, "maritalstatus": true,
	"nationality": true, "pregnancy": true}

// enough is how many of our columns a row has to name to be the header.
const enough = 3

// Recognises reports whether a row of a file can be the header: it names at
// least three of our columns. files.HeadedBy takes it.
func (l List) Recognises(cells []string) bool {
	found := map[int]bool{}
	for _, text := range cells {
		if i, ok := l.named[plain(text)]; ok {
			found[i] = true
		}
	}
	return len(found) >= enough
}

// Layout is where the columns of one file are.
type Layout struct {
	Equality []int          // places that hold answers about equality
	Extra    []int          // places with a header that means nothing to us
	places   map[string]int // by the key of the column
}

// Place is where a column stands in the file; false when it does not.
func (l Layout) Place(key string) (int, bool) {
	place, there := l.places[key]
	return place, there
}

// Cell is the cell of a row under a column; an empty one when the file does not
// have the column.
func (l Layout) Cell(row files.Row, key string) files.Cell {
	if place, there := l.places[key]; there {
		return row.Cells[place]
	}
	return files.Cell{}
}

// Lay matches the header of a file with our columns. A required column that is
// missing, and one that is there twice, are fault.Problems of the field file.
func (l List) Lay(sheet *files.Sheet) (Layout, error) {
	lay := Layout{places: map[string]int{}}
	for place, text := range sheet.Header {
		bare := plain(text)
		i, known := l.named[bare]
		switch {
		case known:
			column := l.all[i]
			if first, twice := lay.places[column.Key]; twice {
				return lay, fault.Problems{{Field: "file", Text: fmt.Sprintf("Columns %s and %s are both %q. Remove one of them and upload the file again",
					files.Letter(first), files.Letter(place), column.Header)}}
			}
			lay.places[column.Key] = place
		case equality[bare]:
			lay.Equality = append(lay.Equality, place)
		case bare != "" && !strings.EqualFold(strings.TrimSpace(text), files.ErrorsColumn):
			lay.Extra = append(lay.Extra, place)
		}
	}
	return lay, l.missing(lay)
}

func (l List) missing(lay Layout) error {
	var names []string
	for _, c := range l.read {
		if _, there := lay.places[c.Key]; c.Required && !there {
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
