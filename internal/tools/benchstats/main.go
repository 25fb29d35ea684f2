// Command benchstats times asye analyse beside other tools, on invented records:
// six characteristics by outcome with their tests, out of one file. Each program
// runs by itself; its time and its peak memory are those that the system counts.
// What is not installed is left out and named.
//
//	go run ./internal/tools/benchstats bin/asye 1000000 10000000
package main

import (
	_ "embed"
	"fmt"
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
	for name, text := range map[string]string{"table.R": inR, "table.py": inPandas} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	for _, size := range sizes {
		n, err := strconv.Atoi(size)
		if err != nil {
			return fmt.Errorf("%q is no number of records", size)
		}
		file := filepath.Join(dir, "records.csv")
		if err := write(file, n); err != nil {
			return err
		}
		fmt.Printf("\n%d records\n%-34s %9s %9s %8s %9s\n", n, "", "seconds", "ours =", "wc -l =", "peak MB")
		if err := compare(contenders(program, dir, file)); err != nil {
			return err
		}
	}
	return nil
}

// contender is one program, and whether the machine has it.
type contender struct {
	name string
	args []string
	has  []string // a command that fails where something is missing
}

func contenders(program, dir, file string) []contender {
	const by = "gender,ethnicity,age_band,disability,deferrals,region"
	return []contender{
		{"wc -l", []string{"wc", "-l", file}, nil},
		{"asye analyse", []string{program, "analyse", file, "--outcome", "outcome=fail", "--among", "pass,fail", "--by", by, "--format", "json"}, nil},
		{"R, data.table, Fisher", []string{"Rscript", "--vanilla", filepath.Join(dir, "table.R"), file}, []string{"Rscript", "--vanilla", "-e", "library(data.table)"}},
		{"pandas, scipy, Fisher", []string{"/usr/bin/python3", filepath.Join(dir, "table.py"), file}, []string{"/usr/bin/python3", "-c", "import pandas, scipy"}},
	}
}

// runs is how often each program runs; the best counts.
const runs = 3

func compare(list []contender) error {
	type result struct {
		name    string
		seconds float64
		peak    float64
	}
	var out []result
	for _, c := range list {
		if c.has != nil && exec.Command(c.has[0], c.has[1:]...).Run() != nil {
			fmt.Printf("%-34s is not installed\n", c.name)
			continue
		}
		best := result{name: c.name}
		for range runs {
			cmd := exec.Command(c.args[0], c.args[1:]...)
			cmd.Stderr = os.Stderr
			began := time.Now()
			if err := cmd.Run(); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			took := time.Since(began).Seconds()
			if best.seconds == 0 || took < best.seconds {
				best.seconds = took
				best.peak = float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
			}
		}
		out = append(out, best)
	}
	for _, r := range out {
		fmt.Printf("%-34s %9.3f %8.1fx %7.1fx %9.0f\n", r.name, r.seconds, r.seconds/out[1].seconds, r.seconds/out[0].seconds, r.peak)
	}
	return nil
}
