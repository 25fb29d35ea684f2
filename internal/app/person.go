package app

import (
	"bytes"
	"fmt"
	"os"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/rights"
)

type personCommand struct {
	Copy  personCopyCommand  `cmd:"" help:"Write everything that is held of a person, as JSON."`
	Erase personEraseCommand `cmd:"" help:"Erase a person for good."`
	Hold  personHoldCommand  `cmd:"" help:"Keep a person's data from being erased."`
	Lift  personLiftCommand  `cmd:"" help:"Lift a hold."`
}

type personCopyCommand struct {
	Email string `arg:"" help:"The person's e-mail address."`
	Out   string `help:"The file to write; standard output when left out." placeholder:"FILE" type:"path"`
}

func (personCopyCommand) Help() string {
	return "It has what speaks of others and what the law may exempt: read it before you pass any of it on.\n\n" +
		"Example: asye person copy amara.okafor@example.org --out okafor.json"
}

// Run writes the copy.
func (c personCopyCommand) Run(r *run) error {
	return r.person(c.Email, func(s *service, scope tenant.Scope, id asye.PersonID) error {
		made, err := s.rights.Copy(r.ctx, scope, id)
		if err != nil {
			return err
		}
		var body bytes.Buffer
		if err := made.Write(&body); err != nil {
			return err
		}
		if c.Out != "" {
			return os.WriteFile(c.Out, body.Bytes(), 0o600)
		}
		_, err = r.Out.Write(body.Bytes())
		return err
	})
}

type personEraseCommand struct {
	Email  string `arg:"" help:"The person's e-mail address."`
	Reason string `required:"" help:"Why; it stays, so do not name the person." placeholder:"TEXT"`
}

func (personEraseCommand) Help() string {
	return "Refused while a role or a year runs, and while there is a hold. Backups made before still have the person.\n\n" +
		"Example: asye person erase amara.okafor@example.org --reason \"asked on 3 May, agreed by the controller\""
}

// Run erases the person.
func (c personEraseCommand) Run(r *run) error {
	return r.person(c.Email, func(s *service, scope tenant.Scope, id asye.PersonID) error {
		n, err := s.rights.Erase(r.ctx, scope, id, rights.Asked, c.Reason)
		if err == nil {
			fmt.Fprintf(r.Out, "The person has been erased: %d rows. Erase them again after restoring a backup made before today.\n", n)
		}
		return err
	})
}

type personHoldCommand struct {
	Email  string `arg:"" help:"The person's e-mail address."`
	Reason string `required:"" help:"Why the data must stay." placeholder:"TEXT"`
}

func (personHoldCommand) Help() string {
	return "A hold lasts until it is lifted; nothing of the person can be erased meanwhile.\n\n" +
		"Example: asye person hold amara.okafor@example.org --reason \"tribunal, case 12/2026\""
}

// Run places the hold.
func (c personHoldCommand) Run(r *run) error {
	return r.person(c.Email, func(s *service, scope tenant.Scope, id asye.PersonID) error {
		return s.rights.Hold(r.ctx, scope, id, c.Reason)
	})
}

type personLiftCommand struct {
	Email string `arg:"" help:"The person's e-mail address."`
}

func (personLiftCommand) Help() string { return "Example: asye person lift amara.okafor@example.org" }

// Run lifts the hold.
func (c personLiftCommand) Run(r *run) error {
	return r.person(c.Email, func(s *service, scope tenant.Scope, id asye.PersonID) error {
		return s.rights.Lift(r.ctx, scope, id)
	})
}

// person does something about the person who has an address.
func (r *run) person(email string, do func(*service, tenant.Scope, asye.PersonID) error) error {
	s, err := r.open()
	if err != nil {
		return err
	}
	defer s.close()
	id, err := s.account.PersonByEmail(r.ctx, email)
	if err != nil {
		return misuse(err)
	}
	return do(s, tenant.System("command line"), id)
}

type retentionCommand struct {
	Months int  `help:"How far to look ahead." default:"0" placeholder:"N"`
	Apply  bool `help:"Erase those whose time has come today."`
}

func (retentionCommand) Help() string {
	return "Without --apply it only lists them.\n\nExample: asye retention --months 12"
}

// Run lists whose data has no reason to be kept, and erases it where asked.
func (c retentionCommand) Run(r *run) error {
	s, err := r.open()
	if err != nil {
		return err
	}
	defer s.close()
	scope := tenant.System("command line")
	if c.Apply {
		n, err := s.rights.EraseDue(r.ctx, scope)
		fmt.Fprintf(r.Out, "%d people have been erased.\n", n)
		return err
	}
	list, err := s.rights.Due(r.ctx, scope, s.today().AddMonths(c.Months))
	for _, d := range list {
		held := ""
		if d.Held {
			held = "  held"
		}
		fmt.Fprintf(r.Out, "%s  %s%s\n", d.EndsOn.ISO(), d.Name, held)
	}
	fmt.Fprintf(r.Out, "%d people.\n", len(list))
	return err
}
