-- +goose Up
-- Rules that no source was found for, and that somebody has confirmed with the
-- funder: as the file had them then.
create table grant_confirmations (
	id           text primary key,
	scheme       text not null,
	rule         text not null,
	said         text not null,
	note         text not null,
	person_id    text not null references people (id),
	confirmed_at {{instant}} not null,
	unique (scheme, rule, said)
);
