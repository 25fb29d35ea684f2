package storm

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/proof"
)

const (
	readers   = 20                     // people who go on working
	pause     = 250 * time.Millisecond // between two pages of one reader
	mostAlone = 150                    // in the twin, which takes 19 MiB for each at once
	// With a queue of two, sign-ins take forty megabytes at most beside what pages
	// take.
	mostMemory = 250
)

// TestStorm: five hundred people sign in with passwords within a minute, and then
// all at once, while others go on working.
func TestStorm(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program and takes it to its limits")
	}
	n, long := 40, false
	if asked, err := strconv.Atoi(os.Getenv("PEOPLE")); err == nil && asked > 0 {
		n, long = asked, true
	}
	database, program := people(t, n+readers), proof.Program(t)
	queue := weather(t, serve(t, program, database), n)
	for range 2 { // a machine that does other work too may do it just then
		if !long || !queue.starves() {
			break
		}
		t.Log(queue)
		queue = weather(t, serve(t, program, database), n)
	}
	if queue.memory > mostMemory {
		t.Errorf("the program held %d MB, more than %d", queue.memory, mostMemory)
	}
	if long && queue.starves() {
		t.Errorf("pages at the 99th percentile, three times: %s without the storm, %s in it", ms(queue.quiet.at(99)), ms(queue.storm.at(99)))
	}
	t.Log(queue)
	if t.Failed() {
		return
	}
	proof.Keep(t, proof.Result{Net: "sign-in-storm", Part: proof.SigningIn,
		Promise: "When everybody signs in with a password at nine, everybody gets in, and whoever is at work already hardly notices.",
		Saw:     queue.String(), Twin: twin(t, database, min(n, mostAlone), long), Command: "make net-sign-in-storm PEOPLE=" + strconv.Itoa(n)})
}

// twin lets everybody's password be computed at once.
func twin(t *testing.T, database string, n int, long bool) string {
	t.Helper()
	if !long {
		return "left to the long form"
	}
	free := serve(t, proof.Twin(t, proof.Edit{File: "internal/platform/password/password.go", Old: "const Seats = 2", New: "const Seats = 1000"}), database)
	w := weather(t, free, n)
	if w.memory <= mostMemory {
		t.Errorf("without the queue the program held %d MB: the net would not notice", w.memory)
	}
	how := "by the memory it takes"
	if w.starves() {
		how += ", and by how long pages take"
	}
	return fmt.Sprintf("all passwords are computed at once: noticed %s. %s", how, w)
}

// figures are how one storm went.
type figures struct {
	people               int
	quiet, spread, storm times // of pages
	evenly, atOnce       times // of sign-ins
	over                 time.Duration
	memory               int // at most, in MB
}

// starves reports whether the storm keeps pages from those who are at work: half
// a second is what they may take, or five times what they take on this machine
// with nobody signing in.
func (f figures) starves() bool {
	return f.storm.at(99) > max(500*time.Millisecond, 5*f.quiet.at(99))
}

// String is the figures in a sentence.
func (f figures) String() string {
	return fmt.Sprintf("%d of %d signed in over %.0f s (99 in 100 within %s) and %d of %d all at once (within %s). Pages of %d others, median and 99 in 100: "+
		"%s and %s with nobody signing in, %s and %s while they came one after the other, %s and %s while they came at once (%.1f times as long as with nobody, at the 99th). "+
		"The program held %d MB at most.",
		len(f.evenly), f.people, f.over.Seconds(), ms(f.evenly.at(99)), len(f.atOnce), f.people, ms(f.atOnce.at(99)), readers,
		ms(f.quiet.at(50)), ms(f.quiet.at(99)), ms(f.spread.at(50)), ms(f.spread.at(99)), ms(f.storm.at(50)), ms(f.storm.at(99)),
		float64(f.storm.at(99))/float64(max(f.quiet.at(99), 1)), f.memory)
}

// weather lets it be quiet, then windy, then a storm.
func weather(t *testing.T, s service, n int) figures {
	t.Helper()
	f := figures{people: n, over: time.Duration(n) * 60 * time.Second / 500}
	working := make([]*browser, readers)
	for i := range working {
		working[i] = s.browser(t)
		token, err := working[i].form()
		if err == nil {
			_, err = working[i].signIn(token, email(n+i), words)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	f.quiet = s.while(t, working, func() { time.Sleep(max(f.over/3, 3*time.Second)) })
	f.spread = s.while(t, working, func() { f.evenly = s.everybody(t, n, f.over/time.Duration(n)) })
	f.storm = s.while(t, working, func() { f.atOnce = s.everybody(t, n, 0) })
	f.memory = s.memory(t)
	return f
}

// everybody signs in, one after so long or all at once, and gives how long each
// took.
func (s service) everybody(t *testing.T, n int, apart time.Duration) times {
	t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	var out times
	tokens, browsers := make([]string, n), make([]*browser, n)
	for i := range n {
		browsers[i] = s.browser(t)
		token, err := browsers[i].form()
		if err != nil {
			t.Fatal(err)
		}
		tokens[i] = token
	}
	began := time.Now()
	for i := range n {
		all.Go(func() {
			time.Sleep(time.Until(began.Add(time.Duration(i) * apart)))
			took, err := browsers[i].signIn(tokens[i], email(i), words)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
				return
			}
			out = append(out, took)
		})
	}
	all.Wait()
	return out
}

// while lets people work until something is done, and gives how long their pages
// took.
func (s service) while(t *testing.T, working []*browser, do func()) times {
	t.Helper()
	done := make(chan struct{})
	var mu sync.Mutex
	var all sync.WaitGroup
	var out times
	for i, b := range working {
		all.Go(func() {
			paths := []string{"/home", "/registrations", "/account", "/help"}
			for turn := i; ; turn++ {
				select {
				case <-done:
					return
				case <-time.After(pause):
				}
				took, err := b.read(paths[turn%len(paths)])
				mu.Lock()
				if err != nil {
					t.Errorf("somebody at work: %v", err)
				} else {
					out = append(out, took)
				}
				mu.Unlock()
			}
		})
	}
	do()
	close(done)
	all.Wait()
	return out
}

// times are how long something took, each time.
type times []time.Duration

// at is the time within which so many in a hundred were done.
func (x times) at(percent int) time.Duration {
	if len(x) == 0 {
		return 0
	}
	sorted := slices.Clone(x)
	slices.Sort(sorted)
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

// ms is a time as people read it.
func ms(d time.Duration) string {
	if d > 2*time.Second {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
}
