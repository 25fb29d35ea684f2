-- +goose Up
-- Statements that are authorised and paid in one go. Two different people
-- approve exactly the content with the hash.
create table grant_batches (
	id           text primary key,
	reference    text not null unique,
	scheme       text not null,
	state        text not null check (state in ('prepared', 'authorised', 'paid', 'discarded')),
	content_hash text not null,
	pence        bigint not null,
	statements   integer not null,
	prepared_at  {{instant}} not null,
	paid_on      {{date}},
	version      integer not null default 1,
	check ((state = 'paid') = (paid_on is not null))
);
create index grant_batches_by_state on grant_batches (state, prepared_at);

create table grant_batch_acts (
	id           text primary key,
	batch_id     text not null references grant_batches (id),
	act          text not null check (act in ('prepared', 'approved', 'paid', 'discarded')),
	person_id    text not null references people (id),
	acted_at     {{instant}} not null,
	content_hash text not null,
	unique (batch_id, act, person_id)
);

create table grant_statements (
	id           text primary key,
	reference    text not null unique,
	org_id       text not null references organisations (id),
	scheme       text not null,
	number       integer not null,
	state        text not null check (state in ('open', 'payable', 'authorised', 'paid')),
	pence        bigint not null default 0,
	content_hash text not null default '',
	opened_at    {{instant}} not null,
	closed_at    {{instant}},
	batch_id     text references grant_batches (id),
	paid_on      {{date}},
	version      integer not null default 1,
	unique (org_id, scheme, number),
	check ((state = 'open') = (closed_at is null)),
	check (state = 'open' or content_hash <> '' and pence >= 0),
	check (state in ('open', 'payable') or batch_id is not null),
	check ((state = 'paid') = (paid_on is not null))
);
create unique index grant_statements_one_open on grant_statements (org_id, scheme) where state = 'open';
create index grant_statements_by_state on grant_statements (state, scheme);
create index grant_statements_by_batch on grant_statements (batch_id);

-- What a statement is made of. A line, and the recovery of a line, is on one
-- statement only.
create table grant_items (
	id           text primary key,
	statement_id text not null references grant_statements (id),
	org_id       text not null references organisations (id),
	kind         text not null check (kind in ('line', 'recovery', 'adjustment', 'instalment', 'instalment_back', 'carried')),
	line_id      text references grant_lines (id),
	pence        bigint not null check (pence <> 0),
	reason       text not null default '',
	effective_on {{date}} not null,
	recorded_at  {{instant}} not null,
	person_id    text references people (id),
	check ((kind in ('line', 'recovery')) = (line_id is not null)),
	check (kind not in ('line', 'instalment') or pence > 0),
	check (kind not in ('recovery', 'instalment_back') or pence < 0),
	check (kind <> 'adjustment' or reason <> '' and person_id is not null)
);
create unique index grant_items_once on grant_items (line_id, kind) where line_id is not null;
create index grant_items_by_statement on grant_items (statement_id, recorded_at);

-- The ledger: money goes from the account that is credited to the one that is
-- debited, so that each entry balances by itself. It is only added to.
create table grant_entries (
	id           text primary key,
	org_id       text not null references organisations (id),
	scheme       text not null,
	debit        text not null check (debit in ('grant', 'owed', 'bank')),
	credit       text not null check (credit in ('grant', 'owed', 'bank')),
	pence        bigint not null check (pence > 0),
	item_id      text references grant_items (id),
	statement_id text references grant_statements (id),
	effective_on {{date}} not null,
	recorded_at  {{instant}} not null,
	check (debit <> credit),
	check ((item_id is null) <> (statement_id is null))
);
create unique index grant_entries_one_of_item on grant_entries (item_id) where item_id is not null;
create unique index grant_entries_one_of_statement on grant_entries (statement_id) where statement_id is not null;
create index grant_entries_by_org on grant_entries (org_id, scheme, recorded_at);

-- How many NQSWs an employer expects, where a scheme pays an instalment on it.
create table grant_estimates (
	id          text primary key,
	org_id      text not null references organisations (id),
	scheme      text not null,
	number      integer not null check (number > 0),
	person_id   text not null references people (id),
	given_at    {{instant}} not null,
	accepted_at {{instant}},
	version     integer not null default 1,
	unique (org_id, scheme)
);

