// Command benchstats times our statistics beside other tools, on invented
// records, and says of each aim whether it is reached. Whole programs are timed
// from their start to their end, with the peak memory that the system counts; our
// own functions and those of R by the clock around the call, which is said. What is
// not installed is left out and named.
//
//	go run ./internal/tools/benchstats bin/asye 1000000 10000000
package main

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

//go:embed table.R
var inR string

//go:embed table.py
var inPandas string

//go:embed fisher.R
var fisherInR string

//go:embed firth.R
var firthInR string

//go:embed logistf.R
var logistfInR string

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "Give the program and how many records: benchstats bin/asye 1000000")
		os.Exit(2)
	}
	program, err := filepath.Abs(os.Args[1])
	if err == nil {
		err = all(program, os.Args[2:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchstats:", err)
		os.Exit(1)
	}
}

func all(program string, sizes []string) error {
	dir, err := os.MkdirTemp("", "benchstats")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := bench{program: program, dir: dir}
	for name, text := range map[string]string{"table.R": inR, "table.py": inPandas, "fisher.R": fisherInR, "firth.R": firthInR, "logistf.R": logistfInR} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	for _, size := range sizes {
		n, err := strconv.Atoi(size)
		if err != nil {
			return fmt.Errorf("%q is no number of records", size)
		}
		if err := b.files(n); err != nil {
			return err
		}
	}
	return errors.Join(b.exact(), b.models(), hiding())
}

// bench is a run of all comparisons: the program, and a folder that is removed afterwards.
type bench struct{ program, dir string }

func (b bench) files(n int) error {
	file := filepath.Join(b.dir, "records.csv")
	if err := write(file, n); err != nil {
		return err
	}
	fmt.Printf("\n%d records: six characteristics by outcome with their tests, each program from its start to its end\n", n)
	fmt.Printf("%-34s %9s %9s %8s %9s\n", "", "seconds", "ours =", "wc -l =", "peak MB")
	out, err := compare(contenders(b.program, b.dir, file))
	if err != nil {
		return err
	}
	for _, r := range out {
		if n >= asked {
			r.judge(out[1], out[0])
		}
	}
	return further(file)
}

// contender is one program, and whether the machine has it.
type contender struct {
	name   string
	args   []string
	has    []string // a command that fails where something is missing
	faster float64  // how many times faster than it we are asked to be
}

func contenders(program, dir, file string) []contender {
	const by = "gender,ethnicity,age_band,disability,deferrals,region"
	return []contender{
		{"wc -l", []string{"wc", "-l", file}, nil, 0},
		{"asye analyse", []string{program, "analyse", file, "--outcome", "outcome=fail", "--among", "pass,fail", "--by", by, "--format", "json"}, nil, 0},
		{"R, data.table, Fisher", []string{"Rscript", "--vanilla", filepath.Join(dir, "table.R"), file}, []string{"Rscript", "--vanilla", "-e", "library(data.table)"}, 12},
		{"pandas, scipy, Fisher", []string{"/usr/bin/python3", filepath.Join(dir, "table.py"), file}, []string{"/usr/bin/python3", "-c", "import pandas, scipy"}, 20},
	}
}

// runs is how often each program runs; the best counts.
const runs = 5

// asked is of how many records the aims speak.
const asked = 10_000_000

type result struct {
	contender
	seconds float64
	peak    float64 // MB
}

// compare lets the programs run in turn, so that a machine that is busy for a
// while is so for all of them.
func compare(list []contender) (out []result, err error) {
	for _, c := range list {
		if !installed(c.has) {
			fmt.Printf("%-34s is not installed\n", c.name)
			continue
		}
		out = append(out, result{contender: c})
	}
	for range runs {
		for i := range out {
			if err := out[i].run(); err != nil {
				return nil, err
			}
		}
	}
	for _, r := range out {
		fmt.Printf("%-34s %9.3f %8.1fx %7.1fx %9.0f\n", r.name, r.seconds, r.seconds/out[1].seconds, r.seconds/out[0].seconds, r.peak)
	}
	return out, nil
}

func installed(command []string) bool {
	return command == nil || exec.Command(command[0], command[1:]...).Run() == nil
}

func (r *result) run() error {
	cmd := exec.Command(r.args[0], r.args[1:]...)
	cmd.Stderr = os.Stderr
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", r.name, err)
	}
	if took := time.Since(began).Seconds(); r.seconds == 0 || took < r.seconds {
		r.seconds = took
		r.peak = float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
	}
	return nil
}

// judge says how our own time beside another program stands to its aim.
func (r result) judge(ours, wc result) {
	switch {
	case r.name == ours.name:
		aim("times as long as wc -l", ours.seconds/wc.seconds, 6)
		aim("MB at the most", ours.peak, 64)
	case r.faster > 0:
		aim("of the time of "+r.name, ours.seconds/r.seconds, 1/r.faster)
	}
}

// aim says whether a figure stays within what is asked, and if not by how much.
func aim(what string, is, asked float64) {
	verdict := "reached"
	if is > asked {
		verdict = fmt.Sprintf("MISSED: %.2f times what is asked", is/asked)
	}
	fmt.Printf("  aim: %.4g %s; it is %.4g: %s\n", asked, what, is, verdict)
}

// quickest is the shortest of several runs of our own code, in seconds.
func quickest(times int, do func() error) (float64, error) {
	best := math.Inf(1)
	for range times {
		began := time.Now()
		if err := do(); err != nil {
			return 0, err
		}
		best = min(best, time.Since(began).Seconds())
	}
	return best, nil
}
