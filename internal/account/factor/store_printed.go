package factor

import (
	"context"
	"errors"
	"strconv"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// PrintCodes makes ten codes for the person signed in to print, and gives them:
// they are known only now. Those made before stop working. The session gets
// another token.
func (s *Store) PrintCodes(ctx context.Context, scope tenant.Scope, token string) ([]string, account.Started, error) {
	var codes []string
	started, err := s.change(ctx, scope, token, change{what: "codesPrinted",
		letter: "New printed codes were made. Codes that you printed before no longer work.",
		do: func(tx *db.Tx) error {
			codes = nil
			if _, err := tx.Exec(ctx, `delete from printed_codes where person_id = $1`, string(scope.Person())); err != nil {
				return err
			}
			for range s.settings.Printed {
				code := account.NewCode()
				codes = append(codes, code)
				if _, err := tx.Exec(ctx, `insert into printed_codes (code_hash, person_id, made_at) values ($1, $2, $3)`,
					hashPrinted(scope.Person(), code), string(scope.Person()), tx.Now()); err != nil {
					return err
				}
			}
			return nil
		}})
	return codes, started, err
}

// hashPrinted is the form in which a printed code is kept. The codes are random
// and long (80 bits), so a plain SHA-256 cannot be turned back.
func hashPrinted(person asye.PersonID, code string) string {
	return account.HashToken(string(person) + ":" + account.PlainCode(code))
}

// usePrinted accepts a printed code once, and tells its owner.
func (s *Store) usePrinted(ctx context.Context, tx *db.Tx, person asye.PersonID, n Shown) error {
	err := db.MustAffectOne(tx.Exec(ctx, `
		update printed_codes set used_at = $1 where code_hash = $2 and person_id = $3 and used_at is null`,
		tx.Now(), hashPrinted(person, n.Code), string(person)))
	if errors.Is(err, db.ErrStale) {
		return n.wrong(saidPrinted)
	}
	if err != nil {
		return err
	}
	h, err := held(ctx, tx, person)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, person, "One of your printed codes was used to show that it was you. "+left(h.Printed))
}

func left(n int) string {
	switch n {
	case 0:
		return "You have none left: make new ones."
	case 1:
		return "You have one left: make new ones soon."
	}
	return "You have " + strconv.Itoa(n) + " left."
}
