-- A notice and the work that comes out of it.

-- +goose Up
CREATE TABLE plan (
    id            TEXT {{.c}} PRIMARY KEY,
    place         TEXT {{.c}} NOT NULL REFERENCES place (code),   -- the office that hands it out
    number        TEXT NOT NULL,             -- '2026-007', '' while it is a draft
    title         TEXT NOT NULL,
    sender        TEXT NOT NULL,
    doc_no        TEXT NOT NULL,             -- 发文字号
    issued        TEXT {{.c}} NOT NULL,      -- day, '' if unknown
    state         TEXT NOT NULL CHECK (state IN ('draft', 'published', 'closed')),
    file_name     TEXT NOT NULL,
    file_hash     TEXT NOT NULL,             -- the file as it came, in the blob store
    blocks        TEXT NOT NULL,             -- JSON: the document as read
    draft         TEXT NOT NULL,             -- JSON: tasks under correction, '' once published
    created_by    TEXT {{.c}} NOT NULL REFERENCES account (id),
    created_at    TEXT {{.c}} NOT NULL,
    published_at  TEXT {{.c}} NOT NULL,
    closed_at     TEXT {{.c}} NOT NULL,
    version       INTEGER NOT NULL
);
CREATE INDEX plan_newest ON plan (created_at, id);
CREATE INDEX plan_place ON plan (place, created_at, id);

CREATE TABLE plan_number (
    place  TEXT {{.c}} NOT NULL,
    year   INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (place, year)
);

CREATE TABLE stage (
    id        TEXT {{.c}} PRIMARY KEY,
    plan_id   TEXT {{.c}} NOT NULL REFERENCES plan (id),
    seq       INTEGER NOT NULL,
    name      TEXT NOT NULL,
    from_day  TEXT {{.c}} NOT NULL,          -- '' if open
    to_day    TEXT {{.c}} NOT NULL
);
CREATE INDEX stage_plan ON stage (plan_id, seq);

CREATE TABLE task (
    id          TEXT {{.c}} PRIMARY KEY,
    plan_id     TEXT {{.c}} NOT NULL REFERENCES plan (id),
    place       TEXT {{.c}} NOT NULL,        -- the plan's, so that a list needs no join
    parent_id   TEXT {{.c}} NOT NULL,        -- the task that a unit split, '' if none
    seq         INTEGER NOT NULL,
    path        TEXT NOT NULL,
    section     TEXT NOT NULL,
    heading     TEXT NOT NULL,
    text        TEXT NOT NULL,
    spans       TEXT NOT NULL,               -- JSON: where it stands in the document
    stage_id    TEXT {{.c}} NOT NULL,        -- '' if none
    from_day    TEXT {{.c}} NOT NULL,        -- '' if open
    due         TEXT {{.c}} NOT NULL,        -- last day, '9999-12-31' if none: sorts behind all
    due_text    TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'closed', 'dropped')),
    duty_item   TEXT {{.c}} NOT NULL,        -- the duty list's item, '' if none
    duty_class  TEXT NOT NULL,               -- as a person decided: 'basic', 'supporting', 'returned', 'unlisted', '' undecided
    closed_at   TEXT {{.c}} NOT NULL,
    version     INTEGER NOT NULL
);
CREATE INDEX task_plan ON task (plan_id, seq, id);
CREATE INDEX task_parent ON task (parent_id, seq);
-- 'Everything of this office by due day': the ancestor is an equality and the
-- sort key stands right behind it.
CREATE INDEX task_street ON task (substr(place, 1, 9), due, id);
CREATE INDEX task_county ON task (substr(place, 1, 6), due, id);
CREATE INDEX task_street_open ON task (substr(place, 1, 9), due, id) WHERE state = 'open' AND parent_id = '';
CREATE INDEX task_county_open ON task (substr(place, 1, 6), due, id) WHERE state = 'open' AND parent_id = '';
CREATE INDEX task_street_closed ON task (substr(place, 1, 9), closed_at) WHERE state = 'closed' AND parent_id = '';
CREATE INDEX task_county_closed ON task (substr(place, 1, 6), closed_at) WHERE state = 'closed' AND parent_id = '';

-- A unit's part in a task.
CREATE TABLE assignment (
    id           TEXT {{.c}} PRIMARY KEY,
    task_id      TEXT {{.c}} NOT NULL REFERENCES task (id),
    plan_id      TEXT {{.c}} NOT NULL REFERENCES plan (id),
    unit_id      TEXT {{.c}} NOT NULL REFERENCES unit (id),
    seq          INTEGER NOT NULL,           -- order in which the notice names the units
    role         TEXT NOT NULL CHECK (role IN ('lead', 'support')),
    named        TEXT NOT NULL,              -- as the notice writes it
    state        TEXT NOT NULL CHECK (state IN ('assigned', 'signed', 'returned', 'done', 'withdrawn')),
    assignee_id  TEXT {{.c}} NOT NULL,       -- the colleague in charge, '' if none
    due          TEXT {{.c}} NOT NULL,       -- the task's, so that a unit's list needs no join to sort
    signed_at    TEXT {{.c}} NOT NULL,
    returned_at  TEXT {{.c}} NOT NULL,
    reason       TEXT NOT NULL,              -- why it was returned
    done_at      TEXT {{.c}} NOT NULL,
    reported_at  TEXT {{.c}} NOT NULL,       -- last report, '' if none
    version      INTEGER NOT NULL,
    UNIQUE (task_id, unit_id)
);
-- A unit's list of what is to be done, and its list and counts by state.
CREATE INDEX assignment_todo ON assignment (unit_id, due, id) WHERE state IN ('assigned', 'signed');
CREATE INDEX assignment_state ON assignment (unit_id, state, due, id);
CREATE INDEX assignment_returned ON assignment (returned_at) WHERE state = 'returned';
CREATE INDEX assignment_plan ON assignment (plan_id, unit_id);
CREATE INDEX assignment_assignee ON assignment (assignee_id, state, due, id);

