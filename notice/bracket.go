package notice

import "strings"

// leadsFirst tells whether a text says that in its brackets the first unit
// leads: "列首位的为牵头单位，下同".
func leadsFirst(rs []rune) bool {
	for _, says := range []string{"为牵头", "是牵头", "系牵头", "为主责", "为主办", "牵头单位列", "牵头单位排", "牵头部门列", "牵头部门排"} {
		i := indexOf(rs, says)
		if i >= 0 && containsAny(rs[max(0, i-14):min(len(rs), i+14)], "首", "第一", "最前", "在前", "前列") {
			return true
		}
	}
	return false
}

// closingBracket finds the bracket that ends p and assigns p to units or sets
// its date. at is where the bracket begins.
func (r *reader) closingBracket(p prose) (a assignment, at int) {
	if start, end := labelledPart(p.runes); start > 0 {
		if a := r.labels(p.cut(start, end)); a.named {
			if end < p.len() {
				start = p.len() // the text goes on behind the labels
			}
			return a, start
		}
	}
	end := p.len()
	for end > 0 && strings.ContainsRune("。;,.、 ", p.runes[end-1]) {
		end--
	}
	open := -1
	if end > 0 && p.runes[end-1] == ')' {
		open = len(withoutLastBracket(p.runes[:end]))
		if end--; open > end {
			return a, p.len() // a bracket that nothing opens
		}
	} else if open = unclosed(p.runes); open < 0 {
		return r.trailingBracket(p)
	}
	if open == 0 {
		return a, p.len() // nothing is left that it could assign
	}
	a = r.assignment(p.cut(open+1, end))
	if a.empty() {
		return a, p.len()
	}
	return a, open
}

// labelledPart is the part of a paragraph that says without a bracket who does
// it: "…。责任单位：城建办。" Its start is zero if there is none.
func labelledPart(rs []rune) (start, end int) {
	for i, c := range rs {
		if c != '。' || i+1 >= len(rs) {
			continue
		}
		labels := rs[i+1] != '(' && beginsWithLabel(rs[i+1:min(len(rs), i+18)])
		switch {
		case labels && start == 0:
			start = i + 1
		case !labels && start > 0:
			return start, i + 1
		}
	}
	return start, len(rs)
}

func withoutLastBracket(rs []rune) []rune {
	depth := 0
	for i := len(rs) - 1; i >= 0; i-- {
		if rs[i] == ')' {
			depth++
		} else if rs[i] == '(' {
			if depth--; depth == 0 {
				return rs[:i]
			}
		}
	}
	return rs
}

// unclosed is where a bracket opens that never closes, or -1.
func unclosed(rs []rune) int {
	depth := 0
	for i := len(rs) - 1; i >= 0; i-- {
		if rs[i] == ')' {
			depth++
		} else if rs[i] == '(' {
			if depth--; depth < 0 {
				return i
			}
		}
	}
	return -1
}

// trailingBracket finds a labelled bracket with a remark behind it ("数据来源：
// …"): the last one of p.
func (r *reader) trailingBracket(p prose) (assignment, int) {
	for i := p.len() - 1; i >= 0; i-- {
		if p.runes[i] != ')' {
			continue
		}
		open := len(withoutLastBracket(p.runes[:i+1]))
		if open >= i || open == 0 {
			break
		}
		if labelled(p.runes[open+1:i]) || remark(p.runes[i+1:]) {
			if a := r.assignment(p.cut(open+1, i)); a.named {
				return a, open
			}
		}
		break
	}
	return assignment{}, p.len()
}

// remark tells whether rs is a remark behind the bracket of units.
func remark(rs []rune) bool {
	for len(rs) > 0 && strings.ContainsRune("。;,. ", rs[0]) {
		rs = rs[1:]
	}
	return beginsAny(rs, "数据来源", "资料来源", "注:", "备注", "评分", "计分", "说明:")
}

// labelled tells whether rs begins with a label ("责任单位：") or holds one.
func labelled(rs []rune) bool {
	start := 0
	for i, c := range rs {
		switch {
		case c == ':', endsLabel(rs[start:i], c):
			if kind := columnKind(rs[start:i]); kind != "" && kind != "other" && kind != "number" && kind != "name" && kind != "text" {
				return true
			}
			start = i + 1
		case strings.ContainsRune(sentenceEnds+",", c):
			start = i + 1
		}
	}
	return false
}

// withoutOrder cuts the remark that the first unit of a list leads.
func withoutOrder(p prose) prose {
	if !leadsFirst(p.runes) {
		return p
	}
	at := firstOf(p.runes, "列首", "列在", "排在", "排第", "排名", "排序", "第一", "排首", "首位", "居首", "位列", "位居", "首个", "首列", "牵头单位列", "牵头单位排")
	for at > 0 && strings.ContainsRune("(,;。、 ", p.runes[at-1]) {
		at--
	}
	return p.cut(0, at)
}

// firstOf is where the first of the words begins.
func firstOf(rs []rune, words ...string) int {
	at := len(rs)
	for _, w := range words {
		if i := indexOf(rs, w); i >= 0 {
			at = min(at, i)
		}
	}
	return at
}

// bracketDate tells whether a bracket sets a date and does not only mention
// one.
func bracketDate(p prose, l *limit) bool {
	return p.len() <= 40 && !containsAny(p.runes, "号", "印发", "见附件", "以下简称", "以来", "截至", "数据") && len(l.due.Text)*2 >= len(p.String())
}

// endsLabel tells whether c stands for the colon behind a label: "牵头单位为A".
func endsLabel(label []rune, c rune) bool {
	if c != '为' && c != ' ' {
		return false
	}
	return len(label) >= 4 && officeKind(string(label)) != ""
}
