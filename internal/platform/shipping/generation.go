package shipping

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/archive"
	"filippo.io/age"
	"github.com/benbjohnson/litestream"
	"github.com/superfly/ltx"
)

// generation is one stretch of shipping. Its number is the instant at which it
// was begun, in milliseconds.
type generation struct {
	Number ltx.TXID
	Key    string // the private key of age, as text
}

// index is where the generations of a place are listed, each with its key
// encrypted to the operator's. It is written in the form of the log itself, so
// that one kind of client does for every place.
const index = "index"

// begunAt is when a generation was begun.
func begunAt(number ltx.TXID) time.Time { return time.UnixMilli(int64(number)).UTC() }

// folder is the name of a generation in the place.
func folder(number ltx.TXID) string { return begunAt(number).Format("20060102T150405.000Z") }

// list finds the generations of a place, the oldest first.
func (p place) list(ctx context.Context) ([]ltx.TXID, error) {
	c, err := p.open(ctx, index)
	if err != nil {
		return nil, err
	}
	files, err := c.LTXFiles(ctx, 0, 0, false)
	if err != nil {
		return nil, err
	}
	var out []ltx.TXID
	for files.Next() {
		out = append(out, files.Item().MinTXID)
	}
	slices.Sort(out)
	return out, files.Close()
}

func (p place) open(ctx context.Context, name string) (litestream.ReplicaClient, error) {
	c, err := p(name)
	if err == nil {
		err = c.Init(ctx)
	}
	return c, err
}

// remove takes a generation away, its key first.
func (p place) remove(ctx context.Context, number ltx.TXID) error {
	c, err := p.open(ctx, index)
	if err != nil {
		return err
	}
	if err := c.DeleteLTXFiles(ctx, []*ltx.FileInfo{{MinTXID: number, MaxTXID: number}}); err != nil {
		return err
	}
	if c, err = p.open(ctx, folder(number)); err != nil {
		return err
	}
	return c.DeleteAll(ctx)
}

// put writes the key of a generation into the index, after a header that says
// nothing.
func (p place) put(ctx context.Context, number ltx.TXID, sealed []byte) error {
	c, err := p.open(ctx, index)
	if err != nil {
		return err
	}
	h := ltx.Header{Version: ltx.Version, Flags: ltx.HeaderFlagNoChecksum, PageSize: 4096, Commit: 1,
		MinTXID: number, MaxTXID: number, Timestamp: int64(number)}
	head, err := h.MarshalBinary()
	if err != nil {
		return err
	}
	_, err = c.WriteLTXFile(ctx, 0, number, number, bytes.NewReader(append(head, sealed...)))
	return err
}

// get reads the key of a generation, still encrypted. One that is not there is
// fs.ErrNotExist.
func (p place) get(ctx context.Context, number ltx.TXID) ([]byte, error) {
	c, err := p.open(ctx, index)
	if err != nil {
		return nil, err
	}
	in, err := c.OpenLTXFile(ctx, 0, number, number, ltx.HeaderSize, 0)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

// Beside is the folder beside a database in which shipping keeps what it needs
// to go on: its key, and the last pieces of the log. It belongs to that database
// alone: whoever puts another in its place takes it away.
func Beside(database string) string { return database + "-shipping" }

// local is where litestream keeps the last pieces of the log.
func local(database string) string { return filepath.Join(Beside(database), "log") }

// goOn takes up the generation of the last time, or begins another where there
// is none that the place knows.
func (p place) goOn(ctx context.Context, o Order, now asye.Instant) (generation, error) {
	path := filepath.Join(Beside(o.Database), "generation.json")
	var g generation
	text, err := os.ReadFile(path)
	if err == nil && json.Unmarshal(text, &g) == nil && g.Number > 0 {
		_, err := p.get(ctx, g.Number)
		if err == nil {
			return g, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return g, fmt.Errorf("the place of the shipped log cannot be read: %w", err)
		}
	}
	return p.begin(ctx, o, now, path)
}

// begin begins a generation: its key goes to the place before anything that is
// encrypted to it.
func (p place) begin(ctx context.Context, o Order, now asye.Instant, path string) (generation, error) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return generation{}, err
	}
	g := generation{ltx.TXID(now.Time().UnixMilli()), key.String()}
	var out bytes.Buffer
	w, err := archive.Seal(&out, o.Keys)
	if err != nil {
		return g, err
	}
	if _, err := io.WriteString(w, g.Key); err != nil {
		return g, err
	}
	if err := w.Close(); err != nil {
		return g, err
	}
	if err := os.RemoveAll(local(o.Database)); err != nil {
		return g, err
	}
	if err := p.put(ctx, g.Number, out.Bytes()); err != nil {
		return g, fmt.Errorf("the place of the shipped log cannot be written to: %w", err)
	}
	text, err := json.Marshal(g)
	if err != nil {
		return g, err
	}
	return g, os.WriteFile(path, text, 0o600)
}

// client reads and writes a generation.
func (p place) client(ctx context.Context, g generation) (litestream.ReplicaClient, error) {
	key, err := age.ParseX25519Identity(g.Key)
	if err != nil {
		return nil, fmt.Errorf("the key of the shipped log is damaged: %w", err)
	}
	c, err := p.open(ctx, folder(g.Number))
	if err != nil {
		return nil, err
	}
	return seal(c, key)
}

// unlock decrypts the key of a generation.
func (p place) unlock(ctx context.Context, number ltx.TXID, keys archive.Identities) (generation, error) {
	sealed, err := p.get(ctx, number)
	if err != nil {
		return generation{}, fmt.Errorf("the key of the shipped log cannot be read: %w", err)
	}
	plain, _, err := archive.Unseal(bytes.NewReader(sealed), keys)
	if err != nil {
		return generation{}, err
	}
	key, err := io.ReadAll(plain)
	return generation{number, string(key)}, err
}
