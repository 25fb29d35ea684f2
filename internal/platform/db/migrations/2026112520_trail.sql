-- +goose Up
-- What a line says is kept to the letter, so that a hash can cover it. No line
-- is older than this migration: none has been released without it.
alter table audit_lines drop column before;
alter table audit_lines drop column after;
alter table audit_lines add column before text;
alter table audit_lines add column after text;
alter table audit_lines add column actor_org_id text;
alter table audit_lines add column actor_role text;
alter table audit_lines add column reading {{bool}} not null default false;
alter table audit_lines add column mark text not null default '';
create index audit_lines_by_reader on audit_lines (actor_org_id, recorded_at) where reading;

-- No statement of the service changes or deletes a line; a slip is refused.
{{only "postgres" `
-- +goose StatementBegin
create function audit_lines_stay() returns trigger language plpgsql as $$
begin
	raise exception 'a line of the audit trail is never changed or deleted' using errcode = '23514';
end $$;
-- +goose StatementEnd
create trigger audit_lines_stay before update or delete or truncate on audit_lines
	for each statement execute function audit_lines_stay();`}}
{{only "sqlite" `
-- +goose StatementBegin
create trigger audit_lines_stay_update before update on audit_lines
begin
	select raise(abort, 'a line of the audit trail is never changed');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger audit_lines_stay_delete before delete on audit_lines
begin
	select raise(abort, 'a line of the audit trail is never deleted');
end;
-- +goose StatementEnd`}}
