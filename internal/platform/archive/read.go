package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"reflect"

	"example.org/asye/internal/platform/fault"
)

// longestFrame is the most that one row may take. Longer ones are damage.
const longestFrame = 1 << 30

var (
	errDamaged = fault.New(fault.Invalid, "The backup is damaged: it is not as it was written. Use another one")
	errShort   = fault.New(fault.Invalid, "The backup is not whole: it ends too early. Copy it again, or use another one")
)

// Reader reads an archive and checks everything that it says of itself: each
// count, each hash, and at the end the hash of the whole.
type Reader struct {
	Header   Header
	in       *holdBack
	hash     hash.Hash
	raw      *bufio.Reader // before the compression is undone
	zip      *gzip.Reader
	frames   *bufio.Reader
	at       int
	sum      *sum
	open     bool // within a table
	unhashed bool // whoever fills a database with the rows takes the hashes there
	buffer   bytes.Buffer
	manifest Manifest
}

// NewReader begins to read an archive that is not encrypted, or no longer: see
// [Unseal]. What is none is refused in a sentence that says what it is instead.
func NewReader(from io.Reader) (*Reader, error) {
	r := &Reader{in: &holdBack{from: from, keep: sha256.Size}, hash: sha256.New(), at: -1}
	r.raw = bufio.NewReaderSize(io.TeeReader(r.in, r.hash), 64<<10)
	head, err := r.raw.Peek(len(magic))
	if err != nil && err != io.EOF {
		return nil, damage(err)
	}
	if string(head) != magic {
		return nil, recognise(append(bytes.Clone(head), r.in.held...), err)
	}
	if _, err := r.raw.Discard(len(magic)); err != nil {
		return nil, damage(err)
	}
	if r.zip, err = gzip.NewReader(r.raw); err != nil {
		return nil, damage(err)
	}
	r.zip.Multistream(false)
	r.frames = bufio.NewReaderSize(r.zip, 64<<10)
	if err := r.json(frameHeader, &r.Header); err != nil {
		return nil, err
	}
	return r, nil
}

// Next goes on to the next table. After the last one it checks the end of the
// archive, and gives io.EOF.
func (r *Reader) Next() (Table, error) {
	for r.open { // rows that nobody asked for are checked all the same
		if _, err := r.Row(); err != nil && err != io.EOF {
			return Table{}, err
		}
	}
	if r.at+1 == len(r.Header.Tables) {
		return Table{}, r.end()
	}
	kind, _, err := r.frame()
	if err != nil {
		return Table{}, err
	}
	if kind != frameTable {
		return Table{}, errDamaged
	}
	r.at++
	r.open, r.sum = true, newSum(r.Header.Tables[r.at])
	return r.sum.table, nil
}

// Row gives the next row of the table, and io.EOF after the last, when count
// and hash were right.
func (r *Reader) Row() ([]any, error) {
	if !r.open {
		return nil, io.EOF
	}
	kind, content, err := r.frame()
	if err != nil {
		return nil, err
	}
	if kind == frameRow {
		row, err := parseRow(content, r.sum.table.Columns)
		if err == nil && r.unhashed {
			r.sum.rows++
		} else if err == nil {
			err = r.sum.add(row)
		}
		return row, err
	}
	var said Count
	if kind != frameCount || json.Unmarshal(content, &said) != nil || !r.agrees(said) {
		return nil, errDamaged
	}
	r.manifest.Tables = append(r.manifest.Tables, said)
	r.open = false
	return nil, io.EOF
}

// agrees holds what went by against what is said of it.
func (r *Reader) agrees(said Count) bool {
	got := r.sum.count()
	if r.unhashed {
		got.Hash = said.Hash
	}
	return got == said
}

// end holds the whole against what it says of itself.
func (r *Reader) end() error {
	var said Manifest
	if err := r.json(frameManifest, &said); err != nil {
		return err
	}
	if !reflect.DeepEqual(said, r.manifest) {
		return errDamaged
	}
	if _, err := r.frames.ReadByte(); err != io.EOF {
		return damage(err)
	}
	if _, err := r.raw.ReadByte(); err != io.EOF {
		return damage(err)
	}
	if !bytes.Equal(r.in.held, r.hash.Sum(nil)) {
		return errDamaged
	}
	return io.EOF
}

// Rest reads what is left, and gives what each table held.
func (r *Reader) Rest() (Manifest, error) {
	for {
		if _, err := r.Next(); err == io.EOF {
			return r.manifest, nil
		} else if err != nil {
			return Manifest{}, err
		}
	}
}

func (r *Reader) json(want byte, into any) error {
	kind, content, err := r.frame()
	if err != nil {
		return err
	}
	if kind != want || json.Unmarshal(content, into) != nil {
		return errDamaged
	}
	return nil
}

// frame reads the next one; its content lasts until the one after. A length
// that is a lie takes no more memory than there is content.
func (r *Reader) frame() (byte, []byte, error) {
	kind, err := r.frames.ReadByte()
	if err != nil {
		return 0, nil, damage(err)
	}
	size, err := binary.ReadUvarint(r.frames)
	if err != nil {
		return 0, nil, damage(err)
	}
	if size > longestFrame {
		return 0, nil, errDamaged
	}
	r.buffer.Reset()
	if _, err := io.CopyN(&r.buffer, r.frames, int64(size)); err != nil {
		return 0, nil, damage(err)
	}
	return kind, r.buffer.Bytes(), nil
}

// damage says in a sentence what a failure to read means.
func damage(err error) error {
	var already *fault.Error
	var disk *fs.PathError
	switch {
	case errors.As(err, &disk):
		return fmt.Errorf("the backup cannot be read: %w", err)
	case errors.As(err, &already):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errShort
	}
	return errDamaged
}

// holdBack reads all but the last bytes, which it keeps.
type holdBack struct {
	from io.Reader
	keep int
	held []byte
	err  error
}

func (h *holdBack) Read(into []byte) (int, error) {
	for len(h.held) <= h.keep && h.err == nil {
		more := make([]byte, 64<<10)
		n, err := h.from.Read(more)
		h.held, h.err = append(h.held, more[:n]...), err
	}
	if free := len(h.held) - h.keep; free > 0 {
		n := copy(into, h.held[:free])
		h.held = append(h.held[:0], h.held[n:]...)
		return n, nil
	}
	return 0, h.err
}
