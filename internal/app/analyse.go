package app

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/platform/cli"
)

type analyseCommand struct {
	File      string            `arg:"" help:"A file of comma-separated values with a header line, also packed with gzip; - reads what is piped in." placeholder:"FILE"`
	Outcome   string            `required:"" help:"The column of the outcome, and what stands there when the event happened." placeholder:"COLUMN=VALUE"`
	Among     []string          `help:"The outcomes of those who count; everybody with an outcome when left out." placeholder:"VALUE"`
	By        []string          `help:"The characteristics to compare by, each a column." placeholder:"COLUMN"`
	Reference map[string]string `help:"The group that others are compared with; the largest when left out." mapsep:"," placeholder:"COLUMN=VALUE"`
	Trend     []string          `help:"Characteristics that are numbers, along which to look for a trend." placeholder:"COLUMN"`
	Stratify  string            `help:"A column within whose values groups are compared again." placeholder:"COLUMN"`
	Model     string            `help:"Characteristics for a regression in which each is looked at with the others held equal; :number acts linearly." placeholder:"COLUMN,COLUMN:number"`
	Missing   string            `help:"In the model, leave records out of which something is not known (complete), or make that a level of its own (level)." enum:"complete,level" default:"complete"`
	Employers string            `help:"The column of the employer, for a funnel and shrunken rates." placeholder:"COLUMN"`
	Level     float64           `help:"The level of the intervals." default:"0.95"`
	BadRows   float64           `help:"The share of lines that may be malformed before the file is refused." default:"0.01" placeholder:"SHARE"`
	Format    string            `help:"text, json, csv, or html for a page with charts." enum:"text,json,csv,html" default:"text"`
	Out       string            `help:"Write to this file." placeholder:"FILE"`
}

func (analyseCommand) Help() string {
	return "It reads the file once, with every processor, and keeps counts only. Nothing is published or hidden by it: tables of small groups name people.\n\n" +
		"Example: asye analyse years.csv.gz --outcome outcome=fail --among pass,fail \\\n  --by gender,ethnicity,deferrals --reference gender=Female,ethnicity=White \\\n  --trend deferrals --format html --out years.html"
}

// Run reads the file and writes what was found.
func (c analyseCommand) Run(r *run) error {
	request, err := c.request()
	if err != nil {
		return cli.Misuse("%s", sentence(err))
	}
	in, err := c.open(r)
	if err != nil {
		return cli.Refusal("%s", sentence(err))
	}
	defer in.Close()
	found, err := analyse.File(r.ctx, in, request)
	if err != nil {
		return cli.Refusal("%s: %s", c.File, err)
	}
	if c.Out == "" {
		return found.Write(r.Out, c.Format)
	}
	out, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(found.Write(out, c.Format), out.Close())
}

func (c analyseCommand) request() (analyse.Request, error) {
	column, event, err := analyse.ReadOutcome(c.Outcome)
	if err != nil {
		return analyse.Request{}, err
	}
	model, err := analyse.ReadTerms(c.Model)
	return analyse.Request{Outcome: column, Event: event, Among: c.Among, By: c.By, Reference: c.Reference, Trend: c.Trend, Stratify: c.Stratify,
		Model: model, AsLevel: c.Missing == "level", Employers: c.Employers, Level: c.Level, Bad: c.BadRows}, err
}

// open opens the file, with a bar that shows how far it has been read, and unpacks
// what is packed.
func (c analyseCommand) open(r *run) (io.ReadCloser, error) {
	if c.File == "-" {
		return os.Stdin, nil
	}
	f, err := cli.Read(c.File, r.Err, "Reading")
	if err != nil || !strings.HasSuffix(c.File, ".gz") {
		return f, err
	}
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s is not packed with gzip, as its name says: %w", c.File, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{unpacked, f}, nil
}

// sentence begins with a capital letter.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}
