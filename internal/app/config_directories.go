package app

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/provider"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/openid"
)

// directory is one with which people can sign in, and how it is spoken to.
type directory struct {
	provider.Directory
	client openid.Config
}

// ownDirectory is the key of the directory that the settings name. It is part of
// an address that the directory has been told.
const ownDirectory = "directory"

// directoryLines are what the file of a further directory may hold.
var directoryLines = []setting{{Key: "issuer"}, {Key: "client_id"}, {Key: "client_secret", Hidden: true}, {Key: "name"}, {Key: "domains"},
	{Key: "only", Standard: "no"}}

// directories understands with which directories people can sign in.
func (c *config) directories() error {
	own := map[string]string{}
	for _, line := range directoryLines {
		own[line.Key] = c.values.Text("oidc_" + line.Key)
	}
	if own["issuer"] != "" {
		if err := c.addDirectory(ownDirectory, own); err != nil {
			return fmt.Errorf("the settings that begin with oidc_ cannot be used: %w", err)
		}
	} else if own["client_id"] != "" || own["client_secret"] != "" || own["domains"] != "" {
		return fmt.Errorf("the setting oidc_issuer is missing, and without it the others that begin with oidc_ do nothing")
	}
	folder := c.values.Text("oidc_folder")
	if folder == "" {
		return nil
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("the folder of the setting oidc_folder cannot be read: %w", err)
	}
	for _, entry := range entries {
		if entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if err := c.readDirectory(filepath.Join(folder, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// readDirectory reads the file of a further directory, whose name is its key.
func (c *config) readDirectory(path string) error {
	v := values{all: map[string]value{}}
	for _, line := range directoryLines {
		v.all[line.Key] = value{line, line.Standard, "standard"}
	}
	if err := v.readFile(path); err != nil {
		return err
	}
	if len(v.unknown) > 0 {
		return fmt.Errorf("in a file of the setting oidc_folder, nothing is set by %s", strings.Join(v.unknown, " and "))
	}
	lines := map[string]string{}
	for key := range v.all {
		lines[key] = v.Text(key)
	}
	key := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if err := c.addDirectory(key, lines); err != nil {
		return fmt.Errorf("the directory in %s, of the setting oidc_folder, cannot be used: %w", path, err)
	}
	return nil
}

var (
	directoryKey = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	domainName   = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

func (c *config) addDirectory(key string, lines map[string]string) error {
	d := directory{Directory: provider.Directory{Issuer: lines["issuer"], Directory: account.Directory{Key: key, Name: lines["name"]}}}
	switch {
	case !directoryKey.MatchString(key):
		return fmt.Errorf("its file is called %q. Use small letters, figures and hyphens", key)
	case d.Name == "":
		return fmt.Errorf("it has no name for its button, like name = Northshire Council")
	}
	switch lines["only"] {
	case "yes":
		d.Only = true
	case "no":
	default:
		return fmt.Errorf("only is %q. Write yes or no", lines["only"])
	}
	for _, domain := range strings.FieldsFunc(strings.ToLower(lines["domains"]), func(r rune) bool { return r == ',' || r == ' ' }) {
		if !domainName.MatchString(domain) {
			return fmt.Errorf("one of its domains is %q. Write them like northshire.gov.uk, with commas between", domain)
		}
		d.Domains = append(d.Domains, domain)
	}
	if d.Only && len(d.Domains) == 0 {
		return fmt.Errorf("only is yes, and there are no domains of addresses for which it could be")
	}
	d.client = openid.Config{Issuer: d.Issuer, ClientID: lines["client_id"], Secret: lines["client_secret"],
		RedirectURL: c.Account.BaseURL + paths.DirectoryBack(key)}
	if err := d.client.Check(); err != nil {
		return err
	}
	for _, other := range c.Directories {
		if err := apart(d, other); err != nil {
			return err
		}
	}
	c.Directories = append(c.Directories, d)
	c.Account.Directories = append(c.Account.Directories, d.Directory.Directory)
	return nil
}

// apart refuses two directories that could be taken for each other.
func apart(d, other directory) error {
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

// providers are the directories as the pages know them.
func (c *config) providers() []provider.Directory {
	out := make([]provider.Directory, len(c.Directories))
	for i, d := range c.Directories {
		out[i] = d.Directory
	}
	return out
}

// directoryClients are what speaks to each directory, by its key.
func (s *service) directoryClients() map[string]*openid.Client {
	out := map[string]*openid.Client{}
	for _, d := range s.config.Directories {
		out[d.Key] = openid.New(d.client, s.db.Clock())
	}
	return out
}
