package kill

import (
	"fmt"
	"sync"
)

// ledger is what the writers have asked for and been told, outside the
// database.
type ledger struct {
	mu    sync.Mutex
	nqsws map[string]*nqsw // by address
	sent  int              // forms that were acknowledged with an effect
	again int              // of these, forms that had to be sent more than once
	left  int              // forms whose sender went away before there was an answer
	odd   []string         // answers that no form should get
}

// nqsw is one NQSW as the writers know them.
type nqsw struct {
	uploaded bool
	upload   int     // which upload, so that its rows are all there or none
	made     promise // the registration
	hours    promise // changes of hours
	invites  promise // invitations, after the first
}

// promise is how many changes were acknowledged, and how many more were asked
// for.
type promise struct{ acknowledged, asked int }

func newLedger() *ledger { return &ledger{nqsws: map[string]*nqsw{}} }

// note changes what is known of somebody.
func (l *ledger) note(email string, change func(*nqsw)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	one := l.nqsws[email]
	if one == nil {
		one = &nqsw{}
		l.nqsws[email] = one
	}
	change(one)
}

// told counts a form that has had its effect.
func (l *ledger) told(attempts int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sent++
	if attempts > 1 {
		l.again++
	}
}

// leave counts a sender who went away.
func (l *ledger) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left++
}

// wonder keeps an answer that no form should get.
func (l *ledger) wonder(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.odd = append(l.odd, fmt.Sprintf(format, args...))
}

// rows are how many rows of each table belong to one NQSW, in the order of
// counted.
type rows [17]int

// counted is what is counted for each NQSW: a name, and the query.
var counted = [len(rows{})]struct{ name, query string }{
	{"nqsws", `select count(*) from nqsws x where x.person_id = p.id`},
	{"enrolments", `select count(*) from enrolments x where x.person_id = p.id`},
	{"employments", `select count(*) from employments x where x.person_id = p.id`},
	{"memberships", `select count(*) from memberships x where x.person_id = p.id`},
	{"eligibility", `select count(*) from eligibility_evidence x join enrolments e on e.id = x.enrolment_id where e.person_id = p.id`},
	{"coordinators", `select count(*) from coordinator_allocations x join enrolments e on e.id = x.enrolment_id where e.person_id = p.id`},
	{"assessors", `select count(*) from assessor_allocations x join enrolments e on e.id = x.enrolment_id where e.person_id = p.id`},
	{"lines: added", `select count(*) from audit_lines x where x.subject_kind = 'person' and x.subject_id = p.id and x.what = 'account.personAdded'`},
	{"lines: joined", `select count(*) from audit_lines x where x.subject_kind = 'person' and x.subject_id = p.id and x.what = 'account.joined'`},
	{"lines: registered", `select count(*) from audit_lines x join enrolments e on e.id = x.subject_id where x.subject_kind = 'enrolment' and e.person_id = p.id and x.what = 'registration.registered'`},
	{"patterns", `select count(*) from working_patterns x join enrolments e on e.id = x.enrolment_id where e.person_id = p.id`},
	{"versions", `select coalesce(max(x.version), 0) from enrolments x where x.person_id = p.id`},
	{"lines: hours", `select count(*) from audit_lines x join enrolments e on e.id = x.subject_id where x.subject_kind = 'enrolment' and e.person_id = p.id and x.what = 'registration.hoursChanged'`},
	{"links", `select count(*) from sign_in_links x where x.person_id = p.id`},
	{"mail", `select count(*) from mail_outbox x where x.recipient = p.email`},
	{"lines: invited", `select count(*) from audit_lines x where x.subject_kind = 'person' and x.subject_id = p.id and x.what = 'account.invited'`},
	{"lines: sent again", `select count(*) from audit_lines x join enrolments e on e.id = x.subject_id where x.subject_kind = 'enrolment' and e.person_id = p.id and x.what = 'registration.invited'`},
}

// expected is what one NQSW has after so many changes of hours and further
// invitations.
func expected(uploaded bool, hours, invites int) rows {
	first := 1 // a registration page by page sends an invitation
	if uploaded {
		first = 0
	}
	return rows{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 + hours, 1 + hours, hours, first + invites, first + invites, first + invites, invites}
}

// verdict is what a comparison found.
type verdict struct{ lost, doubled, half, stray []string }

func (v *verdict) add(other verdict) {
	v.lost = append(v.lost, other.lost...)
	v.doubled = append(v.doubled, other.doubled...)
	v.half = append(v.half, other.half...)
	v.stray = append(v.stray, other.stray...)
}

// compare looks for everything that was acknowledged, and for more than was
// asked for.
func (l *ledger) compare(found map[string]rows) verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	var v verdict
	uploads := map[int][2]int{} // rows that are there, and that are not
	for email, one := range l.nqsws {
		got, there := found[email]
		if one.uploaded {
			n := uploads[one.upload]
			n[map[bool]int{true: 0, false: 1}[there]]++
			uploads[one.upload] = n
		}
		switch {
		case there:
			v.judge(email, *one, got)
		case one.made.acknowledged > 0:
			v.lost = append(v.lost, email+" is not there")
		}
	}
	for upload, n := range uploads {
		if n[0] > 0 && n[1] > 0 {
			v.half = append(v.half, fmt.Sprintf("upload %d has %d rows of %d", upload, n[0], n[0]+n[1]))
		}
	}
	for email := range found {
		if l.nqsws[email] == nil {
			v.stray = append(v.stray, email+" was never asked for")
		}
	}
	return v
}

// judge compares one NQSW with what was promised of them.
func (v *verdict) judge(email string, one nqsw, got rows) {
	hours, invites := got[12], got[16]
	if got != expected(one.uploaded, hours, invites) {
		text, whole := email+" has", expected(one.uploaded, hours, invites)
		for i, n := range got {
			if n != whole[i] {
				text += fmt.Sprintf(" %s %d in place of %d,", counted[i].name, n, whole[i])
			}
		}
		v.half = append(v.half, text)
		return
	}
	for what, p := range map[string]promise{"changes of hours": one.hours, "invitations": one.invites} {
		n := hours
		if what == "invitations" {
			n = invites
		}
		text := fmt.Sprintf("%s has %d %s; %d were acknowledged of %d", email, n, what, p.acknowledged, p.asked)
		if n < p.acknowledged {
			v.lost = append(v.lost, text)
		}
		if n > p.asked {
			v.doubled = append(v.doubled, text)
		}
	}
}
