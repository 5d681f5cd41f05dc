package notice

import (
	"os"
	"strings"
	"testing"

	"gewu/internal/docxtest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestDocxNotice: a notice written in Word, with automatic numbers, reads as
// the same notice in plain text.
func TestDocxNotice(t *testing.T) {
	text, err := os.ReadFile("../cmd/gewu/testdata/fire.txt")
	if err != nil {
		t.Fatal(err)
	}
	want, err := Read("fire.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(texts(want), readTexts(t, docxtest.Notice(string(text)))); diff != "" {
		t.Error(diff)
	}
}

// TestDocxNumbersAsTyped: however a text is numbered by hand, the automatic
// numbers print the same.
func TestDocxNumbersAsTyped(t *testing.T) {
	numbers := []string{"一、", "二、", "三、", "（一）", "（二）", "（三）", "1.", "2.", "3.", "（1）", "（2）", ""}
	rapid.Check(t, func(t *rapid.T) {
		lines := []string{"标题"}
		for range rapid.IntRange(0, 30).Draw(t, "lines") {
			lines = append(lines, rapid.SampledFrom(numbers).Draw(t, "number")+rapid.SampledFrom([]string{"检查", "宣传", "总结"}).Draw(t, "text"))
		}
		doc, err := Read("a.docx", docxtest.Build(docxtest.Notice(strings.Join(lines, "\n"))))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(lines, texts(doc)); diff != "" {
			t.Fatal(diff)
		}
	})
}
