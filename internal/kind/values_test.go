package kind

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const everything = `kind: all
name: {zh: 全, en: all}
title: "{a}"
fields:
  - {id: a, name: {zh: 甲, en: a}, type: text, max: 4}
  - {id: b, name: {zh: 乙, en: b}, type: long}
  - {id: c, name: {zh: 丙, en: c}, type: integer}
  - {id: d, name: {zh: 丁, en: d}, type: decimal}
  - {id: e, name: {zh: 戊, en: e}, type: money}
  - {id: f, name: {zh: 己, en: f}, type: date}
  - {id: g, name: {zh: 庚, en: g}, type: time}
  - {id: h, name: {zh: 辛, en: h}, type: yesno}
  - {id: i, name: {zh: 壬, en: i}, type: one, choices: [{code: x, name: {zh: 子, en: X}}, {code: y, name: {zh: 丑, en: Y}}]}
  - {id: j, name: {zh: 癸, en: j}, type: many, within: i, choices: [{code: p, of: [x], name: {zh: 寅, en: P}}, {code: q, of: [x, y], name: {zh: 卯, en: Q}}]}
  - {id: k, name: {zh: 点, en: k}, type: point}
  - {id: l, name: {zh: 照, en: l}, type: photo, max: 1}
  - {id: m, name: {zh: 单位, en: m}, type: unit}
  - {id: n, name: {zh: 算, en: n}, type: integer, compute: c}
  - {id: o, name: {zh: 表, en: o}, type: table, max: 2, fields: [{id: a, name: {zh: 一, en: one}, type: integer}, {id: b, name: {zh: 二, en: two}, type: text}]}
  - {id: s, name: {zh: 性别, en: sex}, type: one, codes: "local:residence-kind"}
`

func codesOf(string) []string { return []string{"1", "2"} }

func TestClean(t *testing.T) {
	k, err := Parse("all.yaml", []byte(everything), world(t))
	if err != nil {
		t.Fatal(err)
	}
	hash := strings.Repeat("a", 64)
	for _, tt := range []struct{ in, want string }{
		{`{"a": "  路灯  ", "b": " 一\r\n二\u200b "}`, `{"a":"路灯","b":"一 \n二"}`},
		{`{"a": "", "c": null, "f": ""}`, `{"a":null,"c":null,"f":null}`},
		{`{"a": "太长的文字"}`, "a field_long"},
		{`{"a": 5, "zz": 1}`, "a field_text, zz field_unknown"},
		{`{"c": 5, "d": 2.5, "e": 1999}`, `{"c":5,"d":2.5,"e":1999}`},
		{`{"c": 5.5, "d": "2", "e": 1e300}`, "c field_whole, d field_number, e field_whole"},
		{`{"f": "2026-07-15", "g": "09:30", "h": false}`, `{"f":"2026-07-15","g":"09:30","h":false}`},
		{`{"f": "2026-02-30", "g": "24:00", "h": "是"}`, "f field_date, g field_time, h field_yesno"},
		{`{"i": "x", "j": ["q", "p", "q"]}`, `{"i":"x","j":["p","q"]}`},
		{`{"i": "y", "j": ["p"]}`, "j field_choice"},
		{`{"j": ["p"], "i": "z"}`, "i field_choice, j field_choice"},
		{`{"j": []}`, `{"j":null}`},
		{`{"k": {"lon": 120.5, "lat": 30.25}}`, `{"k":{"lon":120.5,"lat":30.25}}`},
		{`{"k": {"lon": 30.25, "lat": 120.5}}`, "k field_point"},
		{`{"k": {"lon": 120.5, "lat": 30.25, "at": "now"}}`, "k field_point"},
		{`{"l": ["` + hash + `"]}`, `{"l":["` + hash + `"]}`},
		{`{"l": ["../../etc/passwd"]}`, "l field_file"},
		{`{"l": ["` + hash + `", "` + hash + `"]}`, "l field_many"},
		{`{"m": "01a2"}`, `{"m":"01a2"}`},
		{`{"m": "a b"}`, "m field_choice"},
		{`{"n": 5}`, "n field_computed"},
		{`{"o": [{"a": 1}, {"a": null, "b": " "}]}`, `{"o":[{"a":1}]}`},
		{`{"o": [{"a": "1", "x": 2}]}`, "o[0].a field_number, o[0].x field_unknown"},
		{`{"o": [{}, {}, {}]}`, "o field_many"},
		{`{"o": [5]}`, "o[0] field_rows"},
		{`{"s": "1"}`, `{"s":"1"}`},
		{`{"s": "9"}`, "s field_choice"},
	} {
		var in map[string]any
		if err := json.Unmarshal([]byte(tt.in), &in); err != nil {
			t.Fatal(err)
		}
		out, wrong := k.Clean(in, codesOf)
		var got []string
		for _, f := range wrong {
			got = append(got, f.Field+" "+f.Code)
			if f.Zh == "" || f.En == "" {
				t.Errorf("%s has no sentence", f.Code)
			}
		}
		s := strings.Join(got, ", ")
		if s == "" {
			b, err := json.Marshal(out)
			if err != nil {
				t.Fatal(err)
			}
			s = string(b)
		}
		if s != tt.want {
			t.Errorf("%s: %s, want %s", tt.in, s, tt.want)
		}
	}
}

