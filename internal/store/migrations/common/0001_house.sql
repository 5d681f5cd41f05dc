-- The cellar: places, units, accounts, the journal. Times are UTC text of fixed
-- width, days are ISO text, documents are JSON text: the same on both engines.
-- {{.c}} makes PostgreSQL compare by byte, so that a prefix is a range.

-- +goose Up
CREATE TABLE place (
    code     TEXT {{.c}} PRIMARY KEY,      -- 2, 4, 6, 9, 12 or 15 digits; a prefix is an ancestor
    name     TEXT NOT NULL
);

CREATE TABLE unit (
    id         TEXT {{.c}} PRIMARY KEY,
    name       TEXT NOT NULL,
    short      TEXT NOT NULL,               -- short form used in lists, '' if none
    kind       TEXT NOT NULL CHECK (kind IN ('bureau', 'office', 'section', 'station', 'community', 'village', 'grid', 'enterprise', 'other')),
    place      TEXT {{.c}} NOT NULL REFERENCES place (code),
    seq        INTEGER NOT NULL,            -- order in lists
    closed_at  TEXT {{.c}} NOT NULL,        -- '' while it works
    version    INTEGER NOT NULL
);
CREATE INDEX unit_place ON unit (place, seq);

-- What a unit is also called in notices that reach an office.
CREATE TABLE unit_alias (
    place    TEXT {{.c}} NOT NULL REFERENCES place (code),  -- the office that settled it
    name     TEXT NOT NULL,
    unit_id  TEXT {{.c}} NOT NULL REFERENCES unit (id),
    PRIMARY KEY (place, name, unit_id)
);

CREATE TABLE account (
    id           TEXT {{.c}} PRIMARY KEY,
    username     TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    unit_id      TEXT {{.c}} NOT NULL REFERENCES unit (id),
    password     TEXT NOT NULL,             -- argon2id, PHC string
    must_change  INTEGER NOT NULL,          -- 1: the password was set by somebody else
    disabled_at  TEXT {{.c}} NOT NULL,      -- '' while it may sign in
    feed_token   TEXT NOT NULL,             -- hash of the calendar feed's secret, '' if none
    created_at   TEXT {{.c}} NOT NULL,
    version      INTEGER NOT NULL
);
CREATE INDEX account_unit ON account (unit_id);
CREATE INDEX account_feed ON account (feed_token);

-- role × place, or role × unit. A role is a closed list, see package access.
CREATE TABLE role_grant (
    account_id  TEXT {{.c}} NOT NULL REFERENCES account (id),
    role        TEXT NOT NULL CHECK (role IN ('admin', 'clerk', 'leader', 'auditor', 'staff')),
    place       TEXT {{.c}} NOT NULL,       -- code prefix; '' is everywhere, or the grant is for a unit
    unit_id     TEXT {{.c}} NOT NULL,       -- '' where the grant is for a place
    PRIMARY KEY (account_id, role, place, unit_id),
    CHECK ((role = 'staff') = (unit_id <> '')),
    CHECK (unit_id = '' OR place = '')
);

CREATE TABLE session (
    token       TEXT PRIMARY KEY,           -- hash of the cookie's value
    data        TEXT NOT NULL,              -- base64
    expires_at  TEXT {{.c}} NOT NULL
);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE request_once (
    account_id  TEXT {{.c}} NOT NULL,
    key         TEXT NOT NULL,
    request     TEXT NOT NULL,              -- fingerprint: the same key for another request is refused
    created_at  TEXT {{.c}} NOT NULL,
    status      INTEGER NOT NULL DEFAULT 0, -- 0 until the answer is kept
    location    TEXT NOT NULL DEFAULT '',
    type        TEXT NOT NULL DEFAULT '',
    body        TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (account_id, key)
);
CREATE INDEX request_once_age ON request_once (created_at);

CREATE TABLE event (
    id          {{.serial}},
    at          TEXT {{.c}} NOT NULL,
    actor_id    TEXT {{.c}} NOT NULL,       -- '' for the system itself
    actor       TEXT NOT NULL,              -- the name at that time
    origin      TEXT NOT NULL,              -- where from: address, or 'command line'
    verb        TEXT NOT NULL,              -- 'task.sign'
    subject     TEXT NOT NULL,              -- 'task', 'plan', 'unit', …
    subject_id  TEXT {{.c}} NOT NULL,
    place       TEXT {{.c}} NOT NULL,
    before_doc  TEXT NOT NULL,              -- JSON of what changed, '' if nothing was there
    after_doc   TEXT NOT NULL
);
CREATE INDEX event_subject ON event (subject, subject_id, id);

CREATE TABLE holiday_year (
    year     INTEGER PRIMARY KEY,
    data     TEXT NOT NULL,                 -- the calendar's file for that year
    version  INTEGER NOT NULL
);

-- +goose Down
DROP TABLE holiday_year;
DROP TABLE event;
DROP TABLE request_once;
DROP TABLE session;
DROP TABLE role_grant;
DROP TABLE account;
DROP TABLE unit_alias;
DROP TABLE unit;
DROP TABLE place;
