package store

import (
	"context"
	"strings"
)

// A Word is one of the words that a search asks for. Words consist of letters
// and digits, in lower case; a prefix also finds the words that begin so.
type Word struct {
	Text   string
	Prefix bool
}

// PutWords makes a row of a table found by words; the table is named with
// _word behind it. Earlier words of the row are forgotten.
func (q Queries) PutWords(ctx context.Context, table string, seq int64, fresh bool, words []string) error {
	if !fresh {
		if err := q.DropWords(ctx, table, seq); err != nil {
			return err
		}
	}
	insert := "INSERT INTO " + table + "_word (rowid, words) VALUES (?, ?)"
	if q.postgres {
		insert = "INSERT INTO " + table + "_word (seq, words) VALUES (?, array_to_tsvector(string_to_array(?, ' ')))"
	}
	_, err := q.Exec(ctx, insert, seq, strings.Join(words, " "))
	return err
}

// DropWords makes a row found by nothing.
func (q Queries) DropWords(ctx context.Context, table string, seq int64) error {
	row := "rowid"
	if q.postgres {
		row = "seq"
	}
	_, err := q.Exec(ctx, "DELETE FROM "+table+"_word WHERE "+row+" = ?", seq)
	return err
}

// Found joins a table, under an alias, with the rows behind a key that have one
// word of each group. Order them by FoundKey, in which they are found anyway.
func (q Queries) Found(d Draft, table, alias string, groups [][]Word, after int64) Draft {
	var all []string
	for _, g := range groups {
		var or []string
		for _, w := range g {
			switch {
			case q.postgres && w.Prefix:
				or = append(or, "'"+strings.ReplaceAll(w.Text, "'", "''")+"':*")
			case q.postgres:
				or = append(or, "'"+strings.ReplaceAll(w.Text, "'", "''")+"'")
			case w.Prefix:
				or = append(or, `"`+strings.ReplaceAll(w.Text, `"`, `""`)+`" *`)
			default:
				or = append(or, `"`+strings.ReplaceAll(w.Text, `"`, `""`)+`"`)
			}
		}
		all = append(all, "("+strings.Join(or, map[bool]string{true: " | ", false: " OR "}[q.postgres])+")")
	}
	if q.postgres {
		return d.Add(" JOIN "+table+"_word w ON w.seq = "+alias+".seq AND w.words @@ CAST(? AS tsquery) AND w.seq > ?", strings.Join(all, " & "), after)
	}
	// The join is written so that the search comes first.
	return d.Add(" JOIN "+table+"_word w ON w.rowid = "+alias+".seq AND "+table+"_word MATCH ? AND w.rowid > ?", strings.Join(all, " AND "), after)
}

// FoundKey is the column in whose order Found finds rows: with a limit the
// search stops early.
func (q Queries) FoundKey() string {
	if q.postgres {
		return "w.seq"
	}
	return "w.rowid"
}
