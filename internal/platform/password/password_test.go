package password

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestHashAndMatch(t *testing.T) {
	q, ctx := NewQueue(Seats), t.Context()
	kept, err := q.Hash(ctx, "correct kettle moon")
	if err != nil || !strings.HasPrefix(kept, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s, %v", kept, err)
	}
	again, err := q.Hash(ctx, "correct kettle moon")
	if err != nil || again == kept {
		t.Errorf("two hashes of one password are the same: %v", err)
	}
	for given, want := range map[string]bool{"correct kettle moon": true, "correct kettle moon ": false, "": false, "Correct kettle moon": false} {
		if ok, err := Matches(kept, given); ok != want || err != nil {
			t.Errorf("%q: %v, %v", given, ok, err)
		}
	}
	// The same letters, typed on two keyboards.
	composed, err := q.Hash(ctx, "caf\u00e9 kettle moon")
	if ok, e := Matches(composed, "cafe\u0301 kettle moon"); !ok || e != nil || err != nil {
		t.Errorf("the same word in two encodings: %v, %v, %v", ok, e, err)
	}
}

// The test vector of the reference implementation, at another cost.
func TestReferenceVector(t *testing.T) {
	const kept = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	if ok, err := Matches(kept, "password"); !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	if !IsWeaker(kept) || IsWeaker(Dummy) {
		t.Error("what is weaker than at present is not told")
	}
}

// A dummy that cannot be read would answer at once, and so tell which
// addresses are known.
func TestTheDummyIsAHash(t *testing.T) {
	q := NewQueue(Seats)
	c, salt, sum, err := read(Dummy)
	if err != nil || c != present || len(salt) != saltLength || len(sum) != sumLength {
		t.Fatalf("the dummy is no hash: %v", err)
	}
	took := func(kept string) time.Duration {
		began := time.Now()
		if ok, err := Matches(kept, "correct kettle moon"); ok || err != nil {
			t.Errorf("%v, %v", ok, err)
		}
		return time.Since(began)
	}
	kept, err := q.Hash(t.Context(), "another password")
	if err != nil {
		t.Fatal(err)
	}
	took(kept)
	if real, dummy := took(kept), took(Dummy); dummy < real/4 {
		t.Errorf("the dummy takes %s, a real one %s", dummy, real)
	}
	if ok, _ := Matches(Dummy, "a dummy that nobody has"); !ok {
		t.Errorf("the dummy is not the hash of what it says; it should be %s", write(present, salt, present.sum("a dummy that nobody has", salt)))
	}
}

func TestWhatIsNoHash(t *testing.T) {
	for _, bad := range []string{"", "x", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65", "$argon2id$v=18$m=256,t=2,p=1$c29tZXNhbHQ$nf65",
		"$argon2id$v=19$m=256$c29tZXNhbHQ$nf65", "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65", "$argon2id$v=19$m=256,t=2,p=1$=$nf65",
		"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65"} {
		if ok, err := Matches(bad, "password"); ok || err == nil {
			t.Errorf("%q: %v, %v", bad, ok, err)
		}
	}
}

func TestNoMoreThanTheSeats(t *testing.T) {
	q := NewQueue(2)
	var now, most atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			leave, err := q.Turn(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			n := now.Add(1)
			for {
				m := most.Load()
				if n <= m || most.CompareAndSwap(m, n) {
					break
				}
			}
			time.Sleep(time.Millisecond)
			now.Add(-1)
			leave()
		})
	}
	all.Wait()
	if most.Load() != 2 {
		t.Errorf("%d were computed at a time, want 2", most.Load())
	}
}

func TestWhoHasGoneIsNotServed(t *testing.T) {
	q := NewQueue(1)
	leave, _ := q.Turn(t.Context())
	defer leave()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := q.Hash(gone, "correct kettle moon"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := q.Turn(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestRefusal(t *testing.T) {
	own := []string{"Siobhán Fairweather", "siobhan.fairweather@example.org", "asye"}
	for text, want := range map[string]string{
		"":                          "Enter a password",
		"elevenchars":               "12 characters or more",
		"twelve chars":              "",
		strings.Repeat("ab c", 51):  "200 characters or fewer",
		"correct kettle moon":       "",
		"all small letters will do": "",
		"Passw0rd2026!":             "tried first",
		"password1234":              "tried first",
		"PASSWORDPASSWORD":          "tried first",
		"liverpoolfc1892":           "tried first",
		"SocialWorker1":             "tried first",
		"Welcome12345":              "tried first",
		"1234567890123":             "tried first",
		"aaaaaaaaaaaa":              "tried first",
		"abababababab":              "tried first",
		"qwertyuiopas":              "tried first",
		"1q2w3e4r5t6y":              "tried first",
		"zyxwvutsrqpon":             "tried first",
		"fairweather1!":             "your name",
		"asye-siobhán-2026":         "your name",
		"fairweather under kettles": "",
		"二十四時間働けますか今日も明日も": "",
	} {
		got := Refusal(text, own...)
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
