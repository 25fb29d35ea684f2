-- +goose Up
create table mail_outbox (
	id         text primary key,
	recipient  text not null,
	subject    text not null,
	body       text not null,
	created_at {{instant}} not null,
	sent_at    {{instant}},
	failed_at  {{instant}},
	attempts   integer not null default 0,
	next_at    {{instant}} not null,
	last_error text not null default ''
);
create index mail_outbox_waiting on mail_outbox (next_at) where sent_at is null and failed_at is null;
create index mail_outbox_by_age on mail_outbox (created_at);
