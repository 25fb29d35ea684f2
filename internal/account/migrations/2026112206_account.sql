-- +goose Up
create table people (
	id           text primary key,
	given_name   text not null,
	middle_names text not null default '',
	family_name  text not null,
	email        text,
	sort_name    text not null,
	search_text  text not null,
	created_at   {{instant}} not null,
	disabled_at  {{instant}},
	disabled_in  text references organisations (id),
	version      integer not null default 1
);
create unique index people_one_email on people (email) where email is not null;
create index people_by_name on people (sort_name, id);

create table memberships (
	id           text primary key,
	person_id    text not null references people (id),
	org_id       text not null references organisations (id),
	role         text not null check (role in ('nqsw', 'coordinator', 'national', 'analyst', 'administrator')),
	starts_on    {{date}} not null,
	ends_on      {{date}},
	last_used_at {{instant}},
	check (ends_on is null or starts_on <= ends_on)
);
create unique index memberships_one_open on memberships (person_id, org_id, role) where ends_on is null;
create index memberships_by_org on memberships (org_id, role);
create index memberships_by_person on memberships (person_id, starts_on);

create table sign_in_links (
	token_hash text primary key,
	person_id  text not null references people (id),
	org_id     text references organisations (id),
	purpose    text not null check (purpose in ('sign_in', 'invitation', 'example')),
	made_at    {{instant}} not null,
	expires_at {{instant}} not null,
	used_at    {{instant}}
);
create index sign_in_links_by_person on sign_in_links (person_id, made_at);
create index sign_in_links_by_end on sign_in_links (expires_at);

create table sessions (
	id           text primary key,
	token_hash   text not null unique,
	person_id    text not null references people (id),
	org_id       text not null references organisations (id),
	role         text not null,
	form_key     text not null,
	made_at      {{instant}} not null,
	last_seen_at {{instant}} not null,
	expires_at   {{instant}} not null,
	device       text not null default ''
);
create index sessions_by_person on sessions (person_id);
create index sessions_by_end on sessions (expires_at);

-- Whoever asks for a link is counted by keyed hashes, not by name.
create table sign_in_attempts (
	id           text primary key,
	address_hash text not null,
	client_hash  text not null,
	at           {{instant}} not null
);
create index sign_in_attempts_by_address on sign_in_attempts (address_hash, at);
create index sign_in_attempts_by_client on sign_in_attempts (client_hash, at);

create table account_keys (
	name    text primary key,
	value   text not null,
	made_at {{instant}} not null
);

create table setup_codes (
	code_hash  text primary key,
	made_at    {{instant}} not null,
	expires_at {{instant}} not null,
	used_at    {{instant}},
	org_id     text references organisations (id)
);
