package openid

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

// Config is one directory, as its administrators gave it to us.
type Config struct {
	Issuer      string // the address by which the directory calls itself
	ClientID    string
	Secret      string // empty for a client that has none, which PKCE protects
	RedirectURL string // where the browser is sent back to
}

// Check says what is wrong with a configuration in a sentence; nil when nothing
// is.
func (c Config) Check() error {
	u, err := url.Parse(c.Issuer)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return errors.New("the issuer must be an address like https://login.microsoftonline.com/TENANT/v2.0")
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(u.Hostname())) {
		return errors.New("the issuer must begin with https://")
	}
	if c.isEntra() && isShared(tenant(c.Issuer)) {
		return errors.New("the issuer must name the tenant of one organisation: with common, organizations or consumers anybody's account " +
			"would be let in. Write https://login.microsoftonline.com/TENANT/v2.0, with the directory (tenant) ID")
	}
	if c.ClientID == "" {
		return errors.New("the client ID is missing: the directory gives it when this service is registered there")
	}
	return nil
}

// isEntra reports whether the directory is Microsoft's, which has claims of its
// own.
func (c Config) isEntra() bool {
	u, err := url.Parse(c.Issuer)
	if err != nil {
		return false
	}
	switch u.Hostname() {
	case "login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn":
		return true
	}
	return false
}

// tenant is the organisation that an issuer of Entra ID names.
func tenant(issuer string) string {
	u, err := url.Parse(issuer)
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	return strings.ToLower(first)
}

// isShared reports whether a tenant is everybody's.
func isShared(tenant string) bool {
	switch tenant {
	// The last is the tenant of all personal accounts.
	case "", "common", "organizations", "consumers", "9188040d-6c67-4c5b-b112-36a304b66dad":
		return true
	}
	return false
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
