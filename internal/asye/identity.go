package asye

import "strings"

// Identity is how a person is known: their name as they write it, and the
// address to which their mail goes. E-mail is empty for those who never sign
// in, such as NQSWs of years long past.
type Identity struct {
	GivenName   string
	MiddleNames string
	FamilyName  string
	Email       string
}

// Full is the whole name: Mary Ann Jones.
func (i Identity) Full() string {
	return strings.Join(strings.Fields(i.GivenName+" "+i.MiddleNames+" "+i.FamilyName), " ")
}

// Known is the name without middle names: Mary Jones.
func (i Identity) Known() string {
	return strings.Join(strings.Fields(i.GivenName+" "+i.FamilyName), " ")
}

// HoldsLink reports whether a name holds what mail readers turn into a link, so
// that nobody can have the service mail one under its own sender.
func HoldsLink(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "://") || strings.Contains(name, "www.")
}

// SortName puts the family name first, folded, so that both database engines
// put people in one order.
func (i Identity) SortName() string {
	return Fold(i.FamilyName + " " + i.GivenName + " " + i.MiddleNames)
}

// SearchText is what a search box looks in: the name and the e-mail address,
// folded.
func (i Identity) SearchText() string { return Fold(i.Full() + " " + i.Email) }

// Trimmed is the identity without spaces to spare, its e-mail address in small
// letters: the form in which it is kept.
func (i Identity) Trimmed() Identity {
	one := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	return Identity{GivenName: one(i.GivenName), MiddleNames: one(i.MiddleNames),
		FamilyName: one(i.FamilyName), Email: strings.ToLower(strings.TrimSpace(i.Email))}
}

// Fold makes text comparable: small letters, without diacritics, with single
// spaces. "Ñuñez  O’Brien" and "nunez o'brien" fold to the same.
func Fold(text string) string {
	text = strings.ToLower(text)
	if isPlain(text) {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		if plain, known := plainLetters[r]; known {
			out.WriteString(plain)
			continue
		}
		if r >= 0x0300 && r <= 0x036f {
			continue // a combining mark, as some systems write é in two parts
		}
		out.WriteRune(r)
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// isPlain reports whether text has nothing in it that Fold would change once
// its letters are small: most text, and long files fold a great deal of it.
func isPlain(text string) bool {
	space := true
	for i := range len(text) {
		c := text[i]
		if c >= 0x80 || c < ' ' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || text == ""
}

var plainLetters = letters(map[string]string{
	"a": "àáâãäåāăąǎ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęěẽẹ", "g": "ĝğġģ", "h": "ĥħ",
	"i": "ìíîïĩīĭįıǐị", "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŉ", "o": "òóôõöøōŏőǒọ",
	"r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűųǔụ", "w": "ŵẁẃẅ", "y": "ýÿŷỳ",
	"z": "źżž", "ae": "æ", "oe": "œ", "ss": "ß", "th": "þ", "'": "’‘ʼ", "-": "‐‑–",
})

func letters(groups map[string]string) map[rune]string {
	out := map[rune]string{}
	for plain, marked := range groups {
		for _, r := range marked {
			out[r] = plain
		}
	}
	return out
}
