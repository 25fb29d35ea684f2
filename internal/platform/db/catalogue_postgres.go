package db

// postgresTexts read the catalogue of PostgreSQL, in the schema that comes first
// on the path.
var postgresTexts = texts{
	first: `select count(*) from pg_class`,
	migrated: `
		select count(*) from pg_class
		where relname = 'goose_db_version' and relnamespace = current_schema()::regnamespace`,
	tables: `
		select relname, case relkind when 'r' then '' when 'p' then 'partitioned' else 'foreign' end from pg_class
		where relkind in ('r', 'p', 'f') and relnamespace = current_schema()::regnamespace and relname not like 'goose\_%'`,
	columns: `
		select attname, format_type(atttypid, atttypmod) from pg_attribute
		where attrelid = quote_ident($1)::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
	key: `
		select a.attname from pg_index i
		join lateral unnest(i.indkey) with ordinality k (attnum, place) on true
		join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
		where i.indrelid = quote_ident($1)::regclass and i.indisprimary order by k.place`,
	refs: `
		select distinct c.relname from pg_constraint f join pg_class c on c.oid = f.confrelid
		where f.conrelid = quote_ident($1)::regclass and f.contype = 'f'`,
}
