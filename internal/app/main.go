package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/platform/fault"
	"github.com/alecthomas/kong"
)

// Process is the world outside the program.
type Process struct {
	Args    []string // without the program's own name
	Environ []string
	Out     io.Writer
	Err     io.Writer
	Version string
}

// commands is the command line. The doc comment of each command's type, and its
// Help method, are what --help shows.
type commands struct {
	Database string `help:"The path of a SQLite file, or a postgres:// address." placeholder:"ADDRESS"`
	Config   string `help:"The settings file." placeholder:"FILE" type:"path"`

	Demo      demoCommand      `cmd:"" help:"Build the example service, with invented data, and serve it."`
	Serve     serveCommand     `cmd:"" help:"Run the service."`
	Migrate   migrateCommand   `cmd:"" help:"Bring the database up to date."`
	Backup    backupCommand    `cmd:"" help:"Make a backup, or look whether one is good."`
	Restore   restoreCommand   `cmd:"" help:"Put a backup in the place of the database."`
	Move      moveCommand      `cmd:"" help:"Move the database between SQLite and PostgreSQL."`
	Ship      shipCommand      `cmd:"" hidden:"" help:"Ship the log of the SQLite database."`
	Settings  settingsCommand  `cmd:"" name:"config" help:"Show and check the settings."`
	Import    importCommand    `cmd:"" help:"Bring records in from a spreadsheet."`
	Export    exportCommand    `cmd:"" help:"Write records to a spreadsheet."`
	Outcomes  outcomesCommand  `cmd:"" help:"Count how the year ended, by characteristic."`
	Analyse   analyseCommand   `cmd:"" help:"Look at outcomes in any file of records, by characteristic."`
	Table     tableCommand     `cmd:"" help:"Compare groups by counts: tests and intervals."`
	Person    personCommand    `cmd:"" help:"What is held of one person: a copy, a hold, erasure."`
	Retention retentionCommand `cmd:"" help:"List whose data has no reason to be kept any more."`
	Template  templateCommand  `cmd:"" help:"Write the spreadsheet to fill in."`
	Employers employersCommand `cmd:"" help:"List the employers and their codes."`
	Rescue    rescueCommand    `cmd:"" name:"administrator" help:"Make an administrator when nobody can get in."`
	Audit     auditCommand     `cmd:"" help:"Check the audit trail; show its key and its checkpoints."`
	Ready     readyCommand     `cmd:"" help:"Ask a running service whether it is ready."`
	Sbom      sbomCommand      `cmd:"" help:"List what the program is made of."`
	Policy    policyCommand    `cmd:"" help:"Print who may see what, and what is kept."`
	Version   versionCommand   `cmd:"" help:"Say which version this is."`
}

// Main runs the program and gives its exit status: 0 done, 1 failed, 2 wrong
// usage, 3 input refused.
func Main(p Process) int {
	var c commands
	exit := -1
	parser, err := kong.New(&c, kong.Name("asye"), kong.Description(about), kong.Writers(p.Out, p.Err),
		kong.Exit(func(status int) { exit = status; panic(exited{}) }), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 79}))
	if err != nil {
		fmt.Fprintln(p.Err, "asye:", err)
		return cli.Failed
	}
	if len(p.Args) == 0 {
		p.Args = []string{"--help"}
	}
	parsed, err := parse(parser, p.Args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		fmt.Fprintf(p.Err, "asye: %s\nSee: asye --help\n", err)
		return cli.Usage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	return report(p.Err, parsed.Run(&run{Process: p, commands: &c, ctx: ctx}))
}

const about = "The assessed and supported year in employment (ASYE), for one employer or for England.\n\n" +
	"Example: asye demo --data ./example"

// exited carries --help out of the parser, which cannot return from it.
type exited struct{}

func parse(parser *kong.Kong, args []string) (c *kong.Context, err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(exited); !ok {
				panic(r)
			}
		}
	}()
	return parser.Parse(args)
}

// report says what went wrong, and gives the exit status.
func report(to io.Writer, err error) int {
	if err == nil {
		return cli.Done
	}
	var exit *cli.Exit
	if errors.As(err, &exit) {
		if exit.Text != "" {
			fmt.Fprintln(to, "asye:", exit.Text)
		}
		return exit.Status
	}
	fmt.Fprintln(to, "asye:", err)
	switch fault.KindOf(err) {
	case fault.Invalid:
		return cli.Refused
	case fault.NotFound:
		return cli.Usage
	}
	return cli.Failed
}

// run is one run of a command.
type run struct {
	Process
	*commands
	ctx context.Context
}

// config reads the settings, with those named on the command line.
func (r *run) config(flags map[string]string) (config, error) {
	v, err := r.values(flags)
	if err != nil {
		return config{}, err
	}
	for _, name := range v.Unknown {
		fmt.Fprintf(r.Err, "asye: nothing is set by %s: see asye config check\n", name)
	}
	c, err := understand(v)
	c.Program = r.Process.Version
	return c, err
}

func (r *run) values(flags map[string]string) (values, error) {
	all := map[string]string{"database": r.Database}
	for key, text := range flags {
		all[key] = text
	}
	return given{flags: all, environ: r.Environ, file: r.settingsFile()}.read()
}

// settingsFile is the file that was named, or asye.conf where there is one.
func (r *run) settingsFile() string {
	if r.Config != "" {
		return r.Config
	}
	for _, pair := range r.Environ {
		if path, ok := cutName(pair, "ASYE_CONFIG"); ok {
			return path
		}
	}
	if _, err := os.Stat("asye.conf"); err == nil {
		return "asye.conf"
	}
	return ""
}
