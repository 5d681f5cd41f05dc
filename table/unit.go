package table

import (
	"slices"
	"strings"
)

// collect reads notes and units around the table.
func (t *tabling) collect() {
	for _, it := range append(slices.Clone(t.above), t.below...) {
		f := fold(it.text)
		if isNote(f) || len([]rune(f)) > 25 || strings.Contains(f, "填") {
			for part := range strings.FieldsFuncSeq(it.text, func(r rune) bool { return strings.ContainsRune("；;。\n", r) }) {
				t.notes = append(t.notes, part)
			}
		}
		t.units = append(t.units, unitsIn(it.text)...)
	}
	for _, it := range t.head {
		t.units = append(t.units, unitsIn(it.text)...)
	}
}

// A unitLine is 金额单位：万元 above a table.
type unitLine struct{ of, unit string }

func unitsIn(text string) []unitLine {
	var out []unitLine
	for _, m := range unitText.FindAllStringSubmatch(text, -1) {
		u := fold(strings.Trim(m[2], "()（）"))
		if units[u] {
			out = append(out, unitLine{m[1], u})
		}
	}
	return out
}

// lineUnit is the unit that a line gives for an element.
func (t *tabling) lineUnit(id string) string {
	money := t.v.types(id) == "money"
	area := strings.HasSuffix(id, "area") || strings.Contains(id, "area_per")
	for _, u := range t.units {
		isMoney := strings.Contains(u.unit, "元")
		isArea := strings.Contains(u.unit, "平") || strings.Contains(u.unit, "㎡") || strings.Contains(u.unit, "m")
		people := u.unit == "人" && (strings.HasPrefix(id, "count.persons") || strings.HasSuffix(id, "_count") && strings.Contains(id, "person") || id == "household.member_count" || id == "dwelling.resident_count" || id == "organisation.employee_count")
		homes := u.unit == "户" && strings.HasPrefix(id, "count.households") || u.unit == "套" && strings.HasPrefix(id, "count.dwellings") || (u.unit == "栋" || u.unit == "幢") && id == "count.buildings"
		if money && isMoney || area && isArea || people || homes {
			return u.unit
		}
	}
	return ""
}
