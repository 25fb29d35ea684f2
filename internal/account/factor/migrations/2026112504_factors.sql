-- +goose Up
-- Nothing in a passkey's record is secret: it has the public key.
create table passkeys (
	id            text primary key,
	person_id     text not null references people (id),
	credential_id text not null unique,
	record        text not null,
	name          text not null,
	made_at       {{instant}} not null,
	last_used_at  {{instant}}
);
create index passkeys_by_person on passkeys (person_id, made_at);

-- The secret that an authenticator app shares with us: the one in use, and one
-- that is being set up.
create table authenticators (
	person_id    text primary key references people (id),
	secret       text,
	confirmed_at {{instant}},
	last_step    integer not null default 0,
	pending      text,
	pending_at   {{instant}}
);

create table printed_codes (
	code_hash text primary key,
	person_id text not null references people (id),
	made_at   {{instant}} not null,
	used_at   {{instant}}
);
create index printed_codes_by_person on printed_codes (person_id);

create table passwords (
	person_id text primary key references people (id),
	hash      text not null,
	set_at    {{instant}} not null
);

-- What was asked of a browser, until it answers: once, and soon.
create table passkey_requests (
	id         text primary key,
	purpose    text not null check (purpose in ('sign_in', 'second', 'prove', 'add')),
	person_id  text references people (id),
	by_hash    text not null,
	ceremony   text not null,
	expires_at {{instant}} not null
);
create index passkey_requests_by_asker on passkey_requests (by_hash, expires_at);
create index passkey_requests_by_end on passkey_requests (expires_at);

-- Sign-ins that wait for their second step.
create table half_sign_ins (
	token_hash text primary key,
	person_id  text not null references people (id),
	org_id     text references organisations (id),
	way        text not null,
	device     text not null,
	next       text not null,
	expires_at {{instant}} not null
);
create index half_sign_ins_by_end on half_sign_ins (expires_at);

-- Codes that were mailed to prove presence again: one for each session.
create table mailed_codes (
	session_id text primary key,
	person_id  text not null references people (id),
	code_hash  text not null,
	tries      integer not null default 0,
	sent       integer not null default 1,
	made_at    {{instant}} not null,
	expires_at {{instant}} not null
);
create index mailed_codes_by_end on mailed_codes (expires_at);
