-- +goose Up
create table grant_claims (
	id           text primary key,
	reference    text not null unique,
	org_id       text not null references organisations (id),
	scheme       text not null,
	state        text not null check (state in ('draft', 'signed', 'submitted', 'answered', 'discarded')),
	left_out     {{json}} not null,
	scheme_hash  text not null default '',
	content_hash text not null default '',
	pence        integer not null default 0,
	drafted_at   {{instant}} not null,
	signed_at    {{instant}},
	submitted_at {{instant}},
	answered_at  {{instant}},
	version      integer not null default 1,
	check (state in ('draft', 'discarded') or content_hash <> '' and signed_at is not null),
	check (state not in ('submitted', 'answered') or submitted_at is not null),
	check (state <> 'answered' or answered_at is not null)
);
create unique index grant_claims_one_open on grant_claims (org_id, scheme) where state in ('draft', 'signed');
create index grant_claims_by_org on grant_claims (org_id, drafted_at);
create index grant_claims_by_state on grant_claims (state, submitted_at);

-- Who did what with a claim, and the hash of what they saw.
create table grant_claim_acts (
	id           text primary key,
	claim_id     text not null references grant_claims (id),
	act          text not null check (act in ('drafted', 'signed', 'opened', 'submitted', 'answered', 'discarded')),
	person_id    text not null references people (id),
	acted_at     {{instant}} not null,
	content_hash text not null,
	note         text not null default ''
);
create index grant_claim_acts_by_claim on grant_claim_acts (claim_id, acted_at);

-- One milestone of one NQSW within a claim. Payment and recovery are two
-- machines: what was paid in one statement can be taken back in a later one.
-- standing is whether it counts as the one payment of the person and milestone.
create table grant_lines (
	id              text primary key,
	claim_id        text not null references grant_claims (id),
	org_id          text not null references organisations (id),
	person_id       text not null references people (id),
	enrolment_id    text not null, -- which goes when the person is erased, and the line stays
	programme       text not null,
	scheme          text not null,
	milestone       text not null,
	event_on        {{date}} not null,
	pence           integer not null check (pence > 0),
	facts           {{json}} not null,
	reasons         {{json}} not null,
	shown           {{json}} not null,
	payment         text not null check (payment in ('signed', 'submitted', 'returned', 'accepted', 'paid')),
	payment_reason  text not null default '',
	recovery        text not null default '' check (recovery in ('', 'due', 'taken')),
	recovery_reason text not null default '',
	standing        {{bool}} not null,
	version         integer not null default 1,
	check (payment <> 'returned' or payment_reason <> ''),
	check (recovery = '' or payment in ('accepted', 'paid') and recovery_reason <> ''),
	check (standing = (payment in ('submitted', 'accepted', 'paid') and recovery = ''))
);
create unique index grant_lines_once on grant_lines (person_id, programme, milestone) where standing;
create unique index grant_lines_within on grant_lines (claim_id, enrolment_id, milestone);
create index grant_lines_by_enrolment on grant_lines (enrolment_id);
create index grant_lines_by_scheme on grant_lines (scheme, payment, org_id);

-- A second employer that wants a payment which stands with another.
create table grant_clashes (
	id           text primary key,
	line_id      text not null references grant_lines (id),
	org_id       text not null references organisations (id),
	enrolment_id text not null references enrolments (id),
	reason       text not null,
	person_id    text not null references people (id),
	raised_at    {{instant}} not null,
	decision     text not null default '' check (decision in ('', 'stays', 'moves')),
	decided_why  text not null default '',
	decided_at   {{instant}},
	version      integer not null default 1,
	check ((decision = '') = (decided_at is null))
);
create unique index grant_clashes_one_open on grant_clashes (line_id, org_id) where decision = '';
create index grant_clashes_open on grant_clashes (raised_at) where decision = '';

-- What missed its deadline, and why an employer asks for it all the same.
create table grant_late_requests (
	id           text primary key,
	org_id       text not null references organisations (id),
	enrolment_id text not null references enrolments (id),
	scheme       text not null,
	milestone    text not null,
	reason       text not null,
	person_id    text not null references people (id),
	asked_at     {{instant}} not null,
	answer       text not null default '' check (answer in ('', 'granted', 'refused')),
	answer_why   text not null default '',
	answered_at  {{instant}},
	version      integer not null default 1,
	check ((answer = '') = (answered_at is null))
);
create unique index grant_late_requests_once on grant_late_requests (org_id, enrolment_id, milestone) where answer <> 'refused';
create index grant_late_requests_open on grant_late_requests (asked_at) where answer = '';

-- What an employer has done of a scheme's conditions, with the document that
-- shows it.
create table grant_conditions (
	id           text primary key,
	org_id       text not null references organisations (id),
	scheme       text not null,
	condition    text not null,
	file_name    text not null,
	document     {{only "postgres" "bytea"}}{{only "sqlite" "blob"}} not null,
	person_id    text not null references people (id),
	confirmed_at {{instant}} not null
);
create index grant_conditions_by_org on grant_conditions (org_id, scheme, confirmed_at);

-- What a line says was signed, and stays as it was. Only the states go on; facts
-- and names may be emptied when somebody is erased, and never written anew.
{{only "postgres" `
-- +goose StatementBegin
create function grant_lines_stay() returns trigger language plpgsql as $$
begin
	if tg_op = 'DELETE' then
		if old.payment <> 'signed' then
			raise exception 'a line that was submitted is never deleted' using errcode = '23514';
		end if;
		return old;
	end if;
	if (new.id, new.claim_id, new.org_id, new.person_id, new.enrolment_id, new.programme, new.scheme, new.milestone, new.event_on, new.pence)
			is distinct from (old.id, old.claim_id, old.org_id, old.person_id, old.enrolment_id, old.programme, old.scheme, old.milestone, old.event_on, old.pence)
		or new.facts::text not in (old.facts::text, '{}') or new.reasons::text not in (old.reasons::text, '[]') or new.shown::text not in (old.shown::text, '[]') then
		raise exception 'what a line says was signed and never changes' using errcode = '23514';
	end if;
	return new;
end $$;
-- +goose StatementEnd
create trigger grant_lines_stay before update or delete on grant_lines for each row execute function grant_lines_stay();`}}
{{only "sqlite" `
-- +goose StatementBegin
create trigger grant_lines_stay_update before update on grant_lines when new.id <> old.id or new.claim_id <> old.claim_id or new.org_id <> old.org_id
	or new.person_id <> old.person_id or new.enrolment_id <> old.enrolment_id or new.programme <> old.programme or new.scheme <> old.scheme
	or new.milestone <> old.milestone or new.event_on <> old.event_on or new.pence <> old.pence
	or new.facts not in (old.facts, '{}') or new.reasons not in (old.reasons, '[]') or new.shown not in (old.shown, '[]')
begin
	select raise(abort, 'what a line says was signed and never changes');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger grant_lines_stay_delete before delete on grant_lines when old.payment <> 'signed'
begin
	select raise(abort, 'a line that was submitted is never deleted');
end;
-- +goose StatementEnd`}}
