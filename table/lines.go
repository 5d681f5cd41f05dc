package table

import (
	"regexp"
	"slices"
	"strings"
)

// A label is a word with a colon before a blank.
type label struct {
	text   string // without its colon, spaces dropped
	after  string // folded, what stands between it and the next label
	filled bool   // the sender wrote the value himself
	date   bool   // the blank has the words of a date
}

var (
	dateTail  = regexp.MustCompile(`年月日(填)?$`)
	dateWords = regexp.MustCompile(`^(20[0-9]{2}|20|20__)?[_\s]*年[_\s]*月([_\s]*日)?`)
	stamp     = regexp.MustCompile(`^\(?(公章|盖章|签章|签字|签名|章|签字盖章|单位公章|加盖公章|手写|盖公章)\)?$`)
	loose     = regexp.MustCompile(`^[_\s.。…]*$`)
	// labelEnd finds the label before a colon: it begins after two spaces or a
	// sign, or where the text before ends.
	colon = regexp.MustCompile(`[:：﹕]`)
)

// labelsIn takes the labels out of a text such as 填报人：   电话：   年 月 日.
func labelsIn(text string) []label {
	text = strings.NewReplacer("\r", " ", "\n", "  ", "\t", "  ", "\u3000", "  ", "\u00a0", " ", "＿", "_").Replace(text)
	marks := colon.FindAllStringIndex(text, -1)
	var out []label
	start := 0
	for i, m := range marks {
		head := text[start:m[0]]
		name, before := lastWord(head)
		if n := len(out); n > 0 {
			out[n-1].set(before)
		}
		end := len(text)
		if i+1 < len(marks) {
			_, before := lastWord(text[m[1]:marks[i+1][0]])
			end = m[1] + len(before)
		}
		l := label{text: bare(name)}
		l.set(text[m[1]:end])
		out = append(out, l)
		start = m[1]
	}
	return out
}

// lastWord splits a text before a colon into what belongs to the blank before
// and the label. Single spaces inside a label are part of it where they only
// spread its letters: 单 位 负 责 人.
func lastWord(s string) (word, before string) {
	s = strings.TrimRight(s, " ")
	cut := 0
	for _, sep := range []string{"  ", "_", "；", ";", "，", ",", "。", "|"} {
		if i := strings.LastIndex(s, sep); i >= 0 {
			cut = max(cut, i+len(sep))
		}
	}
	word = s[cut:]
	// 年 月 日 before a label belongs to the date
	if i := strings.LastIndex(word, "日 "); i >= 0 && strings.Contains(word[:i], "月") {
		cut += i + len("日 ")
		word = s[cut:]
	}
	if fields := strings.Fields(word); len(fields) > 1 {
		spread := true
		for _, f := range fields {
			spread = spread && len([]rune(f)) <= 1
		}
		if last := fields[len(fields)-1]; !spread && len([]rune(last)) >= 2 && !strings.HasPrefix(last, "(") && !strings.HasPrefix(last, "（") {
			cut = len(s) - len(last)
			word = last
		}
	}
	return word, s[:cut]
}

// set notes what follows a label.
func (l *label) set(after string) {
	f := fold(after)
	f = strings.ReplaceAll(f, "_", "")
	l.after, l.date, l.filled = f, false, false
	f = strings.TrimSuffix(f, "填")
	switch {
	case f == "" || loose.MatchString(f) || stamp.MatchString(f):
	case dateWords.MatchString(f):
		l.date = true
	case strings.ContainsAny(f, "□☐○"):
	case regexp.MustCompile(`^(\(.*\))$`).MatchString(f): // a remark in brackets
	default:
		l.filled = true
	}
}

// lines are the blanks with a label around a table.
func (t *tabling) lines() []Column {
	out := []Column{}
	c := lineContext{}
	for _, it := range append(slices.Clone(t.above), t.below...) {
		f := fold(it.text)
		if isNote(f) || annex.MatchString(f) || annexTitle(f) || len([]rune(f)) > 200 {
			continue
		}
		labels := labelsIn(it.text)
		for i, l := range labels {
			if l.filled || l.text == "" || len([]rune(l.text)) > 20 || unitLabel(l) {
				continue
			}
			if i == len(labels)-1 && l.after == "" && t.answered(it) {
				continue
			}
			col := Column{Cell: cellName(it.area.top, it.area.left), Header: l.text, Inline: true}
			if next := t.s.area(it.row, it.area.right+1); i == len(labels)-1 && l.after == "" && len(labels) == 1 && t.s.blank(next) && next.right <= maxCols && (next.width() > 1 || t.s.styleAt(it.row, next.left).below) {
				col.Cell, col.Inline = cellName(next.top, next.left), false
			}
			id, sure := t.line(l, &c)
			if col.Element = id; id != "" {
				col.Score = sure
				col.Format = t.lineFormat(id, l)
			}
			out = append(out, col)
		}
	}
	return out
}

