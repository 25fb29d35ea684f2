// Command gallery serves every component of the pages, in each of its states,
// on this machine only.
package main

import (
	"fmt"
	"net/http"
	"os"

	"example.org/asye/internal/platform/ui"
	"github.com/a-h/templ"
)

const address = "127.0.0.1:8081"

func main() {
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", ui.Assets())
	mux.Handle("GET /{$}", templ.Handler(ui.Gallery()))
	fmt.Println("The gallery is at http://" + address + "/. Stop it with Ctrl+C.")
	if err := http.ListenAndServe(address, mux); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}
