package backup

import (
	"context"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/tenant"
)

// Restored signs everybody out and makes void whatever opens a door for a
// person and was not used yet, after an older copy of the database has been put
// in its place (BAK-7). after says in the audit trail which copy it was.
func (s *Store) Restored(ctx context.Context, scope tenant.Scope, tables []inventory.Table, after map[string]any) error {
	if err := s.allow(ctx, scope); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		for _, name := range Doors(tables) {
			if _, err := tx.Exec(ctx, `delete from `+name); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, scope, db.Line{What: "service.restored", Kind: "service", ID: "database", After: after})
	})
}
