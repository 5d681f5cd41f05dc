package duty

import (
	"fmt"
	"strings"

	"gewu/calendar"
)

// A Letter is what the answer to the sender of a task is drafted from.
type Letter struct {
	Sender string // who sent the task, 云溪县应急管理局
	Office string // who answers, 青石街道办事处
	Notice string // title of the notice, without 《》; "" if unknown
	DocNo  string // number of the notice, 云应急〔2026〕3号; "" if unknown
	Task   string // the task as the notice words it
	Date   calendar.Date
	Lang   string // "en" for English, else Chinese
	// TakenBack is the item by which the task is a higher unit's; nil where the
	// task is not on the list.
	TakenBack *Item
	// Closest are the items of the list that come closest, shown where the task
	// is not on it; may be empty.
	Closest []Item
}

// maxQuote is how much of a task is quoted, in characters.
const maxQuote = 120

// Reply drafts the answer to the sender of a task that is not the office's: as
// a letter (函) between offices that are not each other's superior, or, where
// the sender is a people's government or a Party committee, as a request (请示),
// since a letter is not sent upwards (党政机关公文处理工作条例, 中办发〔2012〕14号,
// art. 8 and 15). The text is plain, a paragraph a line, indented as in print.
//
// What it asks for is what the lists provide: a task taken back goes to the
// unit that took it (收回事项), and a task that is not listed goes through
// admission (职责准入) with the means for it (权随责走、费随事转). It is a draft
// for the office to check and sign.
func Reply(l Letter) string {
	if l.Lang == "en" {
		return l.english()
	}
	return l.chinese()
}

func (l Letter) chinese() string {
	up := superior(l.Sender)
	subject, kind, end := "有关任务事项", "复函", "特此函复。"
	if up {
		kind, end = "请示", "妥否，请批示。"
	}
	if l.Notice != "" {
		subject = "《" + trimQuotes(l.Notice) + "》" + subject
	}
	p := []string{"关于" + subject + "的" + kind, "", l.Sender + "："}
	source := "来文"
	if l.Notice != "" {
		source = "《" + trimQuotes(l.Notice) + "》"
	}
	if l.DocNo != "" {
		source += "（" + l.DocNo + "）"
	}
	verb := "现就有关任务事项函复如下："
	if up {
		verb = "现就有关任务事项请示如下："
	}
	p = append(p, indent(source+"收悉。经对照《"+street(l.Office)+"履行职责事项清单》（以下简称《清单》）逐项核对，"+verb))
	p = append(p, indent("一、任务内容。来文提出：“"+quote(l.Task)+"”"))
	if l.TakenBack != nil {
		p = append(p, l.takenBack(up)...)
	} else {
		p = append(p, l.unlisted(up)...)
	}
	p = append(p, indent(end), "", right(l.Office), right(l.Date.Chinese()))
	return strings.Join(p, "\n") + "\n"
}

func (l Letter) takenBack(up bool) []string {
	it := *l.TakenBack
	found := "二、核对情况。该任务属于《清单》上级部门收回事项" + numbered(it) + "，承接部门为" + it.TakenBackBy + "，已不再由" + we(l.Office) + "承担。"
	if it.Method != "" {
		found += "《清单》明确的工作方式为：" + stop(it.Method)
	}
	ask := "三、办理建议。请贵单位按照《清单》明确的分工，商" + it.TakenBackBy + "组织实施，不再向" + we(l.Office) + "交办。"
	if sameUnit(l.Sender, it.TakenBackBy) {
		ask = "三、办理建议。请贵单位按照《清单》明确的分工和工作方式直接组织实施，不再向" + we(l.Office) + "交办。"
	}
	if up {
		ask = "三、有关请求。恳请按照《清单》明确的分工，将该任务交由" + it.TakenBackBy + "组织实施。"
	}
	ask += we(l.Office) + "在日常工作中发现相关问题线索的，将及时转告。"
	return []string{indent(found), indent(ask)}
}

