// Command asye runs the assessed and supported year in employment: the service
// itself, and what its operator needs beside it. See asye --help.
package main

import (
	"os"

	"example.org/asye/internal/app"
)

// version is set when a release is built.
var version = "development"

func main() {
	os.Exit(app.Main(app.Process{
		Args: os.Args[1:], Environ: os.Environ(), Out: os.Stdout, Err: os.Stderr, Version: version,
	}))
}
