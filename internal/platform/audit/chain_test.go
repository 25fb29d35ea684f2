package audit_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

var (
	system = tenant.System("test")
	quiet  = slog.New(slog.DiscardHandler)
)

// begun is a chain of a key of its own, with nothing in it.
func begun(t *testing.T, d *db.DB) (*audit.Chain, audit.Key) {
	t.Helper()
	k := audit.NewKey()
	if err := d.Guard(lines.Guard{Secret: k.Secret(), Tables: schema.Tables()}); err != nil {
		t.Fatal(err)
	}
	c := audit.NewChain(d, k, quiet)
	if err := c.Claim(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c, k
}

func line(what string) db.Line {
	return db.Line{What: what, Kind: "organisation", ID: "o", Before: map[string]int{"n": 1}, Reason: "because"}
}

func write(t *testing.T, d *db.DB, n int) {
	t.Helper()
	err := d.Write(t.Context(), system, func(tx *db.Tx) error {
		for i := range n {
			if err := tx.Audit(t.Context(), system, line(fmt.Sprintf("test.done%d", i))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func extend(t *testing.T, c *audit.Chain, want int) {
	t.Helper()
	if n, err := c.Extend(t.Context()); err != nil || n != want {
		t.Fatalf("%d lines got their numbers, %v; want %d", n, err, want)
	}
}

func verify(t *testing.T, c *audit.Chain, outside ...audit.Checkpoint) *audit.Report {
	t.Helper()
	r, err := c.Verify(t.Context(), audit.Look{Outside: outside})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAUD1_EveryLineIsInTheChain(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		c, _ := begun(t, d)
		if r := verify(t, c); !r.Sound() || r.Lines != 0 {
			t.Errorf("of nothing it says %s", r)
		}
		for _, n := range []int{1, 2, 5, 1, 4090, 2500, 1} {
			write(t, d, n)
			extend(t, c, n)
		}
		extend(t, c, 0)
		write(t, d, 3)
		latest, err := c.Latest(t.Context())
		if err != nil || latest.Size != 6600 {
			t.Fatalf("the last checkpoint is %+v, %v", latest, err)
		}
		r := verify(t, c, latest)
		if !r.Sound() || r.Lines != 6600 || r.Waiting != 3 || r.Checkpoints != 1 || r.Outside != 1 {
			t.Errorf("it says %s%+v", r, r)
		}
		if err := c.Follows(t.Context(), latest); err != nil {
			t.Error(err)
		}
	})
}

// TestAUD2_LongTransactionsComeLater: what is committed later gets a later
// number, whatever its identifier and its time, and nothing is left out.
func TestAUD2_LongTransactionsComeLater(t *testing.T) {
	d := dbtest.OpenPostgres(t, schema.All())
	c, _ := begun(t, d)
	long, goOn, done := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		done <- d.Write(context.Background(), system, func(tx *db.Tx) error {
			err := tx.Audit(context.Background(), system, line("test.long"))
			close(long)
			<-goOn
			return err
		})
	}()
	<-long // its line is written and nobody else can see it
	write(t, d, 3)
	extend(t, c, 3)
	write(t, d, 1)
	extend(t, c, 1)
	close(goOn)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	extend(t, c, 1)
	if r := verify(t, c); !r.Sound() || r.Lines != 5 {
		t.Errorf("it says %s", r)
	}
	var number int
	if err := d.QueryRow(t.Context(), `select number from audit_leaves f join audit_lines l on l.id = f.line_id where what = 'test.long'`).Scan(&number); err != nil || number != 4 {
		t.Errorf("the long one has number %d, %v; want the last", number, err)
	}
}

// TestAUD2_OverlappingTransactions: many transactions overlap while several
// programs carry the chain on.
func TestAUD2_OverlappingTransactions(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		c, _ := begun(t, d)
		var writers, keepers sync.WaitGroup
		stop := make(chan struct{})
		for range 3 {
			keepers.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					if _, err := c.Extend(context.Background()); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for w := range 8 {
			writers.Go(func() {
				for n := range 25 {
					err := d.Write(context.Background(), system, func(tx *db.Tx) error {
						for range 1 + n%3 {
							if err := tx.Audit(context.Background(), system, line("test.done")); err != nil {
								return err
							}
							if d.Dialect() == db.Postgres {
								time.Sleep(time.Duration(w) * time.Millisecond)
							}
						}
						if n%10 == 9 {
							return errUndo
						}
						return nil
					})
					if err != nil && !errors.Is(err, errUndo) {
						t.Error(err)
					}
				}
			})
		}
		writers.Wait()
		close(stop)
		keepers.Wait()
		if _, err := c.Extend(t.Context()); err != nil {
			t.Fatal(err)
		}
		r := verify(t, c)
		if want := count(t, d, "audit_lines"); !r.Sound() || r.Lines != want || r.Waiting != 0 || want < 300 {
			t.Errorf("of %d lines it says %s", want, r)
		}
	})
}

var errUndo = errors.New("undo")

func count(t *testing.T, d *db.DB, table string) (n int64) {
	t.Helper()
	if err := d.QueryRow(t.Context(), "select count(*) from "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAUD3_TheKeyIsMadeOnceAndKeptApart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys", "audit-key")
	if _, err := audit.ReadKey(path); !errors.Is(err, audit.ErrNoKey) {
		t.Errorf("a key that is not there: %v", err)
	}
	var all sync.WaitGroup
	made := make([]audit.Key, 8)
	for i := range made {
		all.Go(func() {
			var err error
			if made[i], err = audit.MakeKey(path); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	read, err := audit.ReadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range made {
		if k.String() != read.String() || k.Public() != read.Public() {
			t.Error("two programs that start together have two keys")
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key can be read by others: %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Dir(path) + "/.audit-key-*"); left != nil {
		t.Errorf("left over: %v", left)
	}
	for _, bad := range []string{"", "x", "asye-audit-key-1 name short", "asye-audit-key-2 n " + strings.Repeat("A", 43)} {
		if _, err := audit.ParseKey(bad); err == nil {
			t.Errorf("%q was taken for a key", bad)
		}
	}
}

func TestAUD3_AnotherKeyIsRefused(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		c, k := begun(t, d)
		if err := c.Claim(t.Context()); err != nil {
			t.Errorf("the same key again: %v", err)
		}
		other := audit.NewKey()
		err := audit.NewChain(d, other, quiet).Claim(t.Context())
		if !errors.Is(err, audit.ErrOtherKey) || !strings.Contains(err.Error(), k.Name) || !strings.Contains(err.Error(), other.Name) {
			t.Errorf("another key: %v", err)
		}
	})
}

func TestAUD4_CheckpointsLeaveTheMachine(t *testing.T) {
	for _, place := range []string{"file.txt", "folder/"} {
		t.Run(place, func(t *testing.T) {
			d := dbtest.OpenSQLite(t, schema.All())
			_, k := begun(t, d)
			path := filepath.Join(t.TempDir(), place) + strings.TrimPrefix(place, strings.TrimSuffix(place, "/"))
			keeper := audit.NewKeeper(d, k, audit.Outside{Path: path}, quiet)
			day := d.Clock().(*clock.Stopped)
			for range 3 {
				write(t, d, 2)
				keeper.Once(t.Context())
				write(t, d, 1)
				keeper.Once(t.Context()) // within the minute: nothing leaves
				day.Move(time.Minute)
				keeper.Once(t.Context())
				keeper.Once(t.Context())
				day.Move(24 * time.Hour)
			}
			s, err := keeper.State(t.Context())
			if err != nil || s.Outside.Size != 9 || s.Outside.Wrong != "" || s.Checkpoint.Size != 9 || s.Waiting != 0 {
				t.Errorf("state: %+v, %v", s, err)
			}
			all, err := audit.ReadOutside(path)
			if err != nil || len(all) != 6 {
				t.Fatalf("%d checkpoints outside, %v; want 6", len(all), err)
			}
			if r := verify(t, keeper.Chain, all...); !r.Sound() || r.Outside != 6 || r.Checkpoints != 3 {
				t.Errorf("it says %s", r)
			}
		})
	}
}

// TestAUD4_TheServiceItselfNoticesAnOldCopy: a chain that does not go on from
// what was written outside is told of, and nothing is written over it.
func TestAUD4_TheServiceItselfNoticesAnOldCopy(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	_, k := begun(t, d)
	path := filepath.Join(t.TempDir(), "out.txt")
	write(t, d, 5)
	audit.NewKeeper(d, k, audit.Outside{Path: path}, quiet).Once(t.Context())
	older := dbtest.OpenSQLite(t, schema.All()) // another life of the same service
	if err := older.Guard(lines.Guard{Secret: k.Secret(), Tables: schema.Tables()}); err != nil {
		t.Fatal(err)
	}
	keeper := audit.NewKeeper(older, k, audit.Outside{Path: path}, quiet)
	for _, n := range []int{3, 4} { // shorter, and then longer than what was outside
		write(t, older, n)
		older.Clock().(*clock.Stopped).Move(time.Hour)
		keeper.Once(t.Context())
		if s, err := keeper.State(t.Context()); err != nil || !strings.Contains(s.Outside.Wrong, "altered") {
			t.Errorf("after %d lines: %+v, %v", n, s, err)
		}
	}
	if all, err := audit.ReadOutside(path); err != nil || len(all) != 1 {
		t.Errorf("%d checkpoints outside, %v", len(all), err)
	}
}

func TestAPlaceThatCannotBeWrittenIsTold(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	_, k := begun(t, d)
	path := filepath.Join(t.TempDir(), "none", "out.txt")
	keeper := audit.NewKeeper(d, k, audit.Outside{Path: path}, quiet)
	write(t, d, 1)
	keeper.Once(t.Context())
	if s, _ := keeper.State(t.Context()); !strings.Contains(s.Outside.Wrong, "cannot be written") {
		t.Errorf("state: %+v", s.Outside)
	}
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	d.Clock().(*clock.Stopped).Move(time.Minute)
	keeper.Once(t.Context())
	if s, _ := keeper.State(t.Context()); s.Outside.Wrong != "" || s.Outside.Size != 1 {
		t.Errorf("state: %+v", s.Outside)
	}
}

// TestCheckpointsAreFoundInALetter: whoever keeps the letters can copy one into a
// file, with the words around it.
func TestCheckpointsAreFoundInALetter(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	c, _ := begun(t, d)
	write(t, d, 1)
	extend(t, c, 1)
	latest, err := c.Latest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "letter.txt")
	letter := "Keep this.\r\n\r\n" + strings.ReplaceAll(latest.Note, "\n", "\r\n") + "\r\nIt is checked by\r\nasye audit verify\r\n"
	if err := os.WriteFile(path, []byte(letter+letter), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := audit.ReadOutside(path)
	if err != nil || len(all) != 2 || all[0].Note != latest.Note {
		t.Fatalf("%+v, %v", all, err)
	}
	if r := verify(t, c, all...); !r.Sound() || r.Outside != 2 {
		t.Errorf("it says %s", r)
	}
	if err := os.WriteFile(path, []byte("nothing of the kind\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.ReadOutside(path); err == nil {
		t.Error("a file without a checkpoint was read")
	}
}

// TestAUD1_TheKeeperStopsWithNothingLeft: when the program stops, what was done
// has its number and its checkpoint.
func TestAUD1_TheKeeperStopsWithNothingLeft(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	_, k := begun(t, d)
	path := filepath.Join(t.TempDir(), "out.txt")
	keeper := audit.NewKeeper(d, k, audit.Outside{Path: path}, quiet)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { keeper.Run(ctx); close(ended) }()
	time.Sleep(50 * time.Millisecond)
	write(t, d, 7)
	stop()
	<-ended
	if all, err := audit.ReadOutside(path); err != nil || len(all) != 1 {
		t.Errorf("%d checkpoints outside, %v", len(all), err)
	}
	if r := verify(t, keeper.Chain); !r.Sound() || r.Lines != 7 {
		t.Errorf("it says %s", r)
	}
}
