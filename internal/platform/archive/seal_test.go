package archive_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/schema"
	"filippo.io/age"
)

// pair makes keys: what the service has, and what the operator has.
func pair(t testing.TB) (archive.Keys, archive.Identities) {
	t.Helper()
	private, public, err := archive.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	keys, err := archive.ParseKeys(public)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("# created today\n"+private+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	identities, err := archive.ReadIdentities(file)
	if err != nil {
		t.Fatal(err)
	}
	return keys, identities
}

// made is a backup file of the sample, encrypted to a pair.
func made(t testing.TB, d *db.DB, keys archive.Keys) (string, archive.Made) {
	t.Helper()
	path := filepath.Join(t.TempDir(), archive.FileName(d.Clock().Now(), keys))
	m, err := archive.Make(t.Context(), d, path, archive.Order{Program: "test", Keys: keys, Schema: schema.All()})
	if err != nil {
		t.Fatal(err)
	}
	return path, m
}

func verify(t testing.TB, content []byte, keys archive.Identities) (archive.Verified, error) {
	t.Helper()
	dir := t.TempDir()
	v, err := archive.Verify(t.Context(), bytes.NewReader(content), keys, dir, clock.Fixed(dbtest.Start), schema.All()...)
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left in the scratch folder: %v", left)
	}
	return v, err
}

func TestBAK2_OnlyThePrivateKeyOpens(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	sample(t, d)
	keys, mine := pair(t)
	_, another := pair(t)
	path, m := made(t, d, keys)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || info.Size() != m.Size {
		t.Errorf("the file: %v, %v", info, err)
	}
	v, err := verify(t, whole, mine)
	if err != nil || !v.Sealed || v.Manifest.Rows() != m.Manifest.Rows() || v.Header.Newest() != m.Header.Newest() {
		t.Errorf("with the key: %+v, %v", v.Header, err)
	}
	for name, tt := range map[string]struct {
		keys archive.Identities
		says string
	}{"another key": {another, "does not fit"}, "no key": {nil, "--identity"}} {
		if _, err := verify(t, whole, tt.keys); err == nil || !strings.Contains(err.Error(), tt.says) || fault.KindOf(err) != fault.Invalid {
			t.Errorf("with %s: %v", name, err)
		}
	}
}

// TestBAK4_AnyByteSealed: the same holds of an encrypted backup. Every byte of
// its beginning is tried, and one in thirty of the rest.
func TestBAK4_AnyByteSealed(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	sample(t, d)
	keys, mine := pair(t)
	path, _ := made(t, d, keys)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	read := func(content []byte) error {
		plain, _, err := archive.Unseal(bytes.NewReader(content), mine)
		if err == nil {
			var r *archive.Reader
			if r, err = archive.NewReader(plain); err == nil {
				_, err = r.Rest()
			}
		}
		return err
	}
	if err := read(whole); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(whole); i++ {
		if i > 300 && i%30 != 0 {
			continue
		}
		bent := bytes.Clone(whole)
		bent[i] ^= 0x10
		if err := read(bent); fault.KindOf(err) != fault.Invalid {
			t.Fatalf("the byte %d of %d was altered: %v", i, len(whole), err)
		}
		if err := read(whole[:i]); fault.KindOf(err) != fault.Invalid {
			t.Fatalf("it was cut off after %d of %d bytes: %v", i, len(whole), err)
		}
	}
	if read(append(bytes.Clone(whole), 0)) == nil {
		t.Error("a byte was added at the end, and nobody noticed")
	}
}

// TestBAK4_SaysWhatItIs: what is no backup of this program is told by name.
func TestBAK4_SaysWhatItIs(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	whole, _ := dump(t, d)
	for content, says := range map[string]string{
		"":                             "empty",
		"SQLite format 3\x00 and more": "asye move",
		"PGDMP and more":               "pg_restore",
		"--\n-- PostgreSQL database":   "psql",
		"\x1f\x8b and so on":           "decompress",
		"hello, this is a letter":      "no backup",
		"asye backup 2\nand more":      "newer than this program",
		"asye backup 0\nand more":      "no longer reads",
		"asye ba":                      "ends too early",
		string(whole[:40]):             "ends too early",
		string(whole[:len(whole)/2]):   "ends too early",
	} {
		if _, err := verify(t, []byte(content), nil); err == nil || !strings.Contains(err.Error(), says) || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%.20q: %v, want %q", content, err, says)
		}
	}
}

// TestBAK3_NoNameBeforeItWasReadBack: what cannot be finished leaves nothing,
// and nothing is written over.
func TestBAK3_NoNameBeforeItWasReadBack(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	sample(t, d)
	keys, _ := pair(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "asye.age")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	order := archive.Order{Program: "test", Keys: keys, Schema: schema.All()}
	if _, err := archive.Make(ctx, d, path, order); err == nil {
		t.Error("a backup that was stopped is one")
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left in the folder: %v", left)
	}
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Make(t.Context(), d, path, order); fault.KindOf(err) != fault.Invalid {
		t.Errorf("over another file: %v", err)
	}
	if content, _ := os.ReadFile(path); string(content) != "mine" {
		t.Error("a file was written over")
	}
}

// A backup can be made to keys that stand up to quantum computers too, and to
// several at once.
func TestKeys(t *testing.T) {
	hybrid, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	first, second := must(age.GenerateX25519Identity()), must(age.GenerateX25519Identity())
	for name, tt := range map[string]struct {
		keys string
		open age.Identity
		bad  string
	}{
		"hybrid":      {hybrid.Recipient().String(), hybrid, ""},
		"two":         {first.Recipient().String() + ", " + second.Recipient().String(), second, ""},
		"private":     {first.String(), nil, "private key"},
		"no key":      {"age1nonsense", nil, "no public key"},
		"not a key":   {"hello", nil, "no public key"},
		"mixed kinds": {first.Recipient().String() + " " + hybrid.Recipient().String(), nil, "cannot be encrypted"},
	} {
		keys, err := archive.ParseKeys(tt.keys)
		var out bytes.Buffer
		var w *archive.Sealed
		if err == nil {
			w, err = archive.Seal(&out, keys)
		}
		if tt.bad != "" {
			if err == nil || !strings.Contains(err.Error(), tt.bad) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, "what was said")
		w.Close()
		for by, open := range map[string]func(io.Reader) (io.Reader, error){
			"the program": w.Open,
			"the operator": func(r io.Reader) (io.Reader, error) {
				plain, _, err := archive.Unseal(r, archive.Identities{tt.open})
				return plain, err
			},
		} {
			plain, err := open(bytes.NewReader(out.Bytes()))
			if err != nil {
				t.Fatalf("%s, by %s: %v", name, by, err)
			}
			if got, err := io.ReadAll(plain); string(got) != "what was said" || err != nil {
				t.Errorf("%s, by %s: %q, %v", name, by, got, err)
			}
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
