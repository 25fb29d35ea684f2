package matrix

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"example.org/asye/internal/platform/db"
)

// door is a form that names a record in one of its fields, or beside another in
// its address: a way round the checks of the address itself.
type door struct {
	name string
	who  string // the reader
	kind string // of the record that is named
	// theirs are the records that the reader may name there.
	theirs func(w *world, r *reader, rec record) bool
	ask    func(w *world, r *reader, rec record) answer
}

// doors are all of them.
func doors() []door {
	own := func(w *world, r *reader, rec record) bool { return w.relate(r, rec) == "self" }
	return []door{
		{"the session that is signed out", "coordinator", "session", own, form("/account/sign-out-device", "session")},
		{"the directory account that is disconnected", "coordinator", "link", own, form("/account/directories/disconnect", "link")},
		{"the directory account that is disconnected from somebody", "administrator of an employer", "link",
			func(_ *world, _ *reader, rec record) bool { return rec.person == "staff-ben" },
			form("/admin/people/staff-ben/directories/disconnect", "link")},
		{"the move that is confirmed", "NQSW", "claim", own, form("/my/move", "move", "answer=right")},
		{"the role that is changed to", "administrator of an employer", "person",
			func(_ *world, r *reader, rec record) bool { return rec.id == string(r.who.id) },
			func(w *world, r *reader, rec record) answer {
				return w.sent(r, "/roles", url.Values{"role": {rec.grant}})
			}},
		{"the coordinator who takes over", "coordinator", "person",
			func(w *world, _ *reader, rec record) bool {
				return w.count(`memberships where person_id = $1 and org_id = $2 and role = 'coordinator' and ends_on is null`, rec.id, string(employerA)) > 0
			}, onYear("MineRunning", "allocation", func(rec record) url.Values {
				return url.Values{"coordinator": {rec.id}, "from-day": {"20"}, "from-month": {"11"}, "from-year": {"2026"}, "team": {"Duty"}}
			})},
		{"the pause that is removed", "coordinator", "pause", part("MinePaused"), crossed("pause", "remove")},
		{"the extension that is taken back", "coordinator", "extension", part("MinePaused"), crossed("extend", "undo")},
		{"the organisation in which a role is given", "administrator of an employer", "org",
			func(_ *world, r *reader, rec record) bool { return rec.id == string(r.who.org) },
			func(w *world, r *reader, rec record) answer {
				return w.sent(r, "/admin/people/staff-ben/roles", url.Values{"new_role": {"administrator"}, "org": {rec.id}})
			}},
		{"the organisation in which a role ends", "administrator of an employer", "org",
			func(_ *world, r *reader, rec record) bool { return rec.id == string(r.who.org) },
			func(w *world, r *reader, rec record) answer {
				return w.sent(r, "/admin/people/staff-ola/end-role", url.Values{"membership": {"coordinator@" + rec.id}})
			}},
		{"the number of an NQSW who is claimed", "coordinator", "person", func(_ *world, _ *reader, rec record) bool { return false },
			func(w *world, r *reader, rec record) answer {
				return w.sent(r, "/transfers/claim", url.Values{"regulator_number": {w.numberOf(rec)}, "date_of_birth-day": {"4"},
					"date_of_birth-month": {"2"}, "date_of_birth-year": {"1998"}, "joins_on-day": {"1"}, "joins_on-month": {"12"}, "joins_on-year": {"2026"}})
			}},
	}
}

// form sends one field with an identifier, and others as "name=value".
func form(path, field string, others ...string) func(*world, *reader, record) answer {
	return func(w *world, r *reader, rec record) answer {
		typed := url.Values{field: {rec.id}}
		for _, one := range others {
			name, value, _ := strings.Cut(one, "=")
			typed.Set(name, value)
		}
		return w.sent(r, path, typed)
	}
}

// sent is the answer to a form, without what the form itself said.
func (w *world) sent(r *reader, path string, typed url.Values) answer {
	a := w.post(r, path, typed)
	var ids []string
	for _, values := range typed {
		if len(values[0]) > 3 {
			ids = append(ids, values[0])
		}
	}
	return a.plain(ids...)
}

func (w *world) year1(mark string) record {
	for _, rec := range w.records {
		if rec.kind == "enrolment" && rec.mark == mark {
			return rec
		}
	}
	w.t.Fatalf("there is no year of %s", mark)
	return record{}
}

func onYear(mark, page string, typed func(record) url.Values) func(*world, *reader, record) answer {
	return func(w *world, r *reader, rec record) answer {
		year := w.year1(mark)
		values := typed(rec)
		values.Set("version", strconv.Itoa(year.version))
		return w.sent(r, "/registrations/"+year.id+"/"+page, values)
	}
}

// part reports whether a part belongs to the year of a mark.
func part(mark string) func(*world, *reader, record) bool {
	return func(w *world, _ *reader, rec record) bool { return rec.mark == w.year1(mark).id }
}

// crossed names a part of another year beside one's own.
func crossed(noun, act string) func(*world, *reader, record) answer {
	return func(w *world, r *reader, rec record) answer {
		year := w.year1("MinePaused")
		path := "/registrations/" + year.id + "/" + noun + "/" + rec.id + "/" + act
		if page := w.get(r, path); page.status != http.StatusNotFound {
			return page.plain(rec.id)
		}
		return w.post(r, path, url.Values{"version": {strconv.Itoa(year.version)}, "undo_reason": {"Because"}}).plain(rec.id)
	}
}

// numberOf is the regulator's number of an NQSW; one that nobody has, for anybody
// else.
func (w *world) numberOf(rec record) string {
	number := ""
	_ = w.DB.QueryRow(ctx, `select coalesce(regulator_number, '') from nqsws where person_id = $1`, rec.id).Scan(&number)
	ours := w.count(`nqsws n join enrolments e on e.person_id = n.person_id where n.regulator_number = $1 and e.org_id = $2`, number, string(employerA))
	if number == "" || ours > 0 {
		return "SW777777"
	}
	return number
}

// doors tries every door with every record of its kind: whoever may not name one
// gets what they get for none.
func (n *tally) doors(w *world, tx *db.Tx) {
	for _, d := range doors() {
		r := w.reader(d.who)
		var nobody answer
		step(w.t, tx, func() {
			nobody = d.ask(w, r, record{kind: d.kind, id: nowhere, mark: nowhere, grant: "coordinator@" + nowhere})
		})
		let := 0
		for _, rec := range w.records {
			if rec.kind != d.kind {
				continue
			}
			n.asked++
			step(w.t, tx, func() {
				before := w.changes()
				got := d.ask(w, r, rec)
				changed := w.changes() != before
				switch theirs := d.theirs(w, r, rec); {
				case theirs:
					let++
				case got != nobody:
					n.problem("%s: %s names %s, and is not told what they are told of none: %d", d.name, r.name, rec.mark, got.status)
				case changed && d.kind != "person" && d.kind != "org":
					n.problem("%s: %s names %s, and something has changed", d.name, r.name, rec.mark)
				default:
					n.compared++
				}
			})
		}
	}
}
