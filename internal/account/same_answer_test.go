package account_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/schema"
)

// doorway is the sign-in page as a stranger with a watch sees it: over HTTP, with
// the jobs being done behind it.
type doorway struct {
	*service
	at     string
	client *http.Client
	form   string
	knocks int
}

func newDoorway(t *testing.T) *doorway {
	t.Helper()
	s := newService(t, dbtest.OpenSQLite(t, schema.All()))
	settings := account.DefaultSettings()
	settings.BehindProxy = true // so that each knock comes from another network
	settings.Directories = []account.Directory{{Key: "north", Name: "North", Domains: []string{"north.example"}, Only: true}}
	s.Store = account.NewStore(s.d, s.outbox, s.queue, settings)
	m := web.New(web.Site{}, account.Identify(s.Store, testNav), s.d, s.d.Clock(), slog.New(slog.DiscardHandler))
	account.Mount(m, s.Store, account.Deps{})
	server := httptest.NewServer(m)
	working, rest := context.WithCancel(context.Background())
	var hands sync.WaitGroup
	hands.Go(func() {
		r := jobs.Runner{Queue: s.queue, Handlers: s.Handlers(), Log: slog.New(slog.DiscardHandler)}
		_ = r.Run(working) // it ends when the test does
	})
	t.Cleanup(func() { rest(); hands.Wait(); server.Close() })
	x := &doorway{service: s, at: server.URL, client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	page := x.ask(t, http.MethodGet, paths.SignIn(), nil)
	x.form = regexp.MustCompile(`name="_form" value="([^"]+)"`).FindStringSubmatch(page.text)[1]
	return x
}

// answered is what came back, without what is random, and how long it took.
type answered struct {
	text string
	took time.Duration
}

var random = regexp.MustCompile(`name="_form" value="[^"]+"|(?m)^(Date|X-Request-Id): .*$`)

func (x *doorway) ask(t testing.TB, method, path string, form url.Values) answered {
	t.Helper()
	x.knocks++
	r, err := http.NewRequest(method, x.at+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", x.knocks>>16, x.knocks>>8&255, x.knocks&255))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	began := time.Now()
	res, err := x.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	took := time.Since(began)
	if err != nil {
		t.Fatal(err)
	}
	var whole bytes.Buffer
	fmt.Fprintln(&whole, res.Status)
	res.Header.Write(&whole)
	whole.Write(body)
	if x.form == "" {
		return answered{whole.String(), took}
	}
	return answered{random.ReplaceAllString(whole.String(), ""), took}
}

// control is a second sample of what nobody knows: by how much it differs from
// the first tells how well the watch goes on this machine.
const control = "made up too"

// watch is what somebody with a watch has seen, by what they asked about.
type watch struct {
	texts map[string]map[string]int
	times map[string][]float64
}

func (w *watch) saw(what string, a answered) {
	if w.texts == nil {
		w.texts, w.times = map[string]map[string]int{}, map[string][]float64{}
	}
	if w.texts[what] == nil {
		w.texts[what] = map[string]int{}
	}
	w.texts[what][a.text]++
	w.times[what] = append(w.times[what], a.took.Seconds())
}

// told is by how much the worst pair of things can be told apart.
type told struct {
	texts  int     // different answers
	median float64 // the ratio of medians, less one
	auc    float64 // how often a guess by the time alone is right, from one half to one
	pair   string
}

func (w *watch) told() told {
	out := told{auc: 0.5}
	all := map[string]bool{}
	kinds := make([]string, 0, len(w.times))
	for kind := range w.times {
		kinds = append(kinds, kind)
		for text := range w.texts[kind] {
			all[text] = true
		}
	}
	out.texts = len(all)
	sort.Strings(kinds)
	for i, a := range kinds {
		for _, b := range kinds[i+1:] {
			low, high := median(w.times[a]), median(w.times[b])
			out.median = max(out.median, max(low, high)/min(low, high)-1)
			if auc := separation(w.times[a], w.times[b]); max(auc, 1-auc) > out.auc {
				out.auc, out.pair = max(auc, 1-auc), a+" and "+b
			}
		}
	}
	return out
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}

// separation is the area under the curve of a classifier by time alone: how
// often a time of a is longer than one of b.
func separation(a, b []float64) float64 {
	type one struct {
		at  float64
		ofA bool
	}
	var all []one
	for _, v := range a {
		all = append(all, one{v, true})
	}
	for _, v := range b {
		all = append(all, one{v, false})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].at < all[j].at })
	ranks := 0.0
	for i, v := range all {
		if v.ofA {
			ranks += float64(i + 1)
		}
	}
	n, m := float64(len(a)), float64(len(b))
	return (ranks - n*(n+1)/2) / (n * m)
}

// populate puts n people of each kind on record, whose addresses begin with a
// word.
func (x *doorway) populate(t *testing.T, n int, word string) {
	t.Helper()
	err := x.write(system, func(ctx context.Context, tx *db.Tx) error {
		for i := range n {
			for _, kind := range []string{"known@example.org", "disabled@example.org", "alone@north.example"} {
				who := asye.Identity{GivenName: "Some", FamilyName: "Body", Email: fmt.Sprint(word, i, kind)}
				id, err := x.AddPerson(ctx, tx, system, who)
				if err == nil {
					err = x.Join(ctx, tx, system, id, kent, asye.Coordinator, asye.MustDate("2026-01-01"))
				}
				if err != nil {
					return err
				}
			}
		}
		_, err := tx.Exec(ctx, `update people set disabled_at = $1 where email like 'ask%disabled@%'`, tx.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// links makes n sign-in links of each kind that cannot be used.
func (x *doorway) links(t *testing.T, n int) map[string][]string {
	t.Helper()
	x.populate(t, n, "link")
	out := map[string][]string{}
	make := func(kind, purpose, address string, i int) {
		id, err := x.PersonByEmail(t.Context(), fmt.Sprint("link", i, address))
		if err != nil {
			t.Fatal(err)
		}
		path, err := x.SignInLink(t.Context(), id, account.Purpose(purpose))
		if err != nil {
			t.Fatal(err)
		}
		out[kind] = append(out[kind], tokenOf(t, path))
	}
	for i := range n {
		make("ended", "sign_in", "known@example.org", i)
	}
	x.move(x.Settings().LinkLife)
	for i := range n {
		make("used", "invitation", "known@example.org", i)
		make("of somebody disabled", "invitation", "disabled@example.org", i)
		out["made up"] = append(out["made up"], fmt.Sprintf("%043d", rand.Uint64()))
		out[control] = append(out[control], fmt.Sprintf("%043d", rand.Uint64()))
	}
	for i := range n {
		if _, err := x.Open(t.Context(), nil, out["used"][i], account.Entry{}); err != nil {
			t.Fatal(err)
		}
		id, err := x.PersonByEmail(t.Context(), fmt.Sprint("link", i, "disabled@example.org"))
		if err == nil {
			err = x.SetDisabled(t.Context(), system, id, true)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}
