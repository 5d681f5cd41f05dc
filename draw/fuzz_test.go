package draw_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"gewu/draw"
)

// What is read has one form: written again it is the same bytes.
func FuzzParse(f *testing.F) {
	names, err := filepath.Glob("testdata/[ab]-*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		f.Add(readFile(f, name))
	}
	f.Fuzz(func(t *testing.T, src string) {
		b, err := draw.Parse(src)
		if err != nil {
			if len(draw.AllOf(err)) != 1 {
				t.Fatalf("%v", err)
			}
			for _, lang := range []string{"zh", "en"} {
				if s := draw.AllOf(err)[0].Sentence(lang); strings.Contains(s, "%!") {
					t.Fatal(s)
				}
			}
			return
		}
		again := b.Encode()
		// Digests are worked out again, so only a file whose digests agree
		// has to come back the same.
		if err := b.Verify(); err == nil && string(again) != src {
			t.Fatalf("another form is accepted:\n%q\n%q", src, again)
		}
		if _, err := draw.Parse(string(again)); err != nil {
			t.Fatalf("what was written is refused: %v\n%q", err, again)
		}
	})
}

func FuzzReadList(f *testing.F) {
	f.Add([]byte(homesList))
	f.Add([]byte("\ufeff编号,房型\r\nA1,一居室\r\n"))
	f.Add([]byte("group,code\n,x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := draw.ReadList(bytes.NewReader(data))
		if err != nil {
			return
		}
		again, err := draw.ReadList(strings.NewReader(l.String()))
		if err != nil || again.String() != l.String() {
			t.Fatalf("%v: %q", err, l.String())
		}
	})
}

func FuzzReadBackfill(f *testing.F) {
	f.Add(backfilled(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := draw.ReadBackfill(bytes.NewReader(data))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if _, err := r.WriteTo(&out); err != nil || out.String() != string(data) {
			t.Fatalf("another form is accepted: %q", data)
		}
	})
}

func FuzzReadReturns(f *testing.F) {
	f.Add([]byte("code,date,reason\nA1,2026-07-01,不选, 另有住房\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := draw.ReadReturns(bytes.NewReader(data))
		if err == nil && len(list) == 0 {
			t.Fatal("nothing was read")
		}
	})
}

// backfilled is a record of the draw b-homes.
func backfilled(t testing.TB) []byte {
	t.Helper()
	b, err := draw.Parse(readFile(t, "testdata/b-homes.json"))
	if err != nil {
		t.Fatal(err)
	}
	var first string
	for rank := 1; rank <= b.Len(); rank++ {
		if p := b.At(rank); p.Outcome == draw.OutcomeHome {
			first = p.Code
			break
		}
	}
	r, err := b.Backfill([]draw.Return{{Code: first, Date: "2026-07-01", Reason: "不选"}})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := r.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A record belongs to one bundle, and no line of it can be changed.
func TestBackfillRecord(t *testing.T) {
	b, err := draw.Parse(readFile(t, "testdata/b-homes.json"))
	if err != nil {
		t.Fatal(err)
	}
	data := string(backfilled(t))
	r, err := draw.ReadBackfill(strings.NewReader(data))
	if err != nil || b.CheckBackfill(r) != nil || len(r.Moved) != 1 {
		t.Fatalf("%v %+v", err, r)
	}
	r.Moved[0].Code = r.Moved[0].For
	refusedWith(t, b.CheckBackfill(r), draw.CodeBackfillLine)
	r.Moved = nil
	refusedWith(t, b.CheckBackfill(r), draw.CodeBackfillLine)
	other, err := draw.Parse(readFile(t, "testdata/b-public.json"))
	if err != nil {
		t.Fatal(err)
	}
	refusedWith(t, other.CheckBackfill(r), draw.CodeBackfillBundle)
	_, err = draw.ReadBackfill(strings.NewReader(data + "\n"))
	refusedWith(t, err, draw.CodeTrailing)
}
