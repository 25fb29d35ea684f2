-- +goose Up
{{only "postgres" "create extension if not exists btree_gist;"}}

create table audit_lines (
	id           text primary key,
	org_id       text,
	recorded_at  {{instant}} not null,
	actor_kind   text not null check (actor_kind in ('person', 'system', 'import')),
	actor_id     text,
	on_behalf_of text,
	what         text not null,
	subject_kind text not null,
	subject_id   text not null,
	before       {{json}},
	after        {{json}},
	effective_on {{date}},
	reason       text not null default ''
);
create index audit_lines_by_org on audit_lines (org_id, recorded_at);
create index audit_lines_by_subject on audit_lines (subject_kind, subject_id, recorded_at);
create index audit_lines_by_time on audit_lines (recorded_at);

create table form_tokens (
	token    text primary key,
	spent_at {{instant}} not null,
	location text
);
create index form_tokens_by_age on form_tokens (spent_at);

-- A row is locked by whoever takes the turn of its key, until they commit.
create table turns (
	key text primary key
);
