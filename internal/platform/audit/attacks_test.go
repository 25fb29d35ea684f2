package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/asye/internal/platform/db"
	"golang.org/x/mod/sumdb/tlog"
)

// attack is one way to alter the trail.
type attack struct {
	name  string
	do    func(a *attempt)
	blind bool // nothing in the database itself tells of it
}

// attacks are the twelve. Each has several forms, which take turns with the
// positions.
func attacks() []attack {
	return []attack{
		{"edit a column", edit, false},
		{"delete a line", remove, false},
		{"insert a line", insert, false},
		{"swap two lines", swap, false},
		{"cut the tail", func(a *attempt) { a.cut(a.at) }, true},
		{"cut and grow again with the real code and key", cutAndRegrow, true},
		{"put an old copy back", putBack, true},
		{"swap the key", swapKey, false},
		{"forge a checkpoint", forge, false},
		{"rewrite the stored hashes to match", rewrite, false},
		{"carry a copy on elsewhere", fork, true},
		{"date lines anew", redate, false},
	}
}

// columns are those of a line, each with a value that it never has.
var columns = [][2]string{{"id", "another"}, {"org_id", "leeds"}, {"recorded_at", "2026-11-01T10:00:00.000000Z"}, {"actor_kind", "import"},
	{"actor_id", "another"}, {"actor_org_id", "leeds"}, {"actor_role", "national"}, {"on_behalf_of", "another"}, {"what", "registration.passed"},
	{"reading", "1"}, {"subject_kind", "another"}, {"subject_id", "another"}, {"before", `{"n":0}`}, {"after", `{"n":0}`},
	{"effective_on", "2020-01-01"}, {"reason", "another"}, {"mark", "another"}}

// laborious is how seldom an attack takes the form that writes the whole chain
// anew, which takes much longer and differs the least.
const laborious = 10

// edit changes a column: all of them, one after the other, with the positions.
func edit(a *attempt) {
	c := columns[a.at%int64(len(columns))]
	id := a.ids[a.at]
	if c[0] == "id" { // both places of it, so that the line stays in the chain
		a.exec(`update audit_leaves set line_id = 'another' where line_id = $1`, id)
	}
	a.exec(`update audit_lines set `+c[0]+` = $1 where id = $2`, c[1], id)
}

// remove takes a line away: alone, with its place in the chain, or so that the
// others close the gap.
func remove(a *attempt) {
	a.exec(`delete from audit_lines where id = $1`, a.ids[a.at])
	if a.at%2 == 0 {
		return
	}
	a.exec(`delete from audit_leaves where number = $1`, a.at)
	if a.at%laborious != 1 {
		return
	}
	a.shift(a.at, -1)
	a.remake(slices.Delete(slices.Clone(a.hashes), int(a.at), int(a.at)+1))
}

// shift moves the numbers from a position on, by way of numbers that nobody
// has.
func (a *attempt) shift(from, by int64) {
	const away = 1_000_000
	a.exec(`update audit_leaves set number = number + $1 where number >= $2`, away, from)
	a.exec(`update audit_leaves set number = number + $1 where number >= $2`, by-away, away)
}

// insert puts a line in: on the table alone, on the list of those that wait, so
// that the service itself takes it into the chain, or into the chain.
func insert(a *attempt) {
	a.exec(`insert into audit_lines (id, recorded_at, actor_kind, what, subject_kind, subject_id)
		values ('forged', '2026-11-20T10:00:00.000000Z', 'person', 'registration.passed', 'organisation', 'kent')`)
	switch {
	case a.at%laborious == 1:
		a.shift(a.at, 1)
		a.exec(`insert into audit_leaves (number, line_id, hashes) values ($1, 'forged', $2)`, a.at, []byte{})
		a.remake(slices.Insert(slices.Clone(a.hashes), int(a.at), a.now("forged")))
	case a.at%2 == 1:
		a.exec(`insert into audit_pending (line_id) values ('forged')`)
		a.chainOn()
	}
}

// swap puts one line in the place of the next: what they say, their places in
// the chain, or those with the hashes.
func swap(a *attempt) {
	one, other := a.ids[a.at], a.ids[a.at+1]
	if a.at%3 == 0 {
		a.exec(`update audit_lines set id = 'aside' where id = $1`, one)
		a.exec(`update audit_lines set id = $1 where id = $2`, one, other)
		a.exec(`update audit_lines set id = $1 where id = 'aside'`, other)
		return
	}
	a.exec(`update audit_leaves set line_id = 'aside' where number = $1`, a.at)
	a.exec(`update audit_leaves set line_id = $1 where number = $2`, one, a.at+1)
	a.exec(`update audit_leaves set line_id = $1 where number = $2`, other, a.at)
	if a.at%3 == 1 {
		hashes := slices.Clone(a.hashes)
		hashes[a.at], hashes[a.at+1] = hashes[a.at+1], hashes[a.at]
		a.remake(hashes)
	}
}

