package claim

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Start begins a claim from a scheme, and gives its identifier. Where one is open
// from the scheme already, that is a Conflict (GRA-21).
func (s *Store) Start(ctx context.Context, scope tenant.Scope, scheme string) (string, error) {
	if err := access.Claiming.Ask(scope, policy.SameEmployer); err != nil {
		return "", err
	}
	if _, ok := s.Book().Get(scheme); !ok {
		return "", grant.ErrNoScheme(scheme)
	}
	id := ""
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `select id from grant_claims where org_id = $1 and scheme = $2 and state in ('draft', 'signed')`,
			string(scope.Org()), scheme).Scan(&id)
		if !errors.Is(err, sql.ErrNoRows) {
			return errors.Join(err, fault.New(fault.Conflict, "A claim from this scheme is open already: finish it, or discard it"))
		}
		id = tx.NewID()
		c := Claim{ID: id, Org: scope.Org(), Reference: reference(s.Book(), scheme)}
		if _, err := tx.Exec(ctx, `
			insert into grant_claims (id, reference, org_id, scheme, state, left_out, drafted_at) values ($1, $2, $3, $4, 'draft', '[]', $5)`,
			id, c.Reference, string(c.Org), scheme, tx.Now()); err != nil {
			return err
		}
		return act(ctx, tx, scope, c, actDrafted, "")
	})
	return id, err
}

// reference makes the name by which people speak of a claim: CLAIM-2026-27-7K2MQ.
func reference(b *grant.Book, scheme string) string {
	s, _ := b.Get(scheme)
	return "CLAIM-" + s.Year + "-" + rand.Text()[:5]
}

// Open is a claim with its content as it would be signed now, for one that is a
// draft; of any other it is the content that was signed.
func (s *Store) Open(ctx context.Context, scope tenant.Scope, id string) (Claim, Content, error) {
	c, err := s.Get(ctx, scope, id)
	if err != nil {
		return c, Content{}, err
	}
	content, err := s.compose(ctx, scope, c, s.due.Due)
	if err != nil {
		return c, content, err
	}
	if c.State == Draft {
		c.Lines, c.Hash, c.Pence = content.Lines, Hash(c.Scheme, content.Lines), Total(content.Lines)
	}
	return c, content, nil
}

func (s *Store) compose(ctx context.Context, scope tenant.Scope, c Claim, due func(context.Context, tenant.Scope) ([]grant.Row, error)) (Content, error) {
	rows, err := due(ctx, scope)
	if err != nil {
		return Content{}, err
	}
	met, err := s.met(ctx, scope, c.Scheme.Key)
	return Compose(c.Scheme, rows, c.LeftOut, met), err
}

// within reads what is due as a transaction sees it.
func (s *Store) within(tx *db.Tx) func(context.Context, tenant.Scope) ([]grant.Row, error) {
	return func(ctx context.Context, scope tenant.Scope) ([]grant.Row, error) {
		return s.due.Within(ctx, tx, scope)
	}
}

// change is how a claim of the employer at work goes on: it is read, judged and
// written in one transaction.
func (s *Store) change(ctx context.Context, scope tenant.Scope, id string, seen int, do func(*db.Tx, Claim) error) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		c, err := s.get(ctx, tx, scope, id)
		if err != nil {
			return err
		}
		if err := c.seen(seen); err != nil {
			return err
		}
		return do(tx, c)
	})
}

// LeaveOut takes a milestone out of a draft, or back in.
func (s *Store) LeaveOut(ctx context.Context, scope tenant.Scope, id string, seen int, k Key, out bool) error {
	if err := access.Claiming.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, c Claim) error {
		if err := c.Is(Draft); err != nil {
			return err
		}
		c.LeftOut = slices.DeleteFunc(c.LeftOut, func(other Key) bool { return other == k })
		if out {
			c.LeftOut = append(c.LeftOut, k)
		}
		text, err := json.Marshal(c.LeftOut)
		if err != nil {
			return err
		}
		if err := step(ctx, tx, c, `left_out = $3`, string(text)); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "claim.left out", Kind: "claim", ID: c.ID, Org: c.Org, After: map[string]any{"payment": k, "left out": out}})
	})
}

// Sign says that a director has seen exactly the content with a hash, and stands
// for it (GRA-22). What has changed since it was shown is a Conflict.
func (s *Store) Sign(ctx context.Context, scope tenant.Scope, id, hash string, seen int) error {
	if err := access.Signing.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, c Claim) error {
		if err := c.Is(Draft); err != nil {
			return err
		}
		content, err := s.compose(ctx, scope, c, s.within(tx))
		if err != nil {
			return err
		}
		if err := content.Ready(); err != nil {
			return err
		}
		c.Lines, c.Hash = content.Lines, Hash(c.Scheme, content.Lines)
		if c.Hash != hash {
			return fault.New(fault.Conflict, "The registrations have changed since this claim was shown to you. Nothing was signed: look at it again, and sign what you see")
		}
		for _, l := range c.Lines {
			if err := addLine(ctx, tx, c.ID, l); err != nil {
				return err
			}
		}
		if err := step(ctx, tx, c, `state = 'signed', scheme_hash = $3, content_hash = $4, pence = $5, signed_at = $6`,
			c.Scheme.Hash, c.Hash, int64(Total(c.Lines)), tx.Now()); err != nil {
			return err
		}
		return act(ctx, tx, scope, c, actSigned, "")
	})
}

