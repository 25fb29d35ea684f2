-- +goose Up
-- Tries are counted by keyed hashes, not by name. A try that was right stays a
-- while: it is how the person's own network is known.
create table sign_in_tries (
	id           text primary key,
	subject_hash text not null,
	client_hash  text not null,
	at           {{instant}} not null,
	own          {{bool}} not null,
	got_in       {{bool}} not null default false
);
create index sign_in_tries_by_subject on sign_in_tries (subject_hash, at);
create index sign_in_tries_by_client on sign_in_tries (client_hash, at);
create index sign_in_tries_by_age on sign_in_tries (at);
