package programme

import (
	"cmp"
	"embed"
	"io/fs"
	"slices"

	"example.org/asye/internal/platform/fault"
)

//go:embed data/*.json
var embedded embed.FS

// Files are the programme files that are built in.
func Files() fs.FS {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return data
}

// Embedded is the catalogue of the files that are built in.
func Embedded() (*Catalogue, error) { return Load(Files()) }

// Load reads every .json file of the directories given. A file of a later
// directory replaces one of an earlier directory that has the same programme
// and version, so an operator's directory goes after [Files]. A file with an
// unknown word, a rule with no source, or versions of one programme that cover
// the same day are fault.Invalid, naming the file (PRG-3, PRG-4).
func Load(directories ...fs.FS) (*Catalogue, error) {
	files := map[string]file{}
	for _, directory := range directories {
		names, err := fs.Glob(directory, "*.json")
		if err != nil {
			return nil, err
		}
		seen := map[string]string{}
		for _, name := range names {
			v, err := read(directory, name)
			if err != nil {
				return nil, err
			}
			key := v.Programme + "/" + v.Version
			if other, twice := seen[key]; twice {
				return nil, Refuse(what, name, "it has the same programme and version as %s. Give one of them another version", other)
			}
			seen[key] = name
			files[key] = file{name, v}
		}
	}
	return catalogueOf(files)
}

// file is a version and the name of the file it came from.
type file struct {
	name string
	Version
}

// what these files are files of.
const what = "programme"

func read(directory fs.FS, name string) (Version, error) {
	v, err := ReadFile[Version](directory, name, what)
	if err != nil {
		return v, err
	}
	return v, check(name, &v)
}

func catalogueOf(files map[string]file) (*Catalogue, error) {
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "No programme files were found. Give a directory that holds at least one .json file")
	}
	all := make([]file, 0, len(files))
	for _, f := range files {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b file) int {
		return cmp.Or(cmp.Compare(a.Programme, b.Programme),
			a.Window.FirstDay.Compare(b.Window.FirstDay), cmp.Compare(a.Version.Version, b.Version.Version))
	})
	c := &Catalogue{}
	for i, f := range all {
		if i > 0 && f.Programme == all[i-1].Programme && f.Window.Period().Overlaps(all[i-1].Window.Period()) {
			return nil, Refuse(what, f.name, "its window of start dates overlaps that of %s. Change the first or the last day, so that each start date has one set of rules",
				all[i-1].name)
		}
		c.versions = append(c.versions, f.Version)
	}
	return c, nil
}
