package storm

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/password"
	"example.org/asye/internal/schema"
)

const words = "correct kettle moon"

func email(i int) string { return fmt.Sprintf("person%d@example.org", i) }

// people makes a database with so many coordinators who all have a password.
func people(t *testing.T, n int) string {
	t.Helper()
	path, ctx := filepath.Join(t.TempDir(), "asye.db"), context.Background()
	d, err := db.Open(ctx, path, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(ctx, schema.All()...); err != nil {
		t.Fatal(err)
	}
	hash := password.Make(words)
	err = d.Keep(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `insert into organisations (id, code, name, type, opened_on, search_text)
			values ('storm', 'STORM', 'Storm', 'nhs', '2000-01-01', 'storm')`); err != nil {
			return err
		}
		for i := range n {
			id := fmt.Sprintf("person%d", i)
			for _, one := range []struct {
				query string
				args  []any
			}{
				{`insert into people (id, given_name, family_name, email, sort_name, search_text, created_at) values ($1, 'Pat', $1, $2, $1, $1, $3)`, []any{id, email(i), tx.Now()}},
				{`insert into memberships (id, person_id, org_id, role, starts_on) values ($1, $1, 'storm', 'coordinator', '2020-01-01')`, []any{id}},
				{`insert into passwords (person_id, hash, set_at) values ($1, $2, $3)`, []any{id, hash, tx.Now()}},
			} {
				if _, err := tx.Exec(ctx, one.query, one.args...); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		err = d.Checkpoint(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// service is the program at work.
type service struct {
	at  string
	pid int
}

// serve starts a program on a database.
func serve(t *testing.T, program, database string) service {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().String()
	free.Close()
	cmd := exec.Command(program, "serve", "--database", database, "--addr", addr)
	cmd.Env = append(os.Environ(), "ASYE_PASSWORDS=yes")
	cmd.Stdout, cmd.Stderr = io.Discard, t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	s := service{"http://" + addr, cmd.Process.Pid}
	for range 300 {
		if res, err := http.Get(s.at + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return s
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("the service does not start")
	return s
}

var peak = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// memory is the most that the program has held, in megabytes.
func (s service) memory(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.pid))
	if err != nil {
		t.Fatal(err)
	}
	m := peak.FindSubmatch(text)
	if m == nil {
		t.Skip("this system does not tell how much memory a program has held")
	}
	kb, _ := strconv.Atoi(string(m[1]))
	return kb / 1024
}

// browser is somebody's browser.
type browser struct {
	http.Client
	service
}

func (s service) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{service: s}
	b.Jar, b.Timeout = jar, 2*time.Minute
	b.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return b
}

var formToken = regexp.MustCompile(`name="_form" value="([^"]+)"`)

// form opens the page that asks for a password and takes its token.
func (b *browser) form() (string, error) {
	res, err := b.Get(b.at + "/sign-in/password")
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil {
		return "", err
	}
	m := formToken.FindSubmatch(page)
	if m == nil {
		return "", fmt.Errorf("the page that asks for a password answers %s", res.Status)
	}
	return string(m[1]), nil
}

// signIn sends an address and a password, and gives how long the answer took.
func (b *browser) signIn(token, address, text string) (time.Duration, error) {
	began := time.Now()
	res, err := b.PostForm(b.at+"/sign-in/password", url.Values{"_form": {token}, "email": {address}, "password": {text}})
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	took := time.Since(began)
	if err == nil && (res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/home") {
		err = fmt.Errorf("%s is answered %s: %.300s", address, res.Status, strings.TrimSpace(string(page)))
	}
	return took, err
}

// read opens a page as somebody signed in, and gives how long that took.
func (b *browser) read(path string) (time.Duration, error) {
	began := time.Now()
	res, err := b.Get(b.at + path)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	took := time.Since(began)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s is answered %s", path, res.Status)
	}
	return took, err
}
