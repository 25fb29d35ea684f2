package postgres

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Kill ends the server and everything it has started at once, with nothing put
// in order, and comes back when they are gone.
func (s *Server) Kill() {
	all := s.Freeze()
	for _, pid := range all {
		syscall.Kill(pid, syscall.SIGKILL)
	}
	<-s.ended
	for _, pid := range all {
		for alive(pid) {
			time.Sleep(time.Millisecond)
		}
	}
}

// Freeze holds the server still, as a machine that hangs would, and gives what
// was held.
func (s *Server) Freeze() []int {
	postmaster := s.running.Process.Pid
	syscall.Kill(postmaster, syscall.SIGSTOP) // so that it starts nobody else
	all := append([]int{postmaster}, children(postmaster)...)
	for _, pid := range all {
		syscall.Kill(pid, syscall.SIGSTOP)
	}
	return all
}

// Thaw lets what was held go on.
func (s *Server) Thaw(all []int) {
	for _, pid := range all {
		syscall.Kill(pid, syscall.SIGCONT)
	}
}

// children are the processes that another has started and that still run.
func children(of int) []int {
	var out []int
	names, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range names {
		if _, parent := state(name); parent == of {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
			out = append(out, pid)
		}
	}
	return out
}

func alive(pid int) bool {
	letter, _ := state("/proc/" + strconv.Itoa(pid) + "/stat")
	return letter != "" && letter != "Z"
}

// state reads the state and the parent of a process; nothing when it is gone.
func state(stat string) (letter string, parent int) {
	text, err := os.ReadFile(stat)
	if err != nil {
		return "", 0
	}
	_, after, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(after)
	if len(fields) < 2 {
		return "", 0
	}
	parent, _ = strconv.Atoi(fields[1])
	return fields[0], parent
}
