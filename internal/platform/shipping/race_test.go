package shipping

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
)

// shipsHere is set in the process that ships for TestBAK11_WhileTheLogBeginsAgain.
const shipsHere = "ASYE_TEST_SHIPS"

// TestShipsHere is no test: it is the process in which the log is shipped, since
// SQLite and litestream cannot have the same file in one.
func TestShipsHere(t *testing.T) {
	words := strings.Split(os.Getenv(shipsHere), "|")
	if len(words) != 3 {
		t.Skip("it ships for another test")
	}
	keys, err := archive.ParseKeys(words[2])
	if err == nil {
		err = Ship(Order{Database: words[0], To: words[1], Keys: keys, Clock: clock.Real(), Log: slog.Default()}, os.Stdin, os.Stdout)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// shipBeside ships in another process, and gives what ends it.
func shipBeside(t *testing.T, o Order, public string) (end func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestShipsHere$")
	cmd.Env = append(os.Environ(), shipsHere+"="+strings.Join([]string{o.Database, o.To, public}, "|"))
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Fatalf("%v: %s", err, &said)
		}
	}
}

// write gives some rows another text, in one transaction.
func write(t *testing.T, d *db.DB, from, to int, text string) {
	t.Helper()
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		for n := from; n < to; n++ {
			_, err := tx.Exec(t.Context(), `insert into form_tokens (token, spent_at, location) values ($1, $2, $3) on conflict (token) do update set location = excluded.location`,
				fmt.Sprintf("row-%05d", n), tx.Now(), strings.Repeat(text, 2000/len(text)))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The log has been folded into the file when shipping begins, and the next
// change begins it again from its start, over what is being read just then.
func TestBAK11_WhileTheLogBeginsAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("ships ten megabytes in another process")
	}
	o, mine := order(t, filepath.Join(t.TempDir(), "second place"))
	public := strings.Join(o.Keys.Names, " ")
	d, err := db.OpenExisting(t.Context(), o.Database, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	write(t, d, 0, 15000, "first ")
	end := shipBeside(t, o, public)
	arrived(t, filepath.Join(o.To, "2*", "ltx", "9", "*.ltx")) // a whole copy, which is made once a day
	end()
	d.Close()
	if d, err = db.OpenExisting(t.Context(), o.Database, clock.Real()); err != nil {
		t.Fatal(err)
	}
	write(t, d, 14200, 15000, "second ") // less than is folded in by itself
	write(t, d, 0, 14200, "second ")     // more
	end = shipBeside(t, o, public)
	log := filepath.Join(local(o.Database), "ltx", "0")
	arrived(t, filepath.Join(log, "*.tmp"))
	write(t, d, 0, 50, "third ") // over the first pieces of the log, which are of the last rows
	arrived(t, filepath.Join(log, "*2.ltx"))
	end()
	path := filepath.Join(t.TempDir(), "restored.db")
	if _, err := Restore(t.Context(), o.To, mine, path, asye.Instant{}); err != nil {
		t.Fatal(err)
	}
	r, err := db.Open(t.Context(), path, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.Sound(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, part := range []struct {
		from, to int
		text     string
	}{{0, 50, "third "}, {50, 15000, "second "}} {
		n := 0
		err := r.QueryRow(t.Context(), `select count(*) from form_tokens where token >= $1 and token < $2 and location like $3`,
			fmt.Sprintf("row-%05d", part.from), fmt.Sprintf("row-%05d", part.to), part.text+"%").Scan(&n)
		if err != nil || n != part.to-part.from {
			t.Errorf("%d of %d rows from %d have the text %q: %v", n, part.to-part.from, part.from, part.text, err)
		}
	}
}

// arrived waits until there is a piece of the log.
func arrived(t *testing.T, pattern string) {
	t.Helper()
	began := time.Now()
	for time.Since(began) < 30*time.Second {
		if files, _ := filepath.Glob(pattern); len(files) > 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("there is no %s", pattern)
}
