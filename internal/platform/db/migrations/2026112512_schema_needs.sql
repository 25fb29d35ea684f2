-- +goose Up
-- A program that does not know one of these migrations must not use the
-- database. Most releases add none.
create table schema_needs (
	migration bigint primary key
);
