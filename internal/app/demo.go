package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"example.org/asye/internal/account"
	"example.org/asye/internal/example"
	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/serving"
)

type demoCommand struct {
	Data    string `help:"The folder for the database; made when it is not there." default:"asye-demo" placeholder:"DIR" type:"path"`
	Addr    string `help:"The address and port to listen on." default:"127.0.0.1:8080" placeholder:"ADDR"`
	NoServe bool   `help:"Build the example service and stop."`
}

func (demoCommand) Help() string {
	return "Everything in it is invented. A second start in the same folder keeps what was changed, and prints fresh sign-in links.\n\n" +
		"Example: asye demo --data ./example --addr 127.0.0.1:8080"
}

// Run builds the example service where it is not there yet, and serves it.
func (c demoCommand) Run(r *run) error {
	began := clock.Real().Now().Time()
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("the folder for the example cannot be made: %w", err)
	}
	cfg, err := r.config(map[string]string{"addr": c.Addr, "database": c.database(r)})
	if err != nil {
		return err
	}
	if err := onLoopback(cfg.Addr); err != nil {
		return err
	}
	cfg.Site.Demo = true
	sockets, err := serving.Inherit(r.Environ)
	if err != nil {
		return err
	}
	s, err := open(r.ctx, cfg, clock.Real(), cfg.logger(r.Err))
	if err != nil {
		return err
	}
	defer s.close()
	built, err := example.Built(r.ctx, s.db)
	if err != nil {
		return err
	}
	if !built {
		if err := example.Build(r.ctx, s.stores(), cli.Progress(r.Err, "Building the example service")); err != nil {
			return err
		}
		fmt.Fprintf(r.Out, "The example service was built in %.1f seconds.\n", clock.Real().Now().Time().Sub(began).Seconds())
	}
	if c.NoServe {
		return s.db.Checkpoint(r.ctx)
	}
	return s.serve(r, sockets, func(at string) error { return s.introduce(r, at) })
}

// database is asye.db in the folder, unless another was named.
func (c demoCommand) database(r *run) string {
	if r.Database != "" {
		return r.Database
	}
	for _, pair := range r.Environ {
		if address, ok := cutName(pair, "ASYE_DATABASE"); ok {
			return address
		}
	}
	return filepath.Join(c.Data, "asye.db")
}

// onLoopback keeps the example, whose links sign anybody in, on this machine.
func onLoopback(addr string) error {
	for _, host := range []string{"127.0.0.1:", "localhost:", "[::1]:"} {
		if strings.HasPrefix(addr, host) {
			return nil
		}
	}
	return cli.Misuse("the example service is served on this machine only: give an address like 127.0.0.1:8080")
}

func (s *service) stores() example.Stores {
	return example.Stores{DB: s.db, Account: s.account, Employers: s.employers, Registration: s.registration, Equality: s.equality}
}

// introduce prints one sign-in link for each persona.
func (s *service) introduce(r *run, at string) error {
	fmt.Fprintf(r.Out, "\nThe example service is at %s\nEvery person, employer and record in it is invented.\n\n"+
		"Sign in as one of these people. Each link works once; start again for fresh ones.\n\n", at)
	for _, p := range example.Personas() {
		id, err := s.account.PersonByEmail(r.ctx, p.Email)
		if err != nil {
			return err
		}
		link, err := s.account.SignInLink(r.ctx, id, account.Example)
		if err != nil {
			return err
		}
		fmt.Fprintf(r.Out, "%s (%s)\n  %s\n  %s%s\n\n", p.Name, p.Role, p.Story, at, link)
	}
	return nil
}
