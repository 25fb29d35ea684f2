package app

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/schema"
)

// registrations is how many records the pages are timed against, spread over
// the local authorities; ASYE_BENCH_REGISTRATIONS makes it fewer.
func registrations() int {
	if n, err := strconv.Atoi(os.Getenv("ASYE_BENCH_REGISTRATIONS")); err == nil {
		return n
	}
	return 60_000
}

// BenchmarkPages times the cohort list and a record page over HTTP, on each
// engine, and prints p50 and p99 in milliseconds and the weight of a page in
// kilobytes as it is sent. Run it with -benchtime 500x.
func BenchmarkPages(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchPages(b, b.TempDir()+"/asye.db") })
	b.Run("postgres", func(b *testing.B) { benchPages(b, dbtest.PostgresAddress(b, schema.All())) })
}

func benchPages(b *testing.B, address string) {
	s := benchService(b, address)
	coordinator, id := fill(b, s, registrations())
	site := httptest.NewServer(s.handler())
	defer site.Close()
	browser := signIn(b, s, site.URL, coordinator)
	for name, path := range map[string]string{"list": paths.Registrations(nil), "record": paths.Registration(id)} {
		b.Run(name, func(b *testing.B) {
			times := make([]time.Duration, 0, b.N)
			weight := 0
			for b.Loop() {
				began := time.Now()
				weight = fetch(b, browser, site.URL+path)
				times = append(times, time.Since(began))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(weight)/1024, "page-KB")
		})
	}
}

func benchService(b testing.TB, address string) *service {
	b.Helper()
	v, err := given{flags: map[string]string{"database": address, "audit_key_file": filepath.Join(b.TempDir(), "audit-key")}}.read()
	if err != nil {
		b.Fatal(err)
	}
	cfg, err := understand(v)
	if err != nil {
		b.Fatal(err)
	}
	s, err := open(context.Background(), cfg, clock.Real(), slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.close() })
	return s
}

// fill makes n registrations over the local authorities, and a coordinator for
// the first of them.
func fill(b testing.TB, s *service, n int) (asye.PersonID, asye.EnrolmentID) {
	b.Helper()
	ctx := context.Background()
	employers, err := s.roster.Employers(ctx, s.today())
	if err != nil {
		b.Fatal(err)
	}
	var coordinator asye.PersonID
	var last asye.EnrolmentID
	system := tenant.System("benchmark")
	for done := 0; done < n; done += 5000 {
		err := s.db.Write(ctx, system, func(tx *db.Tx) error {
			for i := done; i < min(done+5000, n); i++ {
				employer := employers[i%len(employers)]
				added, err := s.registration.EnterPast(ctx, tx, system.In(employer.ID), registration.Past{Entry: benchEntry(i, s.today())})
				if err != nil {
					return err
				}
				if i%len(employers) == 0 {
					last = added.ID
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	err = s.db.Write(ctx, system, func(tx *db.Tx) (err error) {
		coordinator, err = s.account.AddPerson(ctx, tx, system, asye.Identity{GivenName: "Co", FamilyName: "Ordinator", Email: "co@example.org"})
		if err != nil {
			return err
		}
		return s.account.Join(ctx, tx, system, coordinator, employers[0].ID, asye.Coordinator, s.today())
	})
	if err != nil {
		b.Fatal(err)
	}
	return coordinator, last
}

func benchEntry(i int, today asye.Date) registration.Entry {
	return registration.Entry{Identity: asye.Identity{GivenName: "Given" + strconv.Itoa(i%997), FamilyName: "Family" + strconv.Itoa(i)},
		Number: registration.Number("SW" + strconv.Itoa(100000+i)), DateOfBirth: asye.NewDate(1990, 1, 1+i%300), QualifiedYear: 2025,
		Programme: "child-and-family", StartsOn: asye.NewDate(2026, 4, 1).AddDays(i % 200), Hours: 3700, FullTimeHours: 3700,
		Team: "Team " + strconv.Itoa(i%12), AssessorName: "Ann Assessor",
		Eligibility: programme.Answers{Registered: programme.Yes, InSector: programme.Yes, Agency: programme.No, AlreadyFunded: programme.No}}
}

var formToken = regexp.MustCompile(`name="` + ui.FormField + `" value="([^"]+)"`)

// signIn opens a one-time link and presses its button, as a person does.
func signIn(t testing.TB, s *service, site string, person asye.PersonID) *http.Client {
	t.Helper()
	link, err := s.account.SignInLink(context.Background(), person, account.ToSignIn)
	if err != nil {
		t.Fatal(err)
	}
	browser := newBrowser(t)
	body := get(t, browser, site+link)
	token := formToken.FindStringSubmatch(body)
	if token == nil {
		t.Fatalf("the page of the link has no form:\n%s", body)
	}
	path, query, _ := strings.Cut(link, "?")
	form := ui.FormField + "=" + token[1] + "&" + query
	res, err := browser.Post(site+path, "application/x-www-form-urlencoded", strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("signing in gave %s", res.Status)
	}
	return browser
}

// fetch reads a page as a browser does, and gives its size as sent.
func fetch(t testing.TB, browser *http.Client, address string) int {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := browser.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	sent, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s gave %s, %v", address, res.Status, err)
	}
	return len(sent)
}

func get(t testing.TB, browser *http.Client, address string) string {
	t.Helper()
	res, err := browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var r io.Reader = res.Body
	if res.Header.Get("Content-Encoding") == "gzip" {
		if r, err = gzip.NewReader(res.Body); err != nil {
			t.Fatal(err)
		}
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s\n%s", res.Status, body)
}
