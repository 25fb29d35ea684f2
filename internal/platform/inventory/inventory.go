// Package inventory says of every table what it holds: whose organisation and
// whom its rows are about, how long they are kept, and how sensitive each column
// is. A table is declared in the folder of its migration; one that is not, or a
// column that is left out, fails the tests of internal/schema, and so the build.
//
// Subject access, erasure, retention, the canaries and the permission matrix
// are made from these declarations, so that a new capability is covered by
// declaring itself.
package inventory

// Table declares one table.
type Table struct {
	Name    string
	Title   string // what a person would call it: "Registrations"
	Kind    string // what the audit trail calls one of its rows: "enrolment"; empty where no line is about one
	Holds   string // one sentence, for a data-protection officer: what is in it and what for
	Org     string // the column with the organisation whose row it is; empty where rows belong to none
	Subject Subject
	Keep    Retention
	Since   string // the column with the day or instant from which Keep counts; empty where it follows the subject
	Columns Columns
	Labels  map[string]string // what people call a column, where its name does not say it: with its unit
	Asked   []string          // columns given to the subject only by somebody who has looked for what the law exempts
	Alone   bool              // only the subject may read it: masked in a copy that somebody else makes
	Others  []string          // columns that speak of somebody other than the subject: masked in the subject's copy
	Also    []Mention         // whom else its rows name
	Stub    map[string]string // what stays of a row when its subject is erased, by column; nil where the row goes
}

// Mention is a person whom a row names beside its subject.
type Mention struct {
	Column  string            // names the person
	Equally bool              // the row is about them as much as about its subject, and goes with either
	Texts   map[string]string // columns that speak of them, and what stays when they are erased
}

// Subject says whom the rows of a table are about. The zero value is nobody.
type Subject struct {
	Column  string // in this table
	Through string // the table whose row that column names; empty where it names a person
	Address bool   // the column holds the person's e-mail address
}

// Nobody is the subject of a table that is about no person.
var Nobody = Subject{}

// Person is the subject that a column names directly.
func Person(column string) Subject { return Subject{Column: column} }

// Through is the subject of the row of another table, which a column names.
func Through(column, table string) Subject { return Subject{Column: column, Through: table} }

// Address is the subject whose e-mail address a column holds.
func Address(column string) Subject { return Subject{Column: column, Address: true} }

// Sensitivity is how much harm it does when a column is read by the wrong
// person.
type Sensitivity string

// The classes of sensitivity, from the least.
const (
	Plain    Sensitivity = "plain"    // about the service, or public: codes, counts, states, versions
	Key      Sensitivity = "key"      // names a row of this or another table, and means nothing by itself
	Work     Sensitivity = "work"     // about somebody's work: dates, hours, teams, programmes
	Personal Sensitivity = "personal" // names or reaches a person: names, addresses, dates of birth, numbers
	Special  Sensitivity = "special"  // special category data (UK GDPR, article 9), and what hurts like it: health, ethnicity, outcomes, concerns
	Secret   Sensitivity = "secret"   // opens a door: tokens and their hashes, keys, texts with links
)

// Retention is how long rows are kept. The periods are in data, with sources.
type Retention string

// The classes of retention.
const (
	Record  Retention = "record"  // a registration and all that belongs to it
	Account Retention = "account" // a person and their roles
	Trail   Retention = "trail"   // the audit trail
	Passing Retention = "passing" // sessions, drafts, queues: the service deletes them by itself
	Service Retention = "service" // organisations, keys, figures: as long as the service runs
)

// Columns are the columns of a table by their sensitivity: every one, once.
type Columns map[Sensitivity][]string

// Of is the sensitivity of a column, and whether it is declared at all.
func (t Table) Of(column string) (Sensitivity, bool) {
	for class, names := range t.Columns {
		for _, name := range names {
			if name == column {
				return class, true
			}
		}
	}
	return "", false
}

// Sensitive are the columns of the classes that a person could be harmed by.
func (t Table) Sensitive() []string {
	var out []string
	for _, class := range []Sensitivity{Personal, Special, Secret} {
		out = append(out, t.Columns[class]...)
	}
	return out
}
