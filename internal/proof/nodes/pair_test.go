package nodes

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/proof/visit"
)

// patience is how long an answer, or anything that is bound to happen, may take.
const patience = 60 * time.Second

// pair is two nodes on one database, and their mail server.
type pair struct {
	t        *testing.T
	program  string
	database string
	post     *post
	d        *db.DB
	nodes    [2]*service.Program
	lenient  bool // what does not happen is no failure of the test: the nodes have a mistake in them
}

// names tell the nodes apart, in the headings of their letters and by sender.
var names = [2]string{"anna", "bert"}

// newPair starts two nodes at the same moment on a database with nothing in it.
func newPair(t *testing.T, program string) *pair {
	t.Helper()
	p := &pair{t: t, program: program, database: dbtest.EmptyPostgres(t), post: openPost(t)}
	errs := make(chan error, len(p.nodes))
	for i := range p.nodes {
		go func() { errs <- p.start(i) }()
	}
	for range p.nodes {
		if err := <-errs; err != nil {
			t.Fatalf("RUN-8 two nodes that start at once: %v", err)
		}
	}
	t.Cleanup(func() {
		for _, node := range p.nodes {
			if node != nil && !node.Ended() {
				node.Kill()
			}
		}
	})
	var err error
	if p.d, err = service.Open(context.Background(), p.database); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.d.Close() })
	return p
}

func (p *pair) start(i int) (err error) {
	p.nodes[i], err = service.Start(p.program, p.database, "ASYE_BASE_URL=http://127.0.0.1", "ASYE_SERVICE_NAME="+names[i],
		"ASYE_SMTP=smtp://"+p.post.at, "ASYE_MAIL_FROM="+names[i]+"@example.org")
	return err
}

// count asks the database for a number.
func (p *pair) count(query string, args ...any) int {
	p.t.Helper()
	n := 0
	if err := p.d.QueryRow(p.t.Context(), query, args...).Scan(&n); err != nil {
		p.t.Fatal(err)
	}
	return n
}

// until waits for something that is bound to happen.
func (p *pair) until(what string, happened func() bool) bool {
	p.t.Helper()
	limit := patience
	if p.lenient {
		limit = patience / 4
	}
	for began := time.Now(); time.Since(began) < limit; time.Sleep(20 * time.Millisecond) {
		if happened() {
			return true
		}
	}
	if !p.lenient {
		p.t.Errorf("within %s this has not happened: %s", limit, what)
	}
	return false
}

// traveller is a browser of which every request goes to the other node.
type traveller struct {
	*visit.Browser
	p    *pair
	turn int
}

func (p *pair) traveller() *traveller {
	return &traveller{visit.New(p.nodes[0].Base, patience), p, 0}
}

func (w *traveller) move() {
	w.turn++
	w.Browser.Move(w.p.nodes[w.turn%2].Base)
}

// open opens a page at the next node. Where it leads, it follows.
func (w *traveller) open(path string) (visit.Page, error) {
	for range 5 {
		w.move()
		page, err := w.Get(w.p.t.Context(), path)
		if err != nil || page.Status != http.StatusSeeOther {
			return page, err
		}
		path = page.Location
	}
	return visit.Page{}, fmt.Errorf("%s leads in a circle", path)
}

// submit opens a page at one node, sends its form to the other, and opens at the
// first where that leads.
func (w *traveller) submit(path, to string, fill func(visit.Form) visit.Form) (visit.Page, error) {
	page, err := w.open(path)
	if err != nil {
		return page, err
	}
	form, err := page.Form(to)
	if err != nil {
		return page, err
	}
	w.move()
	page, err = w.Send(w.p.t.Context(), fill(form))
	if err == nil && page.Status != http.StatusSeeOther {
		err = fmt.Errorf("%s did not lead on: %d %s", to, page.Status, page.Text())
	}
	if err != nil {
		return page, err
	}
	return w.open(page.Location)
}

// with fills in fields, in pairs of name and value.
func with(fields ...string) func(visit.Form) visit.Form {
	return func(f visit.Form) visit.Form {
		for i := 0; i < len(fields); i += 2 {
			f = f.With(fields[i], fields[i+1])
		}
		return f
	}
}
