-- +goose Up
create table uploads (
	id           text primary key,
	org_id       text not null references organisations (id),
	person_id    text references people (id),
	file_name    text not null,
	status       text not null check (status in ('checked', 'confirmed', 'discarded', 'expired')),
	content      text,
	left_out     text,
	rows_total   integer not null default 0,
	rows_new     integer not null default 0,
	rows_changed integer not null default 0,
	rows_same    integer not null default 0,
	rows_wrong   integer not null default 0,
	made_at      {{instant}} not null,
	expires_at   {{instant}} not null,
	ended_at     {{instant}},
	version      integer not null default 1,
	check (status = 'checked' or content is null)
);
create unique index uploads_one_at_a_time on uploads (org_id) where status = 'checked';
create index uploads_by_org on uploads (org_id, made_at);
create index uploads_by_expiry on uploads (expires_at) where status = 'checked' or left_out is not null;
