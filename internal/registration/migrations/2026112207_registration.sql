-- +goose Up
create table nqsws (
	person_id            text primary key references people (id),
	date_of_birth        {{date}},
	regulator_number     text,
	added_to_register_on {{date}},
	qualification        text not null default '',
	qualified_year       integer,
	entry_route          text not null default '',
	entry_route_other    text not null default '',
	invited_at           {{instant}},
	confirmed_at         {{instant}},
	version              integer not null default 1
);
create index nqsws_by_number on nqsws (regulator_number);
create index nqsws_by_birth on nqsws (date_of_birth);

create table employments (
	id        text primary key,
	person_id text not null references nqsws (person_id),
	org_id    text not null references organisations (id),
	starts_on {{date}} not null,
	ends_on   {{date}},
	check (ends_on is null or starts_on < ends_on)
);
create unique index employments_one_open on employments (person_id) where ends_on is null;
create index employments_by_person on employments (person_id, starts_on);
create index employments_by_org on employments (org_id, starts_on);
{{noOverlap "employments" "person_id"}}

create table enrolments (
	id                text primary key,
	reference         text not null unique,
	person_id         text not null references nqsws (person_id),
	org_id            text not null references organisations (id),
	programme         text not null,
	programme_version text not null,
	cohort            integer not null,
	starts_on         {{date}} not null,
	ends_on           {{date}},
	due_on            {{date}} not null,
	team              text not null default '',
	funded            {{bool}} not null,
	recorded_at       {{instant}} not null,
	version           integer not null default 1,
	check (ends_on is null or starts_on < ends_on)
);
create unique index enrolments_one_open on enrolments (person_id) where ends_on is null;
create index enrolments_by_person on enrolments (person_id, starts_on);
create index enrolments_by_org on enrolments (org_id, cohort, starts_on);
create index enrolments_by_due on enrolments (org_id, due_on);
create index enrolments_by_cohort on enrolments (cohort, programme);
{{noOverlap "enrolments" "person_id"}}

create table working_patterns (
	id              text primary key,
	enrolment_id    text not null references enrolments (id),
	starts_on       {{date}} not null,
	ends_on         {{date}},
	hours           integer not null check (hours > 0),
	full_time_hours integer not null check (full_time_hours > 0),
	check (ends_on is null or starts_on < ends_on)
);
create unique index working_patterns_one_open on working_patterns (enrolment_id) where ends_on is null;
create index working_patterns_by_enrolment on working_patterns (enrolment_id, starts_on);
{{noOverlap "working_patterns" "enrolment_id"}}

create table pauses (
	id                 text primary key,
	enrolment_id       text not null references enrolments (id),
	starts_on          {{date}} not null,
	ends_on            {{date}},
	expected_return_on {{date}},
	reason             text not null,
	note               text not null default '',
	recorded_at        {{instant}} not null,
	check (ends_on is null or starts_on < ends_on)
);
create unique index pauses_one_open on pauses (enrolment_id) where ends_on is null;
create index pauses_by_enrolment on pauses (enrolment_id, starts_on);
{{noOverlap "pauses" "enrolment_id"}}

create table coordinator_allocations (
	id           text primary key,
	enrolment_id text not null references enrolments (id),
	person_id    text not null references people (id),
	starts_on    {{date}} not null,
	ends_on      {{date}},
	check (ends_on is null or starts_on < ends_on)
);
create unique index coordinator_allocations_one_open on coordinator_allocations (enrolment_id) where ends_on is null;
create index coordinator_allocations_by_enrolment on coordinator_allocations (enrolment_id, starts_on);
create index coordinator_allocations_by_person on coordinator_allocations (person_id);
{{noOverlap "coordinator_allocations" "enrolment_id"}}

create table assessor_allocations (
	id             text primary key,
	enrolment_id   text not null references enrolments (id),
	person_id      text references people (id),
	assessor_name  text not null,
	assessor_email text not null default '',
	starts_on      {{date}} not null,
	ends_on        {{date}},
	check (ends_on is null or starts_on < ends_on)
);
create unique index assessor_allocations_one_open on assessor_allocations (enrolment_id) where ends_on is null;
create index assessor_allocations_by_enrolment on assessor_allocations (enrolment_id, starts_on);
{{noOverlap "assessor_allocations" "enrolment_id"}}

create table extensions (
	id             text primary key,
	enrolment_id   text not null references enrolments (id),
	months         integer not null default 0 check (months >= 0),
	days           integer not null default 0 check (days >= 0),
	reason         text not null,
	note           text not null default '',
	approver       text not null,
	approved_on    {{date}} not null,
	recorded_at    {{instant}} not null,
	undone_at      {{instant}},
	undone_reason  text not null default '',
	check (months > 0 or days > 0)
);
create index extensions_by_enrolment on extensions (enrolment_id);

create table eligibility_evidence (
	enrolment_id text primary key references enrolments (id),
	evidence     {{json}} not null,
	recorded_at  {{instant}} not null
);

create table register_checks (
	id              text primary key,
	person_id       text not null references nqsws (person_id),
	number          text not null,
	checked_on      {{date}} not null,
	result          text not null check (result in ('registered', 'lapsed', 'removed', 'name_differs', 'not_found')),
	registered_name text not null default '',
	source          text not null,
	recorded_at     {{instant}} not null
);
create index register_checks_by_person on register_checks (person_id, recorded_at);

create table outcomes (
	id              text primary key,
	enrolment_id    text not null references enrolments (id),
	result          text not null check (result in ('passed', 'failed', 'withdrawn')),
	decided_on      {{date}} not null,
	told_on         {{date}},
	reason          text not null default '',
	concerns        text not null default '' check (concerns in ('', 'yes', 'no')),
	note            text not null default '',
	recorded_at     {{instant}} not null,
	undone_at       {{instant}},
	undone_reason   text not null default '',
	check (result <> 'failed' or told_on is not null and told_on >= decided_on),
	check (result <> 'withdrawn' or (reason <> '' and concerns <> ''))
);
create unique index outcomes_one_standing on outcomes (enrolment_id) where undone_at is null;
create index outcomes_by_enrolment on outcomes (enrolment_id);

create table transfers (
	id            text primary key,
	enrolment_id  text not null references enrolments (id),
	from_org_id   text not null references organisations (id),
	to_org_id     text references organisations (id),
	leaves_on     {{date}},
	joins_on      {{date}},
	status        text not null check (status in ('reported', 'claimed', 'agreed', 'confirmed', 'disputed', 'completed', 'cancelled')),
	reported_at   {{instant}},
	claimed_at    {{instant}},
	confirmed_at  {{instant}},
	dispute       text not null default '',
	resolution    text not null default '',
	recorded_at   {{instant}} not null,
	version       integer not null default 1
);
create unique index transfers_one_open on transfers (enrolment_id) where status in ('reported', 'claimed', 'agreed', 'confirmed', 'disputed');
create index transfers_due on transfers (joins_on) where status = 'confirmed';
create index transfers_by_from on transfers (from_org_id, status);
create index transfers_by_to on transfers (to_org_id, status);
create index transfers_by_enrolment on transfers (enrolment_id);

create table duplicates (
	id         text primary key,
	person_id  text not null references nqsws (person_id),
	other_id   text not null references nqsws (person_id),
	why        text not null check (why in ('number', 'name_and_birth')),
	found_at   {{instant}} not null,
	decision   text not null default '' check (decision in ('', 'same', 'different')),
	decided_at {{instant}},
	decided_by text references people (id),
	note       text not null default '',
	unique (person_id, other_id),
	check (person_id <> other_id)
);
create index duplicates_open on duplicates (found_at) where decision = '';
