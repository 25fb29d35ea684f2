package programme

import (
	"cmp"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Catalogue is every version of every programme that this service knows. It is
// read once and does not change, so many may use it at once.
type Catalogue struct {
	versions []Version // by programme, then by first day
}

// Programme is a programme and its versions, the earliest first.
type Programme struct {
	Key      string
	Name     string // as the latest version that is not a draft calls it
	Draft    bool   // it has no version that anybody can start under yet
	Versions []Version
}

// Programmes lists the programmes by name, drafts last.
func (c *Catalogue) Programmes() []Programme {
	var all []Programme
	for _, v := range c.versions {
		if len(all) == 0 || all[len(all)-1].Key != v.Programme {
			all = append(all, Programme{Key: v.Programme, Name: v.Name, Draft: true})
		}
		p := &all[len(all)-1]
		p.Versions = append(p.Versions, v)
		if !v.Draft {
			p.Name, p.Draft = v.Name, false
		}
	}
	slices.SortStableFunc(all, func(a, b Programme) int {
		if a.Draft != b.Draft {
			if a.Draft {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.Name, b.Name)
	})
	return all
}

// For finds the version under which somebody starts on a day. A programme that
// is not known, a day that no version covers, and a day that only a draft
// covers are each fault.Invalid, with a sentence that says which (PRG-1, PRG-2).
func (c *Catalogue) For(programme string, start asye.Date) (Version, error) {
	p, err := c.programme(programme)
	if err != nil {
		return Version{}, err
	}
	if start.IsZero() {
		return Version{}, fault.New(fault.Invalid, "Give the start date: it decides which rules of the %s programme apply", p.Name)
	}
	var draft *Version
	for i, v := range p.Versions {
		if !v.Window.Period().Contains(start) {
			continue
		}
		if !v.Draft {
			return v, nil
		}
		draft = &p.Versions[i]
	}
	if draft != nil {
		return Version{}, fault.New(fault.Invalid,
			"Nobody can be registered on %s for a start on %s yet: its rules are still a draft", draft.Name, start)
	}
	return Version{}, fault.New(fault.Invalid,
		"The %s programme has no rules for a start on %s. It takes starts %s. Check the start date and the programme",
		p.Name, start, p.windows())
}

// Get finds a version by its keys, drafts too: the one that a registration was
// made under. One that is not there is fault.NotFound.
func (c *Catalogue) Get(programme, version string) (Version, error) {
	for _, v := range c.versions {
		if v.Programme == programme && v.Version == version {
			return v, nil
		}
	}
	return Version{}, fault.New(fault.NotFound,
		"There is no version %q of a programme %q. Its file may have been taken out of the programmes directory", version, programme)
}

func (c *Catalogue) programme(key string) (Programme, error) {
	var known []string
	for _, p := range c.Programmes() {
		if p.Key == key {
			return p, nil
		}
		known = append(known, p.Key)
	}
	return Programme{}, fault.New(fault.Invalid,
		"%q is not a programme. Choose one of %s", key, strings.Join(known, ", "))
}

func (p Programme) windows() string {
	var texts []string
	for _, v := range p.Versions {
		text := "from " + v.Window.FirstDay.String()
		if !v.Window.LastDay.IsZero() {
			text += " to " + v.Window.LastDay.String()
		}
		if v.Draft {
			text += " (draft)"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", and ")
}
