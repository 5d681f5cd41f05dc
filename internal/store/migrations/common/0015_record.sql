-- Records of kinds: what an office keeps and handles beyond the base ledger.

-- +goose Up
CREATE TABLE kind_version (
    kind     TEXT {{.c}} NOT NULL,
    version  INTEGER NOT NULL,
    text     TEXT NOT NULL,                 -- YAML
    made_by  TEXT NOT NULL,
    made_at  TEXT {{.c}} NOT NULL,
    PRIMARY KEY (kind, version)
);

-- Which unit a street has made responsible for what.
CREATE TABLE duty_unit (
    street   TEXT {{.c}} NOT NULL,
    kind     TEXT {{.c}} NOT NULL,
    field    TEXT {{.c}} NOT NULL,
    value    TEXT {{.c}} NOT NULL,          -- a choice of the field
    unit_id  TEXT {{.c}} NOT NULL REFERENCES unit (id),
    PRIMARY KEY (street, kind, field, value)
);

CREATE TABLE record (
    seq            {{.serial}},
    id             TEXT {{.c}} NOT NULL UNIQUE,
    kind           TEXT {{.c}} NOT NULL,
    kind_version   INTEGER NOT NULL,        -- of the kind, as it was when the record began
    number         TEXT {{.c}} NOT NULL,
    place          TEXT {{.c}} NOT NULL REFERENCES place (code),
    title          TEXT NOT NULL,
    state          TEXT {{.c}} NOT NULL,
    about_id       TEXT {{.c}} NOT NULL,    -- subject of the base ledger, '' for none
    opened_at      TEXT {{.c}} NOT NULL,
    changed_at     TEXT {{.c}} NOT NULL,
    closed_at      TEXT {{.c}} NOT NULL,    -- '' while it is open
    step_due       TEXT {{.c}} NOT NULL,    -- days, '' where there is no limit
    due            TEXT {{.c}} NOT NULL,
    law_due        TEXT {{.c}} NOT NULL,
    entered_by     TEXT NOT NULL,
    entered_by_id  TEXT {{.c}} NOT NULL,
    entered_unit   TEXT {{.c}} NOT NULL,    -- id of the unit, '' for none
    doc            TEXT NOT NULL,           -- JSON of the fields that lie open
    sealed         TEXT NOT NULL,           -- the others, under the record's key
    wrapped        TEXT NOT NULL,           -- that key; '' where nothing is sealed
    life           TEXT NOT NULL,           -- JSON, see package flow
    version        INTEGER NOT NULL,
    FOREIGN KEY (kind, kind_version) REFERENCES kind_version (kind, version)
);
-- In this street, of this kind, in this state, the newest first.
CREATE INDEX record_street ON record (kind, substr(place, 1, 9), opened_at, id);
CREATE INDEX record_street_state ON record (kind, substr(place, 1, 9), state, opened_at, id);
CREATE INDEX record_county ON record (kind, substr(place, 1, 6), opened_at, id);
CREATE INDEX record_about ON record (about_id, opened_at) WHERE about_id <> '';
CREATE UNIQUE INDEX record_number ON record (kind, substr(place, 1, 9), number) WHERE number <> '';

-- Whose turn it is now.
CREATE TABLE record_turn (
    record_id  TEXT {{.c}} NOT NULL REFERENCES record (id),
    n          INTEGER NOT NULL,
    unit_id    TEXT {{.c}} NOT NULL,
    person_id  TEXT {{.c}} NOT NULL,        -- '' for whoever works for the unit
    role       TEXT {{.c}} NOT NULL,        -- or whoever has a role
    place      TEXT {{.c}} NOT NULL,        -- for a place
    due        TEXT {{.c}} NOT NULL,
    PRIMARY KEY (record_id, n)
);
CREATE INDEX record_turn_unit ON record_turn (unit_id, due, record_id) WHERE unit_id <> '';
CREATE INDEX record_turn_role ON record_turn (role, place, due, record_id) WHERE role <> '';

-- Which units have had to do with it: they go on seeing it.
CREATE TABLE record_unit (
    unit_id    TEXT {{.c}} NOT NULL,
    record_id  TEXT {{.c}} NOT NULL REFERENCES record (id),
    PRIMARY KEY (unit_id, record_id)
);

CREATE TABLE record_count (
    kind    TEXT {{.c}} NOT NULL,
    street  TEXT {{.c}} NOT NULL,
    year    INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (kind, street, year)
);
