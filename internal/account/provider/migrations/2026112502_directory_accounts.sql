-- +goose Up
-- Which account of an organisation's directory is whose. The subject is who they
-- are there; shown_as is what they know the account by, and decides nothing.
create table directory_accounts (
	id           text primary key,
	person_id    text not null references people (id),
	issuer       text not null,
	subject      text not null,
	shown_as     text not null default '',
	connected_by text not null check (connected_by in ('address', 'person')),
	connected_at {{instant}} not null,
	last_used_at {{instant}}
);
create unique index directory_accounts_one_subject on directory_accounts (issuer, subject);
create unique index directory_accounts_one_of_each on directory_accounts (person_id, issuer);

-- Visits to a directory that have had their effect: none has it twice.
create table directory_visits (
	state_hash text primary key,
	ended_at   {{instant}} not null
);
create index directory_visits_by_age on directory_visits (ended_at);
