package draw_test

import (
	"strings"
	"testing"

	"gewu/draw"
)

func TestReadList(t *testing.T) {
	tests := map[string]struct {
		csv  string
		want string // canonical text; empty where it is refused
		code string
	}{
		"plain":                 {"code\nA1\nA2\n", "code\nA1\nA2\n", ""},
		"as Excel saves it":     {"\ufeff编号,房型\r\nA1,一居室\r\nA2,一居室\r\n", "code,type\nA1,一居室\nA2,一居室\n", ""},
		"columns moved":         {"group,type,code\ng,t,A1\n,t,A2", "code,type,group\nA1,t,g\nA2,t,\n", ""},
		"no line end":           {"code\nA1", "code\nA1\n", ""},
		"empty":                 {"", "", draw.CodeListEmpty},
		"header alone":          {"code\n", "", draw.CodeListEmpty},
		"no header":             {"A1\nA2\n", "", draw.CodeListHeader},
		"header without code":   {"type,group\nA,B\n", "", draw.CodeListHeader},
		"names":                 {"code,姓名\nA1,王一\n", "", draw.CodeListColumn},
		"a column twice":        {"code,编号\nA1,A1\n", "", draw.CodeListColumn},
		"too few cells":         {"code,type\nA1\n", "", draw.CodeListCells},
		"a blank line":          {"code\nA1\n\nA2\n", "", draw.CodeListWord},
		"a blank line at last":  {"code\nA1\n\n", "", draw.CodeListWord},
		"a space":               {"code\nA 1\n", "", draw.CodeListWord},
		"quotes":                {"code\n\"A1\"\n", "", draw.CodeListWord},
		"full-width":            {"code\nＡ1\n", "", draw.CodeListWord},
		"a letter from Greek":   {"code\nΑ1\n", "", draw.CodeListWord},
		"too long":              {"code\n" + strings.Repeat("A", 41) + "\n", "", draw.CodeListWord},
		"longest":               {"code\n" + strings.Repeat("号", 40) + "\n", "code\n" + strings.Repeat("号", 40) + "\n", ""},
		"a code twice":          {"code\nA1\nA2\nA1\n", "", draw.CodeListCode},
		"a household twice":     {"code,household\nA1,H1\nA2,H1\n", "", draw.CodeListHousehold},
		"a household left out":  {"code,household\nA1,\n", "", draw.CodeListWord},
		"GBK":                   {"code\n\xb1\xe0\xba\xc5\n", "", draw.CodeListEncoding},
		"another check digit":   {"code\n990101199001010010\n", "code\n990101199001010010\n", ""},
		"an identity number":    {"code\n11010519491231002X\n", "", draw.CodeListResident},
		"case makes two codes":  {"code\na1\nA1\n", "code\na1\nA1\n", ""},
		"a group may be empty":  {"code,type,group\nA1,t,\n", "code,type,group\nA1,t,\n", ""},
		"a type may not":        {"code,type\nA1,\n", "", draw.CodeListWord},
		"carriage return alone": {"code\rA1\n", "", draw.CodeListColumn},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			l, err := draw.ReadList(strings.NewReader(tt.csv))
			if tt.code != "" {
				refusedWith(t, err, tt.code)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := l.String(); got != tt.want {
				t.Errorf("got %q", got)
			}
			entries := make([]draw.Entry, l.Len())
			for i := range entries {
				entries[i] = l.Entry(i)
			}
			again, err := draw.NewList(entries)
			if err != nil || again.String() != tt.want && !strings.HasSuffix(tt.want, ",\n") {
				t.Errorf("from entries: %q, %v", again, err)
			}
		})
	}
}

// List and rules have to fit.
func TestListFitsRules(t *testing.T) {
	two := draw.Rules{Types: []draw.Type{{Type: "A", Homes: 1}, {Type: "B", Homes: 1, Reserved: []draw.Reserve{{Group: "g", Homes: 1, Rest: draw.RestKeep}}}}}
	tests := map[string]struct {
		csv   string
		rules draw.Rules
		code  string
	}{
		"types without rules":   {"code,type\nx,A\n", draw.Rules{}, draw.CodeListNoTypes},
		"rules without types":   {"code\nx\n", two, draw.CodeListTypes},
		"unknown type":          {"code,type\nx,C\n", two, draw.CodeListType},
		"unknown group":         {"code,type,group\nx,A,h\n", two, draw.CodeListGroup},
		"group of another type": {"code,type,group\nx,A,g\n", two, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			l, err := draw.ReadList(strings.NewReader(tt.csv))
			if err != nil {
				t.Fatal(err)
			}
			_, err = draw.Open(draw.Opening{Mode: draw.ModeA, Number: 1, Date: "2026-06-01", Title: "t", Generator: draw.LCG(), Rules: tt.rules}, l)
			if tt.code == "" && err == nil {
				return
			}
			refusedWith(t, err, tt.code)
		})
	}
}
