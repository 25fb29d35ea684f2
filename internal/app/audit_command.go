package app

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/schema"
)

type auditCommand struct {
	Verify     auditVerify     `cmd:"" help:"Look at every line of the audit trail, and say what was changed, left out or put in."`
	Checkpoint auditCheckpoint `cmd:"" help:"Print a signed statement of how long the audit trail is."`
	Key        auditKeyShow    `cmd:"" help:"Print the public half of the audit key."`
	Renew      auditRenew      `cmd:"" help:"Make a new audit key, because the present one is lost or known to others."`
}

// opened is the audit trail as a command looks at it.
type opened struct {
	chain  *audit.Chain
	db     *db.DB
	key    audit.Key // zero where it is not here
	public string    // by which the trail is judged
	config config
	log    *slog.Logger
}

// trail opens the database to look at its audit trail. Nothing is made or
// changed, and the audit key may be elsewhere.
func (r *run) trail() (*opened, error) {
	cfg, err := r.config(nil)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(cfg.Database); err != nil && !db.IsPostgres(cfg.Database) {
		return nil, cli.Misuse("there is no database in %s: name it with --database", cfg.Database)
	}
	d, err := db.OpenExisting(r.ctx, cfg.Database, clock.Real())
	if err != nil {
		return nil, err
	}
	o := &opened{db: d, config: cfg, log: cfg.logger(r.Err)}
	if err := o.find(r); err != nil {
		d.Close()
		return nil, err
	}
	return o, nil
}

func (o *opened) find(r *run) error {
	standing, err := o.db.Standing(r.ctx, schema.All()...)
	if err != nil {
		return err
	}
	if len(standing.Pending) > 0 {
		return errors.New("the database is not up to date, so its audit trail cannot be checked by this program: run asye migrate first")
	}
	if o.key = o.config.Audit.Key; o.key.IsZero() {
		path, err := o.config.auditKeyFile()
		if err == nil {
			o.key, err = audit.ReadKey(path)
		}
		if err != nil && !errors.Is(err, audit.ErrNoKey) {
			return err
		}
	}
	o.chain = audit.NewChain(o.db, o.key, o.log)
	if !o.key.IsZero() {
		o.public = o.key.Public()
		return o.db.Guard(lines.Guard{Secret: o.key.Secret(), Tables: schema.Tables()})
	}
	origin, err := o.chain.Origin(r.ctx)
	o.public = origin.Public
	return err
}

type auditVerify struct {
	Checkpoint []string `help:"A file or folder of checkpoints that were kept elsewhere; may be given several times." placeholder:"FILE" type:"path" sep:"none"`
	Key        []string `help:"The public key to judge by, as asye audit key printed it; also that of a key before, where it was renewed." placeholder:"PUBLIC" sep:"none"`
}

func (auditVerify) Help() string {
	return "Without a checkpoint from elsewhere, lines that were cut off the end and an old copy in the place of the database are not found. " +
		"The exit status is 0 when nothing is wrong, 3 when something was found, and 1 when it could not look.\n\n" +
		"Example: asye audit verify --checkpoint /mnt/elsewhere/checkpoints"
}

// Run looks at everything.
func (c auditVerify) Run(r *run) error {
	o, err := r.trail()
	if err != nil {
		return err
	}
	defer o.db.Close()
	bar := cli.Progress(r.Err, "Checking lines")
	look := audit.Look{Public: c.Key, Progress: func(done, total int64) { bar(int(done), int(total)) }}
	for _, path := range c.Checkpoint {
		more, err := audit.ReadOutside(path)
		if err != nil {
			return err
		}
		look.Outside = append(look.Outside, more...)
	}
	if len(look.Public) == 0 && o.public != "" {
		look.Public = []string{o.public}
	}
	if len(look.Public) == 0 {
		return errors.New("this database has no audit trail yet, and no public key was given to judge one by: see asye audit verify --help")
	}
	report, err := o.chain.Verify(r.ctx, look)
	if err != nil {
		return err
	}
	return c.tell(r, report, o)
}

func (c auditVerify) tell(r *run, report *audit.Report, o *opened) error {
	if len(c.Checkpoint) == 0 {
		report.Remarks = append(report.Remarks, "No checkpoint from elsewhere was given, so lines cut off the end, and an old copy in the place of the database, would not be seen")
	}
	if len(c.Key) == 0 && o.key.IsZero() {
		report.Remarks = append(report.Remarks, "The audit key is not here, so the signatures were judged by the public key that the database itself names: give the one that you noted with --key")
	}
	if _, err := io.WriteString(r.Out, report.String()); err != nil {
		return err
	}
	if !report.Sound() {
		return &cli.Exit{Status: cli.Refused}
	}
	return nil
}

type auditCheckpoint struct {
	Out string `help:"The file to add it to; standard output when left out." placeholder:"FILE" type:"path"`
}

func (auditCheckpoint) Help() string {
	return "Keep it where whoever has the database cannot change it. Lines that wait for their number get it first.\n\n" +
		"Example: asye audit checkpoint --out /mnt/elsewhere/checkpoints.txt"
}

// Run numbers what waits, and prints the last checkpoint.
func (c auditCheckpoint) Run(r *run) error {
	o, err := r.trail()
	if err != nil {
		return err
	}
	defer o.db.Close()
	if o.key.IsZero() {
		return errors.New("the audit key is not here: set audit_key_file to where it is")
	}
	if _, err := o.chain.Extend(r.ctx); err != nil {
		return err
	}
	last, err := o.chain.Latest(r.ctx)
	if err != nil {
		return err
	}
	if last.Size == 0 {
		return errors.New("the audit trail has no lines yet")
	}
	if c.Out != "" {
		return audit.Outside{Path: c.Out}.Append(last)
	}
	_, err = fmt.Fprint(r.Out, last.Note)
	return err
}

type auditKeyShow struct{}

func (auditKeyShow) Help() string {
	return "Whoever has it can check the signatures of checkpoints, and can sign none. Note it down apart from the service: it tells when the key has been exchanged.\n\n" +
		"Example: asye audit key"
}

// Run prints the public key.
func (auditKeyShow) Run(r *run) error {
	o, err := r.trail()
	if err != nil {
		return err
	}
	defer o.db.Close()
	if o.public == "" {
		return errors.New("there is no audit key yet: it is made when the service starts for the first time")
	}
	_, err = fmt.Fprintln(r.Out, o.public)
	return err
}
