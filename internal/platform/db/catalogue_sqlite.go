package db

// liteTexts read the catalogue of SQLite.
var liteTexts = texts{
	first:    `select count(*) from sqlite_schema`,
	migrated: `select count(*) from sqlite_schema where name = 'goose_db_version'`,
	tables: `
		select name, case when type = 'table' then '' else type end from pragma_table_list
		where schema = 'main' and type <> 'view' and name not like 'sqlite\_%' escape '\'
		and name not like 'goose\_%' escape '\' and name not like '\_litestream\_%' escape '\'`,
	columns: `select name, type from pragma_table_xinfo($1) where hidden = 0`,
	key:     `select name from pragma_table_xinfo($1) where pk > 0 order by pk`,
	refs:    `select distinct "table" from pragma_foreign_key_list($1)`,
}
