package app

import (
	"fmt"
	"io"
	"os"
	"strings"

	"example.org/asye/internal/backup"
	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

type backupCommand struct {
	Make   backupMakeCommand   `cmd:"" default:"withargs" help:"Make a backup, also while the service runs."`
	Verify backupVerifyCommand `cmd:"" help:"Restore a backup into a scratch database and look whether it is good."`
	Key    backupKeyCommand    `cmd:"" help:"Make a pair of keys."`
}

func (backupCommand) Help() string {
	return "asye backup alone makes one.\n\nExample: asye backup --to /mnt/backups --key age1…"
}

type backupMakeCommand struct {
	To    string   `help:"A folder, a file, or - for standard output (the setting backup_to)." placeholder:"PLACE"`
	Key   []string `help:"A public key of age to encrypt to; more than one may be given (the setting backup_key)." placeholder:"KEY"`
	Plain bool     `help:"Do not encrypt. Whoever gets the file can read everything."`
}

func (backupMakeCommand) Help() string {
	return "It is the database at one instant, and nobody waits meanwhile. Before the file gets its name it is read back.\n\n" +
		"Example: asye backup --to /mnt/backups --key age1…"
}

// Run makes one backup.
func (c backupMakeCommand) Run(r *run) error {
	cfg, err := r.config(nil)
	if err != nil {
		return err
	}
	keys, err := c.keys(cfg)
	if err != nil {
		return err
	}
	to := c.To
	if to == "" {
		to = cfg.Backup.To
	}
	if to == "" {
		return cli.Misuse("Say where the backup is to go: --to a folder or a file, or the setting backup_to")
	}
	d, err := db.OpenExisting(r.ctx, cfg.Database, clock.Real())
	if err != nil {
		return err
	}
	s, err := build(cfg, d, cfg.logger(r.Err))
	if err != nil {
		return err
	}
	defer s.close()
	if to == "-" && cli.IsTerminal(r.Out) {
		return cli.Misuse("A backup is nothing for a screen: lead it on, as in asye backup --to - > asye.age")
	}
	if to == "-" {
		_, err := s.order(keys).Write(r.ctx, s.db, r.Out)
		return err
	}
	path, err := archive.PathFor(to, s.db.Clock().Now(), keys)
	if err != nil {
		return err
	}
	made, err := s.makeByHand(r, path, keys)
	if err != nil {
		return err
	}
	fmt.Fprintf(r.Out, "%s holds %s of %d tables, %s, %s. It was read back and is right.\n", path,
		rowsIn(made.Manifest), len(made.Manifest.Tables), backup.Size(made.Size), encrypted(keys))
	return nil
}

func encrypted(keys archive.Keys) string {
	if keys.IsZero() {
		return "not encrypted"
	}
	return "encrypted to " + strings.Join(keys.Names, " and ")
}

func rowsIn(m archive.Manifest) string {
	if n := m.Rows(); n != 1 {
		return fmt.Sprintf("%d rows", n)
	}
	return "1 row"
}

// keys are those of the command line, or else of the settings. None at all is
// refused unless that was said on purpose.
func (c backupMakeCommand) keys(cfg config) (archive.Keys, error) {
	if c.Plain {
		if len(c.Key) > 0 {
			return archive.Keys{}, cli.Misuse("--plain and --key contradict each other: give one of them")
		}
		return archive.Keys{}, nil
	}
	keys, err := archive.ParseKeys(strings.Join(c.Key, " "))
	if err != nil {
		return keys, cli.Misuse("The key cannot be used: %s", err)
	}
	if keys.IsZero() {
		keys = cfg.BackupKeys
	}
	if keys.IsZero() {
		return keys, cli.Misuse("There is no key to encrypt the backup to. Give --key or the setting backup_key (asye backup key makes a pair of keys), " +
			"or say --plain if everybody who gets the file may read everything")
	}
	return keys, nil
}

// makeByHand makes a backup and remembers it with those that the service makes,
// unless the database is at another version than this program.
func (s *service) makeByHand(r *run, path string, keys archive.Keys) (archive.Made, error) {
	scope := tenant.System("asye backup")
	id := ""
	if standing, err := s.db.Standing(r.ctx, schema.All()...); err == nil && len(standing.Pending) == 0 {
		if _, err = guard(r.ctx, s.config, s.db, s.log); err != nil { // a backup is made all the same
			fmt.Fprintf(r.Err, "asye: this backup is not noted in the audit trail: %s\n", err)
		} else if id, err = s.backups.Begin(r.ctx, scope, backup.Command, path); err != nil {
			return archive.Made{}, err
		}
	}
	made, failure := archive.Make(r.ctx, s.db, path, s.order(keys))
	if id == "" {
		return made, failure
	}
	err := s.backups.End(r.ctx, scope, id, backup.Made{Path: made.Path, Size: made.Size, Rows: made.Manifest.Rows()}, failure)
	if failure != nil {
		return made, failure
	}
	return made, err
}

type backupVerifyCommand struct {
	File     string `arg:"" help:"The backup." type:"existingfile"`
	Identity string `help:"The file with the private key." placeholder:"KEYFILE" type:"existingfile"`
	Scratch  string `help:"The folder in which the scratch database grows; the system's own when left out." placeholder:"DIR" type:"existingdir"`
}

func (backupVerifyCommand) Help() string {
	return "Nothing of it is left afterwards. The exit status is 3 when the backup is not good.\n\n" +
		"Example: asye backup verify asye-20261125T120000Z.age --identity key.txt"
}

// Run restores the backup where nobody sees it, and says what it saw.
func (c backupVerifyCommand) Run(r *run) error {
	from, keys, err := r.openBackup(c.File, c.Identity)
	if err != nil {
		return err
	}
	defer from.Close()
	v, err := archive.Verify(r.ctx, from, keys, c.Scratch, clock.Real(), schema.All()...)
	if err != nil {
		return err
	}
	fmt.Fprintf(r.Out, "%s is good.\n\n", c.File)
	fmt.Fprintln(r.Out, madeWhen(v.Header))
	if v.Sealed {
		fmt.Fprintln(r.Out, "It is encrypted, and the key opens it.")
	} else {
		fmt.Fprintln(r.Out, "It is not encrypted: whoever has the file can read everything in it.")
	}
	fmt.Fprintf(r.Out, "All of its %d tables were restored, %s; every count and every hash is as it was, and every reference leads somewhere.\n",
		len(v.Manifest.Tables), rowsIn(v.Manifest))
	fmt.Fprintln(r.Out, broughtUp(v.Ran))
	return nil
}

func madeWhen(h archive.Header) string {
	engine := map[db.Dialect]string{db.SQLite: "SQLite", db.Postgres: "PostgreSQL"}[h.Engine]
	return fmt.Sprintf("It was made on %s by asye %s from %s, at the migration %d.", clock.Moment(h.MadeAt), h.Program, engine, h.Newest())
}

func broughtUp(ran []string) string {
	switch len(ran) {
	case 0:
		return "It is up to date with this program."
	case 1:
		return "One migration brings it up to date with this program: " + ran[0] + "."
	}
	return fmt.Sprintf("%d migrations bring it up to date with this program: %s.", len(ran), strings.Join(ran, ", "))
}

// openBackup opens a backup, with a bar that shows how far it has been read,
// and reads the private keys.
func (r *run) openBackup(path, identity string) (io.ReadCloser, archive.Identities, error) {
	var keys archive.Identities
	if identity != "" {
		var err error
		if keys, err = archive.ReadIdentities(identity); err != nil {
			return nil, nil, err
		}
	}
	f, err := cli.Read(path, r.Err, "Restoring")
	if err != nil {
		return nil, nil, cli.Misuse("The backup cannot be read: %s", err)
	}
	return f, keys, nil
}

type backupKeyCommand struct {
	File string `arg:"" help:"The file for the private key; it must not be there yet." type:"path"`
}

func (backupKeyCommand) Help() string {
	return "Keep the private key away from the machine of the service, and more than once: without it no backup can be read.\n\n" +
		"Example: asye backup key key.txt"
}

// Run makes a pair of keys.
func (c backupKeyCommand) Run(r *run) error {
	private, public, err := archive.NewKey()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(c.File, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return cli.Misuse("The private key cannot be written: %s", err)
	}
	fmt.Fprintf(f, "# asye backup key, %s\n# public key: %s\n%s\n", clock.Moment(clock.Real().Now()), public, private)
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	fmt.Fprintf(r.Out, "The private key is in %s. Take it away from this machine and keep it in two places:\nwithout it no backup can be read, and with it anybody can read them all.\n\n"+
		"The public key, for the settings:\n\n    backup_key = %s\n", c.File, public)
	return nil
}
