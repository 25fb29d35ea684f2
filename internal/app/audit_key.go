package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"

	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/schema"
)

// auditConfig is what is set for the audit trail.
type auditConfig struct {
	Key     audit.Key // zero when it is in the file
	KeyFile string
	Outside audit.Outside
	Witness string
}

func (c *config) audit() (err error) {
	if text := c.values.Text("audit_key"); text != "" {
		if c.Audit.Key, err = audit.ParseKey(text); err != nil {
			return fmt.Errorf("the setting audit_key cannot be used: %w", err)
		}
	}
	c.Audit.KeyFile = c.values.Text("audit_key_file")
	c.Audit.Outside.Path = c.values.Text("audit_checkpoints")
	if c.Audit.Witness = c.values.Text("audit_witness"); c.Audit.Witness == "" {
		return nil
	}
	if _, err := mail.ParseAddress(c.Audit.Witness); err != nil {
		return fmt.Errorf("the setting audit_witness is %q. Write an e-mail address", c.Audit.Witness)
	}
	return nil
}

// guard finds the audit key, or makes it at the first start, and hands the
// database what it needs to write the audit trail.
func guard(ctx context.Context, c config, d *db.DB, log *slog.Logger) (*audit.Keeper, error) {
	key, err := c.auditKey(ctx, d, log)
	if err != nil {
		return nil, err
	}
	keeper := audit.NewKeeper(d, key, c.Audit.Outside, log)
	if err := keeper.Claim(ctx); err != nil {
		return nil, fmt.Errorf("%w. Set audit_key_file to the file with the right one", err)
	}
	return keeper, d.Guard(lines.Guard{Secret: key.Secret(), Tables: schema.Tables(), Log: log})
}

// errKeyGone is a database whose audit key is not where it should be.
var errKeyGone = errors.New("the audit key is missing")

func (c config) auditKey(ctx context.Context, d *db.DB, log *slog.Logger) (audit.Key, error) {
	if !c.Audit.Key.IsZero() {
		return c.Audit.Key, nil
	}
	path, err := c.auditKeyFile()
	if err != nil {
		return audit.Key{}, err
	}
	key, err := audit.ReadKey(path)
	if !errors.Is(err, audit.ErrNoKey) {
		return key, err
	}
	origin, err := audit.NewChain(d, key, log).Origin(ctx)
	if err != nil {
		return key, err
	}
	if origin.Name != "" {
		return key, fmt.Errorf("%w: the audit trail of this database belongs to %s, which is not in %s. "+
			"Put it back there, or set audit_key_file to where it is. If it is lost for good, run asye audit renew", errKeyGone, origin.Name, path)
	}
	if key, err = audit.MakeKey(path); err == nil {
		log.Info("an audit key was made: keep a copy of it apart from the database and from its backups", "file", path)
	}
	return key, err
}

// auditKeyFile is the file of the audit key.
func (c config) auditKeyFile() (string, error) {
	if c.Audit.KeyFile != "" {
		return c.Audit.KeyFile, nil
	}
	return audit.KeyFile(c.Database)
}
