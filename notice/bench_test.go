package notice

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"gewu/internal/docxtest"
)

// benchClause is a paragraph of ordinary length, of characters drawn at random
// so that the file packs no better than real text.
func benchClause(r *rand.Rand) string {
	var b strings.Builder
	for k := range 80 {
		if k%15 == 14 {
			b.WriteRune('，')
		} else {
			b.WriteRune('一' + rune(r.ExpFloat64()*400)%3000)
		}
	}
	return b.String() + "。"
}

// BenchmarkRead reads files of 10 kB to 10 MB; MB/s must stay level. For a
// .docx it counts the unpacked XML.
func BenchmarkRead(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		var txt strings.Builder
		var parts body
		r := rand.New(rand.NewPCG(1, 2))
		for i := 0; txt.Len() < size; i++ {
			clause := benchClause(r)
			txt.WriteString(clause + "\n")
			if i%10 < 7 {
				parts = append(parts, para{Text: clause, List: 1, Level: i % 4})
			} else {
				parts = append(parts, docxtest.Rows([]string{fmt.Sprint(i), clause, "应急办、各社区", "每月"}))
			}
		}
		doc := docxtest.Doc{Body: parts, Lists: lists{docxtest.Official}}
		run := func(name string, data []byte, bytes int64) {
			b.Run(fmt.Sprintf("%s/%dkB", name, size/1000), func(b *testing.B) {
				b.SetBytes(bytes)
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Read("a."+name, data); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(len(data)), "file-bytes")
			})
		}
		run("txt", []byte(txt.String()), int64(txt.Len()))
		run("md", []byte(txt.String()), int64(txt.Len()))
		run("docx", docxtest.Build(doc), docxtest.Unpacked(doc))
	}
}
