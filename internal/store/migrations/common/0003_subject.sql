-- The base ledger: whoever or whatever records, tables and counts are about.
-- One table for all kinds, because import, search, history, merging and scope
-- are the same for all. Typed columns are what is searched, sorted, counted or
-- linked by; the other elements are one JSON document, those that must not lie
-- open a sealed one.

-- +goose Up
CREATE TABLE wider_grant (
    account_id  TEXT {{.c}} NOT NULL REFERENCES account (id),
    role        TEXT NOT NULL CHECK (role IN ('admin', 'clerk', 'leader', 'auditor', 'staff', 'keeper')),
    place       TEXT {{.c}} NOT NULL,       -- code prefix; '' is everywhere, or the grant is for a unit
    unit_id     TEXT {{.c}} NOT NULL,       -- '' where the grant is for a place
    PRIMARY KEY (account_id, role, place, unit_id),
    CHECK ((role = 'staff') = (unit_id <> '')),
    CHECK (unit_id = '' OR place = '')
);
INSERT INTO wider_grant SELECT account_id, role, place, unit_id FROM role_grant;
DROP TABLE role_grant;
ALTER TABLE wider_grant RENAME TO role_grant;

CREATE TABLE subject (
    seq           {{.serial}},
    id            TEXT {{.c}} NOT NULL UNIQUE,
    kind          TEXT {{.c}} NOT NULL CHECK (kind IN ('person', 'household', 'dwelling', 'building', 'organisation', 'vehicle')),
    place         TEXT {{.c}} NOT NULL REFERENCES place (code),
    name          TEXT NOT NULL,                -- of a household: its head's; of a dwelling: the room
    sort          TEXT {{.c}} NOT NULL,         -- by initials and name, or by number as people count
    code          TEXT {{.c}} NOT NULL,         -- credit code, plate, number of the dwelling or household; '' if none
    address       TEXT NOT NULL,                -- '' where the dwelling or building tells it
    birth         TEXT {{.c}} NOT NULL,         -- day, '' if unknown
    sex           TEXT {{.c}} NOT NULL,
    state         TEXT {{.c}} NOT NULL,         -- residence kind, occupancy, operating status
    relation      TEXT {{.c}} NOT NULL,         -- to the head of the household
    household_id  TEXT {{.c}} NOT NULL,
    dwelling_id   TEXT {{.c}} NOT NULL,
    building_id   TEXT {{.c}} NOT NULL,
    owner_id      TEXT {{.c}} NOT NULL,
    id_hash       TEXT {{.c}} NOT NULL,         -- keyed hash of the resident id, '' if unknown
    tags          TEXT {{.c}} NOT NULL,         -- needs for service, sorted, with a comma on either side of each
    since         TEXT {{.c}} NOT NULL,         -- day from which it was there, '' if always
    until         TEXT {{.c}} NOT NULL,         -- day from which it was not there any more, '' while it is
    checked       TEXT {{.c}} NOT NULL,         -- day on which somebody last confirmed what is known
    source        TEXT NOT NULL,                -- where the first entry came from
    wrapped       TEXT NOT NULL,                -- its key, '' once it is erased
    plain         TEXT NOT NULL,                -- JSON: element → value
    sealed        TEXT NOT NULL,                -- the same, encrypted; '' if nothing is sealed
    gone          TEXT NOT NULL CHECK (gone IN ('', 'left', 'merged', 'erased')),
    merged_into   TEXT {{.c}} NOT NULL,
    created_at    TEXT {{.c}} NOT NULL,
    updated_at    TEXT {{.c}} NOT NULL,
    version       INTEGER NOT NULL
);
CREATE INDEX subject_county ON subject (kind, substr(place, 1, 6), sort, id) WHERE gone = '';
CREATE INDEX subject_street ON subject (kind, substr(place, 1, 9), sort, id) WHERE gone = '';
CREATE INDEX subject_community ON subject (kind, substr(place, 1, 12), sort, id) WHERE gone = '';
CREATE INDEX subject_birth ON subject (substr(place, 1, 9), birth) WHERE gone = '' AND kind = 'person';
CREATE INDEX subject_checked ON subject (kind, substr(place, 1, 9), checked) WHERE gone = '';
CREATE INDEX subject_id_hash ON subject (id_hash) WHERE id_hash <> '';
CREATE INDEX subject_code ON subject (kind, code) WHERE code <> '';
CREATE INDEX subject_household ON subject (household_id) WHERE household_id <> '';
CREATE INDEX subject_dwelling ON subject (dwelling_id) WHERE dwelling_id <> '';
CREATE INDEX subject_building ON subject (building_id) WHERE building_id <> '';
CREATE INDEX subject_owner ON subject (owner_id) WHERE owner_id <> '';
CREATE INDEX subject_until ON subject (kind, until) WHERE until <> '';

-- The words by which a subject is found: pairs of characters, initials, keyed
-- hashes of the ends of numbers, and the places around it.
{{if .postgres}}
CREATE TABLE subject_word (seq BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX subject_word_words ON subject_word USING gin (words);
{{else}}
CREATE VIRTUAL TABLE subject_word USING fts5 (words, content='', contentless_delete=1, detail='none', tokenize='unicode61 remove_diacritics 0');
{{end}}

-- What a subject was before. The journal says who changed which elements; what
-- they were stands here alone, under the subject's own key.
CREATE TABLE subject_change (
    id          {{.serial}},
    subject_id  TEXT {{.c}} NOT NULL,
    at          TEXT {{.c}} NOT NULL,           -- recorded
    holds_from  TEXT {{.c}} NOT NULL,           -- day from which the new values hold, '' where the old ones were wrong
    actor       TEXT NOT NULL,
    source      TEXT NOT NULL,
    place_from  TEXT {{.c}} NOT NULL,           -- the place that it left, '' if it stayed
    doc         TEXT NOT NULL                   -- sealed JSON: element → [before, after]
);
CREATE INDEX subject_change_subject ON subject_change (subject_id, id);
CREATE INDEX subject_change_place ON subject_change (place_from) WHERE place_from <> '';

CREATE INDEX event_verb ON event (verb, id);

-- +goose Down
DROP INDEX event_verb;
DROP TABLE subject_change;
DROP TABLE subject_word;
DROP TABLE subject;
DELETE FROM role_grant WHERE role = 'keeper';
