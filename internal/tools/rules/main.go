// Command rules lists the rules of docs/rules with no test, and the tests and
// comments that name a rule which is not written. It fails when either list has
// something in it.
package main

import (
	"fmt"
	"os"

	"example.org/asye/internal/arch"
)

func main() {
	tree, err := arch.Load(os.DirFS("."))
	if err != nil {
		fmt.Fprintln(os.Stderr, "rules:", err)
		os.Exit(1)
	}
	r := arch.ReadRules(tree)
	missing := list("Rules with no test", r.Written, r.Tested)
	missing += list("Tests with no rule", r.Tested, r.Written)
	missing += list("Comments that name no rule", r.Cited, r.Written)
	fmt.Printf("%d rules, %d of them tested.\n", len(r.Written), len(r.Written)-untested(r))
	if missing > 0 {
		os.Exit(1)
	}
}

// list prints what one map has and the other lacks, with the first place of each.
func list(title string, have, lacking map[string][]string) int {
	n := 0
	for _, number := range arch.Numbers(have) {
		if len(lacking[number]) > 0 {
			continue
		}
		if n == 0 {
			fmt.Println(title + ":")
		}
		n++
		fmt.Printf("  %-8s %s\n", number, have[number][0])
	}
	if n == 0 {
		fmt.Println(title + ": none")
	}
	return n
}

func untested(r arch.Rules) int {
	n := 0
	for number := range r.Written {
		if len(r.Tested[number]) == 0 {
			n++
		}
	}
	return n
}
