// Command tested writes docs/how-it-is-tested.md from what the safety nets kept
// of their last runs in docs/tested.
package main

import (
	"fmt"
	"os"

	"example.org/asye/internal/proof"
)

func main() {
	results, err := proof.Results("docs/tested")
	var nets []byte
	if err == nil {
		nets, err = os.ReadFile("nets.mk")
	}
	if err == nil {
		err = os.WriteFile("docs/how-it-is-tested.md", []byte(proof.Page(results, proof.Targets(string(nets)))), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tested:", err)
		os.Exit(1)
	}
}
