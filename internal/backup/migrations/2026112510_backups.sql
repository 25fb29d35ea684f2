-- +goose Up
create table backups (
	id         text primary key,
	way        text not null check (way in ('scheduled', 'asked', 'command')),
	state      text not null check (state in ('running', 'good', 'failed')),
	place      text not null,
	started_at {{instant}} not null,
	ended_at   {{instant}},
	size_bytes bigint not null default 0,
	rows_total bigint not null default 0,
	failure    text not null default ''
);
create index backups_by_start on backups (started_at);
create index backups_good on backups (started_at) where state = 'good';

-- What keeps the service from losing no more than it says. One at a time of each kind.
create table backup_alarms (
	id        text primary key,
	about     text not null check (about in ('backup', 'shipping')),
	began_at  {{instant}} not null,
	told_at   {{instant}} not null,
	ended_at  {{instant}}
);
create unique index backup_alarms_one_standing on backup_alarms (about) where ended_at is null;
