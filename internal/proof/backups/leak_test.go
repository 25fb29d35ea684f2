package backups

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/proof"
)

// leaks finds canaries in every file under a folder, as they are and in any gzip
// stream; the database itself, and what lies beside it as a part of it, are
// where they belong.
func leaks(t *testing.T, w *world) (files int, found []string) {
	t.Helper()
	err := filepath.WalkDir(w.dir, func(path string, e fs.DirEntry, err error) error {
		own := strings.HasPrefix(path, w.database) || strings.HasPrefix(path, filepath.Join(w.dir, "other.db"))
		if err != nil || e.IsDir() || own {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil // it was taken away meanwhile
		}
		files++
		if holds(content) {
			found = append(found, strings.TrimPrefix(path, w.dir+"/"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, found
}

func holds(content []byte) bool {
	if bytes.Contains(content, []byte(canary)) {
		return true
	}
	for rest := content; ; {
		at := bytes.Index(rest, []byte{0x1f, 0x8b, 8})
		if at < 0 {
			return false
		}
		rest = rest[at:]
		if z, err := gzip.NewReader(bytes.NewReader(rest)); err == nil {
			plain, _ := io.ReadAll(z)
			if bytes.Contains(plain, []byte(canary)) {
				return true
			}
		}
		rest = rest[3:]
	}
}

// live does everything that makes, checks and restores backups, and kills some
// of it on the way.
func live(t *testing.T, program string, n int, size size, more ...string) (*world, harvest) {
	t.Helper()
	w := newWorld(t, program, "")
	w.database = filepath.Join(w.dir, "asye.db")
	if size == whole {
		w.example()
	} else {
		w.must("migrate")
	}
	d := opened(t, w.database)
	grow(t, d, 0, 50)
	fill(t, d)
	sown := sow(t, d)
	d.Close()
	ship := filepath.Join(w.dir, "shipped")
	w.environ = []string{"ASYE_BACKUP_TO=" + w.folder, "ASYE_BACKUP_KEY=" + w.public, "ASYE_BACKUP_EVERY=3s", "ASYE_BACKUP_ALARM=10m", "ASYE_SHIP_TO=" + ship}
	kill := w.serve()
	file := filepath.Join(w.dir, "one.age")
	began := time.Now()
	said := w.must(append([]string{"backup", "--to", file}, orElse(more, "--key", w.public)...)...)
	backup := time.Since(began)
	said += w.must("backup", "verify", file, "--identity", w.mine)
	verify := time.Since(began) - backup
	for i := range n { // at any moment of what each takes on this machine
		w.killAt(rand.N(backup), "backup", "--to", filepath.Join(w.dir, fmt.Sprintf("cut-%d.age", i)), "--key", w.public)
		w.killAt(rand.N(verify), "backup", "verify", file, "--identity", w.mine)
	}
	shippedSoon(t, ship)
	kill()
	there := *w
	there.database = filepath.Join(w.dir, "other.db")
	said += there.must("restore", file, "--identity", w.mine)
	if err := os.WriteFile(filepath.Join(w.dir, "said"), []byte(said), 0o600); err != nil {
		t.Fatal(err)
	}
	return w, sown
}

func orElse(list []string, standard ...string) []string {
	if len(list) > 0 {
		return list
	}
	return standard
}

// killAt runs a command and kills it after a while.
func (w *world) killAt(after time.Duration, args ...string) {
	w.t.Helper()
	cmd := w.command(args...)
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { cmd.Process.Kill() })
	defer timer.Stop()
	_ = cmd.Wait()
}

// shippedSoon waits until something of the log has arrived.
func shippedSoon(t *testing.T, folder string) {
	t.Helper()
	for range 600 {
		if files, _ := filepath.Glob(filepath.Join(folder, "2*", "ltx", "0", "*")); len(files) > 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("nothing was shipped within a minute")
}

// TestBAK12_NothingInPlainText is net-backup-leak.
func TestBAK12_NothingInPlainText(t *testing.T) {
	n, long := rounds(t, 1)
	size, columns := little, 20
	if long {
		size, columns = whole, 100
	}
	w, sown := live(t, proof.Program(t), n, size)
	files, found := leaks(t, w)
	if len(found) > 0 || files < 5 {
		t.Errorf("of %d files these have canaries: %v", files, found)
	}
	if d := opened(t, filepath.Join(w.dir, "other.db")); !sowed(t, d) {
		t.Error("there are no canaries in the restored database: nothing was looked for")
	}
	if len(sown) < columns {
		t.Errorf("only %d columns took canaries", len(sown))
	}
	if !long {
		return
	}
	if without := sown.without(); len(without) > 0 {
		t.Errorf("these columns are sensitive, and took no canaries: %v", without)
	}
	proof.Keep(t, proof.Result{Net: "backup-leak", Part: proof.NothingLost, Promise: "A backup tells nothing to whoever has not the key, and leaves nothing in plain text behind",
		Saw: fmt.Sprintf("up to %d different canaries in each of %d columns of text, every sensitive one among them; backups by hand and by the service, %d of each command killed on the way, verified, restored and shipped: "+
			"0 of %d files have one, packed or not: backups, shipped log, temporary files, leftovers, what was printed", perColumn, len(sown), n, files),
		Twin: leakTwins(t), Command: fmt.Sprintf("make net-backup-leak ROUNDS=%d", n)})
}

func sowed(t *testing.T, d *db.DB) bool {
	t.Helper()
	rows, err := d.Query(t.Context(), `select reason from audit_lines where reason like '`+canary+`%'`)
	list, err := db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var s string
		err := rows.Scan(&s)
		return s, err
	})
	return err == nil && len(list) > 0
}

func leakTwins(t *testing.T) string {
	t.Helper()
	var said []string
	for _, tt := range []struct {
		what  string
		edits []proof.Edit
		more  []string
		where string
	}{
		{"asye backup --plain, which says so on purpose", nil, []string{"--plain"}, "one.age"},
		{"Shipping without encryption", []proof.Edit{{File: "internal/platform/shipping/generation.go",
			Old: "return seal(c, key)", New: "_ = key\n\treturn c, nil"}}, nil, "shipped"},
		{"A scratch database with a name, and the program killed", []proof.Edit{{File: "internal/platform/db/beside_sqlite.go",
			Old: "d.scratch = path\n\td.unname()", New: "d.scratch = path"}}, nil, "temp"},
	} {
		w, _ := live(t, proof.Twin(t, append(tt.edits, proof.Edit{File: "internal/platform/archive/doc.go", Old: "package archive", New: "package archive\n"})...), 8, whole, tt.more...)
		_, found := leaks(t, w)
		if !strings.Contains(strings.Join(found, " "), tt.where) {
			t.Errorf("%s: found in %v, want %s", tt.what, found, tt.where)
		}
		said = append(said, fmt.Sprintf("%s: canaries in %d files", tt.what, len(found)))
	}
	return strings.Join(said, "\n")
}
