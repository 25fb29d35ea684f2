package shipping

import (
	"bytes"
	"context"
	"errors"
	"io"

	"filippo.io/age"
	"github.com/benbjohnson/litestream"
	"github.com/superfly/ltx"
)

// sealed encrypts every file on its way to a place, and decrypts it on its way
// back. The header of each file, which says how many pages the database has and
// when the file was made, stays readable: the clients of litestream read the
// time from it.
type sealed struct {
	litestream.ReplicaClient
	key      *age.X25519Identity
	overhead int64 // by which a file with nothing in it grows
}

func seal(c litestream.ReplicaClient, key *age.X25519Identity) (*sealed, error) {
	var empty bytes.Buffer
	w, err := age.Encrypt(&empty, key.Recipient())
	if err == nil {
		err = w.Close()
	}
	return &sealed{c, key, int64(empty.Len())}, err
}

// How age cuts what it encrypts: into chunks, each with a tag.
const (
	chunk = 64 << 10
	tag   = 16
)

// plain is the size of a file before it was encrypted.
func (s *sealed) plain(size int64) int64 {
	body := size - ltx.HeaderSize - s.overhead + tag // the last chunk is never left out, even when it is empty
	chunks := (body + chunk + tag - 1) / (chunk + tag)
	return body - chunks*tag
}

// WriteLTXFile encrypts the file.
func (s *sealed) WriteLTXFile(ctx context.Context, level int, first, last ltx.TXID, from io.Reader) (*ltx.FileInfo, error) {
	head := make([]byte, ltx.HeaderSize)
	if _, err := io.ReadFull(from, head); err != nil {
		return nil, err
	}
	out, in := io.Pipe()
	go func() { in.CloseWithError(s.encrypt(in, io.MultiReader(bytes.NewReader(head), from))) }()
	info, err := s.ReplicaClient.WriteLTXFile(ctx, level, first, last, io.MultiReader(bytes.NewReader(head), out))
	out.CloseWithError(errors.Join(err, io.ErrClosedPipe)) // so that the other end stops
	if info != nil {
		info.Size = s.plain(info.Size)
	}
	return info, err
}

func (s *sealed) encrypt(to io.Writer, from io.Reader) error {
	w, err := age.Encrypt(to, s.key.Recipient())
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, from); err != nil {
		return err
	}
	return w.Close()
}

// OpenLTXFile decrypts the file, from its beginning whatever part is asked for.
func (s *sealed) OpenLTXFile(ctx context.Context, level int, first, last ltx.TXID, offset, size int64) (io.ReadCloser, error) {
	whole, err := s.ReplicaClient.OpenLTXFile(ctx, level, first, last, ltx.HeaderSize, 0)
	if err != nil {
		return nil, err
	}
	plain, err := age.Decrypt(whole, s.key)
	if err == nil {
		_, err = io.CopyN(io.Discard, plain, offset)
	}
	if err != nil {
		whole.Close()
		return nil, err
	}
	if size > 0 {
		plain = io.LimitReader(plain, size)
	}
	return opened{plain, whole}, nil
}

type opened struct {
	io.Reader
	io.Closer
}

// LTXFiles gives the sizes as they are before encryption.
func (s *sealed) LTXFiles(ctx context.Context, level int, seek ltx.TXID, exact bool) (ltx.FileIterator, error) {
	files, err := s.ReplicaClient.LTXFiles(ctx, level, seek, exact)
	if err != nil {
		return nil, err
	}
	return &resized{files, s}, nil
}

type resized struct {
	ltx.FileIterator
	by *sealed
}

func (r *resized) Item() *ltx.FileInfo {
	info := *r.FileIterator.Item()
	info.Size = r.by.plain(info.Size)
	return &info
}
