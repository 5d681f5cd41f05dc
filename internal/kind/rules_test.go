package kind

import (
	"encoding/json"
	"strings"
	"testing"

	"gewu/calendar"
)

const ruled = `kind: visit
name: {zh: 走访, en: visit}
title: "{reason}"
fields:
  - {id: reason, name: {zh: 事由, en: reason}, type: text, required: "true"}
  - {id: on, name: {zh: 日期, en: day}, type: date, default: today, constraint: on <= today, message: {zh: 不能晚于今天, en: Not later than today.}}
  - {id: home, name: {zh: 是否在家, en: at home}, type: yesno}
  - {id: told, name: {zh: 谈了什么, en: what was said}, type: long, visible: home, required: home}
  - id: members
    name: {zh: 成员, en: members}
    type: table
    fields:
      - {id: name, name: {zh: 姓, en: name}, type: text}
      - {id: born, name: {zh: 出生, en: born}, type: date, constraint: born <= on, message: {zh: 晚于走访, en: Later than the visit.}}
      - {id: old, name: {zh: 周岁, en: age}, type: integer, compute: "age(born, on)"}
  - {id: people, name: {zh: 人数, en: people}, type: integer, compute: size(members)}
  - {id: share, name: {zh: 人均, en: a head}, type: integer, compute: "or(amount, 0) / people"}
  - {id: amount, name: {zh: 金额, en: amount}, type: money}
  - {id: twice, name: {zh: 两倍, en: twice}, type: integer, compute: people * 2}
states:
  - id: open
    name: {zh: 未完成, en: open}
    who: {entered: true}
    actions: [{id: end, name: {zh: 完成, en: end}, to: closed, ask: [told], when: has(reason) && people > 0}]
  - {id: closed, name: {zh: 已完成, en: closed}, end: true}
privacy: {purpose: {zh: 走访服务, en: service on visits}, basis: 某条例, keep: P1Y}
`

func TestJudge(t *testing.T) {
	k, err := Parse("visit.yaml", []byte(ruled), world(t))
	if err != nil {
		t.Fatal(err)
	}
	facts := Facts{Today: calendar.On(2026, 7, 15), Opened: calendar.On(2026, 7, 15), State: "open"}
	for _, tt := range []struct {
		in   string
		ask  []string
		want string // values, then faults
	}{
		{`{"reason": "慰问"}`, nil, `{"reason":"慰问"}`},
		{`{}`, nil, `{} reason field_required`},
		{`{}`, []string{"on"}, `{}`},
		{`{"reason": "慰问", "on": "2026-07-16"}`, nil, `{"on":"2026-07-16","reason":"慰问"} on field_constraint`},
		{`{"reason": "慰问", "home": true}`, nil, `{"home":true,"reason":"慰问"} told field_required`},
		{`{"reason": "慰问", "home": true}`, []string{"reason"}, `{"home":true,"reason":"慰问"}`},
		{`{"reason": "慰问", "home": false, "told": "无人"}`, nil, `{"home":false,"reason":"慰问"}`}, // what is not asked for is not kept
		{`{"reason": "慰问", "on": "2026-07-15", "members": [{"name": "甲", "born": "1950-07-16"}, {"name": "乙"}], "amount": 1001}`, nil,
			`{"amount":1001,"members":[{"born":"1950-07-16","name":"甲","old":75},{"name":"乙"}],"on":"2026-07-15","people":2,"reason":"慰问","share":500,"twice":4}`},
		{`{"reason": "慰问", "on": "2026-07-15", "members": [{"born": "2026-07-16"}]}`, nil,
			`{"members":[{"born":"2026-07-16"}],"on":"2026-07-15","people":1,"reason":"慰问","share":0,"twice":2} members[0].born field_constraint`},
	} {
		var in map[string]any
		if err := json.Unmarshal([]byte(tt.in), &in); err != nil {
			t.Fatal(err)
		}
		v, wrong := k.Clean(in, codesOf)
		if len(wrong) > 0 {
			t.Fatal(wrong)
		}
		faults, err := k.Judge(t.Context(), v, facts, tt.ask)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := json.Marshal(v)
		got := []string{string(b)}
		for _, f := range faults {
			if f.Code != "expr_range" { // age of somebody not born yet
				got = append(got, f.Field+" "+f.Code)
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s:\n%s, want\n%s", tt.in, s, tt.want)
		}
		again, err := k.Judge(t.Context(), v, facts, tt.ask)
		if c, _ := json.Marshal(v); err != nil || string(c) != string(b) || len(again) != len(faults) {
			t.Errorf("judged again: %s %v", c, again)
		}
	}
	if p := k.Presets(t.Context(), facts); len(p) != 1 || p["on"] != "2026-07-15" {
		t.Errorf("%v", p)
	}
	s, _ := k.State("open")
	for in, want := range map[string]bool{`{}`: false, `{"people": 0}`: false, `{"people": 1, "reason": "慰问"}`: true} {
		v := Values{}
		if err := json.Unmarshal([]byte(in), &v); err != nil {
			t.Fatal(err)
		}
		if got := s.Actions[0].Offered(t.Context(), v, facts); got != want {
			t.Errorf("%s: %v", in, got)
		}
	}
}

// An expression that would never end is stopped, and says so.
func TestJudgeEnds(t *testing.T) {
	text := `kind: slow
name: {zh: 慢, en: slow}
title: "{a}"
fields:
  - {id: a, name: {zh: 甲, en: a}, type: text}
  - {id: rows, name: {zh: 表, en: rows}, type: table, max: 200, fields: [{id: x, name: {zh: 一, en: one}, type: integer}]}
  - {id: all, name: {zh: 全, en: all}, type: yesno, compute: "rows.all(p, rows.all(q, rows.all(r, p.x + q.x + r.x > 0)))"}
`
	k, err := Parse("slow.yaml", []byte(text), world(t))
	if err != nil {
		t.Fatal(err)
	}
	var rows []Values
	for range 200 {
		rows = append(rows, Values{"x": int64(1)})
	}
	faults, err := k.Judge(t.Context(), Values{"rows": rows}, Facts{Today: calendar.On(2026, 7, 15)}, nil)
	if err != nil || len(faults) != 1 || faults[0].Field != "all" || faults[0].Code != "expr_cost" {
		t.Errorf("%v %v", faults, err)
	}
}
