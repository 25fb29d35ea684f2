package app

import (
	"fmt"
	"io"
	"os"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration/columns"
	"example.org/asye/internal/registration/export"
	"example.org/asye/internal/registration/upload"
)

type importCommand struct {
	Registrations importRegistrations `cmd:"" help:"Register NQSWs from a CSV or XLSX file."`
}

type importRegistrations struct {
	File     string `arg:"" help:"The spreadsheet." type:"existingfile"`
	Employer string `required:"" help:"The code of the employer whose NQSWs they are." placeholder:"CODE"`
	DryRun   bool   `help:"Check only; change nothing."`
	Errors   string `help:"Write the rows with errors to this file, with the reasons." placeholder:"OUT" type:"path"`
	Invite   bool   `help:"Invite each new NQSW who has an e-mail address."`
}

func (importRegistrations) Help() string {
	return "Rows that are right are registered; rows that are not are named with the reason and the mend, and the exit status is 3.\n\n" +
		"Example: asye import registrations cohort.xlsx --employer 301 --errors wrong.xlsx"
}

// Run checks the file, and registers the rows that are right.
func (c importRegistrations) Run(r *run) error {
	s, err := r.open()
	if err != nil {
		return err
	}
	defer s.close()
	employer, err := s.roster.Employer(r.ctx, c.Employer)
	if err != nil {
		return misuse(err)
	}
	summary, err := s.upload.Import(r.ctx, tenant.Import(c.File, employer.ID), upload.Import{Path: c.File, DryRun: c.DryRun,
		Errors: c.Errors, Invite: c.Invite, Progress: cli.Progress(r.Err, "Checking and registering")})
	if err != nil {
		return err
	}
	if err := summary.Write(r.Out); err != nil {
		return err
	}
	if summary.Refused() {
		return &cli.Exit{Status: cli.Refused}
	}
	return nil
}

type exportCommand struct {
	Registrations exportRegistrations `cmd:"" help:"Write registrations as CSV, XLSX or JSON."`
}

type exportRegistrations struct {
	Employer string `help:"The code of one employer; every employer when left out." placeholder:"CODE"`
	Cohort   string `help:"One financial year, like 2026-27." placeholder:"YEAR"`
	Format   string `help:"csv, xlsx or json." default:"csv" enum:"csv,xlsx,json"`
	Out      string `help:"The file to write; standard output when left out." placeholder:"FILE" type:"path"`
}

func (exportRegistrations) Help() string {
	return "Equality answers are never exported. No cell can be taken for a formula.\n\n" +
		"Example: asye export registrations --employer 301 --cohort 2026-27 --format xlsx --out 301.xlsx"
}

// Run writes the registrations.
func (c exportRegistrations) Run(r *run) error {
	f := export.File{Format: c.Format}
	if c.Cohort != "" {
		cohort, err := asye.ParseCohort(c.Cohort)
		if err != nil {
			return cli.Misuse("%s", err)
		}
		f.Cohort = cohort
	}
	s, err := r.open()
	if err != nil {
		return err
	}
	defer s.close()
	if c.Employer != "" {
		employer, err := s.roster.Employer(r.ctx, c.Employer)
		if err != nil {
			return misuse(err)
		}
		f.Employer = employer.ID
	}
	return r.write(c.Out, func(w io.Writer) error { return s.export.Write(r.ctx, tenant.System("asye export"), f, w) })
}

type templateCommand struct {
	Registrations templateRegistrations `cmd:"" help:"Write the spreadsheet for registering NQSWs."`
}

type templateRegistrations struct {
	Format string `help:"csv or xlsx." default:"xlsx" enum:"csv,xlsx"`
	Out    string `help:"The file to write; standard output when left out." placeholder:"FILE" type:"path"`
}

func (templateRegistrations) Help() string {
	return "Example: asye template registrations --format xlsx --out registrations.xlsx"
}

// Run writes the template.
func (c templateRegistrations) Run(r *run) error {
	cfg, err := r.config(nil)
	if err != nil {
		return err
	}
	return r.write(c.Out, func(w io.Writer) error { return columns.New(cfg.Catalogue).Template(w, c.Format) })
}

// write gives a file, or standard output, to whoever writes.
func (r *run) write(path string, to func(io.Writer) error) error {
	if path == "" {
		return to(r.Out)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("the file cannot be written: %w", err)
	}
	if err := to(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

type employersCommand struct{}

func (employersCommand) Help() string { return "Example: asye employers" }

// Run lists the employers that are open today.
func (employersCommand) Run(r *run) error {
	s, err := r.open()
	if err != nil {
		return err
	}
	defer s.close()
	open, err := s.roster.Employers(r.ctx, s.today())
	for _, o := range open {
		fmt.Fprintf(r.Out, "%-8s %s\n", o.Code, o.Name)
	}
	return err
}

// misuse makes a refusal of what was asked on the command line wrong usage.
func misuse(err error) error {
	if kind := fault.KindOf(err); err != nil && (kind == fault.Invalid || kind == fault.NotFound) {
		return cli.Misuse("%s", err)
	}
	return err
}
