// Package schema gathers the migrations of every capability, and the inventory
// of their tables.
package schema

import (
	"io/fs"
	"slices"

	factor "example.org/asye/internal/account/factor/migrations"
	held "example.org/asye/internal/account/held/migrations"
	account "example.org/asye/internal/account/migrations"
	provider "example.org/asye/internal/account/provider/migrations"
	tries "example.org/asye/internal/account/tries/migrations"
	backup "example.org/asye/internal/backup/migrations"
	employers "example.org/asye/internal/employers/migrations"
	equality "example.org/asye/internal/equality/migrations"
	publication "example.org/asye/internal/equality/publication/migrations"
	question "example.org/asye/internal/equality/publication/question/migrations"
	claim "example.org/asye/internal/grant/claim/migrations"
	grant "example.org/asye/internal/grant/migrations"
	statement "example.org/asye/internal/grant/statement/migrations"
	audit "example.org/asye/internal/platform/audit/migrations"
	db "example.org/asye/internal/platform/db/migrations"
	"example.org/asye/internal/platform/inventory"
	jobs "example.org/asye/internal/platform/jobs/migrations"
	journey "example.org/asye/internal/platform/journey/migrations"
	lines "example.org/asye/internal/platform/lines/migrations"
	mail "example.org/asye/internal/platform/mail/migrations"
	registration "example.org/asye/internal/registration/migrations"
	upload "example.org/asye/internal/registration/upload/migrations"
	rights "example.org/asye/internal/rights/migrations"
)

// All is every folder of migrations; their order does not matter, since the
// numbers in the file names decide.
func All() []fs.FS {
	return []fs.FS{
		db.FS,
		lines.FS,
		audit.FS,
		journey.FS,
		mail.FS,
		jobs.FS,
		employers.FS,
		account.FS,
		tries.FS,
		provider.FS,
		factor.FS,
		held.FS,
		registration.FS,
		upload.FS,
		equality.FS,
		publication.FS,
		question.FS,
		grant.FS,
		claim.FS,
		statement.FS,
		rights.FS,
		backup.FS,
	}
}

// Tables is the inventory of every table that these migrations make.
func Tables() []inventory.Table {
	return slices.Concat(
		db.Tables,
		lines.Tables,
		audit.Tables,
		journey.Tables,
		mail.Tables,
		jobs.Tables,
		employers.Tables,
		account.Tables,
		tries.Tables,
		provider.Tables,
		factor.Tables,
		held.Tables,
		registration.Tables,
		upload.Tables,
		equality.Tables,
		publication.Tables,
		question.Tables,
		grant.Tables,
		claim.Tables,
		statement.Tables,
		rights.Tables,
		backup.Tables,
	)
}
