-- +goose Up
create table journey_drafts (
	id         text primary key,
	person_id  text not null,
	org_id     text not null,
	journey    text not null,
	subject    text not null default '',
	answers    {{json}} not null,
	updated_at {{instant}} not null,
	version    integer not null default 1,
	unique (person_id, org_id, journey, subject)
);
create index journey_drafts_by_age on journey_drafts (updated_at);