func addLine(ctx context.Context, tx *db.Tx, claim string, l Line) error {
	facts, err := json.Marshal(l.Facts)
	if err != nil {
		return err
	}
	why, err := json.Marshal(l.Why)
	if err != nil {
		return err
	}
	shown, err := json.Marshal(l.Shown)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into grant_lines (id, claim_id, org_id, person_id, enrolment_id, programme, scheme, milestone, event_on, pence, facts, reasons, shown, payment, standing)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'signed', $14)`,
		tx.NewID(), claim, string(l.Org), string(l.Person), string(l.Enrolment), l.Programme, l.Scheme, l.Milestone, l.On, int64(l.Pence),
		string(facts), string(why), string(shown), false)
	return err
}

// Reopen makes a draft of a claim that was signed and not sent; it has to be
// signed again.
func (s *Store) Reopen(ctx context.Context, scope tenant.Scope, id string, seen int) error {
	if err := access.Claims.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, c Claim) error {
		if err := c.Is(Signed); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `delete from grant_lines where claim_id = $1 and payment = 'signed'`, c.ID); err != nil {
			return err
		}
		if err := step(ctx, tx, c, `state = 'draft', content_hash = '', scheme_hash = '', pence = 0, signed_at = null`); err != nil {
			return err
		}
		return act(ctx, tx, scope, c, actOpened, "")
	})
}

// Discard puts a draft away.
func (s *Store) Discard(ctx context.Context, scope tenant.Scope, id string, seen int) error {
	if err := access.Claiming.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, c Claim) error {
		if err := c.Is(Draft); err != nil {
			return err
		}
		if err := step(ctx, tx, c, `state = 'discarded'`); err != nil {
			return err
		}
		return act(ctx, tx, scope, c, actDiscarded, "")
	})
}

// Submit sends a claim that was signed to the funder, unless its deadline has
// passed, a registration has changed so that a line is not due as it was signed,
// or somebody else has claimed a payment in it (GRA-23, GRA-24).
func (s *Store) Submit(ctx context.Context, scope tenant.Scope, id string, seen int) error {
	if err := access.Claims.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, c Claim) error {
		if err := c.Is(Signed); err != nil {
			return err
		}
		if err := s.inTime(c); err != nil {
			return err
		}
		if err := s.stillDue(ctx, tx, scope, c); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update grant_lines set payment = 'submitted', standing = $2, version = version + 1 where claim_id = $1`, c.ID, true); err != nil {
			return err
		}
		if err := step(ctx, tx, c, `state = 'submitted', submitted_at = $3`, tx.Now()); err != nil {
			return err
		}
		return act(ctx, tx, scope, c, actSubmitted, "")
	})
}

// inTime refuses a claim with a line whose deadline has passed, unless the
// funder has granted that it is late.
func (s *Store) inTime(c Claim) error {
	at := s.due.At()
	for _, l := range c.Lines {
		d, ok := c.Scheme.DeadlineOf(l.On)
		if ok && !l.Facts.IsLate(l.Milestone) && d.Passed(at.Now) {
			return fault.New(fault.Conflict, "The deadline for %s of %s was %s, and now it is %s. Nothing was sent: open the claim again to send the rest, and ask to claim late on the page of what is due",
				strings.ToLower(l.Shown.Milestone), l.Shown.Name(), d, d.Clock(at.Now))
		}
	}
	return nil
}

// stillDue refuses a claim of which a line is not due as it was signed.
func (s *Store) stillDue(ctx context.Context, tx *db.Tx, scope tenant.Scope, c Claim) error {
	rows, err := s.due.Within(ctx, tx, scope)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.State != grant.Clash && (r.Standing == nil || r.Standing.Org == c.Org) {
			continue
		}
		if at := slices.IndexFunc(c.Lines, func(l Line) bool { return l.Key() == Key{r.Facts.Enrolment, r.Milestone.Key} }); at >= 0 {
			return errTaken(c.Lines[at])
		}
	}
	if fallen := Fallen(c.Lines, claimable(c.Scheme, rows)); len(fallen) > 0 {
		return fault.New(fault.Conflict, "Registrations have changed since this was signed. Nothing was sent: open the claim again, and have it signed as it is now. %s",
			strings.Join(fallen, ". "))
	}
	return nil
}
