package app

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"example.org/asye/internal/platform/cli"
)

type settingsCommand struct {
	Check checkCommand `cmd:"" help:"Print each setting, where it came from, and names that set nothing."`
}

type checkCommand struct{}

func (checkCommand) Help() string {
	return "Each setting is named alike in the environment (ASYE_BASE_URL), in the settings file (base_url = …), and " +
		"with _file at its end to take the value from a file.\n\nExample: asye config check --config asye.conf"
}

// Run prints the settings; unknown names and wrong values fail the check.
func (checkCommand) Run(r *run) error {
	v, err := r.values(nil)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(r.Out, 0, 4, 2, ' ', 0)
	for _, s := range settings {
		at := v.All[s.Key]
		fmt.Fprintf(table, "%s\t%s\t(%s)\n", s.Key, at.Shown(), at.Origin)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, name := range v.Unknown {
		fmt.Fprintf(r.Out, "%s sets nothing.%s\n", name, nearest(name))
	}
	cfg, err := understand(v)
	if err != nil {
		return err
	}
	if cfg.Contact == "" {
		fmt.Fprintln(r.Out, "security_contact is not set: /.well-known/security.txt is not found, and whoever finds a fault does not know whom to tell.")
	}
	if len(v.Unknown) > 0 {
		return cli.Refusal("%d unknown names", len(v.Unknown))
	}
	return nil
}

// nearest suggests the setting that was probably meant.
func nearest(name string) string {
	bare := strings.ToLower(strings.TrimPrefix(strings.SplitN(name, " ", 2)[0], "ASYE_"))
	best, least := "", 4
	for _, s := range settings {
		if d := distance(bare, s.Key); d < least {
			best, least = s.Key, d
		}
	}
	if best == "" {
		return ""
	}
	return " Did you mean " + best + "?"
}

// distance is how many letters must be put in, left out or changed (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, before+1, row[j]+1)
		}
	}
	return row[len(b)]
}

func cutName(pair, name string) (string, bool) {
	key, text, _ := strings.Cut(pair, "=")
	return text, key == name && text != ""
}

type versionCommand struct{}

func (versionCommand) Help() string { return "Example: asye version" }

// Run prints the version.
func (versionCommand) Run(r *run) error {
	_, err := fmt.Fprintln(r.Out, "asye", r.Process.Version)
	return err
}
