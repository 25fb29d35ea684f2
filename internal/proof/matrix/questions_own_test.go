package matrix

import (
	"net/url"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/account/held"
	"example.org/asye/internal/account/provider"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/backup"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/onetime"
	"example.org/asye/internal/platform/passkey/passkeytest"
	"example.org/asye/internal/schema"
)

// holds is what somebody has to come in with, and where they are in, in one text:
// whoever changes any of it leaves a trace.
func (c call) holds() string {
	const rows = `
		select id || credential_id || record || name as text from passkeys where person_id = $1
		union all select coalesce(secret, '') || coalesce(pending, '') || cast(last_step as text) from authenticators where person_id = $1
		union all select hash from passwords where person_id = $1 union all select code_hash from printed_codes where person_id = $1
		union all select token_hash || how || also from sessions where person_id = $1
		union all select code_hash || cast(tries as text) from mailed_codes where person_id = $1
		union all select id || ceremony from passkey_requests where person_id = $1
		union all select id || subject from directory_accounts where person_id = $1
		union all select id from held_forms where person_id = $1`
	found, err := c.DB.Query(ctx, `select coalesce(a.text, '') from (`+rows+`) a order by 1`, string(c.rec.person))
	c.must(err)
	defer found.Close()
	out := ""
	for found.Next() {
		text := ""
		c.must(found.Scan(&text))
		out += text + "\n"
	}
	c.must(found.Err())
	return out
}

// changing asks a method by which people change what they have: it gives the
// record when something of its person's has changed.
func changing(do func(c call) error) question {
	return question{kind: "session", list: true, free: true, ask: func(c call) (any, error) {
		if c.rec.id == nowhere {
			return nil, nil // there is nobody whose could change
		}
		before := c.holds()
		err := do(c)
		changed := c.holds() != before
		if kind := fault.KindOf(err); kind == fault.Invalid || kind == fault.Conflict {
			err = nil
		}
		return yes(c, changed, err)
	}}
}

// shown is a code that an app of whoever asks shows now.
func (c call) shown(of func(apps) onetime.Secret) factor.Shown {
	if c.by.who == nil {
		return factor.Shown{Way: account.ByCode, Code: "000000"}
	}
	return factor.Shown{Way: account.ByCode, Code: of(c.by.who.apps).Code(c.DB.Clock().Now().Time())}
}

// ownQuestions are about what people come in with.
func ownQuestions() map[string]question {
	all := map[string]question{
		"account/factor.Store.Held":       {kind: "passkey", list: true, free: true, ask: func(c call) (any, error) { return c.Factors.Held(ctx, c.by.scope) }},
		"account/factor.Store.Passkey":    {kind: "passkey", ask: func(c call) (any, error) { return c.Factors.Passkey(ctx, c.by.scope, c.rec.id) }},
		"account/factor.Store.PendingApp": {kind: "session", list: true, free: true, ask: pending},
		"account/factor.Store.RenamePasskey": {kind: "passkey", ask: func(c call) (any, error) {
			return nil, c.Factors.RenamePasskey(ctx, c.by.scope, c.rec.id, "Another name")
		}},
		"account/factor.Store.RemovePasskey": {kind: "passkey", ask: func(c call) (any, error) {
			return c.Factors.RemovePasskey(ctx, c.by.scope, c.by.cookie, c.rec.id)
		}},
		"account/provider.Store.Links":      {kind: "link", list: true, free: true, ask: func(c call) (any, error) { return c.Provider.Links(ctx, c.by.scope) }},
		"account/provider.Store.Disconnect": {kind: "link", ask: func(c call) (any, error) { return nil, c.Provider.Disconnect(ctx, c.by.scope, c.rec.id) }},
		"account/held.Store.Open": {kind: "session", list: true, free: true, ask: ofForm(func(c call, ticket string) (bool, error) {
			_, found, err := c.Held.Open(ctx, c.by.scope, "", ticket)
			return found, err
		})},
		"account/held.Store.Drop": {kind: "session", list: true, free: true, ask: ofForm(func(c call, ticket string) (bool, error) {
			err := c.Held.Drop(ctx, c.by.scope, ticket)
			return c.count(`held_forms where person_id = $1`, string(c.rec.person)) == 0, err
		})},
		"account.Store.Ended": {kind: "session", list: true, free: true, ask: func(c call) (any, error) {
			c.run(`update sessions set expires_at = '2026-11-22T09:00:00Z' where id = $1`, c.rec.id)
			whose, keys, err := c.Account.Ended(ctx, c.by.scope, "")
			return yes(c, len(keys) > 0 && whose == c.rec.person, err)
		}},
	}
	for method, do := range changes {
		all[method] = changing(do)
	}
	return all
}

