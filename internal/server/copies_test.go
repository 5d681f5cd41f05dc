package server_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gewu/internal/store/storetest"
)

// The workbooks of a copy and of counts have the API's figures, and text in
// them stays text.
func TestCopies(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	clerk := s.as("clerk")
	var made struct{ ID string }
	clerk.do("POST", "/subjects", `{"kind":"person","place":"990101001001","values":{"person.name":"=1+1","person.phone":"15400000001"},"source":"@SUM(A1)"}`).get(t, &made)
	var q struct{ ID string }
	clerk.do("POST", "/subjects/"+made.ID+"/requests", `{"kind":"show","asker":"self","asked":"2026-01-02"}`).get(t, &q)
	book := func(path string) *excelize.File {
		t.Helper()
		r := clerk.do("GET", path, "")
		if r.status != http.StatusOK {
			t.Fatalf("%s: %d %s", path, r.status, r.body)
		}
		x, err := excelize.OpenReader(strings.NewReader(r.body))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { x.Close() })
		return x
	}
	x := book("/requests/" + q.ID + "/copy.xlsx")
	rows, err := x.GetRows(x.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for n, r := range rows {
		if r[1] == "=1+1" {
			found = true
			for _, col := range []string{"B", "C"} {
				cell := col + strconv.Itoa(n+1)
				if f, _ := x.GetCellFormula(x.GetSheetName(0), cell); f != "" {
					t.Errorf("%s is a formula: %s", cell, f)
				}
			}
		}
	}
	if !found {
		t.Errorf("%v", rows)
	}
	var counts struct {
		Items []struct {
			Place  string
			Counts map[string]int
		}
	}
	clerk.do("GET", "/counts?place=990101001&level=12", "").get(t, &counts)
	x = book("/counts.xlsx?place=990101001&level=12&columns=count.persons,count.households")
	rows, err = x.GetRows(x.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(counts.Items)+2 || len(rows[0]) != 3 {
		t.Fatalf("%v", rows)
	}
	sum := 0
	for n, c := range counts.Items {
		sum += c.Counts["count.persons"]
		if rows[n+1][1] != strconv.Itoa(c.Counts["count.persons"]) || rows[n+1][2] != strconv.Itoa(c.Counts["count.households"]) {
			t.Errorf("%v, want %v", rows[n+1], c)
		}
	}
	if last := rows[len(rows)-1]; last[1] != strconv.Itoa(sum) {
		t.Errorf("%v, want %d", last, sum)
	}
	if r := s.as("sifa").do("GET", "/requests/"+q.ID+"/copy.xlsx", ""); r.status == http.StatusOK {
		t.Error("given to somebody who keeps no ledger")
	}
}
