package employers

import (
	"net/mail"
	"regexp"
	"strings"

	"example.org/asye/internal/platform/fault"
)

const longestEmail = 254 // characters; RFC 5321 allows no more

func (c Contact) tidy() Contact {
	return Contact{oneSpace(c.Name), strings.TrimSpace(c.Email), oneSpace(c.Phone)}
}

func (d Director) tidy() Director { return Director{oneSpace(d.Name), strings.TrimSpace(d.Email)} }

// wrong lists the problems of a contact. All of it may be missing; what is
// there must be usable.
func (c Contact) wrong() (p fault.Problems) {
	p.If(letters(c.Name) > longestName, "contact_name", "The name of the contact must be %d characters or fewer", longestName)
	p.If(c.Name == "" && (c.Email != "" || c.Phone != ""), "contact_name", "Enter the name of the primary contact")
	p.If(c.Email != "" && !isEmail(c.Email), "contact_email",
		"The e-mail address of the contact must look like name@example.gov.uk")
	p.If(c.Phone != "" && !isUKPhone(c.Phone), "contact_phone",
		"The phone number must be a UK number, like 020 7946 0123 or +44 20 7946 0123")
	return p
}

func (d Director) wrong() (p fault.Problems) {
	p.If(letters(d.Name) > longestName, "director_name", "The name of the director must be %d characters or fewer", longestName)
	p.If(d.Name == "" && d.Email != "", "director_name", "Enter the name of the director")
	p.If(d.Email != "" && !isEmail(d.Email), "director_email",
		"The e-mail address of the director must look like name@example.gov.uk")
	return p
}

// isEmail accepts a bare address whose domain has a dot, in the way that public
// mail is addressed.
func isEmail(text string) bool {
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text || len(text) > longestEmail {
		return false
	}
	domain := text[strings.LastIndex(text, "@")+1:]
	return strings.Contains(domain, ".") && !strings.HasPrefix(domain, "[")
}

var (
	phoneSpacing = strings.NewReplacer(" ", "", "-", "", ".", "", "(0)", "", "(", "", ")", "")
	extension    = regexp.MustCompile(`(?i)\s*(ext\.?|extension|x)\s*[0-9]{1,6}$`)
	// ukNumber is the shape of a number in Ofcom's national numbering plan: 0,
	// a first digit that is in use, and 9 or 10 digits in all after the 0.
	ukNumber = regexp.MustCompile(`^0[1235789][0-9]{8,9}$`)
)

// isUKPhone accepts a UK number as people write it, with or without +44, spaces
// and an extension.
func isUKPhone(text string) bool {
	n := phoneSpacing.Replace(extension.ReplaceAllString(text, ""))
	for _, abroad := range []string{"+44", "0044"} {
		if rest, ok := strings.CutPrefix(n, abroad); ok {
			n = "0" + strings.TrimPrefix(rest, "0")
		}
	}
	return ukNumber.MatchString(n)
}
