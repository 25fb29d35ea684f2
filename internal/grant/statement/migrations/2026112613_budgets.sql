-- +goose Up
-- What there is to spend on a scheme, as the national team has said it.
create table grant_budgets (
	id        text primary key,
	scheme    text not null unique,
	pence     bigint not null check (pence > 0),
	person_id text not null references people (id),
	set_at    {{instant}} not null,
	version   integer not null default 1
);
