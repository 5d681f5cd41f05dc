-- Blank tables that departments send, and what was filled into them.

-- +goose Up
CREATE TABLE fill (
    id           TEXT {{.c}} PRIMARY KEY,
    place        TEXT {{.c}} NOT NULL REFERENCES place (code),  -- the office that fills it
    title        TEXT NOT NULL,
    sender       TEXT NOT NULL,
    due          TEXT {{.c}} NOT NULL,
    file_name    TEXT NOT NULL,
    blank_hash   TEXT {{.c}} NOT NULL,       -- the template, in the vault
    blank_key    TEXT NOT NULL,
    print        TEXT {{.c}} NOT NULL,       -- the same for the same template
    mapping      TEXT NOT NULL,              -- JSON, see package table
    known        INTEGER NOT NULL,           -- 1: the mapping was corrected before
    within       TEXT {{.c}} NOT NULL,       -- whose rows
    as_of        TEXT {{.c}} NOT NULL,
    age_min      INTEGER NOT NULL,
    age_max      INTEGER NOT NULL,           -- 0: no limit
    narrowed     TEXT NOT NULL,              -- which of the subjects: 'rented', 'alone', '' for all
    about        TEXT {{.c}} NOT NULL,       -- the subject of a form
    state        TEXT NOT NULL CHECK (state IN ('mapped', 'waiting', 'refused', 'filled')),
    purpose      TEXT NOT NULL,
    answered_by  TEXT NOT NULL,              -- who let a large one out, or refused
    out_hash     TEXT {{.c}} NOT NULL,
    out_key      TEXT NOT NULL,
    report       TEXT NOT NULL,              -- JSON: cells filled, cells left empty
    cells        INTEGER NOT NULL,
    machine      INTEGER NOT NULL,
    minutes      INTEGER NOT NULL,           -- that people spent on it
    made_by      TEXT NOT NULL,
    made_by_id   TEXT {{.c}} NOT NULL,
    made_at      TEXT {{.c}} NOT NULL,
    filled_at    TEXT {{.c}} NOT NULL,
    version      INTEGER NOT NULL
);
CREATE INDEX fill_street ON fill (substr(place, 1, 9), made_at, id);

-- A template whose mapping a person has corrected is filled in one step.
CREATE TABLE fill_known (
    street   TEXT {{.c}} NOT NULL,
    print    TEXT {{.c}} NOT NULL,
    mapping  TEXT NOT NULL,
    PRIMARY KEY (street, print)
);

-- What a filled table asked for: the register of what was reported to whom.
CREATE TABLE fill_element (
    fill_id  TEXT {{.c}} NOT NULL REFERENCES fill (id),
    element  TEXT {{.c}} NOT NULL,
    cells    INTEGER NOT NULL,
    PRIMARY KEY (fill_id, element)
);
CREATE INDEX fill_element_element ON fill_element (element, fill_id);

-- Whose row is which.
CREATE TABLE fill_row (
    fill_id     TEXT {{.c}} NOT NULL REFERENCES fill (id),
    sheet       TEXT NOT NULL,
    row_no      INTEGER NOT NULL,
    col_no      INTEGER NOT NULL,
    subject_id  TEXT {{.c}} NOT NULL,
    PRIMARY KEY (fill_id, sheet, row_no, col_no)
);

-- The same notice read in twice is told.
CREATE INDEX plan_file ON plan (place, file_hash);

-- +goose Down
DROP INDEX plan_file;
DROP TABLE fill_row;
DROP TABLE fill_element;
DROP TABLE fill_known;
DROP TABLE fill;
