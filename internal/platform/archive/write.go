package archive

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash"
	"io"
)

// magic begins every archive; the number is its format.
const magic = "asye backup 1\n"

// What a frame holds. It stands before the frame's length.
const (
	frameHeader   = 'H'
	frameTable    = 'T' // the next table of the header begins
	frameRow      = 'R'
	frameCount    = 'E' // the table has ended
	frameManifest = 'M'
)

// Writer writes an archive: each table of the header in its order, with its
// rows.
type Writer struct {
	out      io.Writer
	hash     hash.Hash // of all that has gone out
	zip      *gzip.Writer
	buffer   *bufio.Writer // before the compression
	header   Header
	at       int // the table that is being written, -1 before the first
	sum      *sum
	scratch  []byte
	manifest Manifest
}

// NewWriter begins an archive.
func NewWriter(out io.Writer, h Header) (*Writer, error) {
	h.Format = format
	w := &Writer{out: out, hash: sha256.New(), header: h, at: -1}
	all := io.MultiWriter(out, w.hash)
	if _, err := io.WriteString(all, magic); err != nil {
		return nil, err
	}
	w.zip, _ = gzip.NewWriterLevel(all, gzip.BestSpeed) // only a wrong level fails
	w.buffer = bufio.NewWriterSize(w.zip, 64<<10)
	return w, w.json(frameHeader, h)
}

// Begin goes on to the next table.
func (w *Writer) Begin() (Table, error) {
	if w.at+1 == len(w.header.Tables) {
		return Table{}, errors.New("the archive has all its tables")
	}
	w.at++
	w.sum = newSum(w.header.Tables[w.at])
	return w.sum.table, w.frame(frameTable, nil)
}

// Row adds a row to the table that was begun.
func (w *Writer) Row(row []any) (err error) {
	if err := w.sum.add(row); err != nil {
		return err
	}
	if w.scratch, err = appendRow(w.scratch[:0], w.sum.table.Columns, row); err != nil {
		return err
	}
	return w.frame(frameRow, w.scratch)
}

// End closes the table that was begun.
func (w *Writer) End() error {
	c := w.sum.count()
	w.manifest.Tables = append(w.manifest.Tables, c)
	return w.json(frameCount, c)
}

// Close ends the archive. It does not close what it is written to.
func (w *Writer) Close() (Manifest, error) {
	if len(w.manifest.Tables) != len(w.header.Tables) {
		return Manifest{}, errors.New("the archive has not all its tables yet")
	}
	if err := w.json(frameManifest, w.manifest); err != nil {
		return Manifest{}, err
	}
	if err := w.buffer.Flush(); err != nil {
		return Manifest{}, err
	}
	if err := w.zip.Close(); err != nil {
		return Manifest{}, err
	}
	_, err := w.out.Write(w.hash.Sum(nil))
	return w.manifest, err
}

func (w *Writer) json(kind byte, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.frame(kind, text)
}

func (w *Writer) frame(kind byte, content []byte) error {
	var head [1 + binary.MaxVarintLen64]byte
	head[0] = kind
	n := binary.PutUvarint(head[1:], uint64(len(content)))
	if _, err := w.buffer.Write(head[:1+n]); err != nil {
		return err
	}
	_, err := w.buffer.Write(content)
	return err
}
