package files

import (
	"bytes"
	"runtime"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"example.org/asye/internal/platform/files/filestest"
)

// TestHostileFiles: each file of the corpus is refused with a sentence that
// helps, or read as nothing but text, in less than a second.
func TestHostileFiles(t *testing.T) {
	all := filestest.Corpus()
	if len(all) < 60 {
		t.Errorf("the corpus has %d files", len(all))
	}
	for _, one := range all {
		t.Run(one.Name, func(t *testing.T) {
			var sheet *Sheet
			var err error
			began := worked(t)
			largest := heap(func() { sheet, err = Read(one.File, bytes.NewReader(one.Data), int64(len(one.Data)), Limits{}) })
			if took := worked(t) - began; took > time.Second {
				t.Errorf("PAG-10 %d KB take %v of work", len(one.Data)>>10, took)
			}
			if largest > 64<<20 {
				t.Errorf("%d KB take %d MB of memory", len(one.Data)>>10, largest>>20)
			}
			if one.Says == "" {
				if err != nil {
					t.Errorf("is refused: %v", err)
				}
				return
			}
			if sheet != nil && err == nil {
				t.Fatal("is read")
			}
			wantRefused(t, err, one.Says)
		})
	}
}

// worked is how long the test has worked so far: a machine that is busy with
// something else does not make it longer.
func worked(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Skip("this machine does not tell how long a test has worked")
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// heap is by how much the memory in use grows at most while something is done.
// What is no longer used is collected early, as it would be counted too.
func heap(do func()) (most uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	var now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&now)
	before, done, seen := now.HeapAlloc, make(chan bool), make(chan uint64)
	go func() {
		var most uint64
		for {
			select {
			case <-done:
				seen <- most
				return
			case <-time.After(2 * time.Millisecond):
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc)
			}
		}
	}()
	do()
	close(done)
	if most = <-seen; most < before {
		return 0
	}
	return most - before
}
