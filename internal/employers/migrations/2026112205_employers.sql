-- +goose Up
create table organisations (
	id             text primary key,
	code           text not null unique,
	name           text not null,
	type           text not null check (type in ('local_authority', 'childrens_trust', 'nhs', 'school',
		'private', 'voluntary', 'agency', 'national')),
	region         text not null default '',
	ons_code       text not null default '',
	opened_on      {{date}} not null,
	closed_on      {{date}},
	contact_name   text not null default '',
	contact_email  text not null default '',
	contact_phone  text not null default '',
	director_name  text not null default '',
	director_email text not null default '',
	search_text    text not null,
	version        integer not null default 1,
	check (closed_on is null or opened_on < closed_on)
);
create index organisations_by_name on organisations (name);

create table organisation_successions (
	id             text primary key,
	predecessor_id text not null references organisations (id),
	successor_id   text not null references organisations (id),
	happened_on    {{date}} not null,
	kind           text not null check (kind in ('merged', 'split', 'renamed')),
	recorded_at    {{instant}} not null,
	unique (predecessor_id, successor_id),
	check (predecessor_id <> successor_id)
);
