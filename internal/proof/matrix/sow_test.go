package matrix

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.org/asye/docs"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

// canary is a word that stands in one sensitive column of one row and nowhere
// else.
type canary struct {
	word   string
	column string // table.column, as fields.go of internal/access names it
	row    string
	about  []record // the records of whomever the row is about
	org    asye.OrganisationID
}

// aviary is every canary, by its word.
type aviary map[string]canary

// canaryWord finds canaries in a text: the words that are sown, and the years
// that stand for dates. Identifiers and tokens may have a year in them by chance,
// and are longer than any date.
var (
	canaryWord = regexp.MustCompile(`zq[0-9a-f]{6}q`)
	canaryYear = regexp.MustCompile(`\b(?:18\d\d|19[0-6]\d)\b`)
	longWord   = regexp.MustCompile(`[\w-]{30,}`)
)

// sow puts a canary into every sensitive column of every row, as the inventory
// lists them. What opens doors stays as it is, and is its own canary.
func (w *world) sow() aviary {
	all := aviary{}
	w.thaw()
	for _, table := range schema.Tables() {
		if table.Name == "audit_lines" {
			w.sowTrail(all, table)
			continue
		}
		for _, column := range table.Sensitive() {
			class, _ := table.Of(column)
			for _, row := range w.rows(table, column) {
				c := canary{column: table.Name + "." + column, row: row.key, org: row.org, about: w.about(table, row)}
				c.column += w.suffix(table.Name, column, row)
				c.word = w.put(all, table, column, row, class)
				if c.word != "" {
					all[c.word] = c
				}
			}
		}
	}
	return all
}

// thaw lets what a claim says be changed, which the schema does not: a canary has
// to get in.
func (w *world) thaw() {
	w.t.Helper()
	if w.DB.Dialect() == db.Postgres {
		w.run(`drop trigger grant_lines_stay on grant_lines`)
		return
	}
	w.run(`drop trigger grant_lines_stay_update`)
}

// sowTrail repeats every line of the audit trail with canaries in what it says.
// No line can be changed, and what it says is sealed.
func (w *world) sowTrail(all aviary, t inventory.Table) {
	for _, r := range w.rows(t, "reason") {
		var l db.Line
		var as struct{ actor, person, org, role string }
		text := lines.Text{ID: r.key}
		reading := false
		w.must(w.DB.QueryRow(ctx, `select actor_kind, coalesce(actor_id, ''), coalesce(actor_org_id, ''), coalesce(actor_role, ''), what, reading, subject_kind,
			subject_id, recorded_at, effective_on, coalesce(before, ''), coalesce(after, ''), reason from audit_lines where id = $1`, r.key).Scan(
			&as.actor, &as.person, &as.org, &as.role, &l.What, &reading, &l.Kind, &l.ID, &l.At, &l.On, &text.Before, &text.After, &text.Reason))
		w.must(w.DB.Unseal(ctx, &text))
		scope := tenant.System("sown")
		if as.actor == string(tenant.ByPerson) {
			scope = tenant.SignedIn(asye.PersonID(as.person), asye.OrganisationID(as.org), asye.Role(as.role))
		}
		if reading {
			continue // which says nothing
		}
		l.Org = r.org
		for _, part := range []struct {
			column, was string
			to          *any
		}{{"before", string(text.Before), &l.Before}, {"after", string(text.After), &l.After}, {"reason", text.Reason, nil}} {
			word := fmt.Sprintf("zq%06xq", len(all)+1)
			value, _ := sown("audit_lines."+part.column, part.was, word)
			if value == "" {
				continue
			}
			all[word] = canary{word: word, column: "audit_lines." + part.column, row: r.key, org: r.org, about: w.about(t, r)}
			if part.to == nil {
				l.Reason = value
				continue
			}
			*part.to = json.RawMessage(value)
		}
		w.must(w.DB.Keep(ctx, func(tx *db.Tx) error { return tx.Audit(ctx, scope, l) }))
	}
}

// row is one row of a table, as far as canaries need it.
type row struct {
	key     string // of its first key column, or of the column itself
	keyed   string // that column
	value   string
	subject string
	org     asye.OrganisationID
}

// rows are the rows of a table that have something in a column.
func (w *world) rows(t inventory.Table, column string) []row {
	keyed := column
	for _, name := range []string{"id", "person_id", "enrolment_id"} {
		if slices.Contains(t.Columns[inventory.Key], name) {
			keyed = name
			break
		}
	}
	org, subject := "''", "''"
	if t.Org != "" {
		org = `coalesce(` + t.Org + `, '')`
	}
	if t.Subject.Column != "" {
		subject = `coalesce(` + t.Subject.Column + `, '')`
	}
	if t.Name == "audit_lines" {
		subject = "subject_id"
	}
	found, err := w.DB.Query(ctx, `select cast(`+keyed+` as text), coalesce(cast(`+column+` as text), ''), `+org+`, `+subject+`
		from `+t.Name+` where `+column+` is not null order by 1`)
	out, err := db.Rows(found, err, func(rows *sql.Rows) (r row, err error) {
		r.keyed = keyed
		return r, rows.Scan(&r.key, &r.value, (*string)(&r.org), &r.subject)
	})
	w.must(err)
	return out
}

// about are the records of the person whom a row is about; for a row of an
// organisation, one that stands for it.
func (w *world) about(t inventory.Table, r row) []record {
	var out []record
	person := asye.PersonID(r.subject)
	for _, rec := range w.records {
		if rec.kind == "enrolment" && (rec.id == r.subject || t.Name == "enrolments" && rec.id == r.key) {
			person = rec.person
		}
	}
	for _, rec := range w.records {
		switch {
		case person != "" && rec.person == person,
			t.Name == "jobs" && rec.kind == "job", t.Name == "mail_outbox" && rec.kind == "message":
			out = append(out, rec)
		}
	}
	if len(out) == 0 && r.org != "" {
		out = append(out, record{kind: "organisation", org: r.org})
	}
	return out
}

