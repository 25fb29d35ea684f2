package app

import (
	"io"
	"os"

	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/stat/table/request"
)

type tableCommand struct {
	File   string `arg:"" help:"A list of tables as JSON; - for standard input."`
	Format string `help:"json or text." default:"json" enum:"json,text"`
}

func (tableCommand) Help() string {
	return "A list of {\"id\":…,\"table\":[[6,168],[18,1468]]}: with the event and without it, the reference last. Instead of table: " +
		"\"x\", \"n\" and \"scores\" for a trend, \"strata\" for several tables, \"x\" and \"n\" for one rate, \"p\" for many p-values, " +
		"\"power\" with n1, n0, p0 and rr for what two groups could show, \"groups\" for many groups beside a reference, " +
		"\"interaction\" for four groups with both, one, the other or neither of two characteristics. " +
		"What cannot be computed gets a reason, and the rest go on.\n\n" +
		"Example: asye table tables.json --format text"
}

// Run answers each table as it is read.
func (c tableCommand) Run(r *run) error {
	in, err := c.open()
	if err != nil {
		return cli.Misuse("%s", err)
	}
	defer in.Close()
	if err := request.Answer(in, r.Out, request.Format(c.Format)); err != nil {
		return cli.Refusal("%s", err)
	}
	return nil
}

func (c tableCommand) open() (io.ReadCloser, error) {
	if c.File == "-" {
		return io.NopCloser(os.Stdin), nil
	}
	return os.Open(c.File)
}
