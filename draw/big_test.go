package draw_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"gewu/draw"
)

// bigList has n codes of two types and one group.
func bigList(t testing.TB, n int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("code,household,type,group\n")
	for i := range n {
		group := ""
		if i%7 == 0 {
			group = "优抚"
		}
		fmt.Fprintf(&b, "B%08d,H%08d,%c,%s\n", i, i, 'A'+byte(i%2), group)
	}
	return b.String()
}

func bigOpening(mode string) draw.Opening {
	o := draw.Opening{
		Mode: mode, Number: 1, Date: "2026-06-01", Title: "大名单",
		Rules: draw.Rules{Types: []draw.Type{
			{Type: "A", Homes: 2000, Waiting: 200, Reserved: []draw.Reserve{{Group: "优抚", Homes: 100, Rest: "open"}}},
			{Type: "B", Homes: 1000, Waiting: 100},
		}},
	}
	if mode == draw.ModeA {
		o.Generator = draw.LCG()
	} else {
		o.Generator = draw.DRBG("sha256")
		o.Parties = []draw.Party{{ID: "notary", Name: "公证处"}, {ID: "residents", Name: "居民代表"}}
	}
	return o
}

// reveal lets all parties commit and reveal secrets of one repeated digit.
func reveal(t testing.TB, b *draw.Bundle) {
	t.Helper()
	for i, p := range b.Opening.Parties {
		c, err := b.Seal(p.ID, strings.Repeat(fmt.Sprint(i+1), 64))
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Commit(c); err != nil {
			t.Fatal(err)
		}
	}
	for i, p := range b.Opening.Parties {
		if err := b.Reveal(draw.Reveal{Party: p.ID, How: draw.HowParty, Secret: strings.Repeat(fmt.Sprint(i+1), 64)}); err != nil {
			t.Fatal(err)
		}
	}
}

// A million codes are drawn and verified in less than the three seconds that
// are promised, in both modes.
func TestMillion(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds and 600 MB")
	}
	csv := bigList(t, 1_000_000)
	for _, mode := range []string{draw.ModeA, draw.ModeB} {
		start := time.Now()
		list, err := draw.ReadList(strings.NewReader(csv))
		if err != nil {
			t.Fatal(err)
		}
		read := time.Since(start)
		b, err := draw.Open(bigOpening(mode), list)
		if err != nil {
			t.Fatal(err)
		}
		if mode == draw.ModeA {
			err = b.RunSeed("123456")
		} else {
			reveal(t, b)
			err = b.Run("")
		}
		if err != nil {
			t.Fatal(err)
		}
		drawn := time.Since(start)
		data := b.Encode()
		written := time.Since(start)
		runtime.GC()
		start = time.Now()
		got, err := draw.Read(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		parsed := time.Since(start)
		if err := got.Verify(); err != nil {
			t.Fatal(err)
		}
		verified := time.Since(start)
		t.Logf("mode %s: list read %v, drawn %v, written %v (%d MB); read %v, verified %v", mode, read, drawn, written, len(data)>>20, parsed, verified)
		if written > 3*time.Second*slower || verified > 3*time.Second*slower {
			t.Errorf("mode %s: drawn in %v, verified in %v; 3 s are promised", mode, written, verified)
		}
	}
}
