// Package setting reads what an operator has set, by one name each, from the
// command line, the environment and a file, and tells where each came from.
package setting

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sort"
	"strings"
)

// Setting is one thing that an operator can set, by the same name in the
// environment (ASYE_BASE_URL) and in the settings file (base_url).
type Setting struct {
	Key      string
	Standard string
	Help     string
	Secret   bool // an address with a password in it: shown without
	Hidden   bool // nothing but a secret: never shown
}

// Value is what a setting stands at, and where that came from.
type Value struct {
	Setting
	Text   string
	Origin string
}

// Values is every setting, and the names that mean nothing.
type Values struct {
	All     map[string]Value // by key
	Unknown []string
}

// Standard is every setting of a list as it stands where nobody names it.
func Standard(list []Setting) Values {
	v := Values{All: map[string]Value{}}
	for _, s := range list {
		v.All[s.Key] = Value{s, s.Standard, "standard"}
	}
	return v
}

// Given is where settings may come from, the strongest first.
type Given struct {
	Flags   map[string]string // named on the command line
	Environ []string          // as os.Environ gives it
	File    string            // the settings file; none when empty
	Ours    map[string]bool   // names in the environment that are ours and set nothing
}

// Read puts the settings of a list together. A name with _file at its end takes the value
// from the file that it names, so that secrets stay out of the environment.
func (g Given) Read(list []Setting) (Values, error) {
	v := Standard(list)
	if g.File != "" {
		if err := v.ReadFile(g.File); err != nil {
			return v, err
		}
	}
	for _, pair := range g.Environ {
		name, text, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "ASYE_") && !g.Ours[name] {
			if err := v.set(strings.ToLower(strings.TrimPrefix(name, "ASYE_")), text, "environment", name); err != nil {
				return v, err
			}
		}
	}
	for key, text := range g.Flags {
		if text != "" {
			if err := v.set(key, text, "command line", "--"+key); err != nil {
				return v, err
			}
		}
	}
	sort.Strings(v.Unknown)
	return v, nil
}

// ReadFile takes the settings of a file: lines like base_url = https://asye.example.org.
func (v *Values) ReadFile(path string) error {
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

func (v *Values) set(key, text, origin, name string) error {
	if at, ok := v.All[key]; ok {
		at.Text, at.Origin = text, origin
		v.All[key] = at
		return nil
	}
	base, isFile := strings.CutSuffix(key, "_file")
	at, ok := v.All[base]
	if !isFile || !ok {
		v.Unknown = append(v.Unknown, name)
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
	v.All[base] = at
	return nil
}

// Text is what a setting stands at.
func (v Values) Text(key string) string { return v.All[key].Text }

// Shown is what may be shown of it: a secret only as far as it is harmless.
func (v Value) Shown() string {
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
