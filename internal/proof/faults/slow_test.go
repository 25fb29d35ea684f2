package faults

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"example.org/asye/internal/proof"
)

// The disk hangs for some seconds: whoever saves waits and is told the truth,
// whoever reads does not wait.
func TestDUR6_TheDiskHangs(t *testing.T) {
	disk := newPlace(t, "ext4", 64)
	v := begin(t, filepath.Join(disk.at, "asye.db"))
	for range proof.Rounds(t, 2) {
		v.saw.rounds++
		v.save()
		form, words := v.form()
		disk.hold()
		kept := make(chan bool)
		go func() {
			page, err := v.browser.Send(t.Context(), form)
			kept <- err == nil && page.Status == http.StatusSeeOther
		}()
		time.Sleep(300 * time.Millisecond)
		v.reads()
		select {
		case <-kept:
			t.Error("a change was acknowledged that no disk has")
		case <-time.After(time.Second):
		}
		disk.release()
		if !<-kept {
			t.Error("a change that waited for the disk was not kept")
		}
		v.acknowledge(words)
		v.check()
	}
	note(t, hangingDisk, v.saw)
}
