package lines

import (
	"context"
	"crypto/cipher"
	"strconv"
	"strings"
)

// Text is what one line says: sealed as it was read from the table, plain
// after [Sealer.Unseal].
type Text struct {
	ID            string
	Before, After []byte // JSON
	Reason        string
	State         State
}

// State says whether a text can be read.
type State int

// The states of a text.
const (
	Readable  State = iota
	Forgotten       // the key was destroyed when the person was erased
	Altered         // somebody has changed the text: no key opens it
)

// sealedText is a sealed text, taken apart.
type sealedText struct {
	keys []string
	text []byte
}

func parseSealed(text string) (sealedText, bool) {
	rest, ok := strings.CutPrefix(text, sealedPrefix)
	if !ok {
		return sealedText{}, false
	}
	ids, body, _ := strings.Cut(rest, ":")
	raw, _ := encoding.DecodeString(body) // what is no such text is opened by no key
	return sealedText{strings.Split(ids, "+"), raw}, true
}

// Unseal makes texts plain, where the keys are there. A text that cannot be read
// is emptied, and its state says why.
func (s *Sealer) Unseal(ctx context.Context, q Queryer, texts ...*Text) error {
	wanted := map[string]bool{}
	for _, t := range texts {
		for _, text := range []string{string(t.Before), string(t.After), t.Reason} {
			sealed, _ := parseSealed(text)
			for _, id := range sealed.keys {
				wanted[id] = true
			}
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	keys, err := s.openKeys(ctx, q, wanted)
	if err != nil {
		return err
	}
	for _, t := range texts {
		t.unseal(keys)
	}
	return nil
}

// openKeys finds the keys that have not been destroyed.
func (s *Sealer) openKeys(ctx context.Context, q Queryer, wanted map[string]bool) (map[string]cipher.AEAD, error) {
	marks, args := "", make([]any, 0, len(wanted))
	for id := range wanted {
		args = append(args, id)
		marks += ", $" + strconv.Itoa(len(args))
	}
	rows, err := q.Query(ctx, `select id, person_id, sealed from person_keys where id in (`+marks[2:]+`)`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	keys := map[string]cipher.AEAD{}
	for rows.Next() {
		var id, person, sealed string
		if err := rows.Scan(&id, &person, &sealed); err != nil {
			return nil, err
		}
		if keys[id], err = s.unwrap(id, person, sealed); err != nil {
			keys[id] = nil // what it sealed is shown as altered
		}
	}
	return keys, rows.Err()
}

func (t *Text) unseal(keys map[string]cipher.AEAD) {
	for column, text := range map[string]*[]byte{"before": &t.Before, "after": &t.After} {
		*text = t.open(keys, column, *text)
	}
	t.Reason = string(t.open(keys, "reason", []byte(t.Reason)))
}

func (t *Text) open(keys map[string]cipher.AEAD, column string, text []byte) []byte {
	sealed, ok := parseSealed(string(text))
	if !ok {
		return text
	}
	out := sealed.text
	for i := len(sealed.keys) - 1; i >= 0; i-- {
		aead, there := keys[sealed.keys[i]]
		if !there {
			t.State = Forgotten
			return nil
		}
		var err error
		if aead != nil {
			out, err = aead.Open(nil, nil, out, place(t.ID, column, sealed.keys[i]))
		}
		if aead == nil || err != nil {
			t.State = Altered
			return nil
		}
	}
	return out
}
