-- +goose Up
-- The key of a registration, for noise: random, kept, and never told.
create table record_keys (
	enrolment_id text primary key references enrolments (id),
	value        integer not null check (value between 0 and 255),
	made_on      {{date}} not null
);

create table releases (
	id               text primary key,
	programme        text not null,
	title            text not null,
	state            text not null check (state in ('prepared', 'published', 'withdrawn', 'discarded')),
	content          text not null,
	content_hash     text not null,
	prepared_at      {{instant}} not null,
	published_at     {{instant}},
	withdrawn_at     {{instant}},
	withdrawn_reason text not null default '',
	version          integer not null default 1,
	check ((state in ('published', 'withdrawn')) = (published_at is not null)),
	check ((state = 'withdrawn') = (withdrawn_at is not null))
);
create index releases_by_programme on releases (programme, state);

-- Who prepared, approved, discarded and withdrew what: the hash is of what they
-- saw. Nobody approves the same twice.
create table release_acts (
	id           text primary key,
	release_id   text not null references releases (id),
	act          text not null check (act in ('prepared', 'approved', 'discarded', 'withdrawn')),
	person_id    text not null references people (id),
	acted_at     {{instant}} not null,
	content_hash text not null,
	unique (release_id, act, person_id)
);

-- What the first release of a cohort counted of it: the base of every later one.
create table release_bases (
	programme  text not null,
	cohort     integer not null,
	family     text not null,
	leaf       text not null,
	result     text not null,
	people     integer not null,
	key_sum    integer not null,
	release_id text not null references releases (id),
	primary key (programme, cohort, family, leaf, result)
);

-- What is published stays as it is. It can be withdrawn, once, and no more.
{{only "postgres" `
-- +goose StatementBegin
create function releases_stay() returns trigger language plpgsql as $$
begin
	if tg_op = 'DELETE' or old.state = 'withdrawn' or new.state <> 'withdrawn'
		or (new.id, new.programme, new.title, new.content, new.content_hash, new.prepared_at, new.published_at)
			is distinct from (old.id, old.programme, old.title, old.content, old.content_hash, old.prepared_at, old.published_at) then
		raise exception 'a published release is never changed or deleted' using errcode = '23514';
	end if;
	return new;
end $$;
-- +goose StatementEnd
create trigger releases_stay_update before update on releases
	for each row when (old.published_at is not null) execute function releases_stay();
create trigger releases_stay_delete before delete on releases
	for each row when (old.published_at is not null) execute function releases_stay();
-- +goose StatementBegin
create function release_bases_stay() returns trigger language plpgsql as $$
begin
	raise exception 'what a release was counted from is never changed or deleted' using errcode = '23514';
end $$;
-- +goose StatementEnd
create trigger release_bases_stay before update or delete or truncate on release_bases
	for each statement execute function release_bases_stay();`}}
{{only "sqlite" `
-- +goose StatementBegin
create trigger releases_stay_update before update on releases when old.published_at is not null and (old.state = 'withdrawn' or new.state <> 'withdrawn'
	or new.id <> old.id or new.programme <> old.programme or new.title <> old.title or new.content <> old.content
	or new.content_hash <> old.content_hash or new.prepared_at <> old.prepared_at or new.published_at is not old.published_at)
begin
	select raise(abort, 'a published release is never changed');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger releases_stay_delete before delete on releases when old.published_at is not null
begin
	select raise(abort, 'a published release is never deleted');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger release_bases_stay_update before update on release_bases
begin
	select raise(abort, 'what a release was counted from is never changed');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger release_bases_stay_delete before delete on release_bases
begin
	select raise(abort, 'what a release was counted from is never deleted');
end;
-- +goose StatementEnd`}}
