-- +goose Up
-- How somebody came in, and when they last showed that it was them.
alter table sessions add column how text not null default 'link';
alter table sessions add column also text not null default '';
alter table sessions add column proved_at {{instant}};