// ofForm asks about a form that the record's person has sent, and that waits.
func ofForm(ask func(c call, ticket string) (bool, error)) func(call) (any, error) {
	return func(c call) (any, error) {
		if c.rec.id == nowhere {
			return nil, nil // there is nobody who could have typed it
		}
		ticket, err := c.Held.ForSession(ctx, held.Form{Person: c.rec.person, Action: "/home", Page: "/home", Fields: url.Values{}})
		c.must(err)
		is, err := ask(c, ticket)
		return yes(c, is, err)
	}
}

// pending tells whether the secret that is given is that of the record's person.
func pending(c call) (any, error) {
	c.run(`update authenticators set pending = person_id`)
	p, err := c.Factors.PendingApp(ctx, c.by.scope)
	return yes(c, string(p.Secret) == string(c.rec.person), err)
}

var changes = map[string]func(c call) error{
	"account/factor.Store.StartApp": func(c call) error { return c.Factors.StartApp(ctx, c.by.scope) },
	"account/factor.Store.ConfirmApp": func(c call) error {
		_, err := c.Factors.ConfirmApp(ctx, c.by.scope, c.by.cookie, c.shown(func(a apps) onetime.Secret { return a.next }))
		return err
	},
	"account/factor.Store.RemoveApp": func(c call) error {
		_, err := c.Factors.RemoveApp(ctx, c.by.scope, c.by.cookie)
		return err
	},
	"account/factor.Store.AskNewPasskey": func(c call) error {
		_, err := c.Factors.AskNewPasskey(ctx, c.by.scope)
		return err
	},
	"account/factor.Store.AddPasskey": func(c call) error {
		asked, err := c.Factors.AskNewPasskey(ctx, c.by.scope)
		if err == nil {
			made := passkeytest.New(c.t, "https://asye.example.org").Make(asked.Options)
			_, err = c.Factors.AddPasskey(ctx, c.by.scope, c.by.cookie, factor.NewPasskey{Name: "New",
				Shown: factor.Shown{Way: account.ByPasskey, Ceremony: asked.ID, Passkey: made}})
		}
		return err
	},
	"account/factor.Store.SetPassword": func(c call) error {
		_, err := c.Factors.SetPassword(ctx, c.by.scope, c.by.cookie, "three words that nobody guesses")
		return err
	},
	"account/factor.Store.RemovePassword": func(c call) error {
		_, err := c.Factors.RemovePassword(ctx, c.by.scope, c.by.cookie)
		return err
	},
	"account/factor.Store.PrintCodes": func(c call) error {
		_, _, err := c.Factors.PrintCodes(ctx, c.by.scope, c.by.cookie)
		return err
	},
	"account/factor.Store.AskProof": func(c call) error {
		_, err := c.Factors.AskProof(ctx, c.by.scope)
		return err
	},
	"account/factor.Store.Prove": func(c call) error {
		_, err := c.Factors.Prove(ctx, c.by.scope, c.by.cookie, c.shown(func(a apps) onetime.Secret { return a.now }))
		return err
	},
	"account/factor.Store.MailCode": func(c call) error {
		c.run(`delete from passkeys where person_id = $1`, string(c.by.scope.Person()))
		c.run(`delete from authenticators where person_id = $1`, string(c.by.scope.Person()))
		return c.Factors.MailCode(ctx, c.by.scope, c.by.cookie)
	},
	"account/provider.Store.Connect": func(c call) error {
		return c.Provider.Connect(ctx, c.by.scope, provider.Proof{Issuer: "https://other.example.org", Subject: "new", Shown: "new@other.example.org"})
	},
	"account/held.Store.ForProof": func(c call) error {
		_, err := c.Held.ForProof(ctx, c.by.scope, "session", held.Form{Action: "/home", Fields: url.Values{}})
		return err
	},
	"account.Store.Renew": func(c call) error {
		_, err := c.Account.Renew(ctx, c.tx, c.by.scope, c.by.cookie, "")
		return err
	},
}

