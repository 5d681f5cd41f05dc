package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

func addPlaces(t *testing.T, db *store.DB, codes ...string) {
	t.Helper()
	err := db.Tx(t.Context(), func(tx *store.Tx) error {
		for _, c := range codes {
			if _, err := tx.Exec(t.Context(), "INSERT INTO place (code, name) VALUES (?, ?)", c, "P"+c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestScopeLimitsAQuery(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		addPlaces(t, db, "330100", "330102", "330102001", "330102001002", "330102009", "330103")
		tests := map[string]struct {
			scope store.Scope
			want  int
		}{
			"nothing":       {store.Scope{}, 0},
			"one street":    {store.Scope{Places: []string{"330102001"}}, 2},
			"ends in 9":     {store.Scope{Places: []string{"330102009"}}, 1},
			"county":        {store.Scope{Places: []string{"330102"}}, 4},
			"two":           {store.Scope{Places: []string{"330103", "330102001"}}, 3},
			"everywhere":    {store.Scope{Places: []string{""}}, 6},
			"unit by unit":  {store.Scope{Units: []string{"P330100", "P330103"}}, 2},
			"hostile place": {store.Scope{Places: []string{"' OR 1=1 --"}}, 0},
		}
		for name, tt := range tests {
			t.Run(name, func(t *testing.T) {
				q := store.SQL("SELECT code FROM place WHERE 1=1").In(tt.scope, "code", "name IN {units}")
				got, err := store.All[string](t.Context(), db, q)
				if err != nil {
					t.Fatal(err)
				}
				if len(got) != tt.want {
					t.Errorf("sees %v, want %d", got, tt.want)
				}
			})
		}
	})
}

func TestTxRollsBackAndClaimsAKeyOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		insert := func(ctx context.Context, code string, err error) error {
			return db.Tx(ctx, func(tx *store.Tx) error {
				if _, e := tx.Exec(ctx, "INSERT INTO place (code, name) VALUES (?, ?)", code, "x"); e != nil {
					return e
				}
				return err
			})
		}
		count := func() int {
			n, err := store.One[int](t.Context(), db, store.SQL("SELECT count(*) FROM place").Anywhere())
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		boom := errors.New("boom")
		once := func() context.Context {
			return store.WithOnce(t.Context(), &store.Once{Account: "a", Key: "k", Request: "POST /x"})
		}
		if err := insert(once(), "1", boom); !errors.Is(err, boom) {
			t.Fatal(err)
		}
		if count() != 0 {
			t.Error("a failed transaction left a row")
		}
		if err := insert(once(), "1", nil); err != nil {
			t.Errorf("a key that a failed request used is burnt: %v", err)
		}
		if err := insert(once(), "2", nil); !errors.Is(err, store.ErrClaimed) {
			t.Errorf("second use of a key: %v", err)
		}
		if count() != 1 {
			t.Errorf("%d rows after one effective request", count())
		}
	})
}

func TestUnknownColumnIsAnError(t *testing.T) {
	db := storetest.SQLite(t)
	type row struct {
		Code string `db:"code"`
	}
	if _, err := store.All[row](t.Context(), db, store.SQL("SELECT code, name FROM place").Anywhere()); err != nil {
		return
	}
	t.Error("a column without a field was dropped silently")
}

// What is typed into a search box means the same on both engines.
func TestTextsOnBothEngines(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Tx(t.Context(), func(tx *store.Tx) error {
			for code, name := range map[string]string{"01": "VOCs 治理", "02": "100%\x00办结", "03": "a\xffb_c"} {
				if _, err := tx.Exec(t.Context(), "INSERT INTO place (code, name) VALUES (?, ?)", code, name); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for word, want := range map[string]string{"vocs": "01", "VOCS": "01", "0%办": "02", "0_办": "", "%\x00": "02", "AB_": "03", "\xff_": "03", `\`: ""} {
			got, err := store.All[string](t.Context(), db, store.SQL(`SELECT code FROM place WHERE name LIKE ? ESCAPE '\'`, store.Like(word)).Anywhere())
			if err != nil || strings.Join(got, " ") != want {
				t.Errorf("%q finds %v, want %s: %v", word, got, want, err)
			}
		}
	})
}
