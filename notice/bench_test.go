package notice

import (
	"fmt"
	"strings"
	"testing"

	"gewu/internal/docxtest"
)

// benchClause is a paragraph of ordinary length; i keeps the file from packing to
// nothing.
func benchClause(i int) string {
	const words = "开展消防安全检查督促落实整改责任各社区居委会应当建立台账每月不少于一次并于月底前报送应急管理办公室"
	row := []rune(words)
	var b strings.Builder
	for k := range 80 {
		b.WriteRune(row[(i*7919+k*k*31+k*i)%len(row)])
	}
	return b.String()
}

// BenchmarkRead reads files of 10 kB to 10 MB; MB/s must stay level. For a
// .docx it counts the unpacked XML.
func BenchmarkRead(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		var txt strings.Builder
		var parts body
		for i := 0; txt.Len() < size; i++ {
			txt.WriteString(benchClause(i) + "\n")
			if i%10 < 7 {
				parts = append(parts, para{Text: benchClause(i), List: 1, Level: i % 4})
			} else {
				parts = append(parts, docxtest.Rows([]string{fmt.Sprint(i), benchClause(i)[:90], "应急办、各社区", "每月"}))
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
