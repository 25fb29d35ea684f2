package app

import (
	"errors"
	"io"
	"runtime/debug"

	"example.org/asye/internal/platform/sbom"
	"example.org/asye/internal/platform/ui"
)

type sbomCommand struct {
	Out string `help:"The file to write; standard output when left out." placeholder:"FILE" type:"path"`
}

func (sbomCommand) Help() string {
	return "CycloneDX 1.6 in JSON, from what the compiler wrote into this program: every Go module with its version and checksum, and " +
		"the packages whose styles and scripts it serves.\n\nExample: asye sbom --out asye.cdx.json"
}

// Run writes what the program is made of.
func (c sbomCommand) Run(r *run) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("this program does not say what it is made of: build it with modules, as make build does")
	}
	served, err := ui.Packages()
	if err != nil {
		return err
	}
	return r.write(c.Out, func(w io.Writer) error { return sbom.Write(w, info, r.Process.Version, served) })
}
