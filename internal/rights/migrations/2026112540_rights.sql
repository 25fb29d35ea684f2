-- +goose Up
create table holds (
	id         text primary key,
	person_id  text not null references people (id),
	reason     text not null,
	placed_at  {{instant}} not null,
	placed_by  text references people (id),
	lifted_at  {{instant}}
);
create unique index holds_one_standing on holds (person_id) where lifted_at is null;

create table erasures (
	id         text primary key,
	person_id  text not null,
	reason     text not null,
	ground     text not null check (ground in ('asked', 'retention')),
	rows_gone  integer not null,
	erased_at  {{instant}} not null
);
create index erasures_by_time on erasures (erased_at);
