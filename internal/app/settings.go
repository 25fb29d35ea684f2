package app

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sort"
	"strings"
)

// setting is one thing that an operator can set, by the same name in the
// environment (ASYE_BASE_URL) and in the settings file (base_url).
type setting struct {
	Key      string
	Standard string
	Help     string
	Secret   bool // an address with a password in it: shown without
	Hidden   bool // nothing but a secret: never shown
}

// settings lists them in the order in which they are shown.
var settings = []setting{
	{Key: "database", Standard: "asye.db", Help: "The path of a SQLite file, or a postgres:// address.", Secret: true},
	{Key: "addr", Standard: "127.0.0.1:8080", Help: "The address and port to listen on."},
	{Key: "base_url", Standard: "", Help: "How the service is reached, for links in mail. Starting with https:// it also marks cookies as secure."},
	{Key: "service_name", Standard: "asye", Help: "The name in the header of every page."},
	{Key: "colour", Standard: "", Help: "The colour of the header, like #0b5560. It must be readable behind white text."},
	{Key: "behind_proxy", Standard: "no", Help: "yes when a proxy of yours adds the client's address as the last X-Forwarded-For."},
	{Key: "smtp", Standard: "", Help: "The mail server, like smtp://user:password@mail.example.org:587. Without one, mail waits in the outbox.", Secret: true},
	{Key: "mail_from", Standard: "", Help: "The sender of mail, like asye@example.org."},
	{Key: "programmes", Standard: "", Help: "A folder of programme files that add to or replace those built in."},
	{Key: "session_idle", Standard: "2h", Help: "A session that is not used for so long ends."},
	{Key: "session_longest", Standard: "12h", Help: "A session ends after so long in any case."},
	{Key: "retention", Standard: "list", Help: "list shows whose data has no reason to be kept any more; apply also erases it, each night."},
	{Key: "retention_schedule", Standard: "", Help: "A file that says how long records are kept, in place of the one built in."},
	{Key: "backup_to", Standard: "", Help: "The folder into which the service puts backups by itself. Without one it makes none."},
	{Key: "backup_key", Standard: "", Help: "The public keys of age, with spaces between them, to which backups are encrypted. asye backup key makes one."},
	{Key: "backup_every", Standard: "15m", Help: "How often the service makes a backup. What came after the last one is lost with the machine."},
	{Key: "backup_keep", Standard: "30d", Help: "How long the last backup of each day is kept. Every one of the last 24 hours is kept as well."},
	{Key: "backup_alarm", Standard: "", Help: "How old the last good backup may be before there is an alarm: twice backup_every and half an hour where nothing is said."},
	{Key: "oidc_issuer", Standard: "", Help: "The issuer of your organisation's directory, with which people can then sign in, like https://login.microsoftonline.com/TENANT/v2.0."},
	{Key: "oidc_client_id", Standard: "", Help: "The client ID under which the directory knows this service."},
	{Key: "oidc_client_secret", Standard: "", Help: "The secret that goes with it. Better in a file, named by oidc_client_secret_file.", Hidden: true},
	{Key: "oidc_name", Standard: "", Help: "The name on the button: Sign in with Northshire Council."},
	{Key: "oidc_domains", Standard: "", Help: "The domains of e-mail addresses that are the directory's own to give, with commas: northshire.gov.uk. Whoever has one is let in by it the first time."},
	{Key: "oidc_only", Standard: "no", Help: "yes when people with such an address are to sign in with the directory and get no links."},
	{Key: "oidc_folder", Standard: "", Help: "A folder with a file for each further directory, with the lines issuer, client_id, client_secret_file, name, domains, only."},
	{Key: "ship_to", Standard: "", Help: "A folder or an s3:// address to which the log of a SQLite database is copied within seconds, encrypted to backup_key."},
	{Key: "drafts_kept", Standard: "90d", Help: "Unfinished forms that nobody has touched for so long are thrown away."},
}

// notSettings are names in the environment that are ours and set nothing.
var notSettings = map[string]bool{"ASYE_CONFIG": true, "ASYE_TEST_POSTGRES": true}

// value is what a setting stands at, and where that came from.
type value struct {
	setting
	Text   string
	Origin string
}

// values is every setting, and the names that mean nothing.
type values struct {
	all     map[string]value
	unknown []string
}

// given is where settings may come from, the strongest first.
type given struct {
	flags   map[string]string // named on the command line
	environ []string          // as os.Environ gives it
	file    string            // the settings file; none when empty
}

// read puts the settings together. A name with _file at its end takes the value
// from the file that it names, so that secrets stay out of the environment.
func (g given) read() (values, error) {
	v := values{all: map[string]value{}}
	for _, s := range settings {
		v.all[s.Key] = value{s, s.Standard, "standard"}
	}
	if g.file != "" {
		if err := v.readFile(g.file); err != nil {
			return v, err
		}
	}
	for _, pair := range g.environ {
		name, text, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "ASYE_") && !notSettings[name] {
			if err := v.set(strings.ToLower(strings.TrimPrefix(name, "ASYE_")), text, "environment", name); err != nil {
				return v, err
			}
		}
	}
	for key, text := range g.flags {
		if text != "" {
			if err := v.set(key, text, "command line", "--"+key); err != nil {
				return v, err
			}
		}
	}
	sort.Strings(v.unknown)
	return v, nil
}

func (v *values) readFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("the settings file cannot be read: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, text, ok := strings.Cut(line, "=")
		if !ok {
			return fmt.Errorf("line %d of %s is not a setting: write it like base_url = https://asye.example.org", n, path)
		}
		key = strings.TrimSpace(key)
		if err := v.set(key, strings.TrimSpace(text), "file "+path, fmt.Sprintf("%s (line %d of %s)", key, n, path)); err != nil {
			return err
		}
	}
	return lines.Err()
}

func (v *values) set(key, text, origin, name string) error {
	if at, ok := v.all[key]; ok {
		at.Text, at.Origin = text, origin
		v.all[key] = at
		return nil
	}
	base, isFile := strings.CutSuffix(key, "_file")
	at, ok := v.all[base]
	if !isFile || !ok {
		v.unknown = append(v.unknown, name)
		return nil
	}
	secret, err := os.ReadFile(text)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s names the file %s, which is not there", name, text)
	}
	if err != nil {
		return fmt.Errorf("the file that %s names cannot be read: %w", name, err)
	}
	at.Text, at.Origin = strings.TrimSpace(string(secret)), origin+", from the file "+text
	v.all[base] = at
	return nil
}

// Text is what a setting stands at.
func (v values) Text(key string) string { return v.all[key].Text }

// Shown is what may be shown of it: a secret only as far as it is harmless.
func (v value) Shown() string {
	if v.Text == "" {
		return "not set"
	}
	if v.Hidden {
		return "set"
	}
	if !v.Secret || !strings.Contains(v.Text, "@") {
		return v.Text
	}
	scheme, rest, _ := strings.Cut(v.Text, "://")
	return scheme + "://…@" + rest[strings.LastIndex(rest, "@")+1:]
}