// answered tells whether the sender wrote the value of a label into the cell to
// its right.
func (t *tabling) answered(it item) bool {
	next := t.s.text(it.row, it.area.right+1)
	return next != "" && !strings.ContainsAny(next, ":：") && !valueLike(next) && !stamp.MatchString(fold(next))
}

// unitLabel tells 单位：人 from the label of a blank.
func unitLabel(l label) bool {
	return units[l.after] && strings.HasSuffix(l.text, "单位")
}

func (t *tabling) lineFormat(id string, l label) string {
	h := hint{words: []string{l.text}}
	if l.date {
		h.prefill = "年月"
		if strings.Contains(l.after, "日") {
			h.prefill = "年月日"
		}
	}
	if i := strings.IndexByte(l.after, '('); i >= 0 {
		h.words = append(h.words, l.after[i:])
	}
	f := t.v.format(id, l.text, h)
	if l.date && h.prefill == "年月" {
		f = "date yyyy年mm月"
	}
	return f
}

// A lineContext is whom the label before named.
type lineContext struct {
	filer bool // who filled the table in
	who   *party
}

// line is the element that a label around a table asks for.
func (t *tabling) line(l label, c *lineContext) (string, float64) {
	p := parse(l.text)
	stamped := stamp.MatchString(strings.SplitN(l.after+"(", "(", 2)[0]) || strings.Contains(l.after, "章")
	for _, h := range p.hints {
		stamped = stamped || strings.Contains(h, "章")
	}
	word := p.text
	if len(p.inside) > 0 && len(t.v.words[p.joined]) > 0 {
		word = p.joined
	}
	ids, _ := t.v.find(word)
	has := func(id string) bool { return contains(ids, id) }
	who, rest := t.v.party(word)
	attr := t.v.attr(rest)
	switch {
	case has("form.filled_by"):
		c.filer, c.who = true, nil
		return "form.filled_by", 0.97
	case has("form.checked_by"):
		c.filer, c.who = false, &party{}
		return "form.checked_by", 0.97
	case has("form.date"):
		return "form.date", 0.95
	case t.about() && (has("application.number") || has("application.date")):
		for _, id := range ids {
			if strings.HasPrefix(id, "application.") {
				return id, 0.95
			}
		}
	case (who == nil || who.base == "" || who.base == "organisation.principal" || who.base == "organisation.legal_representative") && has("form.approved_by"):
		if t.l.form && t.kind == Organisation {
			break
		}
		c.filer, c.who = false, &party{}
		return "form.approved_by", 0.93
	case has("form.filled_by_phone"):
		switch {
		case c.filer, strings.HasPrefix(word, "填") || strings.HasPrefix(word, "制表") || strings.HasPrefix(word, "经办"):
			return "form.filled_by_phone", 0.93
		case c.who != nil:
			return t.v.of(c.who, "phone"), 0.87
		case t.l.form && t.kind == Person:
			return "person.phone", 0.85
		}
		return "", 0
	case stamped && (has("street.name") || has("community.name")), has("form.unit") && !(t.l.form && t.kind == Organisation && has("organisation.name")):
		return "form.unit", 0.95
	}
	if who != nil && (rest == "" || attr != "") {
		c.filer, c.who = false, who
		if attr == "" {
			attr = "name"
		}
		if who.base == "organisation.contact" || who.base == "organisation.principal" || who.base == "organisation.legal_representative" {
			if t.kind != Organisation {
				c.who = &party{}
				return "", 0
			}
		}
		return t.v.of(who, attr), 0.9
	}
	for _, id := range ids {
		switch prefix, _, _ := strings.Cut(id, "."); prefix {
		case "community", "street", "grid", "compound", "application", "volunteer":
			return id, 0.93
		case "building":
			if id == "building.name" || id == "building.address" {
				return id, 0.9
			}
		case "household":
			if id == "household.number" || id == "household.member_count" {
				return id, 0.88
			}
		case "dwelling":
			if id == "dwelling.code" || id == "dwelling.room_number" || id == "dwelling.certificate_number" {
				return id, 0.88
			}
		case "organisation":
			if (t.kind == Organisation || id == "organisation.credit_code" || strings.Contains(word, "企业")) && word != "单位" {
				return id, 0.88
			}
		case "person":
			if t.l.form && t.kind == Person {
				return id, 0.88
			}
		}
	}
	if strings.HasSuffix(word, "人") || strings.HasSuffix(word, "员") {
		c.filer, c.who = false, &party{}
	}
	return "", 0
}

// about tells whether a table takes lines of an application.
func (t *tabling) about() bool { return true }
