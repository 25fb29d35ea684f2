-- +goose Up
-- Forms that could not go through as they came. What was typed is sealed with a
-- key that only the browser has.
create table held_forms (
	id         text primary key,
	person_id  text not null references people (id),
	session_id text,
	sealed     text not null,
	made_at    {{instant}} not null,
	expires_at {{instant}} not null
);
create index held_forms_by_person on held_forms (person_id);
create index held_forms_by_end on held_forms (expires_at);
