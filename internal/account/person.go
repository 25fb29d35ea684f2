package account

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Person is somebody who is known here.
type Person struct {
	ID asye.PersonID
	asye.Identity
	DisabledAt asye.Instant        // zero while they may sign in
	DisabledIn asye.OrganisationID // whose administrator disabled them
	Version    int
}

// ShutOutBeyond reports whether a person has been disabled by an organisation
// other than the administrator's own, and beyond their reach.
func (p Person) ShutOutBeyond(reach Reach, org asye.OrganisationID) bool {
	return reach == OwnOrganisation && p.DisabledIn != "" && p.DisabledIn != org
}

// longestName is the longest part of a name that is kept, in characters.
const longestName = 100

// CheckIdentity reports everything that is wrong with a person's name and
// address. The address may be empty; who must be able to sign in checks for it.
func CheckIdentity(i asye.Identity) error {
	var p fault.Problems
	p.If(i.GivenName == "", "given_name", "Enter the first name")
	p.If(i.FamilyName == "", "family_name", "Enter the last name")
	for _, part := range []struct{ field, name, text string }{
		{"given_name", "first name", i.GivenName},
		{"middle_names", "middle names", i.MiddleNames},
		{"family_name", "last name", i.FamilyName},
	} {
		p.If(utf8.RuneCountInString(part.text) > longestName, part.field,
			"The %s must be %d characters or fewer", part.name, longestName)
		p.If(asye.HoldsLink(part.text), part.field, "The %s cannot contain the address of a website. Enter the name only", part.name)
	}
	p.If(i.Email != "" && !IsAddress(i.Email), "email",
		"Enter an e-mail address in the correct format, like name@example.gov.uk")
	return p.Err()
}

// IsAddress reports whether text can be an e-mail address: one mailbox, without
// a display name, at a domain with a dot.
func IsAddress(text string) bool {
	if len(text) > 254 || strings.ContainsAny(text, " \t\r\n<>") {
		return false
	}
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text {
		return false
	}
	_, domain, _ := strings.Cut(text, "@")
	return strings.Contains(domain, ".") && !strings.HasPrefix(domain, ".") && !strings.HasSuffix(domain, ".")
}

// taken is the refusal of an address that another person has.
func taken(email string) error {
	return fault.Problems{{Field: "email", Text: "Another person already uses " + email +
		". If it is the same person, ask an administrator of the national body to give them a role in your organisation. Otherwise check the address"}}
}
