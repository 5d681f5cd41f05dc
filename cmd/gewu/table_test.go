package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// roster writes a blank list of old people and returns its path.
func roster(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	lined, err := f.NewStyle(&excelize.Style{Border: []excelize.Border{{Type: "left", Style: 1}, {Type: "top", Style: 1}, {Type: "bottom", Style: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]string{"A1": "白鹭街道80岁以上老人名册", "A2": "序号", "B2": "姓名", "C2": "出生年月", "D2": "联系电话", "A7": "填表人："}
	for at, v := range cells {
		if err := f.SetCellStr("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellStyle("Sheet1", "A2", "D6", lined); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "名册.xlsx")
	if err := f.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestTableMap(t *testing.T) {
	neutral(t, "")
	name := roster(t)
	code, out, errs := gewu(t, "", "table", "map", "--lang=zh", name)
	if code != 0 || errs != "" {
		t.Fatalf("exit %d: %s", code, errs)
	}
	for _, want := range []string{"白鹭街道80岁以上老人名册", "A2:D6  人员  填写行 3–可增行", "白鹭街道  80周岁以上", "C    出生年月", "person.birth_date  96%  date yyyy-mm", "form.filled_by"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if _, out, _ := gewu(t, "", "table", "map", "--lang=en", name); !strings.Contains(out, "people") || !strings.Contains(out, "aged 80 and over") {
		t.Errorf("English:\n%s", out)
	}
}

func TestTableMapJSON(t *testing.T) {
	neutral(t, "")
	name := roster(t)
	code, out, errs := gewu(t, "", "table", "map", "--json=true", name)
	if code != 0 || errs != "" {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var m struct {
		Sheets []struct {
			Name   string
			Tables []map[string]any
		}
	}
	if err := json.Unmarshal([]byte(out), &m); err != nil {
		t.Fatal(err)
	}
	tab := m.Sheets[0].Tables[0]
	if tab["last_row"] != "grows" || tab["kind"] != "person" || tab["scope"].(map[string]any)["age_min"] != 80.0 || tab["scope"].(map[string]any)["age_max"] != nil {
		t.Errorf("table %v", tab)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, piped, _ := gewu(t, string(data), "table", "map", "--json", "-"); piped != out {
		t.Error("from standard input it is another one")
	}
	code, out, errs = gewu(t, "", "table", "map", "--lang=zh", "--json", name, "none.xlsx")
	if code != exitFailed || !strings.HasPrefix(out, "[") || !strings.HasSuffix(strings.TrimSpace(out), "null\n]") || !strings.Contains(errs, "none.xlsx") {
		t.Errorf("exit %d: %s\n%s", code, errs, out)
	}
}

func TestTableMapErrors(t *testing.T) {
	neutral(t, "")
	dir := t.TempDir()
	old := filepath.Join(dir, "old.xls")
	if err := os.WriteFile(old, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	faulty := filepath.Join(dir, "own.tsv")
	if err := os.WriteFile(faulty, []byte("id\tzh\ten\ttype\tclass\nperson.party\t政治面貌\tparty\ttext\topen\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		args []string
		want string
	}{
		"old":        {[]string{old}, "另存为"},
		"folder":     {[]string{dir}, ""},
		"dictionary": {[]string{"--dictionary", faulty, roster(t)}, "第 2 行"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			code, out, errs := gewu(t, "", append([]string{"table", "map", "--lang=zh"}, tt.args...)...)
			if code != exitFailed || out != "" || !strings.Contains(errs, tt.want) || errs == "" {
				t.Errorf("exit %d: %s%s", code, out, errs)
			}
		})
	}
}

func TestTableMapDistrictElements(t *testing.T) {
	neutral(t, "")
	own := filepath.Join(t.TempDir(), "own.tsv")
	if err := os.WriteFile(own, []byte("id\tzh\ten\ttype\tclass\twords\nstall.number\t摊位号\tstall\ttext\topen\t出生年月\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := gewu(t, "", "table", "map", "--dictionary", own, roster(t)); code != 0 {
		t.Errorf("exit %d: %s", code, errs)
	}
}
