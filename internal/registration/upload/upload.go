package upload

import (
	"crypto/sha256"
	"encoding/base32"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration/check"
)

// Status is where an upload stands.
type Status string

// Where an upload can stand. Only a checked one holds the data of the file.
const (
	Checked   Status = "checked"   // waits for a decision
	Confirmed Status = "confirmed" // has had its effect
	Discarded Status = "discarded" // was given up
	Expired   Status = "expired"   // waited too long
)

// String is the status as pages say it.
func (s Status) String() string {
	switch s {
	case Checked:
		return "Waiting"
	case Confirmed:
		return "Confirmed"
	case Discarded:
		return "Discarded"
	case Expired:
		return "Expired"
	}
	return string(s)
}

// Upload is one file brought in for one employer, without the people in it.
type Upload struct {
	ID        string
	File      string // its name
	Person    asye.PersonID
	By        string // who brought it in; empty for the command line
	Status    Status
	Total     int // rows
	New       int
	Changed   int
	Same      int
	Wrong     int // with errors, or left out when it was confirmed
	MadeAt    asye.Instant
	ExpiresAt asye.Instant
	EndedAt   asye.Instant
	Version   int
	LeftOut   []check.Finding // rows that no longer held when it was confirmed
}

// Reference is the human name of an upload.
func (u Upload) Reference() string { return reference(u.ID) }

// Staged is an upload that waits, with the people in it.
type Staged struct {
	Upload
	Plan  check.Plan
	Sheet *files.Sheet
}

// Errors gives the sheet with only the rows that have errors, and what is wrong
// under the number of each, as files.Annotated takes them.
func (s Staged) Errors() (*files.Sheet, map[int][]string) {
	return errorsOf(s.Sheet, s.Plan.Problems())
}

func errorsOf(sheet *files.Sheet, all []check.Finding) (*files.Sheet, map[int][]string) {
	texts := map[int][]string{}
	for _, f := range all {
		texts[f.Row] = append(texts[f.Row], f.Sentence())
	}
	return sheet.Keeping(func(row files.Row) bool { return len(texts[row.Number]) > 0 }), texts
}

// reference makes eight letters and figures that are hard to misread.
func reference(id string) string {
	sum := sha256.Sum256([]byte(id))
	code := crockford.EncodeToString(sum[:5])
	return "UP-" + code[:4] + "-" + code[4:]
}

var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)
