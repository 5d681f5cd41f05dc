-- Requests of people about what is held on them. Who asked is not written
-- down by name: the subject is, and in which capacity somebody asked.

-- +goose Up
CREATE TABLE subject_request (
    id          TEXT {{.c}} PRIMARY KEY,
    subject_id  TEXT {{.c}} NOT NULL,
    place       TEXT {{.c}} NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('show', 'correct', 'export', 'erase')),
    asker       TEXT NOT NULL CHECK (asker IN ('self', 'guardian', 'agent', 'kin')),
    words       TEXT NOT NULL,
    asked_on    TEXT {{.c}} NOT NULL,
    due_on      TEXT {{.c}} NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused')),
    answer      TEXT NOT NULL,
    made_by     TEXT NOT NULL,
    done_by     TEXT NOT NULL,
    done_at     TEXT {{.c}} NOT NULL,
    version     INTEGER NOT NULL
);
CREATE INDEX subject_request_state ON subject_request (substr(place, 1, 9), state, due_on, id);
CREATE INDEX subject_request_subject ON subject_request (subject_id, asked_on);

-- +goose Down
DROP TABLE subject_request;
