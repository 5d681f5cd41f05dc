-- The records that were made one with another, for the page of that one.

-- +goose Up
CREATE INDEX subject_merged ON subject (merged_into) WHERE merged_into <> '';
