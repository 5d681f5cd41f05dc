-- Why a large table was not let out.

-- +goose Up
ALTER TABLE fill ADD COLUMN refusal TEXT NOT NULL DEFAULT '';
