package shipping

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/benbjohnson/litestream"
	"github.com/benbjohnson/litestream/file"
)

// place opens one folder of a place: the index, or a generation.
type place func(name string) (litestream.ReplicaClient, error)

// hasStore tells that this program can ship to a store: see store.go… of the
// build with the tag s3.
var hasStore = false

var errNoStore = errors.New("this program was built without S3: build it with make s3, or ship to a folder")

// Check says whether a place can be shipped to by this program.
func Check(to string) error {
	p, err := placeOf(to)
	if err == nil {
		_, err = p(index)
	}
	return err
}

// isStore reports whether a place is a store and not a folder.
func isStore(to string) bool { return strings.HasPrefix(to, "s3://") }

func placeOf(to string) (place, error) {
	if !isStore(to) {
		return func(name string) (litestream.ReplicaClient, error) {
			return file.NewReplicaClient(filepath.Join(to, name)), nil
		}, nil
	}
	if !hasStore {
		return nil, errNoStore
	}
	u, err := url.Parse(to)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%q is not the address of a store: write it like s3://bucket/folder?endpoint=https://s3.example.org", to)
	}
	return func(name string) (litestream.ReplicaClient, error) {
		at := *u
		at.Path = path.Join("/", u.Path, name)
		return litestream.NewReplicaClientFromURL(at.String())
	}, nil
}

// IsShipped reports whether a folder or a store holds a shipped log.
func IsShipped(from string) bool {
	if isStore(from) {
		return true
	}
	entries, err := os.ReadDir(filepath.Join(from, index))
	return err == nil && len(entries) > 0
}
