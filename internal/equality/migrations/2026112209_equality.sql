-- +goose Up
-- An empty answer is "not asked yet"; 'prefer_not_to_say' is an answer.
create table equality_answers (
	person_id         text primary key references people (id),
	sex               text not null default '',
	gender_same       text not null default '',
	gender_identity   text not null default '',
	ethnic_group      text not null default '',
	ethnic_background text not null default '',
	ethnic_detail     text not null default '',
	disability        text not null default '',
	answered_on       {{date}} not null,
	version           integer not null default 1
);
