-- Workbooks of base data on their way into the ledger.

-- +goose Up
CREATE TABLE intake (
    id          TEXT {{.c}} PRIMARY KEY,
    place       TEXT {{.c}} NOT NULL REFERENCES place (code),
    kind        TEXT {{.c}} NOT NULL,
    file_name   TEXT NOT NULL,
    file_hash   TEXT {{.c}} NOT NULL,       -- in the vault
    wrapped     TEXT NOT NULL,              -- the file's key, '' once it is dropped
    sheet       TEXT NOT NULL,
    first_row   INTEGER NOT NULL,           -- the first row of data, from 1
    columns     TEXT NOT NULL,              -- JSON: letter, header, element, score
    as_of       TEXT {{.c}} NOT NULL,       -- day from which changed values hold
    makes       INTEGER NOT NULL,           -- 1: unknown buildings, dwellings and households are made
    state       TEXT NOT NULL CHECK (state IN ('mapped', 'checked', 'running', 'done')),
    done_row    INTEGER NOT NULL,           -- the last row that was written
    tally       TEXT NOT NULL,              -- JSON: rows that are new, changed, the same, bad
    made_by     TEXT NOT NULL,
    made_at     TEXT {{.c}} NOT NULL,
    version     INTEGER NOT NULL
);
CREATE INDEX intake_place ON intake (substr(place, 1, 9), made_at, id);

-- What is wrong with which row. Values are not repeated here.
CREATE TABLE intake_fault (
    intake_id  TEXT {{.c}} NOT NULL REFERENCES intake (id),
    row_no     INTEGER NOT NULL,
    faults     TEXT NOT NULL,               -- JSON: letter, code, sentences
    PRIMARY KEY (intake_id, row_no)
);

-- +goose Down
DROP TABLE intake_fault;
DROP TABLE intake;