// suffix tells those who act in their work, and the national body, from others.
func (w *world) suffix(table, column string, r row) string {
	if human := w.people[asye.PersonID(r.key)]; table == "people" && human != nil && human.works {
		return "@work"
	}
	if table == "organisations" && r.key == string(employerNat) && strings.HasPrefix(column, "contact") {
		return "@national"
	}
	return ""
}

// put writes a canary, and gives its word; empty where the column takes none,
// because the schema or the code knows only some values.
func (w *world) put(all aviary, t inventory.Table, column string, r row, class inventory.Sensitivity) string {
	word := fmt.Sprintf("zq%06xq", len(all)+1)
	name := t.Name + "." + column
	if class == inventory.Secret && name != "mail_outbox.body" {
		return r.value
	}
	value, written := sown(name, r.value, word)
	if coded[name] != "" || value == "" {
		return ""
	}
	if written != "" {
		word = written
	}
	if year, ok := years[name]; ok {
		word = freeYear(all, year)
		value = word
		if column != "qualified_year" {
			value += "-06-05"
		}
	}
	w.run(`update `+t.Name+` set `+column+` = `+cast(name)+` where `+r.keyed+` = $2`, value, r.key)
	return word
}

// cast is a parameter for a column, as its type wants it.
func cast(name string) string {
	switch name {
	case "nqsws.qualified_year":
		return "cast($1 as integer)"
	}
	return "$1"
}

// freeYear is the first year that is no canary yet, and is in no text of ours that
// a page shows to everybody.
func freeYear(all aviary, year int) string {
	for ; ; year++ {
		word := strconv.Itoa(year)
		if _, taken := all[word]; !taken && !strings.Contains(docs.Statistics, word) {
			return word
		}
	}
}

// years are the columns with dates, and the year from which each row has one of
// its own.
var years = map[string]int{"nqsws.date_of_birth": 1800, "nqsws.added_to_register_on": 1860, "nqsws.qualified_year": 1900}

// coded are columns of which the schema or the code knows only some values, so
// that no word can stand there: TestPOL4 looks after them instead.
var coded = map[string]string{
	"outcomes.result": "a check of the schema", "outcomes.concerns": "a check of the schema", "register_checks.result": "a check of the schema",
	"equality_answers.sex": "shown by its label", "equality_answers.gender_same": "shown by its label",
	"equality_answers.ethnic_group": "shown by its label", "equality_answers.ethnic_background": "shown by its label",
	"equality_answers.disability": "shown by its label",
}

var (
	questionText = regexp.MustCompile(`("question": ?")`)
	answerText   = regexp.MustCompile(`("(?:given_name|family_name|email|gender_identity|ethnic_detail|reason|GivenName|FamilyName|MiddleNames|team|assessor|approver)": ?")[^"]*"`)
	objectStart  = regexp.MustCompile(`^\{("?)`)
)

// sown is what a column holds once a canary is in it; empty where it cannot be
// told. written is the word that is looked for, where it is not the canary.
func sown(name, value, word string) (text, written string) {
	switch name {
	case "eligibility_evidence.evidence":
		return questionText.ReplaceAllString(value, "${1}"+word+" "), ""
	case "journey_drafts.answers":
		return answerText.ReplaceAllString(value, `${1}`+word+`"`), ""
	case "audit_lines.before", "audit_lines.after":
		if !strings.HasPrefix(value, "{") || value == "{}" {
			return "", ""
		}
		return objectStart.ReplaceAllString(answerText.ReplaceAllString(value, `${1}`+word+`"`), `{"canary":"`+word+`",$1`), ""
	case "jobs.payload":
		return `{"email":"` + word + `@example.org","next":"/home"}`, ""
	case "uploads.content":
		return strings.ReplaceAll(value, "Okafor", word), ""
	case "uploads.left_out":
		return `[{"row":2,"reason":"` + word + `"}]`, ""
	case "grant_lines.facts":
		return `{"start":"2026-09-01","reference":"` + word + `"}`, ""
	case "grant_lines.reasons":
		return `[{"rule":"window","text":"` + word + `"}]`, ""
	case "grant_lines.shown":
		return answerText.ReplaceAllString(value, `${1}`+word+`"`), ""
	case "uploads.file_name":
		return word + ".csv", ""
	case "enrolments.reference":
		return strings.ToUpper(word), strings.ToUpper(word)
	case "nqsws.regulator_number", "register_checks.number":
		number := numberOf(word)
		return number, number
	case "organisations.contact_phone":
		return "020 " + word, ""
	case "people.sort_name", "people.search_text":
		return value + " " + word, ""
	}
	if value == "" && name != "transfers.dispute" && name != "transfers.resolution" && name != "holds.reason" {
		value = " "
	}
	if strings.Contains(name, "email") || name == "mail_outbox.recipient" {
		return word + "@example.org", ""
	}
	return word, ""
}

// canaryUpper finds canaries that have to look like something: references, and
// the numbers of the regulator.
var canaryUpper = regexp.MustCompile(`ZQ[0-9A-F]{6}Q|SW8\d{5}`)

// numberOf is a number of the regulator's that stands for a canary.
func numberOf(word string) string {
	n, _ := strconv.ParseUint(strings.Trim(word, "zq"), 16, 32)
	return fmt.Sprintf("SW8%05d", n)
}
