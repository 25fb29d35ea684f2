-- +goose Up
create table jobs (
	id          text primary key,
	kind        text not null,
	payload     {{json}} not null,
	dedupe      text unique,
	run_at      {{instant}} not null,
	attempts    integer not null default 0,
	created_at  {{instant}} not null,
	finished_at {{instant}},
	failed_at   {{instant}},
	last_error  text not null default ''
);
create index jobs_waiting on jobs (run_at) where finished_at is null and failed_at is null;
