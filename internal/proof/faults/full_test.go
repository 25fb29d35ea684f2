package faults

import (
	"path/filepath"
	"testing"

	"example.org/asye/internal/proof"
	"example.org/asye/internal/proof/visit"
)

// mostSaves is how many changes a full disk may still take: those for which the
// log has room already.
const mostSaves = 3000

// A full disk: pages are shown, a change is refused with what was typed, a file
// in words, and everything goes on when there is room again.
func TestDUR6_TheDiskIsFull(t *testing.T) {
	for _, kind := range []string{"tmpfs", "ext4"} {
		t.Run(kind, func(t *testing.T) {
			disk := newPlace(t, kind, 64)
			v := begin(t, filepath.Join(disk.at, "asye.db"))
			for range proof.Rounds(t, 2) {
				fullRound(v, disk)
			}
			v.check()
			note(t, map[string]string{"tmpfs": fullMemory, "ext4": fullDisk}[kind], v.saw)
		})
	}
}

func fullRound(v *visitor, disk place) {
	v.t.Helper()
	v.saw.rounds++
	v.save()
	disk.fill()
	again, words := v.untilRefused()
	v.reads()
	v.check()
	v.fileRefused()
	again, words, _ = v.try(again, words)
	disk.empty()
	v.returns(again, words)
}

// untilRefused saves until there is no room, and gives the form that is offered
// then.
func (v *visitor) untilRefused() (visit.Form, string) {
	v.t.Helper()
	for range mostSaves {
		if again, words, saved := v.trySave(); !saved {
			return again, words
		}
	}
	v.t.Fatal("a full disk takes everything")
	return visit.Form{}, ""
}
