package account

import "strings"

// Directory is an organisation's own system of accounts, with which its people
// can sign in here.
type Directory struct {
	Key     string   // in the addresses of its pages: "northshire"
	Name    string   // on its button: "Northshire Council"
	Domains []string // of the e-mail addresses that are its own to give
	Only    bool     // whoever has such an address signs in with it, and gets no links
}

// Owns reports whether an e-mail address is the directory's own to give.
func (d Directory) Owns(email string) bool {
	_, domain, _ := strings.Cut(email, "@")
	for _, own := range d.Domains {
		if domain != "" && strings.EqualFold(domain, own) {
			return true
		}
	}
	return false
}

// onlyBy gives the directory with which alone an address signs in, if there is
// one.
func (s Settings) onlyBy(email string) (Directory, bool) {
	for _, d := range s.Directories {
		if d.Only && d.Owns(email) {
			return d, true
		}
	}
	return Directory{}, false
}