-- Money that arrived at an employer, as its bank tells.
create table grant_remittances (
	id           text primary key,
	org_id       text not null references organisations (id),
	received_on  {{date}} not null,
	bank_text    text not null,
	pence        bigint not null check (pence <> 0),
	statement_id text references grant_statements (id),
	settled_note text not null default '',
	person_id    text not null references people (id),
	recorded_at  {{instant}} not null,
	version      integer not null default 1,
	unique (org_id, received_on, bank_text, pence)
);
create index grant_remittances_by_org on grant_remittances (org_id, received_on);

-- Nothing of the ledger is changed or deleted, and nothing of a statement once it
-- is closed.
{{only "postgres" `
-- +goose StatementBegin
create function grant_ledger_stays() returns trigger language plpgsql as $$
begin
	raise exception 'the ledger is only added to' using errcode = '23514';
end $$;
-- +goose StatementEnd
create trigger grant_entries_stay before update or delete or truncate on grant_entries for each statement execute function grant_ledger_stays();
-- +goose StatementBegin
create function grant_items_stay() returns trigger language plpgsql as $$
begin
	if tg_op = 'INSERT' then
		if (select state from grant_statements where id = new.statement_id) <> 'open' then
			raise exception 'a statement that is closed takes nothing more' using errcode = '23514';
		end if;
		return new;
	end if;
	if tg_op = 'DELETE' or (new.id, new.statement_id, new.org_id, new.kind, new.line_id, new.pence, new.effective_on)
			is distinct from (old.id, old.statement_id, old.org_id, old.kind, old.line_id, old.pence, old.effective_on) then
		raise exception 'what is on a statement stays' using errcode = '23514';
	end if;
	return new;
end $$;
-- +goose StatementEnd
create trigger grant_items_stay before insert or update or delete on grant_items for each row execute function grant_items_stay();
-- +goose StatementBegin
create function grant_statements_stay() returns trigger language plpgsql as $$
begin
	if tg_op = 'DELETE' or (new.id, new.reference, new.org_id, new.scheme, new.number, new.opened_at)
			is distinct from (old.id, old.reference, old.org_id, old.scheme, old.number, old.opened_at)
		or old.state <> 'open' and (new.pence, new.content_hash, new.closed_at) is distinct from (old.pence, old.content_hash, old.closed_at)
		or old.state = 'paid' then
		raise exception 'a statement that is closed never changes' using errcode = '23514';
	end if;
	return new;
end $$;
-- +goose StatementEnd
create trigger grant_statements_stay before update or delete on grant_statements for each row execute function grant_statements_stay();`}}
{{only "sqlite" `
-- +goose StatementBegin
create trigger grant_entries_stay_update before update on grant_entries
begin
	select raise(abort, 'the ledger is only added to');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger grant_entries_stay_delete before delete on grant_entries
begin
	select raise(abort, 'the ledger is only added to');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger grant_items_stay_insert before insert on grant_items when (select state from grant_statements where id = new.statement_id) <> 'open'
begin
	select raise(abort, 'a statement that is closed takes nothing more');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger grant_items_stay_update before update on grant_items when new.id <> old.id or new.statement_id <> old.statement_id or new.org_id <> old.org_id
	or new.kind <> old.kind or new.line_id is not old.line_id or new.pence <> old.pence or new.effective_on <> old.effective_on
begin
	select raise(abort, 'what is on a statement stays');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger grant_items_stay_delete before delete on grant_items
begin
	select raise(abort, 'what is on a statement stays');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger grant_statements_stay_update before update on grant_statements when new.id <> old.id or new.reference <> old.reference or new.org_id <> old.org_id
	or new.scheme <> old.scheme or new.number <> old.number or new.opened_at <> old.opened_at or old.state = 'paid'
	or old.state <> 'open' and (new.pence <> old.pence or new.content_hash <> old.content_hash or new.closed_at is not old.closed_at)
begin
	select raise(abort, 'a statement that is closed never changes');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger grant_statements_stay_delete before delete on grant_statements
begin
	select raise(abort, 'a statement is never deleted');
end;
-- +goose StatementEnd`}}
