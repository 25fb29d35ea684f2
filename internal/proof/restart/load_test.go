package restart

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/proof/visit"
)

// The load: so many requests a second, from so many people, each on a line of
// their own.
const (
	perSecond = 50
	people    = 10
	oneWrites = 5 // one request in so many changes a record
)

// seen is what one run saw.
type seen struct {
	mu       sync.Mutex
	requests int
	writes   int
	failures []string
	worst    time.Duration
	restarts int
	slowest  time.Duration // of the restarts
}

func (s *seen) note(took time.Duration, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	s.worst = max(s.worst, took)
	if err != nil {
		s.failures = append(s.failures, err.Error())
	}
}

// worker is a coordinator who looks at pages and changes whom to ask at their
// employer. No two of them share a record.
type worker struct {
	line   line
	cookie string
	seen   *seen
	saved  int // changes that were acknowledged
}

func newWorker(i int, at string, p service.Person, s *seen) *worker {
	var cookies []string
	for _, c := range p.Browser("http://"+at, patience).Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	return &worker{line: line{at: at, keep: i%2 == 0, slow: i%5 == 4}, cookie: strings.Join(cookies, "; "), seen: s}
}

// work asks at a steady pace, beginning a little later than the one before,
// until the context ends.
func (w *worker) work(ctx context.Context, number int) {
	defer w.line.close()
	time.Sleep(time.Duration(number) * time.Second / perSecond)
	tick := time.NewTicker(time.Second * people / perSecond)
	defer tick.Stop()
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if n%oneWrites == 0 {
			w.save(n)
			continue
		}
		w.get([]string{"/home", "/organisation", "/registrations", "/account"}[n%4], http.StatusOK)
	}
}

// ask sends one request, and notes how it went.
func (w *worker) ask(path string, form visit.Form, want int) (answer, bool) {
	began := time.Now()
	a, err := w.line.ask(path, w.cookie, form.Values)
	if err == nil && a.status != want {
		err = fmt.Errorf("status %d", a.status)
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	w.seen.note(time.Since(began), err)
	return a, err == nil
}

func (w *worker) get(path string, want int) (visit.Page, bool) {
	a, ok := w.ask(path, visit.Form{}, want)
	return visit.Page{Status: a.status, Body: a.body, Path: path}, ok
}

// save opens the form, changes it, and sends it.
func (w *worker) save(n int) {
	const path = "/organisation/edit"
	page, ok := w.get(path, http.StatusOK)
	if !ok {
		return
	}
	form, err := page.Form(path)
	if err != nil {
		w.seen.note(0, err)
		return
	}
	if _, ok := w.ask(path, form.With("contact_name", fmt.Sprintf("Asked %d times", n)), http.StatusSeeOther); ok {
		w.saved++
	}
}
