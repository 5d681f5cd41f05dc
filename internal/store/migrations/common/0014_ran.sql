-- Who ran a table, which may be somebody else than who brought it; whose row is
-- which by table as well, for a sheet has several; indexes as they are used.

-- +goose Up
ALTER TABLE fill ADD COLUMN ran_by TEXT NOT NULL DEFAULT '';
ALTER TABLE fill ADD COLUMN ran_by_id TEXT {{.c}} NOT NULL DEFAULT '';
UPDATE fill SET ran_by = made_by, ran_by_id = made_by_id WHERE state <> 'mapped';

CREATE TABLE fill_whose (
    fill_id     TEXT {{.c}} NOT NULL REFERENCES fill (id),
    sheet       TEXT NOT NULL,
    area        TEXT NOT NULL,      -- the table's range in the template, '' for a subject without a row of its own
    row_no      INTEGER NOT NULL,
    col_no      INTEGER NOT NULL,
    subject_id  TEXT {{.c}} NOT NULL,
    PRIMARY KEY (fill_id, sheet, area, row_no, col_no)
);
INSERT INTO fill_whose (fill_id, sheet, area, row_no, col_no, subject_id) SELECT fill_id, sheet, '', row_no, col_no, subject_id FROM fill_row;
DROP TABLE fill_row;
ALTER TABLE fill_whose RENAME TO fill_row;

DROP INDEX subject_request_state;
CREATE INDEX subject_request_state ON subject_request (state, due_on, id);
DROP INDEX event_verb;
CREATE INDEX event_verb ON event (verb, at);

-- What was recorded after a day, and tables as they were recorded on one.
CREATE INDEX subject_change_at ON subject_change (at);
ALTER TABLE fill ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0;
