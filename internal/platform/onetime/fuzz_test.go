package onetime

import (
	"testing"
	"time"
)

// A code is taken that the app shows within its time, once, and no other.
func FuzzCode(f *testing.F) {
	secret, now := NewSecret(), time.Date(2026, 11, 25, 13, 0, 0, 0, time.UTC)
	for _, seed := range []string{secret.Code(now), "000000", "", "12 34 56", "１２３４５６", "0000000"} {
		f.Add(seed, int64(0))
	}
	f.Fuzz(func(t *testing.T, typed string, last int64) {
		used, ok := secret.Accept(typed, now, last)
		if !ok {
			return
		}
		if used <= last {
			t.Fatalf("%q is taken again: %d after %d", typed, used, last)
		}
		if _, again := secret.Accept(typed, now, used); again {
			t.Fatalf("%q is taken twice", typed)
		}
		if plain := Plain(typed); len(plain) != 6 {
			t.Fatalf("%q is taken, and is %q", typed, plain)
		}
	})
}
