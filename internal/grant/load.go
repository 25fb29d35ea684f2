package grant

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"slices"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/programme"
)

//go:embed data/*.json
var embedded embed.FS

// Files are the scheme files that are built in.
func Files() fs.FS {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return data
}

// what these files are files of.
const what = "scheme"

// Book is every scheme that this service knows. It is read once and does not
// change, so many may use it at once.
type Book struct {
	schemes    []Scheme
	programmes map[string][]*Scheme // by the programme that they pay for, the earliest first
	milestones map[string][]string  // the keys of what is paid for on a programme, in order
}

// Load reads every .json file of the directories given. A file of a later
// directory replaces one of an earlier directory that has the same key. A file
// with an unknown word or a rule with no source, and two schemes of one
// programme whose windows share a day, are fault.Invalid, naming the file
// (GRA-8, GRA-9).
func Load(directories ...fs.FS) (*Book, error) {
	byKey, files := map[string]Scheme{}, map[string]string{}
	for _, directory := range directories {
		names, err := fs.Glob(directory, "*.json")
		if err != nil {
			return nil, err
		}
		seen := map[string]string{}
		for _, name := range names {
			s, err := read(directory, name)
			if err != nil {
				return nil, err
			}
			if other, twice := seen[s.Key]; twice {
				return nil, programme.Refuse(what, name, "it has the same key as %s. Give one of them another", other)
			}
			seen[s.Key], files[s.Key], byKey[s.Key] = name, name, s
		}
	}
	return bookOf(byKey, files)
}

func read(directory fs.FS, name string) (Scheme, error) {
	s, err := programme.ReadFile[Scheme](directory, name, what)
	if err != nil {
		return s, err
	}
	text, err := fs.ReadFile(directory, name)
	if err != nil {
		return s, programme.Refuse(what, name, "it cannot be read: %v", err)
	}
	sum := sha256.Sum256(text)
	s.Hash = hex.EncodeToString(sum[:])
	return s, check(name, &s)
}

func bookOf(byKey map[string]Scheme, files map[string]string) (*Book, error) {
	if len(byKey) == 0 {
		return nil, fault.New(fault.Invalid, "No scheme files were found. Give a directory that holds at least one .json file")
	}
	b := &Book{}
	for _, s := range byKey {
		b.schemes = append(b.schemes, s)
	}
	slices.SortFunc(b.schemes, func(a, b Scheme) int {
		return cmp.Or(cmp.Compare(a.Programme, b.Programme), a.Window.FirstDay.Compare(b.Window.FirstDay), cmp.Compare(a.Key, b.Key))
	})
	for i, s := range b.schemes {
		if i > 0 && s.Programme == b.schemes[i-1].Programme && s.Window.Period().Overlaps(b.schemes[i-1].Window.Period()) {
			return nil, programme.Refuse(what, files[s.Key], "its window overlaps that of %s, so that one day would be paid for twice. Change the first or the last day",
				files[b.schemes[i-1].Key])
		}
	}
	b.index()
	return b, nil
}

// index finds what pays for a programme without going through every scheme.
func (b *Book) index() {
	b.programmes, b.milestones = map[string][]*Scheme{}, map[string][]string{}
	for i := range b.schemes {
		s := &b.schemes[i]
		b.programmes[s.Programme] = append(b.programmes[s.Programme], s)
		for _, m := range s.Milestones {
			if !slices.Contains(b.milestones[s.Programme], m.Key) {
				b.milestones[s.Programme] = append(b.milestones[s.Programme], m.Key)
			}
		}
	}
}

// Schemes lists every scheme, by programme and then by window.
func (b *Book) Schemes() []Scheme { return b.schemes }

// Get finds a scheme by its key; false when there is none.
func (b *Book) Get(key string) (Scheme, bool) {
	if s := b.find(key); s != nil {
		return *s, true
	}
	return Scheme{}, false
}

// find finds a scheme by its key; nil when there is none.
func (b *Book) find(key string) *Scheme {
	for i := range b.schemes {
		if b.schemes[i].Key == key {
			return &b.schemes[i]
		}
	}
	return nil
}
