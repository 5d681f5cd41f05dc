-- What has changed since a day, for the counts of that day.

-- +goose Up
CREATE INDEX subject_change_from ON subject_change (holds_from) WHERE holds_from <> '';
CREATE INDEX subject_since ON subject (since) WHERE since <> '';
