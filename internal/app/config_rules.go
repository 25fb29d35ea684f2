package app

import (
	"fmt"
	"io/fs"
	"os"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/programme"
)

// programmes reads the rules of programmes: those built in, and an operator's.
func (c *config) programmes() (err error) {
	c.Catalogue, err = rulesOf(c, "programmes", programme.Files(), programme.Load)
	return err
}

// schemes reads the rules of grants, and who pays them.
func (c *config) schemes() (err error) {
	switch c.Payer = grant.Payer(c.values.Text("grants")); c.Payer {
	case grant.PaidHere, grant.PaidElsewhere:
	default:
		return fmt.Errorf("the setting grants is %q. Write here or elsewhere", c.Payer)
	}
	c.Schemes, err = rulesOf(c, "schemes", grant.Files(), grant.Load)
	return err
}

// rulesOf reads the files of rules that are built in and those in the folder
// that a setting names.
func rulesOf[T any](c *config, setting string, own fs.FS, load func(...fs.FS) (T, error)) (T, error) {
	dir := c.values.Text(setting)
	if dir == "" {
		return load(own)
	}
	var none T
	if _, err := os.ReadDir(dir); err != nil {
		return none, fmt.Errorf("the folder of the setting %s cannot be read: %w", setting, err)
	}
	rules, err := load(own, os.DirFS(dir))
	if err != nil {
		return none, fmt.Errorf("the files of the setting %s, in %s, cannot be used: %w", setting, dir, err)
	}
	return rules, nil
}