CREATE TABLE quota (
    id       TEXT {{.c}} PRIMARY KEY,
    task_id  TEXT {{.c}} NOT NULL REFERENCES task (id),
    plan_id  TEXT {{.c}} NOT NULL REFERENCES plan (id),
    seq      INTEGER NOT NULL,
    op       TEXT NOT NULL CHECK (op IN ('>=', '<=', '=', 'range')),
    value    DOUBLE PRECISION NOT NULL,
    high     DOUBLE PRECISION NOT NULL,      -- the upper end of a range, else 0
    unit     TEXT NOT NULL,
    period   TEXT NOT NULL CHECK (period IN ('', 'day', 'week', 'month', 'quarter', 'half-year', 'year')),
    per      TEXT NOT NULL CHECK (per IN ('total', 'unit', 'place')),  -- one figure for all, each lead unit its own, or each community and village
    text     TEXT NOT NULL
);
CREATE INDEX quota_task ON quota (task_id, seq);
CREATE INDEX quota_plan ON quota (plan_id);

-- What one unit has to reach of a quota for all, where it was split.
CREATE TABLE quota_share (
    quota_id  TEXT {{.c}} NOT NULL REFERENCES quota (id),
    unit_id   TEXT {{.c}} NOT NULL REFERENCES unit (id),
    value     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (quota_id, unit_id)
);

CREATE TABLE report (
    id             TEXT {{.c}} PRIMARY KEY,
    task_id        TEXT {{.c}} NOT NULL REFERENCES task (id),
    assignment_id  TEXT {{.c}} NOT NULL REFERENCES assignment (id),
    unit_id        TEXT {{.c}} NOT NULL,
    account_id     TEXT {{.c}} NOT NULL,
    author         TEXT NOT NULL,            -- the name at that time
    at             TEXT {{.c}} NOT NULL,
    words          TEXT NOT NULL,
    done           INTEGER NOT NULL          -- 1: the unit says that its part is finished
);
CREATE INDEX report_task ON report (task_id, at, id);

-- A figure counts to a quota from the day on which it was reached.
CREATE TABLE figure (
    report_id  TEXT {{.c}} NOT NULL REFERENCES report (id),
    quota_id   TEXT {{.c}} NOT NULL REFERENCES quota (id),
    unit_id    TEXT {{.c}} NOT NULL,
    on_day     TEXT {{.c}} NOT NULL,
    value      DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (report_id, quota_id)
);
CREATE INDEX figure_quota ON figure (quota_id, on_day, unit_id);

CREATE TABLE attachment (
    id         TEXT {{.c}} PRIMARY KEY,
    report_id  TEXT {{.c}} NOT NULL,         -- '' until the report that carries it is written
    owner_id   TEXT {{.c}} NOT NULL,         -- the account that sent it
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    size       BIGINT NOT NULL,
    hash       TEXT NOT NULL,
    at         TEXT {{.c}} NOT NULL
);
CREATE INDEX attachment_report ON attachment (report_id);

-- 催办 and 督办.
CREATE TABLE urge (
    id           TEXT {{.c}} PRIMARY KEY,
    task_id      TEXT {{.c}} NOT NULL REFERENCES task (id),
    unit_id      TEXT {{.c}} NOT NULL REFERENCES unit (id),
    kind         TEXT NOT NULL CHECK (kind IN ('urge', 'supervise')),
    account_id   TEXT {{.c}} NOT NULL,
    author       TEXT NOT NULL,
    at           TEXT {{.c}} NOT NULL,
    words        TEXT NOT NULL,
    answer_by    TEXT {{.c}} NOT NULL,       -- day, '' if no answer is asked for
    answered_at  TEXT {{.c}} NOT NULL,
    answer       TEXT NOT NULL
);
CREATE INDEX urge_task ON urge (task_id, at);
CREATE INDEX urge_open ON urge (unit_id, answered_at, at);

-- What a unit is told.
CREATE TABLE message (
    id       TEXT {{.c}} PRIMARY KEY,
    unit_id  TEXT {{.c}} NOT NULL REFERENCES unit (id),
    kind     TEXT NOT NULL,
    plan_id  TEXT {{.c}} NOT NULL,
    task_id  TEXT {{.c}} NOT NULL,
    count    INTEGER NOT NULL,               -- tasks that it is about
    title    TEXT NOT NULL,
    at       TEXT {{.c}} NOT NULL,
    read_at  TEXT {{.c}} NOT NULL            -- '' until somebody of the unit has seen it
);
CREATE INDEX message_unit ON message (unit_id, read_at, at, id);

CREATE TABLE duty_item (
    id           TEXT {{.c}} PRIMARY KEY,
    place        TEXT {{.c}} NOT NULL REFERENCES place (code),
    seq          INTEGER NOT NULL,
    no           TEXT NOT NULL,
    class        TEXT NOT NULL CHECK (class IN ('basic', 'supporting', 'returned')),
    category     TEXT NOT NULL,
    name         TEXT NOT NULL,
    doc          TEXT NOT NULL               -- JSON: the item's other columns
);
CREATE INDEX duty_item_place ON duty_item (place, seq);

-- +goose Down
DROP TABLE duty_item;
DROP TABLE message;
DROP TABLE urge;
DROP TABLE attachment;
DROP TABLE figure;
DROP TABLE report;
DROP TABLE quota_share;
DROP TABLE quota;
DROP TABLE assignment;
DROP TABLE task;
DROP TABLE stage;
DROP TABLE plan_number;
DROP TABLE plan;