func (l Letter) unlisted(up bool) []string {
	found := "二、核对情况。该任务未列入《清单》基本履职事项和配合履职事项。"
	switch len(l.Closest) {
	case 0:
	case 1:
		found += "《清单》中与之较为接近的是" + l.Closest[0].Class.Name("zh") + numbered(l.Closest[0]) + "，该事项不包含上述任务内容。"
	default:
		var near []string
		for _, it := range l.Closest {
			near = append(near, it.Class.Name("zh")+numbered(it))
		}
		found += "《清单》中与之较为接近的有：" + strings.Join(near, "；") + "。上述事项均不包含该任务内容。"
	}
	ask := "三、办理建议。确需由" + we(l.Office) + "承担的，请贵单位按照职责准入有关规定，充分听取基层意见，送机构编制部门审核，按程序报批后再行交办，并按照“权随责走、费随事转”的要求，同步明确工作经费、人员力量和业务指导。在履行上述程序前，" + we(l.Office) + "暂不承接该任务。"
	if up {
		ask = "三、有关请求。恳请对该任务是否由" + we(l.Office) + "承担予以明确。确需承担的，恳请协调有关部门履行职责准入程序，并按照“权随责走、费随事转”的要求，同步明确工作经费、人员力量和业务指导。"
	}
	ask += "如遇应急处置、抢险救灾等紧急情形，" + we(l.Office) + "将先行配合做好有关工作。"
	return []string{indent(found), indent(ask)}
}

func (l Letter) english() string {
	source := "Your notice"
	if l.Notice != "" {
		source = fmt.Sprintf("Your notice %q", trimQuotes(l.Notice))
	}
	if l.DocNo != "" {
		source += " (" + l.DocNo + ")"
	}
	p := []string{"Reply concerning a task that was sent down", "", "To: " + l.Sender, "",
		source + " has been received. It asks: \u201c" + quote(l.Task) + "\u201d We have checked this task against our list of duties.", ""}
	if it := l.TakenBack; it != nil {
		found := fmt.Sprintf("It falls under No. %s of the duties taken back by higher units, \u201c%s\u201d, which %s has taken over and which is no longer ours.", it.No, it.Name, it.TakenBackBy)
		if it.Method != "" {
			found += " The list says how it is done now: " + stop(it.Method)
		}
		p = append(p, found, "", "Please have it carried out by "+it.TakenBackBy+" as the list provides. We shall pass on whatever we come to know in our daily work.")
	} else {
		found := "It is neither among our basic duties nor among our supporting duties."
		for i, it := range l.Closest {
			if i == 0 {
				found += " The closest items, none of which covers it, are:"
			}
			found += fmt.Sprintf("\n- %s, No. %s, \u201c%s\u201d", it.Class.Name("en"), it.No, it.Name)
		}
		p = append(p, found, "", "If it is to be ours, please take it through the procedure for admitting duties, with the review by the office for establishment and the approval that it needs, and settle the funds, staff and guidance that come with it. Until then we cannot take it on. In an emergency we shall help at once.")
	}
	return strings.Join(append(p, "", l.Office, l.Date.String()), "\n") + "\n"
}

// numbered cites an item: 第14项“互联网上网服务营业场所和娱乐场所检查”.
func numbered(it Item) string {
	if it.No == "" {
		return "“" + it.Name + "”"
	}
	return "第" + it.No + "项“" + it.Name + "”"
}

// superior says whether an office is over a street: a people's government or a
// Party committee, not one of its departments.
func superior(sender string) bool {
	for _, end := range []string{"人民政府", "县政府", "区政府", "市政府", "县委", "区委", "市委"} {
		if strings.HasSuffix(sender, end) {
			return true
		}
	}
	return strings.HasPrefix(sender, "中共") && strings.HasSuffix(sender, "委员会")
}

// sameUnit compares 云溪县民政局 and 县民政局.
func sameUnit(a, b string) bool {
	return a != "" && b != "" && (strings.HasSuffix(a, b) || strings.HasSuffix(b, a))
}

// street is the place whose list it is: 青石街道办事处 has that of 青石街道.
func street(office string) string {
	s := strings.TrimSuffix(strings.TrimSuffix(office, "办事处"), "人民政府")
	return strings.TrimPrefix(s, "中共")
}

// we is how the office calls itself.
func we(office string) string {
	switch s := street(office); {
	case strings.HasSuffix(s, "街道"), strings.HasSuffix(s, "街道党工委"):
		return "我街道"
	case strings.HasSuffix(s, "镇"):
		return "我镇"
	case strings.HasSuffix(s, "乡"):
		return "我乡"
	}
	return "我单位"
}

// quote shortens a task and closes it with a stop, inner quotes made single.
func quote(task string) string {
	s := strings.NewReplacer("“", "‘", "”", "’").Replace(strings.Join(strings.Fields(task), ""))
	if rs := []rune(s); len(rs) > maxQuote {
		return string(rs[:maxQuote]) + "……"
	}
	return stop(s)
}

func stop(s string) string {
	return strings.TrimRight(strings.TrimSpace(s), "。；;，, ") + "。"
}

func trimQuotes(s string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), "《"), "》")
}

func indent(s string) string { return "　　" + s }

// right stands for flush right in plain text.
func right(s string) string { return strings.Repeat("　", 16) + s }
