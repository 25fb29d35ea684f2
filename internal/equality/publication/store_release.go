package publication

import (
	"context"
	"encoding/json"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// turn is taken by whatever changes what is released.
const turn = "publication"

// Prepare makes a release of a plan, for two people to approve. What cannot be
// proven safe is refused, with problems beside the fields of the plan.
func (s *Store) Prepare(ctx context.Context, scope tenant.Scope, p Plan) (string, error) {
	have, err := s.Cohorts(ctx, scope, p.Programme)
	if err != nil {
		return "", err
	}
	if p, err = Planned(p, have); err != nil {
		return "", err
	}
	if err := s.Key(ctx, scope, p.Programme); err != nil {
		return "", err
	}
	b, _, err := s.book(ctx, scope, p.Programme, p.Cohorts)
	if err != nil {
		return "", err
	}
	content, _, err := b.Prepare(p)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(content)
	if err != nil {
		return "", err
	}
	id := ""
	err = s.db.Write(ctx, scope, func(tx *db.Tx) error {
		id = tx.NewID()
		if _, err := tx.Exec(ctx, `
			insert into releases (id, programme, title, state, content, content_hash, prepared_at)
			values ($1, $2, $3, 'prepared', $4, $5, $6)`,
			id, p.Programme, p.Title, string(text), content.Hash(), tx.Now()); err != nil {
			return err
		}
		return act(ctx, tx, scope, id, actPrepared, content.Hash())
	})
	return id, err
}

// act notes who did what with a release, with its audit line.
func act(ctx context.Context, tx *db.Tx, scope tenant.Scope, id, what, hash string) error {
	if scope.IsSignedIn() {
		if _, err := tx.Exec(ctx, `
			insert into release_acts (id, release_id, act, person_id, acted_at, content_hash) values ($1, $2, $3, $4, $5, $6)`,
			tx.NewID(), id, what, string(scope.Person()), tx.Now(), hash); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, scope, db.Line{What: "release." + what, Kind: "release", ID: id, After: map[string]any{"content": hash}})
}

// Checked is a release as those who work on it see it.
type Checked struct {
	Release
	Review Review
	Moved  []string // tables of which the records would tell something else today
	Doubt  error    // why it would be refused today
	Bar    error    // why whoever looks at it cannot approve it
}

// Check shows a release with what it hides and why. While it waits, it is
// prepared again from the records as they are now: what has moved is named.
func (s *Store) Check(ctx context.Context, scope tenant.Scope, id string) (Checked, error) {
	r, err := s.get(ctx, scope, id)
	if err != nil {
		return Checked{}, err
	}
	bar := s.mayApprove(ctx, scope, r, r.Hash)
	if r.State != Prepared {
		return Checked{Release: r, Bar: bar}, nil
	}
	b, _, err := s.book(ctx, scope, r.Content.Programme, r.Content.cohorts())
	if err != nil {
		return Checked{}, err
	}
	now, review, doubt := b.Prepare(r.Plan())
	return Checked{r, review, r.Content.Moved(now), doubt, bar}, nil
}

// Approve says that somebody has seen exactly the content with a hash, and wants
// it published. The second approval publishes it: it is then frozen, with what
// it was counted from (PUB-5, PUB-6). Whoever has approved already is Forbidden;
// what has moved on since it was prepared is a Conflict.
func (s *Store) Approve(ctx context.Context, scope tenant.Scope, id, hash string) error {
	r, err := s.get(ctx, scope, id)
	if err != nil {
		return err
	}
	if err := s.mayApprove(ctx, scope, r, hash); err != nil {
		return err
	}
	b, fresh, err := s.book(ctx, scope, r.Content.Programme, r.Content.cohorts())
	if err != nil {
		return err
	}
	now, _, err := b.Prepare(r.Plan())
	if err != nil || now.Hash() != r.Hash {
		return fault.New(fault.Conflict, "The records, or what was released, have moved on since this was prepared: prepare it again. Nothing was approved")
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := s.unmoved(ctx, tx, r, len(b.Past)); err != nil {
			return err
		}
		if err := act(ctx, tx, scope, id, actApproved, hash); err != nil || !r.Last() {
			return err
		}
		return s.publish(ctx, tx, scope, r, b.Base.Of(fresh))
	})
}

func (s *Store) mayApprove(ctx context.Context, scope tenant.Scope, r Release, hash string) error {
	if r.Hash != hash {
		return fault.New(fault.Conflict, "This is not the release that you were shown. Look at it again, and approve what you see")
	}
	nationals, err := s.nationals(ctx, r)
	if err != nil {
		return err
	}
	return r.MayApprove(Approver{scope.Person(), scope.Role() == asye.National}, nationals)
}

// unmoved takes the turn, and sees that nobody else was quicker.
func (s *Store) unmoved(ctx context.Context, tx *db.Tx, r Release, past int) error {
	if err := tx.Turn(ctx, turn); err != nil {
		return err
	}
	n := 0
	if err := tx.QueryRow(ctx, `select count(*) from releases where programme = $1 and published_at is not null`, r.Content.Programme).Scan(&n); err != nil {
		return err
	}
	if n != past {
		return db.ErrStale
	}
	return db.MustAffectOne(tx.Exec(ctx, `update releases set version = version + 1 where id = $1 and version = $2 and state = 'prepared'`, r.ID, r.Version))
}

// publish freezes a release.
func (s *Store) publish(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Release, base Base) error {
	if err := db.MustAffectOne(tx.Exec(ctx, `update releases set state = 'published', published_at = $2 where id = $1`, r.ID, tx.Now())); err != nil {
		return err
	}
	if err := s.freeze(ctx, tx, r.Content.Programme, r.ID, base); err != nil {
		return err
	}
	return tx.Audit(ctx, scope, db.Line{What: "release.published", Kind: "release", ID: r.ID, After: map[string]any{"content": r.Hash}})
}

// Discard puts a release away that was not published.
func (s *Store) Discard(ctx context.Context, scope tenant.Scope, id string) error {
	r, err := s.get(ctx, scope, id)
	if err != nil {
		return err
	}
	if r.State != Prepared {
		return fault.New(fault.Conflict, "This release has been published, and can only be withdrawn")
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := db.MustAffectOne(tx.Exec(ctx, `
			update releases set state = 'discarded', version = version + 1 where id = $1 and state = 'prepared' and version = $2`, id, r.Version)); err != nil {
			return err
		}
		return act(ctx, tx, scope, id, actDiscarded, r.Hash)
	})
}

// Withdraw says, for all to read, that a release has an error. It stays in the
// ledger, because it was seen (PUB-6).
func (s *Store) Withdraw(ctx context.Context, scope tenant.Scope, id, reason string) error {
	r, err := s.get(ctx, scope, id)
	if err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	var wrong fault.Problems
	wrong.If(reason == "", "reason", "Say why the release is withdrawn: readers will see it")
	wrong.If(len([]rune(reason)) > 500, "reason", "The reason must be 500 characters or fewer")
	if err := wrong.Err(); err != nil {
		return err
	}
	if r.State != Published {
		return fault.New(fault.Conflict, "Only a published release can be withdrawn")
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := db.MustAffectOne(tx.Exec(ctx, `
			update releases set state = 'withdrawn', withdrawn_at = $2, withdrawn_reason = $3, version = version + 1
			where  id = $1 and state = 'published'`, id, tx.Now(), reason)); err != nil {
			return err
		}
		return act(ctx, tx, scope, id, actWithdrawn, r.Hash)
	})
}
