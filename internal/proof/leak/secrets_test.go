package leak

import (
	"database/sql"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/schema"
)

// The names that people type into forms during the walk, and that nobody has.
var canaries = []string{"Qwyzzelda", "Vroxanthe", "qwyzzelda.vroxanthe@canary.example", "SW998877", "Krumhornist"}

// secrets are the values that must be told nowhere: those of the walk, and every
// value of the database that the inventory calls more than plain or work.
func secrets(t *testing.T, d *db.DB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, c := range canaries {
		out[strings.ToLower(c)] = "what was typed"
	}
	for _, table := range schema.Tables() {
		for _, class := range []inventory.Sensitivity{inventory.Key, inventory.Personal, inventory.Special, inventory.Secret} {
			for _, column := range table.Columns[class] {
				if table.Name == "jobs" && column == "id" {
					continue // a job is told by its number, as on the page of jobs
				}
				for _, value := range values(t, d, table.Name, column) {
					out[strings.ToLower(value)] = table.Name + "." + column
				}
			}
		}
	}
	return out
}

func values(t *testing.T, d *db.DB, table, column string) []string {
	t.Helper()
	rows, err := d.Query(t.Context(), `select distinct cast(`+column+` as text) from `+table+` where `+column+` is not null`)
	list, err := db.Rows(rows, err, func(rows *sql.Rows) (text string, err error) { return text, rows.Scan(&text) })
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, value := range list {
		if tells(value) {
			out = append(out, value)
		}
	}
	return out
}

// tells reports whether a value can be told from the words of a program: codes
// such as passed or agency_worker cannot, and stand in statements.
func tells(value string) bool {
	if len(value) < 5 || len(value) > 200 || strings.HasPrefix(value, "{") || strings.HasPrefix(value, "[") {
		return false
	}
	return strings.ContainsFunc(value, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '@' || r == ' ' })
}

// word is what stands between spaces and signs.
var word = regexp.MustCompile(`[\p{L}\p{N}@._'’+-]+`)

// found gives the secrets that a text tells, with a few words around each.
func found(text string, secrets map[string]string) []string {
	var out []string
	seen, words := map[string]bool{}, map[string]bool{}
	lower := strings.ToLower(text)
	for _, at := range word.FindAllStringIndex(lower, -1) {
		one := strings.Trim(lower[at[0]:at[1]], ".-'’_")
		words[one] = true
		if from, secret := secrets[one]; secret && !seen[one] {
			seen[one] = true
			out = append(out, one+" ("+from+"): …"+strings.ReplaceAll(text[max(0, at[0]-80):min(len(text), at[1]+40)], "\n", " ")+"…")
		}
	}
	for secret, from := range secrets {
		// Of several words the first must be there at all.
		first, _, several := strings.Cut(secret, " ")
		if several && words[strings.Trim(first, ".-'’_,")] && strings.Contains(lower, secret) {
			out = append(out, secret+" ("+from+")")
		}
	}
	return out
}