// cutAndRegrow cuts, and writes other lines with the real program until there
// are more than the checkpoint outside covers.
func cutAndRegrow(a *attempt) {
	a.cut(a.at)
	a.regrow(12)
	a.outside = []Checkpoint{a.signed[a.at+6]}
}

// putBack puts the database back to what it was, and the service goes on.
func putBack(a *attempt) {
	a.cut(a.at)
	a.regrow(2)
}

// swapKey edits a line and makes everything anew with another key, the one that
// the service now has.
func swapKey(a *attempt) {
	edit(a)
	hashes := slices.Clone(a.hashes)
	id := a.ids[a.at]
	if columns[a.at%int64(len(columns))][0] == "id" {
		id = "another"
	}
	hashes[a.at] = a.now(id)
	a.remake(hashes)
	a.sign(a.other, hashes)
	a.exec(`update audit_origin set name = $1, verifier = $2`, a.other.Name, a.other.Public())
	a.public = a.other.Public()
}

// sign replaces the checkpoints of the database by one of a key.
func (a *attempt) sign(k Key, hashes []tlog.Hash) {
	a.exec(`delete from audit_checkpoints`)
	cp := a.checkpoint(k, hashes)
	a.exec(`insert into audit_checkpoints (day, size, note, signed_at) values ('2026-11-25', $1, $2, $3)`, cp.Size, cp.Note, cp.At)
}

func (a *attempt) checkpoint(k Key, hashes []tlog.Hash) Checkpoint {
	tree := &edge{}
	for _, h := range hashes {
		_, err := tree.add(h)
		a.must(err)
	}
	root, err := tree.root()
	a.must(err)
	cp, err := k.sign(Checkpoint{Size: tree.size, Root: root, At: a.db.Clock().Now()})
	a.must(err)
	return cp
}

// forge cuts the tail, and makes a checkpoint that fits what is left, without the
// key: under an old signature, under one of another key of the same name, or with
// a letter of the signature changed.
func forge(a *attempt) {
	a.cut(a.at)
	other := a.other
	other.Name = a.key.Name
	cp := a.checkpoint(other, a.hashes[:a.at])
	forged := cp.Note // signed by the other key
	signature := a.target.outside.Note[strings.Index(a.target.outside.Note, signaturePrefix):]
	switch a.at % 3 {
	case 1:
		forged = cp.text() + "\n" + signature
	case 2:
		broken := []byte(signature)
		i := len(broken) - 8 - int(a.at)%60
		broken[i] = map[bool]byte{true: 'B', false: 'A'}[broken[i] == 'A']
		forged = cp.text() + "\n" + string(broken)
	}
	a.exec(`delete from audit_checkpoints`)
	a.exec(`insert into audit_checkpoints (day, size, note, signed_at) values ('2026-11-25', $1, $2, $3)`, cp.Size, forged, cp.At)
	if a.at%2 == 0 { // and what is outside too
		a.outside = []Checkpoint{{Note: forged, From: "outside.txt"}}
	}
}

// rewrite edits a line and makes every stored hash follow from it.
func rewrite(a *attempt) {
	c := columns[1+a.at%int64(len(columns)-1)]
	a.exec(`update audit_lines set `+c[0]+` = $1 where id = $2`, c[1], a.ids[a.at])
	hashes := slices.Clone(a.hashes)
	hashes[a.at] = a.now(a.ids[a.at])
	a.remake(hashes)
}

// fork shows a checkpoint of a copy that was carried on elsewhere, with the same
// key: one of the two has a false history.
func fork(a *attempt) {
	copied := slices.Clone(a.hashes[:a.at])
	for n := range 6 {
		copied = append(copied, tlog.RecordHash(fmt.Appendf(nil, "another line %d", n)))
	}
	a.outside = []Checkpoint{a.checkpoint(a.key, copied)}
}

// redate moves lines by a day, or writes the same moment in another way.
func redate(a *attempt) {
	for n := a.at; n < a.at+10; n++ {
		var at string
		a.must(a.tx.QueryRow(context.Background(), `select cast(recorded_at as text) from audit_lines where id = $1`, a.ids[n]).Scan(&at))
		moved := strings.Replace(at, at[8:10], map[bool]string{true: "11", false: "12"}[at[8:10] == "12"], 1)
		if a.at%2 == 0 && a.db.Dialect() == db.SQLite {
			moved = strings.Replace(at, "Z", "+00:00", 1)
		}
		a.exec(`update audit_lines set recorded_at = $1 where id = $2`, moved, a.ids[n])
	}
}
