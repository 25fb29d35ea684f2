package app

import (
	"fmt"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

type migrateCommand struct{}

func (migrateCommand) Help() string {
	return "asye serve does this by itself when it starts; run it before, to see what will change.\n\n" +
		"Example: asye migrate --database postgres://asye@db/asye"
}

// Run brings the schema up to date, and puts the local authorities on record.
func (migrateCommand) Run(r *run) error {
	cfg, err := r.config(nil)
	if err != nil {
		return err
	}
	d, err := db.Open(r.ctx, cfg.Database, clock.Real())
	if err != nil {
		return err
	}
	defer d.Close()
	ran, err := d.Migrate(r.ctx, schema.All()...)
	if err != nil {
		return err
	}
	for _, name := range ran {
		fmt.Fprintln(r.Out, "ran", name)
	}
	if _, err := guard(r.ctx, cfg, d, cfg.logger(r.Err)); err != nil {
		return err
	}
	s, err := build(cfg, d, cfg.logger(r.Err))
	if err != nil {
		return err
	}
	if err := s.employers.SeedAuthorities(r.ctx, tenant.System("migrate")); err != nil {
		return err
	}
	fmt.Fprintln(r.Out, "The database is up to date.")
	return nil
}
