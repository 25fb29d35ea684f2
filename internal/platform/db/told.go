package db

import "database/sql"

// Pools are how the connections stand, by what they are for: reading and
// writing, or all.
func (d *DB) Pools() map[string]sql.DBStats {
	if d.read == d.write {
		return map[string]sql.DBStats{"all": d.write.Stats()}
	}
	return map[string]sql.DBStats{"read": d.read.Stats(), "write": d.write.Stats()}
}

// Path is where the SQLite file is; empty on PostgreSQL.
func (d *DB) Path() string { return d.path }
