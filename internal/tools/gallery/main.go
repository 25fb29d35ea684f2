// Command gallery serves every component of the pages, and every page in each of
// its states, on this machine only. The pages are those that TestGallery has
// written into the folder that it is given.
package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io/fs"
	"net/http"
	"os"

	"example.org/asye/internal/platform/ui"
	"github.com/a-h/templ"
)

const address = "127.0.0.1:8081"

func main() {
	dir := os.DirFS(cmp.Or(append(os.Args[1:], "")[0], "."))
	pages, err := list(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, "gallery: there are no pages to show, only components:", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", ui.Assets())
	mux.Handle("GET /components", templ.Handler(ui.Gallery()))
	mux.Handle("GET /pages/", http.StripPrefix("/pages/", http.FileServerFS(dir)))
	mux.Handle("GET /{$}", templ.Handler(ui.GalleryList(pages)))
	fmt.Println("The gallery is at http://" + address + "/. Stop it with Ctrl+C.")
	if err := http.ListenAndServe(address, mux); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

// list reads which pages there are: a file, its route and its state on a line.
func list(dir fs.FS) ([]ui.Picture, error) {
	index, err := dir.Open("index.tsv")
	if err != nil {
		return nil, err
	}
	defer index.Close()
	lines := csv.NewReader(index)
	lines.Comma = '\t'
	rows, err := lines.ReadAll()
	var out []ui.Picture
	for _, row := range rows {
		if len(row) == 3 {
			out = append(out, ui.Picture{Href: "/pages/" + row[0], Page: row[1], State: row[2]})
		}
	}
	return out, err
}
