package app

import (
	"context"
	"errors"
	"fmt"

	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/schema"
)

type auditRenew struct {
	Reason string `required:"" help:"Why; it becomes a line of the audit trail." placeholder:"TEXT"`
}

func (auditRenew) Help() string {
	return "Stop the service, and look at everything with asye audit verify before. Where the key before is still there, what the trail says of people " +
		"is sealed for the new one; where it is lost, that can never be read again. Note down the new public key.\n\n" +
		"Example: asye audit renew --reason \"the disk with the key broke\""
}

// Run renews the audit key.
func (c auditRenew) Run(r *run) error {
	o, err := r.trail()
	if err != nil {
		return err
	}
	defer o.db.Close()
	if !o.config.Audit.Key.IsZero() {
		return errors.New("the audit key is given by the setting audit_key: take it out, and name a file with audit_key_file, into which the new one can be written")
	}
	path, err := o.config.auditKeyFile()
	if err != nil {
		return err
	}
	if err := o.db.Hold(r.ctx); err != nil {
		return err
	}
	now, err := o.renew(r.ctx, path, c.Reason)
	if err != nil {
		return err
	}
	if o.key.IsZero() {
		fmt.Fprintln(r.Out, "The key before was not here: what the trail said of people until now cannot be read any more.")
	} else {
		fmt.Fprintf(r.Out, "The key before is kept as %s.\n", audit.Aside(path, o.key))
	}
	fmt.Fprintf(r.Out, "The new audit key is in %s. Keep a copy of it apart from the database and its backups.\nIts public half, to note down:\n%s\n", path, now.Public())
	return nil
}

// renew puts a new audit key into a file.
func (o *opened) renew(ctx context.Context, path, reason string) (audit.Key, error) {
	return audit.Renewal{Database: o.db, Path: path, Before: o.key, Reason: reason, Tables: schema.Tables(), Log: o.log}.Do(ctx)
}
