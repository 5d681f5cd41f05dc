-- Which household and dwelling somebody left, so that those of a past day can
-- be found without opening every change.

-- +goose Up
ALTER TABLE subject_change ADD COLUMN household_from TEXT {{.c}} NOT NULL DEFAULT '';
ALTER TABLE subject_change ADD COLUMN dwelling_from TEXT {{.c}} NOT NULL DEFAULT '';
CREATE INDEX subject_change_household ON subject_change (household_from) WHERE household_from <> '';
CREATE INDEX subject_change_dwelling ON subject_change (dwelling_from) WHERE dwelling_from <> '';
