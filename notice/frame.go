package notice

import "strings"

// What stands around the clauses: title, document number, addressee, signature,
// date of issue, distribution.

// A front is what a document says about itself.
type front struct {
	title, docNo, issuer, issued string
}

// frontLines is the number of blocks in which the first title is looked for.
const frontLines = 12

// titleEnds are the last words of titles.
var titleEnds = newLexicon(strings.Fields(`方案 通知 办法 细则 计划 规划 意见 措施 清单 规定 要点 预案
	总结 报告 标准 制度 职责 纪要 决定 公告 通告 批复 请示 指南 规则 章程 分工 分工表 任务表 一览表 进度表 分解表 安排表 责任表
	任务书 责任书 简报 倡议书 台账 汇报 通报 安排 工作安排 任务分解 责任分解 若干政策 政策 实施方案 提示 考核指标 指标 指标体系 考核表 评分表 计分表 排查表`))

// isTitle tells whether a line is the title of a paper.
func isTitle(p prose) bool {
	if p.len() < 6 || p.len() > 90 || readNumber(p.runes).kind != unnumbered {
		return false
	}
	rs := withoutBracketAtEnd(p.runes)
	for i, r := range rs {
		if strings.ContainsRune("。;!?", r) || r == ':' && i > 0 {
			return false
		}
	}
	if titleEnds.suffix(rs) == 0 {
		return false
	}
	return p.len() >= 10 || p.has("关于", "年") || p.len() >= 8 && !verbsStart(rs)
}

func verbsStart(rs []rune) bool { return verbs.prefix(rs) >= 2 && nameTails.prefix(rs) == 0 }

// isFrame tells whether a line belongs to the letter around the clauses.
func isFrame(p prose) bool {
	rs := p.runes
	switch {
	case beginsAny(rs, "特此通知", "抄送", "主题词", "联系人", "联系电话", "此件", "(此件", "附件下载", "印发", "主送", "签发", "附:") && len(rs) < 2*longestHeading:
		return true
	case isDocNo(rs), isIssueDate(p):
		return true
	case rs[len(rs)-1] == ':' && len(rs) <= 2*longestHeading && readNumber(rs).kind == unnumbered:
		return isAddressee(rs)
	}
	return false
}

func isAddressee(rs []rune) bool {
	return beginsAny(rs, "各", "机关", "市", "区", "县", "街道各", "镇", "乡", "局", "全体", "广大") &&
		!containsAny(rs, "如下", "以下", "下列", "应", "要求") && unitHeads.suffix(withoutBracketAtEnd(rs[:len(rs)-1])) > 0
}

// isDocNo recognises a document number that stands alone: 云政办〔2026〕12号.
func isDocNo(rs []rune) bool {
	start, end := findDocNo(rs)
	return start == 0 && end == len(rs)
}

// findDocNo is where a document number stands at the beginning or end of rs.
func findDocNo(rs []rune) (start, end int) {
	open := -1
	for i, r := range rs {
		switch {
		case r == '(':
			open = i
		case r == ')' && open > 0 && i-open == 5 && i+2 < len(rs):
			n, ok := readNumeral(rs, open+1)
			if !ok || n.end != i {
				continue
			}
			j := i + 1
			if rs[j] == '第' {
				j++
			}
			no, ok := readNumeral(rs, j)
			if !ok || no.end >= len(rs) || rs[no.end] != '号' {
				continue
			}
			return docNoStart(rs, open), no.end + 1
		}
	}
	return 0, -1
}

// docNoStart goes back from the year to the first character of the office's
// short name.
func docNoStart(rs []rune, open int) int {
	i := open
	for i > 0 && open-i < 8 && rs[i-1] >= 0x4e00 && !strings.ContainsRune("的知案法则见表划", rs[i-1]) {
		i--
	}
	return i
}

// isIssueDate tells whether a line is a full date and nothing else.
func isIssueDate(p prose) bool {
	return p.len() <= 16 && issueDate(p) != ""
}

func issueDate(p prose) string {
	d, end, ok := readDay(p.runes, 0)
	if !ok || d.year == 0 || d.day == 0 || end != p.len() {
		return ""
	}
	return d.iso()
}

// readFront reads title, number, issuer and date of issue.
func readFront(doc *Document) front {
	var f front
	var lines []prose
	for i, b := range doc.Blocks {
		if b.Table > 0 {
			continue
		}
		p := newProse(i, firstRunes(b.Text, 120))
		p = p.cut(0, p.len())
		if p.len() == 0 {
			continue
		}
		if i == 0 && b.Level == 1 && !isDocNo(p.runes) {
			f.title = p.String()
		}
		if i < frontLines {
			lines = append(lines, p)
			if start, end := findDocNo(p.runes); end > 0 && f.docNo == "" && (start == 0 || end == p.len()) {
				f.docNo = p.text(start, end)
			}
		}
		if f.issued == "" && isIssueDate(p) {
			f.issued = issueDate(p)
			if i > 0 {
				f.issuer = signature(doc.Blocks[i-1])
			}
		}
	}
	if f.title == "" {
		f.title = readTitle(lines)
	}
	return f
}

// signature is the office named on the line above the date.
func signature(b Block) string {
	p := newProse(0, firstRunes(b.Text, 60))
	p = p.cut(0, p.len())
	if b.Table > 0 || !isHeadingLine(p) || unitHeads.suffix(p.runes) == 0 {
		return ""
	}
	return p.String()
}

// readTitle joins the lines of the first title; a title may be broken, and a
// number may be run together with it.
func readTitle(lines []prose) string {
	var title strings.Builder
	for _, p := range lines {
		if isAnnexMark(p.runes) || isDocNo(p.runes) || endsWith(p.runes, "文件") && title.Len() == 0 {
			continue
		}
		if start, end := findDocNo(p.runes); end > 0 {
			if start == 0 && end < p.len() {
				p = p.cut(end, p.len())
				if p.runes[0] == '-' {
					p = p.cut(1, p.len())
				}
			} else if end == p.len() {
				p = p.cut(0, start)
			}
		}
		if whole := title.String() + p.String(); isTitle(p) || title.Len() > 0 && isTitle(newProse(0, whole)) {
			return whole
		}
		if !mayBeginTitle(p) {
			return ""
		}
		title.WriteString(p.String())
	}
	return ""
}

// isAnnexMark tells whether a line only says which annex begins: 附件1.
func isAnnexMark(rs []rune) bool {
	if !beginsAny(rs, "附件", "附表") {
		return false
	}
	for _, r := range rs[2:] {
		if !isDigit(r) && !isHanNumeral(r) && !strings.ContainsRune(":. -", r) {
			return false
		}
	}
	return true
}

// mayBeginTitle tells whether a line may be the first part of a broken title.
func mayBeginTitle(p prose) bool {
	if p.len() == 0 || p.len() > longestHeading || readNumber(p.runes).kind != unnumbered {
		return false
	}
	for _, r := range p.runes {
		if strings.ContainsRune("。;!:", r) {
			return false
		}
	}
	return true
}
