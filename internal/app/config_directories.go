package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"example.org/asye/internal/account/provider"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/openid"
	set "example.org/asye/internal/platform/setting"
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
	v := set.Standard(directoryLines)
	if err := v.ReadFile(path); err != nil {
		return err
	}
	if len(v.Unknown) > 0 {
		return fmt.Errorf("in a file of the setting oidc_folder, nothing is set by %s", strings.Join(v.Unknown, " and "))
	}
	lines := map[string]string{}
	for key := range v.All {
		lines[key] = v.Text(key)
	}
	key := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if err := c.addDirectory(key, lines); err != nil {
		return fmt.Errorf("the directory in %s, of the setting oidc_folder, cannot be used: %w", path, err)
	}
	return nil
}

func (c *config) addDirectory(key string, lines map[string]string) error {
	one, err := provider.Understand(key, lines, c.providers())
	if err != nil {
		return err
	}
	d := directory{one, openid.Config{Issuer: one.Issuer, ClientID: lines["client_id"], Secret: lines["client_secret"],
		RedirectURL: c.Account.BaseURL + paths.DirectoryBack(key)}}
	if err := d.client.Check(); err != nil {
		return err
	}
	c.Directories = append(c.Directories, d)
	c.Account.Directories = append(c.Account.Directories, one.Directory)
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
