package app

import (
	"context"
	"errors"
	"fmt"

	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/shipping"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/rights"
	"example.org/asye/internal/schema"
)

type restoreCommand struct {
	File     string `arg:"" help:"The backup; or the folder or s3:// address that the log was shipped to."`
	Identity string `help:"The file with the private key." placeholder:"KEYFILE" type:"existingfile"`
	At       string `help:"Of a shipped log, the instant to go back to, like 2026-11-25T14:30; the last when left out." placeholder:"INSTANT"`

	NewAuditKey bool `help:"Make a new audit key, because that of the backup is lost: what the audit trail says of people is then lost too."`
}

func (restoreCommand) Help() string {
	return "It is restored beside the database, proved, and put in its place at one stroke; what was there is kept under a name with the date. " +
		"Stop the service first.\n\nExample: asye restore asye-20261125T120000Z.age --identity key.txt --database asye.db"
}

// Run restores a backup.
func (c restoreCommand) Run(r *run) error {
	cfg, err := r.config(nil)
	if err != nil {
		return err
	}
	if shipping.IsShipped(c.File) {
		return c.restoreShipped(r, cfg)
	}
	if c.At != "" {
		return cli.Misuse("--at goes with a shipped log, and %s is none: a backup is of one instant", c.File)
	}
	from, keys, err := r.openBackup(c.File, c.Identity)
	if err != nil {
		return err
	}
	defer from.Close()
	plain, _, err := archive.Unseal(from, keys)
	if err != nil {
		return err
	}
	backup, err := archive.NewReader(plain)
	if err != nil {
		return err
	}
	after := aftermath{run: r, config: cfg, newKey: c.NewAuditKey}
	out, err := archive.Restore(r.ctx, backup, archive.Place{Address: cfg.Database, Schema: schema.All(), Finish: after.finish}, clock.Real())
	if err != nil {
		return err
	}
	fmt.Fprintf(r.Out, "The database is restored: %s of %d tables, every count and hash as it was.\n%s\n",
		rowsIn(out.Manifest), len(out.Manifest.Tables), madeWhen(out.Header))
	if len(out.Ran) > 0 {
		fmt.Fprintln(r.Out, broughtUp(out.Ran))
	}
	after.report()
	r.tellKept(cfg.Database, out.Kept)
	return nil
}

// tellKept says where what was there before is, and how to be rid of it.
func (r *run) tellKept(address, kept string) {
	switch {
	case kept == "":
	case db.IsPostgres(address):
		fmt.Fprintf(r.Out, "What was there before is kept in the schema %s. When you no longer need it: drop schema %q cascade\n", kept, kept)
	default:
		fmt.Fprintf(r.Out, "What was there before is kept as %s. Delete it when you no longer need it.\n", kept)
	}
}

// aftermath is what follows from an older copy taking the place of a newer one.
type aftermath struct {
	*run
	config config
	newKey bool // the audit key is lost
	said   []string
}

// finish signs everybody out, voids what may have been used since, and erases
// again whoever was erased since (BAK-7, BAK-13).
func (a *aftermath) finish(ctx context.Context, d, old *db.DB, h archive.Header) error {
	s, err := build(a.config, d, a.config.logger(a.Err))
	if err != nil {
		return err
	}
	if err := a.guard(ctx, d); err != nil {
		return err
	}
	scope := tenant.System("asye restore")
	err = s.backups.Restored(ctx, scope, schema.Tables(), map[string]any{"backup": h.MadeAt, "by": h.Program, "from": h.Engine})
	if err != nil {
		return err
	}
	if d.Dialect() == db.SQLite {
		if err := shipping.Forget(a.config.Database); err != nil {
			return fmt.Errorf("what shipping keeps beside the old database cannot be taken away: %w", err)
		}
	}
	a.say("Everybody is signed out, and links and codes that were not used yet are void.")
	if old == nil {
		a.say("There was no database here that could be read: erase again whoever was erased since the backup was made.")
		return nil
	}
	before, err := build(a.config, old, a.config.logger(a.Err))
	if err != nil {
		return err
	}
	erased, err := before.rights.ErasedSince(ctx, scope, h.MadeAt)
	if err != nil {
		a.say("Who was erased since the backup was made could not be read from the database before (" + err.Error() + "): erase them again.")
		return nil
	}
	return a.eraseAgain(ctx, s.rights, scope, erased)
}

