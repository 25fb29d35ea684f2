package statement_test

import (
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/tenant"
)

// hold holds everything that is true of the books at every moment (GRA-49).
func (w *walk) hold(step int, what string) {
	w.Helper()
	books := map[account]map[statement.Account]grant.Pence{}
	sum := grant.Pence(0)
	for _, e := range entries(w.T, w.h) {
		in := account{e.Org, e.Scheme}
		if books[in] == nil {
			books[in] = map[statement.Account]grant.Pence{}
		}
		books[in][e.Debit] += e.Pence
		books[in][e.Credit] -= e.Pence
	}
	for _, balances := range books {
		for _, balance := range balances {
			sum += balance
		}
	}
	for _, who := range []tenant.Scope{ours, them} {
		w.origins(who)
		for _, key := range []string{scheme, adults} {
			w.account(who, account{who.Org(), key}, books[account{who.Org(), key}])
		}
	}
	if sum != 0 {
		w.Errorf("the accounts sum to %s", sum)
	}
	w.once()
	if w.Failed() {
		w.Logf("after step %d: %s", step, what)
	}
}

// account holds the statements of an employer and a scheme against the ledger,
// and against what should be due.
func (w *walk) account(who tenant.Scope, in account, books map[statement.Account]grant.Pence) {
	var all []statement.Statement
	for _, st := range mine(w.T, w.h, who) {
		if st.Scheme == in.scheme {
			all = append(all, st)
		}
	}
	all = byNumber(all)
	var due, closed, total, paid, carried grant.Pence
	for _, st := range all {
		own := grant.Pence(0)
		for _, i := range st.Items {
			if i.Kind == statement.KindCarried {
				carried += i.Pence
			} else {
				own += i.Pence
			}
		}
		due, total = due+own, total+st.Pence
		if st.State == statement.Open {
			continue
		}
		if want := max(0, due-closed); st.Pence != want || st.Hash != statement.HashOf(st.Items) {
			w.Errorf("%s comes to %s, and %s is due", st.Reference, st.Pence, want)
		}
		closed += st.Pence
		if st.State == statement.Paid {
			paid += st.Pence
		}
	}
	if due != w.due[in] || total != due || carried != 0 {
		w.Errorf("%v: the statements come to %s, what is on them to %s, and %s should be due; %s was carried to nowhere", in, total, due, w.due[in], carried)
	}
	if books[statement.Grant] != due || books[statement.Bank] != -paid || -books[statement.Owed] != due-paid {
		w.Errorf("%v: the ledger says %v, and %s is due of which %s is paid", in, books, due, paid)
	}
}

// origins holds that each payment, each recovery and each item is where it comes
// from, once.
func (w *walk) origins(who tenant.Scope) {
	lines, err := w.h.Claims.Payments(ctx, who)
	must(w, err)
	open := held(lines)
	back := map[string]bool{}
	for _, st := range mine(w.T, w.h, who) {
		for _, i := range st.Items {
			l := open[i.Line]
			switch i.Kind {
			case statement.KindLine:
				if l.ID == "" || l.Pence != i.Pence || (l.Payment == claim.PaymentPaid) != (st.State == statement.Paid) {
					w.Errorf("%s has a payment of %s, and the claim says %s of %s", st.Reference, i.Pence, l.Payment, l.Pence)
				}
				back["line "+i.Line] = true
			case statement.KindRecovery:
				if l.Recovery == claim.RecoveryNone || l.Pence != -i.Pence || (l.Recovery == claim.RecoveryTaken) != (st.State == statement.Paid) {
					w.Errorf("%s has a recovery of %s, and the claim says %q of %s", st.Reference, i.Pence, l.Recovery, l.Pence)
				}
				back["recovery "+i.Line] = true
			}
		}
	}
	for _, l := range open {
		if !back["line "+l.ID] || l.Recovery != claim.RecoveryNone && !back["recovery "+l.ID] {
			w.Errorf("the payment %s, %s, is on no statement", l.Payment, l.Recovery)
		}
	}
}

// once holds what is counted: an entry for each item and each payment, and one
// payment that stands for each person and milestone.
func (w *walk) once() {
	type pair struct {
		have, want string
	}
	for says, c := range map[string]pair{
		"entries of items":    {`grant_entries where item_id is not null`, `grant_items where kind <> 'carried'`},
		"entries of payments": {`grant_entries where statement_id is not null`, `grant_statements where state = 'paid' and pence > 0`},
		"amounts of entries": {`grant_entries n join grant_items i on i.id = n.item_id where n.pence <> abs(i.pence) or n.org_id <> i.org_id`,
			`grant_items where false`},
		"payments that stand twice": {`(select person_id from grant_lines where standing group by person_id, programme, milestone having count(*) > 1) twice`, `grant_items where false`},
	} {
		if have, want := w.h.Count(w, c.have), w.h.Count(w, c.want); have != want {
			w.Errorf("%s: %d, want %d", says, have, want)
		}
	}
}
