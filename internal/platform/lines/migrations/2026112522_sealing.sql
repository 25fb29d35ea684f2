-- +goose Up
-- Lines that wait for their number in the chain, in the transaction of the line.
create table audit_pending (
	line_id text primary key
);

-- What a line says of a person is sealed with that person's key. The keys are
-- themselves sealed, with a secret that is kept apart from the database.
create table person_keys (
	id        text primary key,
	person_id text not null unique,
	sealed    text not null,
	made_at   {{instant}} not null
);
