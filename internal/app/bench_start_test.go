package app

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkStart starts the built program on the example service, and prints
// how long it takes until it is ready and the memory that it then rests at. Run
// it after make build, with -benchtime 5x.
func BenchmarkStart(b *testing.B) {
	program, err := filepath.Abs(filepath.Join("..", "..", "bin", "asye"))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		b.Fatal("bin/asye is not built: run make build")
	}
	dir := b.TempDir()
	if out, err := exec.Command(program, "demo", "--no-serve", "--data", dir).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	var ready time.Duration
	resting := 0
	for b.Loop() {
		took, kilobytes := startOnce(b, program, filepath.Join(dir, "asye.db"))
		ready += took
		resting = max(resting, kilobytes)
	}
	b.ReportMetric(float64(ready.Milliseconds())/float64(b.N), "ready-ms")
	b.ReportMetric(float64(resting)/1024, "resting-MB")
}

func startOnce(b *testing.B, program, database string) (time.Duration, int) {
	b.Helper()
	addr := freeAddress(b)
	server := exec.Command(program, "serve", "--database", database, "--addr", addr)
	began := time.Now()
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
	}()
	for time.Since(began) < 10*time.Second {
		res, err := http.Get("http://" + addr + "/readyz")
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				took := time.Since(began)
				time.Sleep(time.Second) // it comes to rest
				return took, resident(b, server.Process.Pid)
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	b.Fatal("the program was not ready within ten seconds")
	return 0, 0
}

func freeAddress(b *testing.B) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// resident is the memory of a process, in kilobytes; 0 where /proc is not there.
func resident(b *testing.B, pid int) int {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(text), "VmRSS:")
	n, _ := strconv.Atoi(strings.Fields(after + " 0")[0])
	return n
}
