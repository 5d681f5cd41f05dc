-- The planner of PostgreSQL has to know how rare a word is: the last four
-- digits of a number are one in ten thousand, which its usual statistics take
-- for ten times as many, so that it reads the table in its order instead of
-- looking the word up.

-- +goose Up
{{if .postgres}}
ALTER TABLE subject_word ALTER COLUMN words SET STATISTICS 1000;
{{else}}
SELECT 1;
{{end}}
