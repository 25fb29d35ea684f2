-- +goose Up
-- The log of questions: what is answered stays in it, for the next question to be
-- held against.
create table asked_questions (
	id        text primary key,
	org_id    text not null references organisations (id),
	person_id text not null references people (id),
	asked_at  {{instant}} not null,
	programme text not null,
	question  text not null,
	refusal   text not null default ''
);
create index asked_questions_by_person on asked_questions (person_id, asked_at);
