-- +goose Up
-- Somebody can be the director of an employer. SQLite cannot change a check, so
-- the table is made again; nothing refers to it.
{{only "postgres" `
alter table memberships drop constraint memberships_role_check;
alter table memberships add constraint memberships_role_check
	check (role in ('nqsw', 'coordinator', 'director', 'national', 'analyst', 'administrator'));`}}
{{only "sqlite" (printf `
create table memberships_next (
	id           text primary key,
	person_id    text not null references people (id),
	org_id       text not null references organisations (id),
	role         text not null check (role in ('nqsw', 'coordinator', 'director', 'national', 'analyst', 'administrator')),
	starts_on    %[1]s not null,
	ends_on      %[1]s,
	last_used_at %[2]s,
	check (ends_on is null or starts_on <= ends_on)
);
insert into memberships_next (id, person_id, org_id, role, starts_on, ends_on, last_used_at)
	select id, person_id, org_id, role, starts_on, ends_on, last_used_at from memberships;
drop table memberships;
alter table memberships_next rename to memberships;
create unique index memberships_one_open on memberships (person_id, org_id, role) where ends_on is null;
create index memberships_by_org on memberships (org_id, role);
create index memberships_by_person on memberships (person_id, starts_on);` date instant)}}
