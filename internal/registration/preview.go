package registration

import (
	"slices"

	"example.org/asye/internal/asye"
)

// The methods below give the record as it would be after a change, so that a
// page can show what a change does to the dates before anybody saves it. They
// judge nothing and keep nothing.

// WithPause is the record with one more pause.
func (r Record) WithPause(p Pause) Record {
	r.Pauses = append(slices.Clone(r.Pauses), p)
	return r
}

// WithReturn is the record with its open pause ended on the day of return.
func (r Record) WithReturn(on asye.Date) Record {
	r.Pauses = slices.Clone(r.Pauses)
	for i := range r.Pauses {
		if r.Pauses[i].Period.IsOpen() {
			r.Pauses[i].Period.End = on
		}
	}
	return r
}

// WithoutPause is the record without one of its pauses.
func (r Record) WithoutPause(id string) Record {
	r.Pauses = slices.DeleteFunc(slices.Clone(r.Pauses), func(p Pause) bool { return p.ID == id })
	return r
}

// WithPattern is the record with other hours from a day on.
func (r Record) WithPattern(p Pattern) Record {
	r.Patterns = slices.DeleteFunc(slices.Clone(r.Patterns), func(was Pattern) bool {
		return was.Period.Start == p.Period.Start
	})
	r.Patterns = append(r.Patterns, p)
	return r
}

// WithExtension is the record with one more extension.
func (r Record) WithExtension(e Extension) Record {
	r.Extensions = append(slices.Clone(r.Extensions), e)
	return r
}

// WithoutExtension is the record without one of its extensions.
func (r Record) WithoutExtension(id string) Record {
	r.Extensions = slices.DeleteFunc(slices.Clone(r.Extensions), func(e Extension) bool { return e.ID == id })
	return r
}

// PauseOf finds a pause of the record; false when there is no such pause.
func (r Record) PauseOf(id string) (Pause, bool) {
	at := slices.IndexFunc(r.Pauses, func(p Pause) bool { return p.ID == id })
	if at < 0 {
		return Pause{}, false
	}
	return r.Pauses[at], true
}

// ExtensionOf finds an extension that stands; false when there is no such
// extension, or when it has been undone.
func (r Record) ExtensionOf(id string) (Extension, bool) {
	at := slices.IndexFunc(r.Extensions, func(e Extension) bool { return e.ID == id && e.UndoneAt.IsZero() })
	if at < 0 {
		return Extension{}, false
	}
	return r.Extensions[at], true
}
