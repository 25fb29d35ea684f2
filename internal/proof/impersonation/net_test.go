package impersonation

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"example.org/asye/internal/proof"

	"golang.org/x/sync/errgroup"
)

// knocked is what a program said to every knock.
type knocked struct {
	requests int
	opened   []string
}

// knockEverywhere tries every address with everything that a thief knows, all
// headers, fields and cookies at a time, and then rounds of some at random.
func (x *target) knockEverywhere(t testing.TB, rounds int) knocked {
	t.Helper()
	var k knocked
	all := routes(t)
	draw := rand.New(rand.NewPCG(39, 2026))
	var hands errgroup.Group
	var mu sync.Mutex
	hands.SetLimit(6)
	try := func(r route, value string, with []string) {
		k.requests++
		hands.Go(func() error {
			wrong, err := x.knock(r, value, with)
			mu.Lock()
			defer mu.Unlock()
			if wrong != "" && len(k.opened) < 20 {
				k.opened = append(k.opened, fmt.Sprintf("%s, to %q", wrong, value))
			}
			return err
		})
	}
	for _, r := range all {
		for _, value := range x.stolen {
			try(r, value, fields)
		}
	}
	for range rounds {
		some := make([]string, 0, len(fields))
		for _, f := range fields {
			if draw.IntN(3) == 0 {
				some = append(some, f)
			}
		}
		value := x.stolen[draw.IntN(len(x.stolen))]
		if draw.IntN(4) == 0 {
			value += string(rune(draw.IntN(0x250)))
		}
		try(all[draw.IntN(len(all))], value, some)
	}
	if err := hands.Wait(); err != nil {
		t.Fatal(err)
	}
	return k
}

// takesExample reports whether a program lets somebody in with a link of the
// example service.
func (x *target) takesExample(t testing.TB) bool {
	t.Helper()
	res, err := x.client.Get(x.at + x.example)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode == http.StatusOK || bytes.Contains(page, []byte("Una"))
}

// TestACC39_Net: nobody is signed in but by a way on the list.
func TestACC39_Net(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	binary := proof.Program(t)
	s := search(t, binary)
	for _, what := range s.found {
		t.Error("the release has ", what)
	}
	words, found := spoken(t, binary)
	for _, what := range found {
		t.Error("the program says ", what)
	}
	x := serve(t, binary)
	x.truly(t)
	k := x.knockEverywhere(t, proof.Rounds(t, 1000))
	for _, what := range k.opened {
		t.Error(what)
	}
	for _, what := range x.showsInside(t) {
		t.Error(what)
	}
	if x.takesExample(t) {
		t.Error("the real service takes a link of the example service")
	}
	if strings.Contains(x.out.String(), "token=") {
		t.Errorf("the real service prints links:\n%s", x.out)
	}
	entries := strings.Count(ways(t, nil), "\n")
	proof.Keep(t, proof.Result{Net: "no-impersonation", Part: proof.NobodyIn,
		Promise: "Nobody can act as somebody else: the release has no code, address, flag or header for it, and the example’s links work in the example alone.",
		Saw: fmt.Sprintf("%d functions of ours among %d in the release, %d words of help, settings and addresses, %d header names: 0 that could; "+
			"%d places in the code where somebody comes in, all of them on the list; %d requests with every secret of a stolen database in %d headers, %d fields and %d cookies of %d addresses: 0 let in",
			s.ours, s.all, words, len(headers), entries, k.requests, len(headers)+5, len(fields), len(cookies), len(routes(t))),
		Twin: "a header that says who somebody is: noticed by the requests and in the binary\n" +
			"a function to act as somebody, reached by nothing but a page: noticed in the binary\n" +
			"sessions kept as they are, not as hashes: noticed by the requests\n" +
			"the example’s links taken everywhere: noticed\n" +
			"one more way in: noticed on the list",
		Command: "make net-no-impersonation"})
}

// TestACC39_Twins: the net notices each back door.
func TestACC39_Twins(t *testing.T) {
	if testing.Short() || os.Getenv("ASYE_PROOF") == "" {
		t.Skip("builds the program five times: make net-no-impersonation runs it")
	}
	const identify = `one, found, err := s.Session(r.Context(), `
	t.Run("a header", func(t *testing.T) {
		twin := proof.Twin(t, proof.Edit{File: "internal/account/routes.go", Old: identify, New: `if id := r.Header.Get("X-Person"); id != "" {
			return web.Visitor{Scope: tenant.SignedIn(asye.PersonID(id), "0190-org", asye.Administrator), Name: "Una", FormKey: "k"}, nil
		}
		` + identify})
		if found := search(t, twin).found; len(found) == 0 {
			t.Error("the search of the binary lets it through")
		}
		x := serve(t, twin)
		if k := x.knockEverywhere(t, 1); len(k.opened) == 0 {
			t.Error("the requests let it through")
		}
	})
	t.Run("a function", func(t *testing.T) {
		twin := proof.Twin(t, proof.Edit{File: "internal/account/routes.go", Old: identify, New: `if r.URL.Path == "/hidden/way/in" {
			return impersonate(r.URL.RawQuery), nil
		}
		` + identify}, proof.Edit{File: "internal/account/routes.go", Old: "// within leaves out", New: `func impersonate(id string) web.Visitor {
	return web.Visitor{Scope: tenant.SignedIn(asye.PersonID(id), "0190-org", asye.Administrator), Name: "Una", FormKey: "k"}
}

// within leaves out`})
		if found := search(t, twin).found; len(found) == 0 {
			t.Error("the search of the binary lets it through")
		}
	})
	t.Run("stolen hashes", func(t *testing.T) {
		twin := proof.Twin(t, proof.Edit{File: "internal/account/store_sessions.go", Old: "		HashToken(token), now, now.Add(-s.settings.Idle), s.today()),",
			New: "		token, now, now.Add(-s.settings.Idle), s.today()),"})
		if k := serve(t, twin).knockEverywhere(t, 1); len(k.opened) == 0 {
			t.Error("the requests let it through")
		}
	})
	t.Run("the example’s links", func(t *testing.T) {
		twin := proof.Twin(t, proof.Edit{File: "internal/account/store_links.go", Old: "(l.purpose <> 'example' or $3)", New: "(l.purpose <> 'example' or $3 or true)"})
		if !serve(t, twin).takesExample(t) {
			t.Error("the twin does not take them either: it is no twin")
		}
	})
	t.Run("one more way in", func(t *testing.T) {
		const file = "internal/account/own/sign_out.go"
		text, err := os.ReadFile(proof.Root(t) + "/" + file)
		if err != nil {
			t.Fatal(err)
		}
		more := string(text) + "\nfunc (p *pages) help(w http.ResponseWriter, r *web.Request) error { return account.Welcome(w, r, p.store, account.Started{}, \"\") }\n"
		if ways(t, map[string]string{file: more}) == ways(t, nil) {
			t.Error("the list lets it through")
		}
	})
}
