package app

import (
	"io"
	"log/slog"

	"example.org/asye/internal/access"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/schema"
)

// policyOf is the policy with the routes that a mux has.
func policyOf(routes []web.Route) policy.Table {
	t := policy.Table{Things: access.Things(), Fields: access.Fields()}
	for _, r := range routes {
		t.Uses = append(t.Uses, policy.Use{Pattern: r.Pattern, Leaves: r.Leaves(), Rule: r.Rule})
	}
	return t
}

type policyCommand struct {
	Show policyShow `cmd:"" help:"Print who may see what, in which relation to whom, and why."`
	Data policyData `cmd:"" help:"Print what is kept: each table and column, how sensitive, and who sees it."`
}

type policyShow struct {
	Format string `help:"text, csv or json." default:"text" enum:"text,csv,json"`
}

func (policyShow) Help() string {
	return "For a data-protection officer. In CSV and JSON there is one line for each thing or field, reader and relation.\n\n" +
		"Example: asye policy show --format csv > policy.csv"
}

// Run prints the policy.
func (c policyShow) Run(r *run) error {
	t, err := r.policy()
	if err != nil {
		return err
	}
	return map[string]func(io.Writer) error{"text": t.Text, "csv": t.CSV, "json": t.JSON}[c.Format](r.Out)
}

type policyData struct {
	Format string `help:"text, csv or json." default:"text" enum:"text,csv,json"`
}

func (policyData) Help() string {
	return "For a data-protection officer: the record of what is processed begins with it.\n\n" +
		"Example: asye policy data --format csv > data.csv"
}

// Run prints what is kept.
func (c policyData) Run(r *run) error {
	t, err := r.policy()
	if err != nil {
		return err
	}
	tables := schema.Tables()
	switch c.Format {
	case "csv":
		return t.DataCSV(r.Out, tables)
	case "json":
		return t.DataJSON(r.Out, tables)
	}
	return t.DataText(r.Out, tables)
}

// policy is the policy of this program. It needs no database: the service is put
// together and not started.
func (r *run) policy() (policy.Table, error) {
	cfg, err := r.config(nil)
	if err != nil {
		return policy.Table{}, err
	}
	return policyFor(cfg)
}

func policyFor(cfg config) (policy.Table, error) {
	s, err := build(cfg, db.Unopened(clock.Real()), slog.New(slog.DiscardHandler))
	if err != nil {
		return policy.Table{}, err
	}
	return policyOf(s.mux().Routes()), nil
}
