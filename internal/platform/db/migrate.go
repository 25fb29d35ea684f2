package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing/fstest"
	"text/template"
	"time"

	"example.org/asye/internal/platform/db/standing"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the schema up to date from the folders of migrations, in the
// order of their file names. It returns the names of those it ran. Each is one
// transaction. Of several programs that start at the same time one does it, and
// the others wait. A schema that this program cannot use is refused.
//
// A migration is a goose file named yyyymmddnn_what.sql. The text is a template
// with these macros, which say the same thing to both engines: {{date}},
// {{instant}}, {{json}}, {{bool}}, {{only "postgres" "…"}}, and
// {{noOverlap "table" "key"}}, which makes the database refuse two rows of one
// key whose half-open periods [starts_on, ends_on) overlap. A migration that the
// release before cannot live with inserts its own number into schema_needs.
func (d *DB) Migrate(ctx context.Context, folders ...fs.FS) ([]string, error) {
	const attempts, wait = 20, 250 * time.Millisecond
	for attempt := 1; ; attempt++ {
		ran, err := d.migrateOnce(ctx, folders)
		if err == nil {
			return ran, nil
		}
		if attempt == attempts || !transient(err) && !errors.Is(Explain(err), ErrDuplicate) && !standing.IsContended(err) {
			return nil, fmt.Errorf("the schema could not be brought up to date: %w", err)
		}
		time.Sleep(wait) // another program is at it: perhaps it has done it all by then
	}
}

func (d *DB) migrateOnce(ctx context.Context, folders []fs.FS) ([]string, error) {
	now, err := d.Standing(ctx, folders...)
	if err == nil {
		err = now.Refusal()
	}
	if err != nil || len(now.Pending) == 0 {
		return nil, err
	}
	provider, err := d.migrations(folders)
	if err != nil {
		return nil, err
	}
	results, err := provider.Up(ctx)
	var ran []string
	for _, r := range results {
		ran = append(ran, r.Source.Path)
	}
	return ran, err
}

// MigrateOnly runs the migrations of the versions named and no others, so that
// the schema is what it was when it had just those.
func (d *DB) MigrateOnly(ctx context.Context, versions []int64, folders ...fs.FS) error {
	provider, err := d.migrations(folders)
	if err != nil {
		return err
	}
	for _, version := range versions {
		if _, err := provider.ApplyVersion(ctx, version, true); err != nil {
			return fmt.Errorf("the schema could not be made as it was: %w", err)
		}
	}
	return nil
}

// Known are the versions of the migrations in folders, in order.
func Known(folders ...fs.FS) []int64 {
	var out []int64
	for _, folder := range folders {
		names, _ := fs.Glob(folder, "*.sql") // only a wrong pattern fails
		for _, name := range names {
			if v, err := goose.NumericComponent(name); err == nil {
				out = append(out, v)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Standing compares the schema with folders of migrations.
func (d *DB) Standing(ctx context.Context, folders ...fs.FS) (standing.Standing, error) {
	return standing.Of(ctx, d, Known(folders...))
}

func (d *DB) migrations(folders []fs.FS) (*goose.Provider, error) {
	all, err := d.render(folders)
	if err != nil {
		return nil, err
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if d.dialect == Postgres {
		dialect = goose.DialectPostgres
		// It is tried each second, for as long as a migration may reasonably take.
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 1800), lock.WithUnlockTimeout(1, 60))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, d.write, all, options...)
}

func (d *DB) render(folders []fs.FS) (fs.FS, error) {
	all := fstest.MapFS{}
	for _, folder := range folders {
		names, err := fs.Glob(folder, "*.sql")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := fs.ReadFile(folder, name)
			if err != nil {
				return nil, err
			}
			if _, twice := all[name]; twice {
				return nil, errors.New("two migrations are named " + name)
			}
			out, err := d.expand(name, string(text))
			if err != nil {
				return nil, err
			}
			all[name] = &fstest.MapFile{Data: []byte(out)}
		}
	}
	return all, nil
}

func (d *DB) expand(name, text string) (string, error) {
	pick := func(kind Kind, sqlite, postgres string) func() string {
		return func() string {
			switch {
			case d.dialect == Postgres:
				return postgres
			case d.kinds:
				return marked[kind]
			}
			return sqlite
		}
	}
	t, err := template.New(name).Funcs(template.FuncMap{
		"date":    pick(Date, "text", "date"),
		"instant": pick(Instant, "text", "timestamptz"),
		"json":    pick(JSON, "text", "jsonb"),
		"bool":    pick(Boolean, "boolean", "boolean"),
		"only": func(engine, text string) string {
			if string(d.dialect) == engine {
				return text
			}
			return ""
		},
		"noOverlap": d.noOverlap,
	}).Parse(text)
	if err != nil {
		return "", fmt.Errorf("migration %s: %w", name, err)
	}
	var out strings.Builder
	err = t.Execute(&out, nil)
	return out.String(), err
}

// noOverlap is an exclusion constraint on PostgreSQL and a pair of triggers on
// SQLite, which has no such constraint.
func (d *DB) noOverlap(table, key string) string {
	if d.dialect == Postgres {
		return fmt.Sprintf(`alter table %[1]s add constraint %[1]s_no_overlap
	exclude using gist (%[2]s with =, daterange(starts_on, ends_on, '[)') with &&);`, table, key)
	}
	var out strings.Builder
	for _, event := range []string{"insert", "update"} {
		fmt.Fprintf(&out, `-- +goose StatementBegin
create trigger %[1]s_no_overlap_%[3]s before %[3]s on %[1]s
when exists (
	select 1 from %[1]s as other
	where other.%[2]s = new.%[2]s and other.id <> new.id
	  and (other.ends_on is null or new.starts_on < other.ends_on)
	  and (new.ends_on is null or other.starts_on < new.ends_on))
begin
	select raise(abort, '%[1]s overlap');
end;
-- +goose StatementEnd
`, table, key, event)
	}
	return out.String()
}
