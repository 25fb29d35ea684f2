package lines

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"example.org/asye/internal/asye"
)

// sealedPrefix begins every sealed text: the form, then the keys that open it
// and the text, like sealed:1:key+key:text.
const sealedPrefix = "sealed:1:"

// theService is whose key seals what a line says of a kind of record that the
// inventory does not have: it is never plain, and no erasure destroys it.
const theService = ""

// personKey is the key of one person, opened.
type personKey struct {
	id   string
	aead cipher.AEAD
}

// Ring is the keys that one transaction has opened, by person.
type Ring map[string]personKey

// Seal makes what a line says unreadable without the keys of everybody whom it
// is about, and puts its mark on it. Lines about nobody stay plain.
func (s *Sealer) Seal(ctx context.Context, tx Work, ring Ring, l *Stored) error {
	err := s.seal(ctx, tx, ring, l)
	if err == nil {
		l.Mark = s.Mark(*l)
	}
	return err
}

func (s *Sealer) seal(ctx context.Context, tx Work, ring Ring, l *Stored) error {
	if !l.Before.Valid && !l.After.Valid && l.Reason == "" {
		return nil
	}
	people := []string{theService}
	if k, known := s.kinds[l.Kind]; known && !k.people {
		return nil
	} else if known && l.Subject != "" {
		found, err := s.About(ctx, tx, l.Kind, l.Subject)
		if err != nil {
			return err
		}
		if people = found.People; len(people) == 0 {
			return fmt.Errorf("an audit line about the %s %s cannot be sealed, because it is not there: write the line before it is deleted", l.Kind, l.Subject)
		}
	}
	keys := make([]personKey, len(people))
	for i, person := range people {
		var err error
		if keys[i], err = s.keyOf(ctx, tx, ring, person); err != nil {
			return err
		}
	}
	for column, text := range map[string]*string{"before": &l.Before.String, "after": &l.After.String, "reason": &l.Reason} {
		if *text != "" {
			*text = sealText(keys, l.ID, column, *text)
		}
	}
	return nil
}

// sealText seals a text with one key after the other. Each binds it to its
// place, so that it cannot be moved to another line or column.
func sealText(keys []personKey, line, column, text string) string {
	sealed, ids := []byte(text), make([]string, len(keys))
	for i, k := range keys {
		ids[i] = k.id
		sealed = k.aead.Seal(nil, nil, sealed, place(line, column, k.id))
	}
	return sealedPrefix + strings.Join(ids, "+") + ":" + encoding.EncodeToString(sealed)
}

func place(line, column, key string) []byte {
	return []byte("audit_lines:" + line + ":" + column + ":" + key)
}

// keyOf finds the key of a person, or makes one.
func (s *Sealer) keyOf(ctx context.Context, tx Work, ring Ring, person string) (personKey, error) {
	if k, ok := ring[person]; ok {
		return k, nil
	}
	k, err := s.findKey(ctx, tx, person)
	if errors.Is(err, sql.ErrNoRows) {
		if err = s.makeKey(ctx, tx, person); err == nil {
			k, err = s.findKey(ctx, tx, person) // ours, or one that was made at the same moment
		}
	}
	if err == nil {
		ring[person] = k
	}
	return k, err
}

func (s *Sealer) findKey(ctx context.Context, tx Work, person string) (personKey, error) {
	var id, sealed string
	err := tx.QueryRow(ctx, `select id, sealed from person_keys where person_id = $1`, person).Scan(&id, &sealed)
	if err != nil {
		return personKey{}, err
	}
	aead, err := s.unwrap(id, person, sealed)
	return personKey{id, aead}, err
}

func (s *Sealer) makeKey(ctx context.Context, tx Work, person string) error {
	key, id := make([]byte, 32), rand.Text() // as secret as each other, and no record's identifier
	rand.Read(key)
	_, err := tx.Exec(ctx, `
		insert into person_keys (id, person_id, sealed, made_at) values ($1, $2, $3, $4)
		on conflict (person_id) do nothing`, id, person, s.wrapped(id, person, key), tx.Now())
	return err
}

func placeOfKey(id, person string) []byte { return []byte("person_keys:" + id + ":" + person) }

func (s *Sealer) unwrap(id, person, sealed string) (cipher.AEAD, error) {
	key, err := s.bare(id, person, sealed)
	if err != nil {
		return nil, err
	}
	return sealing(key)
}

func (s *Sealer) bare(id, person, sealed string) ([]byte, error) {
	raw, err := encoding.DecodeString(sealed)
	if err == nil {
		raw, err = s.wrap.Open(nil, nil, raw, placeOfKey(id, person))
	}
	if err != nil {
		return nil, errors.New("the key of a person cannot be opened: the audit key is not the one with which it was sealed, or the key was altered")
	}
	return raw, nil
}

func (s *Sealer) wrapped(id, person string, key []byte) string {
	return encoding.EncodeToString(s.wrap.Seal(nil, nil, key, placeOfKey(id, person)))
}

// HandOver seals the keys of people for another audit key.
func (s *Sealer) HandOver(ctx context.Context, tx Work, to *Sealer) error {
	rows, err := tx.Query(ctx, `select id, person_id, sealed from person_keys order by id`)
	if err != nil {
		return err
	}
	var all [][3]string
	for rows.Next() {
		var k [3]string
		if err := rows.Scan(&k[0], &k[1], &k[2]); err != nil {
			rows.Close()
			return err
		}
		all = append(all, k)
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return err
	}
	for _, k := range all {
		key, err := s.bare(k[0], k[1], k[2])
		if err == nil {
			_, err = tx.Exec(ctx, `update person_keys set sealed = $1 where id = $2`, to.wrapped(k[0], k[1], key), k[0])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ForgetAll destroys the keys of everybody.
func ForgetAll(ctx context.Context, tx Work) error {
	_, err := tx.Exec(ctx, `delete from person_keys`)
	return err
}

// Forget destroys the key of a person.
func Forget(ctx context.Context, tx Work, ring Ring, person asye.PersonID) error {
	delete(ring, string(person))
	if person == theService {
		return errors.New("the key of the service itself is not destroyed")
	}
	_, err := tx.Exec(ctx, `delete from person_keys where person_id = $1`, string(person))
	return err
}
