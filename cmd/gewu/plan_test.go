package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gewu/internal/docxtest"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// gewu runs the command in a neutral environment.
func gewu(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

func neutral(t *testing.T, lang string) {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "COLUMNS", "NO_COLOR"} {
		t.Setenv(name, "")
	}
	t.Setenv("LANG", lang)
}

const short = "关于开展消防检查的通知\n一、工作任务\n（一）加强巡查。由应急办牵头，每月检查不少于2次。\n"

func TestPlanParseGolden(t *testing.T) {
	tests := map[string][]string{
		"fire.zh":    {"--lang=zh"},
		"fire.en":    {"--lang=en"},
		"fire.color": {"--lang=zh", "--color=always"},
		"fire.json":  {"--json"},
	}
	for name, flags := range tests {
		t.Run(name, func(t *testing.T) {
			neutral(t, "")
			code, out, errs := gewu(t, "", append([]string{"plan", "parse", "testdata/fire.txt"}, flags...)...)
			if code != 0 || errs != "" {
				t.Fatalf("exit %d: %s", code, errs)
			}
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(out), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), out); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPlanParseSameFromWord: the notice reads the same as .docx with automatic
// numbers and as plain text.
func TestPlanParseSameFromWord(t *testing.T) {
	neutral(t, "")
	data := docxtest.Build(docxtest.Doc{
		Lists: []docxtest.List{docxtest.Official},
		Body: []docxtest.Part{
			docxtest.Para{Text: "关于开展消防检查的通知", Style: "Title"},
			docxtest.Para{Text: "工作任务", List: 1},
			docxtest.Para{Text: "加强巡查。由应急办牵头，每月检查不少于2次。", List: 1, Level: 1},
		},
	})
	_, fromWord, _ := gewu(t, string(data), "plan", "parse", "--json", "-")
	_, fromText, _ := gewu(t, short, "plan", "parse", "--json", "-")
	if diff := cmp.Diff(fromText, fromWord); diff != "" || !strings.Contains(fromText, "应急办") {
		t.Error(diff, fromText)
	}
}

func TestPlanParseSeveral(t *testing.T) {
	neutral(t, "")
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	a, b := write("a.txt", short), write("b.pdf", "%PDF-1.7")
	code, out, errs := gewu(t, "", "plan", "parse", "--json", a, b, a)
	var plans []*struct{ Title string }
	if err := json.Unmarshal([]byte(out), &plans); err != nil {
		t.Fatal(err)
	}
	if code != 1 || len(plans) != 3 || plans[0] == nil || plans[1] != nil || plans[2] == nil {
		t.Errorf("exit %d, %s", code, out)
	}
	if !strings.HasPrefix(errs, b+": 这是 PDF 文件") {
		t.Error(errs)
	}
}

func TestPlanParseTable(t *testing.T) {
	neutral(t, "")
	out := filepath.Join(t.TempDir(), "任务分解表.xlsx")
	if code, _, errs := gewu(t, "", "plan", "parse", "testdata/fire.txt", "--xlsx", out); code != 0 {
		t.Fatal(errs)
	}
	f, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(rows) < 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
}

func TestPlanParseRefuses(t *testing.T) {
	dir := t.TempDir()
	tests := map[string]struct {
		lang, stdin string
		args        []string
		code        int
		stderr      string // its beginning
	}{
		"no command":            {"", "", nil, exitUsage, "gewu: expected"},
		"unknown command":       {"", "", []string{"frob"}, exitUsage, "gewu: unexpected argument frob"},
		"no file":               {"", "", []string{"plan", "parse"}, exitUsage, "gewu: expected"},
		"bad language":          {"", "", []string{"plan", "parse", "-", "--lang=fr"}, exitUsage, "gewu: --lang must be one of"},
		"table of two files":    {"", "", []string{"plan", "parse", "a", "b", "--xlsx=o"}, exitUsage, "gewu: --xlsx takes one file"},
		"empty":                 {"zh_CN.UTF-8", " \n", []string{"plan", "parse", "-"}, exitFailed, "文件里没有文字。"},
		"empty, in English":     {"en_GB.UTF-8", "", []string{"plan", "parse", "-"}, exitFailed, "The file has no text in it."},
		"language of the flag":  {"en_GB.UTF-8", "", []string{"plan", "parse", "-", "--lang=zh"}, exitFailed, "文件里没有文字。"},
		"other language":        {"fr_FR.UTF-8", "", []string{"plan", "parse", "-"}, exitFailed, "文件里没有文字。"},
		"pdf":                   {"", "%PDF-1.4", []string{"plan", "parse", "-"}, exitFailed, "这是 PDF 文件"},
		"missing":               {"", "", []string{"plan", "parse", "没有.docx"}, exitFailed, "找不到文件“没有.docx”"},
		"folder":                {"", "", []string{"plan", "parse", dir}, exitFailed, "“" + dir + "”是文件夹"},
		"table cannot be saved": {"", short, []string{"plan", "parse", "-", "--xlsx", dir}, exitFailed, "无法读写“" + dir + "”"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			neutral(t, tt.lang)
			code, out, errs := gewu(t, tt.stdin, tt.args...)
			if code != tt.code || out != "" || !strings.HasPrefix(errs, tt.stderr) {
				t.Errorf("exit %d, stdout %q, stderr %q", code, out, errs)
			}
			if tt.code == exitFailed && strings.Count(errs, "\n") != 1 {
				t.Errorf("more than one line: %q", errs)
			}
		})
	}
}

func TestHelp(t *testing.T) {
	code, out, errs := gewu(t, "", "plan", "parse", "--help")
	if code != 0 || errs != "" || !strings.Contains(out, "--xlsx=OUT") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
}

func TestColors(t *testing.T) {
	tests := map[string]struct {
		flag, noColor string
		want          bool
	}{
		"no terminal":              {"auto", "", false},
		"always":                   {"always", "", true},
		"always, against NO_COLOR": {"always", "1", true},
		"never":                    {"never", "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			neutral(t, "")
			t.Setenv("NO_COLOR", tt.noColor)
			_, out, _ := gewu(t, short, "plan", "parse", "-", "--color="+tt.flag)
			if strings.Contains(out, "\x1b[") != tt.want {
				t.Errorf("%q", out)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	tests := map[string]struct {
		text  string
		width int
		want  []string
	}{
		"fits":                  {"检查", 4, []string{"检查"}},
		"chinese":               {"开展消防检查", 8, []string{"开展消防", "检查"}},
		"comma does not begin":  {"开展消防，检查", 8, []string{"开展消", "防，检查"}},
		"bracket does not end":  {"开展检（消防）", 8, []string{"开展检", "（消防）"}},
		"words stay whole":      {"at least twice a month", 10, []string{"at least", "twice a", "month"}},
		"number stays whole":    {"检查商户不少于2000户居民", 16, []string{"检查商户不少于", "2000户居民"}},
		"a long word is broken": {"abcdefghijkl", 5, []string{"abcde", "fghij", "kl"}},
		"control characters":    {"甲\x1b[31m乙\t丙", 40, []string{"甲[31m乙 丙"}},
		"nothing":               {"", 10, []string{""}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, wrap(tt.text, tt.width)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWrapKeepsText: no line is too wide, and nothing but spaces is lost.
func TestWrapKeepsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[开展检查，。（）“” a-c0-9\-]{0,80}`).Draw(t, "text")
		width := rapid.IntRange(2, 40).Draw(t, "width")
		lines := wrap(text, width)
		for _, l := range lines {
			if textWidth(l) > width {
				t.Fatalf("%q is %d wide", l, textWidth(l))
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if squeeze(strings.Join(lines, "")) != squeeze(text) {
			t.Fatalf("%q", lines)
		}
	})
}