// guard finds the audit key of the backup, or makes a new one where it is lost.
func (a *aftermath) guard(ctx context.Context, d *db.DB) error {
	if !a.newKey {
		_, err := guard(ctx, a.config, d, a.config.logger(a.Err))
		if errors.Is(err, errKeyGone) {
			return fmt.Errorf("%w; or restore with --new-audit-key", err)
		}
		return err
	}
	path, err := a.config.auditKeyFile()
	if err != nil {
		return err
	}
	o := opened{db: d, config: a.config, log: a.config.logger(a.Err)}
	key, err := o.renew(ctx, path, "restored without the audit key")
	if err != nil {
		return err
	}
	a.say("The new audit key " + key.Name + " is in " + path + ". What the audit trail said of people until the backup cannot be read any more.")
	return nil
}

func (a *aftermath) eraseAgain(ctx context.Context, store *rights.Store, scope tenant.Scope, erased []rights.Erased) error {
	for _, e := range erased {
		if err := store.EraseAgain(ctx, scope, e); err != nil {
			return fmt.Errorf("somebody who was erased since the backup was made could not be erased again: %w", err)
		}
	}
	if len(erased) == 1 {
		a.say("One person who was erased since the backup was made is erased again.")
	} else if len(erased) > 1 {
		a.say(fmt.Sprintf("%d people who were erased since the backup was made are erased again.", len(erased)))
	}
	return nil
}

func (a *aftermath) say(text string) { a.said = append(a.said, text) }

func (a *aftermath) report() {
	for _, text := range a.said {
		fmt.Fprintln(a.Out, text)
	}
}

type moveCommand struct {
	From string `required:"" help:"Where the database is: a SQLite file or a postgres:// address." placeholder:"ADDRESS"`
	To   string `required:"" help:"Where it is to go; nothing may be there yet." placeholder:"ADDRESS"`
}

func (moveCommand) Help() string {
	return "Stop the service first. All of it is moved or nothing is; every table's count and hash is compared. What is moved is left where it was.\n\n" +
		"Example: asye move --from asye.db --to postgres://asye@db.example.org/asye"
}

// Run moves the database.
func (c moveCommand) Run(r *run) error {
	if c.From == c.To {
		return cli.Misuse("The database is there already")
	}
	out, err := archive.Move(r.ctx, c.From, archive.Place{Address: c.To, Empty: true, Schema: schema.All()}, r.Process.Version, clock.Real())
	if err != nil {
		return err
	}
	fmt.Fprintf(r.Out, "Moved: %s of %d tables. Every count and every hash is the same in both places.\n", rowsIn(out.Manifest), len(out.Manifest.Tables))
	if len(out.Ran) > 0 {
		fmt.Fprintln(r.Out, broughtUp(out.Ran))
	}
	if err := r.moveAuditKey(c.From, c.To); err != nil {
		return err
	}
	fmt.Fprintln(r.Out, "Start the service on the new address. The old place is as it was: keep it until you are sure.")
	return nil
}

// moveAuditKey copies the audit key to where a service on the new address looks
// for it, unless a setting says where it is.
func (r *run) moveAuditKey(from, to string) error {
	paths := make([]string, 2)
	for i, address := range []string{from, to} {
		cfg, err := r.config(map[string]string{"database": address})
		if err != nil {
			return err
		}
		if !cfg.Audit.Key.IsZero() || cfg.Audit.KeyFile != "" {
			return nil
		}
		if paths[i], err = cfg.auditKeyFile(); err != nil {
			return err
		}
	}
	key, err := audit.ReadKey(paths[0])
	if errors.Is(err, audit.ErrNoKey) {
		fmt.Fprintf(r.Out, "The audit key is not in %s: put it into %s, or set audit_key_file to where it is.\n", paths[0], paths[1])
		return nil
	}
	if err == nil {
		err = audit.WriteKey(paths[1], key)
	}
	if err == nil {
		fmt.Fprintf(r.Out, "The audit key was copied to %s.\n", paths[1])
	}
	return err
}
