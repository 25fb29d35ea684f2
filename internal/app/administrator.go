package app

import (
	"fmt"
	"os"

	"example.org/asye/internal/account/rescue"
	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

type rescueCommand struct {
	Email        string `required:"" help:"The e-mail address of the administrator, on record or new." placeholder:"ADDRESS"`
	Name         string `help:"First and last name of somebody who is not on record." placeholder:"NAME"`
	Reason       string `required:"" help:"Why, for the audit trail and the other administrators." placeholder:"TEXT"`
	Lost         bool   `help:"They have lost their passkeys, authenticator app, codes or password: take these away, so that the link alone lets them in."`
	Organisation string `help:"The code of the organisation they work in." placeholder:"CODE"`
}

func (rescueCommand) Help() string {
	return "For the day on which nobody can get in. It needs neither the mail server nor a directory. Somebody who was disabled is let in again. " +
		"It prints a link that works once, for a quarter of an hour; every other administrator of the whole service gets a letter.\n\n" +
		"Example: asye administrator --email ada@example.org --reason \"Ada's directory account was deleted, and nobody else is in\""
}

// Run makes the administrator, and prints the link.
func (c rescueCommand) Run(r *run) error {
	s, err := r.open()
	if err != nil {
		return err
	}
	defer s.close()
	store := rescue.NewStore(s.db, s.outbox, s.queue, s.account.Settings())
	done, err := store.Rescue(r.ctx, tenant.System("asye administrator"), rescue.Call{Email: c.Email, Name: c.Name,
		Organisation: c.Organisation, Reason: c.Reason, Lost: c.Lost, Operator: operator(r.Environ)})
	if p := fault.ProblemsOf(err); p != nil {
		return cli.Refusal("%s", p.Error())
	}
	if err != nil {
		return err
	}
	c.print(r, done)
	return nil
}

func (rescueCommand) print(r *run, done rescue.Rescued) {
	what := "is an administrator of the whole service"
	if done.LetIn {
		what = "may sign in again, and " + what
	}
	fmt.Fprintf(r.Out, "%s (%s) %s, at %s.\n\nOpen this link before %s. It works once:\n\n    %s\n\n",
		done.Person.Full(), done.Person.Email, what, done.OrgName, clock.Moment(done.Until), done.Link)
	if !done.New {
		fmt.Fprintln(r.Out, "Whoever has another role too may come in with that, and finds this one under Change role.")
	}
	switch done.Told {
	case 0:
		fmt.Fprintln(r.Out, "There is no other administrator of the whole service who could be told.")
	case 1:
		fmt.Fprintln(r.Out, "The other administrator of the whole service is told by letter.")
	default:
		fmt.Fprintf(r.Out, "The %d other administrators of the whole service are told by letter.\n", done.Told)
	}
}

// operator is who runs the program, as the machine knows them.
func operator(environ []string) string {
	name := "somebody whom the machine does not name"
	for _, key := range []string{"LOGNAME", "USER", "SUDO_USER"} {
		for _, pair := range environ {
			if text, ok := cutName(pair, key); ok {
				name = text
			}
		}
	}
	if host, err := os.Hostname(); err == nil {
		name += " on " + host
	}
	return name
}
