-- The day on which something of a record is past its retention and is dropped,
-- '' if nothing ever is.

-- +goose Up
ALTER TABLE subject ADD COLUMN due TEXT {{.c}} NOT NULL DEFAULT '';
ALTER TABLE subject_change ADD COLUMN due TEXT {{.c}} NOT NULL DEFAULT '';
CREATE INDEX subject_due ON subject (due) WHERE due <> '';
CREATE INDEX subject_change_due ON subject_change (due) WHERE due <> '';