// Whatever comes, what is clean stays as it is when it comes again.
func TestCleanAgain(t *testing.T) {
	k, err := Parse("all.yaml", []byte(everything), world(t))
	if err != nil {
		t.Fatal(err)
	}
	scalar := rapid.Custom(func(t *rapid.T) any {
		return rapid.OneOf(rapid.Just[any](nil), rapid.Map(rapid.String(), func(s string) any { return s }), rapid.Map(rapid.Float64(), func(f float64) any { return f }),
			rapid.Map(rapid.Bool(), func(b bool) any { return b }), rapid.SampledFrom([]any{"x", "p", "2026-07-15", "09:30", 5.0})).Draw(t, "value")
	})
	rapid.Check(t, func(t *rapid.T) {
		in := map[string]any{}
		for _, f := range k.Fields {
			if f.Compute == "" && rapid.Bool().Draw(t, "there") {
				switch rapid.IntRange(0, 3).Draw(t, "form") {
				case 0:
					in[f.ID] = []any{scalar.Draw(t, "in a list"), scalar.Draw(t, "in a list")}
				case 1:
					in[f.ID] = []any{map[string]any{"a": scalar.Draw(t, "in a row"), "b": scalar.Draw(t, "in a row")}}
				default:
					in[f.ID] = scalar.Draw(t, "scalar")
				}
			}
		}
		out, _ := k.Clean(in, codesOf)
		b, err := json.Marshal(out)
		if err != nil {
			t.Fatal(err)
		}
		var again map[string]any
		if err := json.Unmarshal(b, &again); err != nil {
			t.Fatal(err)
		}
		once, wrong := k.Clean(again, codesOf)
		if c, err := json.Marshal(once); err != nil || len(wrong) > 0 || string(c) != string(b) {
			t.Fatalf("%s became %s: %v %v", b, c, wrong, err)
		}
	})
}

// A form of 300 fields and 50 repeats is read as well.
func TestCleanLarge(t *testing.T) {
	var b strings.Builder
	b.WriteString("kind: large\nname: {zh: 大, en: large}\ntitle: \"{f0}\"\nfields:\n")
	in := map[string]any{}
	for n := range 300 {
		fmt.Fprintf(&b, "  - {id: f%d, name: {zh: 项, en: item}, type: text}\n", n)
		in[fmt.Sprintf("f%d", n)] = "内容"
	}
	b.WriteString("  - {id: rows, name: {zh: 表, en: rows}, type: table, fields: [{id: a, name: {zh: 一, en: one}, type: integer}]}\n")
	var rows []any
	for range manyRows {
		rows = append(rows, map[string]any{"a": 1.0})
	}
	in["rows"] = rows
	k, err := Parse("large.yaml", []byte(b.String()), world(t))
	if err != nil {
		t.Fatal(err)
	}
	if out, wrong := k.Clean(in, codesOf); len(out) != 301 || len(wrong) != 0 || len(out["rows"].([]Values)) != manyRows {
		t.Errorf("%d values, %v", len(out), wrong)
	}
}
