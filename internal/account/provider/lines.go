package provider

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.org/asye/internal/account"
)

// Lines are what an operator has written about a directory, by name: issuer,
// name, domains and only.
type Lines map[string]string

var (
	directoryKey = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	domainName   = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

// Understand makes a directory of what an operator has written, beside others
// that there are already. Its error is a sentence that says what is wrong.
func Understand(key string, lines Lines, others []Directory) (Directory, error) {
	d := Directory{Issuer: lines["issuer"], Directory: account.Directory{Key: key, Name: lines["name"]}}
	switch {
	case !directoryKey.MatchString(key):
		return d, fmt.Errorf("its file is called %q. Use small letters, figures and hyphens", key)
	case d.Name == "":
		return d, fmt.Errorf("it has no name for its button, like name = Northshire Council")
	}
	switch lines["only"] {
	case "yes":
		d.Only = true
	case "no":
	default:
		return d, fmt.Errorf("only is %q. Write yes or no", lines["only"])
	}
	for _, domain := range strings.FieldsFunc(strings.ToLower(lines["domains"]), func(r rune) bool { return r == ',' || r == ' ' }) {
		if !domainName.MatchString(domain) {
			return d, fmt.Errorf("one of its domains is %q. Write them like northshire.gov.uk, with commas between", domain)
		}
		d.Domains = append(d.Domains, domain)
	}
	if d.Only && len(d.Domains) == 0 {
		return d, fmt.Errorf("only is yes, and there are no domains of addresses for which it could be")
	}
	for _, other := range others {
		if err := d.apart(other); err != nil {
			return d, err
		}
	}
	return d, nil
}

// apart refuses two directories that could be taken for each other.
func (d Directory) apart(other Directory) error {
	if d.Key == other.Key || d.Issuer == other.Issuer {
		return fmt.Errorf("it is there twice, also as %s: an issuer has one set of lines", other.Name)
	}
	for _, domain := range d.Domains {
		if slices.Contains(other.Domains, domain) {
			return fmt.Errorf("the domain %s is also that of %s: an address is one directory's to give", domain, other.Name)
		}
	}
	return nil
}
