-- +goose Up
-- The lines of the audit trail, numbered from 0, as the leaves of a tree of
-- hashes (RFC 6962): the hash of the line, and those of the parts of the tree
-- that it completes, 32 bytes each.
create table audit_leaves (
	number  {{only "postgres" "bigint"}}{{only "sqlite" "integer"}} primary key,
	line_id text not null unique,
	hashes  {{only "postgres" "bytea"}}{{only "sqlite" "blob"}} not null
);

-- The last checkpoint of each day: how many lines there were, and the hash of
-- the whole tree, signed.
create table audit_checkpoints (
	day       {{date}} primary key,
	size      bigint not null,
	note      text not null,
	signed_at {{instant}} not null
);

-- Whose chain this is: the name of the audit key, its public half, and from
-- which number on it marks lines. There is more than one where a key was renewed.
create table audit_origin (
	name       text primary key,
	verifier   text not null,
	first_line bigint not null,
	since      {{instant}} not null
);