// beyondQuestions are about what administrators see of how others come in.
func beyondQuestions() map[string]question {
	const p = "person"
	person := func(c call) asye.PersonID { return asye.PersonID(c.rec.id) }
	return map[string]question{
		"account/factor.Store.HeldBy": {kind: p, ask: func(c call) (any, error) { return c.Factors.HeldBy(ctx, c.by.scope, person(c)) }},
		"account/factor.Store.Reset":  {kind: p, ask: func(c call) (any, error) { return nil, c.Factors.Reset(ctx, c.by.scope, person(c)) }},
		"account/provider.Store.LinksOf": {kind: p, ask: func(c call) (any, error) {
			_, links, err := c.Provider.LinksOf(ctx, c.by.scope, person(c))
			return links, err
		}},
		"account/provider.Store.DisconnectOf": {kind: "link", ask: func(c call) (any, error) {
			return nil, c.Provider.DisconnectOf(ctx, c.by.scope, c.rec.person, c.rec.id)
		}},
		"account.Store.MayTouch": {kind: p, ask: func(c call) (any, error) { return nil, c.Account.MayTouch(ctx, c.tx, c.by.scope, person(c)) }},
		"account.Store.ShutOut":  {kind: p, ask: func(c call) (any, error) { return nil, c.Account.ShutOut(ctx, c.tx, c.by.scope, person(c)) }},
	}
}

// backupQuestions are about the copies of everything.
func backupQuestions() map[string]question {
	of := func(ask func(c call) (any, error)) question { return question{kind: "job", new: true, ask: ask} }
	return map[string]question{
		"backup.Store.Begin": of(func(c call) (any, error) { return c.Backups.Begin(ctx, c.by.scope, backup.Asked, "nowhere") }),
		"backup.Store.End": of(func(c call) (any, error) {
			return nil, c.Backups.End(ctx, c.by.scope, "backup-1", backup.Made{Path: "nowhere"}, nil)
		}),
		"backup.Store.List":   of(func(c call) (any, error) { return c.Backups.List(ctx, c.by.scope, 10) }),
		"backup.Store.Health": of(func(c call) (any, error) { return c.Backups.Health(ctx, c.by.scope) }),
		"backup.Store.Age": of(func(c call) (any, error) {
			age, _, err := c.Backups.Age(ctx, c.by.scope)
			return age, err
		}),
		"backup.Store.Ask":             of(func(c call) (any, error) { return nil, c.Backups.Ask(ctx, c.by.scope) }),
		"backup.Store.Tidy":            of(func(c call) (any, error) { return nil, c.Backups.Tidy(ctx, c.by.scope, c.DB.Clock().Now()) }),
		"backup.Store.Watch":           of(func(c call) (any, error) { return nil, c.Backups.Watch(ctx, c.by.scope) }),
		"backup.Store.Restored":        of(func(c call) (any, error) { return nil, c.Backups.Restored(ctx, c.by.scope, schema.Tables(), nil) }),
		"account/trail.Store.Standing": of(func(c call) (any, error) { return c.Trail.Standing(ctx, c.by.scope) }),
	}
}
