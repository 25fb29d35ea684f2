package audit

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// unusual is what file names had better not have.
var unusual = regexp.MustCompile(`[^A-Za-z0-9.]+`)

// KeyFile is where the audit key of a database is when no setting says: beside a
// SQLite file; for PostgreSQL in the folder that the system keeps for the
// service, or among the settings of whoever runs it, since there is no place
// beside the database.
func KeyFile(database string) (string, error) {
	if !strings.Contains(database, "://") {
		return database + "-audit-key", nil
	}
	dir, _, _ := strings.Cut(os.Getenv("STATE_DIRECTORY"), ":")
	if dir == "" {
		settings, err := os.UserConfigDir()
		if err != nil {
			return "", errors.New("there is no place for the audit key: set audit_key_file to a file that survives restarts")
		}
		dir = filepath.Join(settings, "asye")
	}
	u, err := url.Parse(database)
	if err != nil {
		return "", errors.New("the database address cannot be read: write it like postgres://user@host/name")
	}
	name := unusual.ReplaceAllString(u.Host+u.Query().Get("host")+u.Path, "-")
	return filepath.Join(dir, strings.Trim(name, "-")+"-audit-key"), nil
}
