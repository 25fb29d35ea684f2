package uploads

import (
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"example.org/asye/internal/platform/files/filestest"
	"example.org/asye/internal/proof"
)

// TestNetUploads: each hostile file is refused with a sentence that helps, or
// read as nothing but text, quickly and in little memory; and eight at once do
// not keep others from their pages.
func TestNetUploads(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program")
	}
	corpus := filestest.Corpus()
	long := os.Getenv("ASYE_PROOF") != ""
	if !long {
		corpus = some(corpus) // all of it is read in internal/platform/files
	}
	h := newHouse(t, proof.Program(t))
	refused, slowest, largest := h.each(corpus)
	if !long {
		return
	}
	alone, among := h.besides(corpus)
	if p99(among) > 500*time.Millisecond && p99(among) > 5*p99(alone) {
		t.Errorf("the 99th of 100 pages takes %v while eight files are read, and %v otherwise", p99(among), p99(alone))
	}
	proof.Keep(t, proof.Result{Net: "uploads", Part: proof.HostileInput, Command: "make net-uploads",
		Promise: "No file that somebody uploads can hurt the service, or anybody who works with it",
		Saw: fmt.Sprintf("%d hostile files: %d refused with a sentence that says what to do, %d read as nothing but text; the slowest after %v of work, "+
			"the program larger by %d MB at most; 0 temporary files left. With eight at once 99 of 100 pages came within %v, and within %v without",
			len(corpus), refused, len(corpus)-refused, slowest.Round(time.Millisecond), largest>>20, p99(among).Round(time.Millisecond), p99(alone).Round(time.Millisecond)),
		Twin: twins(t)})
}

// some are those of a short run: one of each kind of trouble.
func some(corpus []filestest.Hostile) (out []filestest.Hostile) {
	for i := 0; i < len(corpus); i += 9 {
		out = append(out, corpus[i])
	}
	return out
}

// each sends one file after another.
func (h *house) each(corpus []filestest.Hostile) (refused int, slowest time.Duration, largest int) {
	h.Helper()
	for _, one := range corpus {
		h.memory()
		before := h.memory()
		took, said := h.send(h.senders[0], one)
		grown := h.memory() - before
		if took > longest {
			h.Errorf("%s makes work for %v", one.Name, took)
		}
		if grown > most {
			h.Errorf("%s makes the program larger by %d MB", one.Name, grown>>20)
		}
		if said != "" {
			refused++
			if !helps(said) {
				h.Errorf("%s is refused with %q, which does not say what to do", one.Name, said)
			}
		}
		slowest, largest = max(slowest, took), max(largest, grown)
	}
	if left := h.left(); len(left) > 0 {
		h.Errorf("temporary files are left: %v", left)
	}
	return refused, slowest, largest
}

// besides opens pages without and with eight files being read, one after the
// other and again, so that both see the same machine.
func (h *house) besides(corpus []filestest.Hostile) (alone, among []time.Duration) {
	h.Helper()
	for range 3 {
		var done atomic.Bool
		go func() { h.rush(corpus); done.Store(true) }()
		among = append(among, h.pages(done.Load)...)
		ends := time.Now().Add(10 * time.Second)
		alone = append(alone, h.pages(func() bool { return time.Now().After(ends) })...)
	}
	return sorted(alone), sorted(among)
}

// twins are the reader of files with a guard taken away.
func twins(t *testing.T) string {
	const files = "internal/platform/files/"
	list := []struct {
		what  string
		edits []proof.Edit
	}{
		{"no look at sizes before anything is unpacked", []proof.Edit{{File: files + "container.go",
			Old: "return c, c.weigh(size)", New: "_ = c.weigh; return c, nil"}}},
		{"limits a thousand times as wide", []proof.Edit{
			{File: files + "limits.go", Old: "Rows:      20_000,", New: "Rows:      20_000_000,"},
			{File: files + "limits.go", Old: "Cells:     1_000_000,", New: "Cells:     1_000_000_000,"},
			{File: files + "limits.go", Old: "CellBytes: 10_000,", New: "CellBytes: 10_000_000,"}}},
		{"document types and their entities are read past", []proof.Edit{{File: files + "xmlscan/scan.go", Old: "return 0, false, ErrDoctype", New: "return 0, true, nil"}}},
	}
	var names []string
	for _, one := range list {
		proof.Noticed(t, "./internal/platform/files", "^TestHostileFiles$", one.edits...)
		names = append(names, one.what)
	}
	return fmt.Sprintf("%d mistakes, one at a time (%s): each noticed", len(names), strings.Join(names, "; "))
}
