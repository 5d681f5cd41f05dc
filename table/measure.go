package table

import (
	"regexp"
	"slices"
	"strings"
)

// A path that counts is read whole: words for what is counted, words for which
// part of it, and words that say nothing, with nothing left over. So
// 60岁以上/女 and 本月新增 are not understood, and stay empty.

type tokenClass int

const (
	noise tokenClass = iota
	noun
	quality
)

type token struct {
	class tokenClass
	value string
	also  string // for a quality: the noun that it implies
}

var tokens = map[string]token{}

func init() {
	put := func(class tokenClass, value, also, words string) {
		for w := range strings.FieldsSeq(words) {
			tokens[w] = token{class, value, also}
		}
	}
	put(noise, "", "", "其中 总 合计 小计 总计 共计 数 数量 总数 总量 情况 基本情况 基本 辖区 辖区内 现有 实有 目前 共有 信息 概况 个数 统计 总体 全部 个 名 所有 现 的 登记 居住 实际居住 实住 现居住 入住 本社区 本村 社区内 网格内 年末 期末 月末 季末 本月末 本期末 年底 合计数 总计数 小计数 基础数据 数据 类 内 及 持证 人群 群体 服务对象 重点 户口")
	put(noun, "persons", "", "人口 人数 人 人员 总人口 人口数 居民 人员数 人口总数")
	put(noun, "households", "", "户 户数 家庭 住户 居民户 家庭户 总户数 常住家庭户 居民家庭 住户数")
	put(noun, "dwellings", "", "套 房屋 住房 住宅 房屋套数 套数 住宅套数 住房套数 房屋数 住宅房屋")
	put(noun, "buildings", "", "楼栋 栋 栋数 楼栋数 楼宇 楼幢 幢数 幢 居民楼 楼房 住宅楼")
	put(noun, "compounds", "", "小区 住宅小区 居民小区 小区数 居住小区")
	put(noun, "grids", "", "网格 网格数")
	put(noun, "enterprises", "", "企业 企业数 家企业 企业家数 辖区企业 企业单位")
	put(noun, "shops", "", "个体工商户 个体户 个体工商户数 个体商户 个体 个体工商 个体经营户")
	put(quality, "registered", "", "户籍 户籍在册 本地户籍")
	put(quality, "resident", "", "常住")
	put(quality, "migrant", "", "流动 外来 外来流动")
	put(quality, "age60plus", "persons", "60岁以上")
	put(quality, "age65plus", "persons", "65岁以上")
	put(quality, "age80plus", "persons", "80岁以上")
	put(quality, "disabled", "persons", "残疾人 持证残疾人 残疾人口 残疾人员 残疾")
	put(quality, "dibao", "", "低保 最低生活保障 享受低保 城乡低保 低保对象 低保人员")
	put(quality, "lives_alone", "persons", "独居老人 独居老年人 独居老年人口 老年独居 独居的老人")
	put(quality, "vaccinated", "persons", "已接种 接种 已接种疫苗 疫苗接种 已完成接种 累计接种 已种 实际接种 实种")
	put(quality, "pension_insured", "persons", "参保 已参保 养老保险参保 参加养老保险 参加基本养老保险 基本养老保险参保 养老保险已参保 已参加养老保险 参加养老 养老保险 基本养老保险 累计参保 参保总")
	put(quality, "rented", "dwellings", "出租房 出租屋 出租房屋 租赁房屋 租赁房 出租住房 出租的房屋")
	put(quality, "vacant", "dwellings", "空置房 空置房屋 空房 空置住房 闲置房屋 空置的房屋 空关房 空关房屋 闲置住房")
	put(quality, "old", "persons", "老年人 老人 老年 老龄 高龄老人 高龄老年人 高龄")
	put(quality, "rented", "", "出租")
	put(quality, "vacant", "", "空置")
}

var (
	ageAbove = regexp.MustCompile(`(60|65|80|六十|八十|六十五)(周岁|岁)?(\(含[^)]*\)|含|及)?以上(的)?(高龄)?(老年人口|老年人|老龄人口|老人|居民|人口|人员)?`)
	ageWords = map[string]string{"六十": "60", "八十": "80", "六十五": "65"}
	tooLong  = 60 // runes of a path that may be a count
)

var measureUnits = map[string]string{"人": "persons", "户": "households", "套": "dwellings", "栋": "buildings", "幢": "buildings", "个": "", "家": "", "名": "persons"}

// measure is the element that a path counts, "" where it counts none or not
// everything is understood.
func (v *vocabulary) measure(a ask) string { return v.measureOf(a, "") }

// isPart tells a column that counts a part of what another counts.
func (a ask) isPart() bool {
	for _, p := range a.path {
		if p.part {
			return true
		}
	}
	return false
}

// nounOf is what a path counts: persons, households …
func (v *vocabulary) nounOf(a ask) string {
	id := strings.TrimPrefix(v.measure(a), "count.")
	noun, _, _ := strings.Cut(id, ".")
	return noun
}

// measureOf is measure for a column after one that counts the given noun: 其中：
// 户籍 is a part of it.
func (v *vocabulary) measureOf(a ask, before string) string {
	text, short := "", ""
	for i, p := range a.path {
		if p.part && p.text == "" {
			continue
		}
		text += p.joined
		if i == len(a.path)-1 || !v.topic(p.joined) {
			short += p.joined
		}
	}
	if id, ok := v.counted(a, text, before); ok {
		return id
	}
	id, _ := v.counted(a, short, before)
	return id
}

// topic tells a group whose name says nothing about which part is counted.
func (v *vocabulary) topic(g string) bool {
	return measureTopics[g] || v.neutral[g] || v.neutral[topicEnd.ReplaceAllString(g, "")] || measureTopics[topicEnd.ReplaceAllString(g, "")] ||
		topicLike.MatchString(g) && !restricts.MatchString(g)
}

var (
	// topicLike are ends of names of groups, restricts what makes a part of
	// what is counted below them.
	topicLike = regexp.MustCompile(`(情况|单位|信息|构成|概况|数据|指标|资源|主体|要素|领域|工作|组织|结构|分布|基础|底数)$`)
	restricts = regexp.MustCompile(`[新增减变动化应未已男女岁党迁生死转失隐拟需率占比]|其中|本月|本季|本年|本期|上月|上年|上季|去年|同比|走访|巡查|检查|排查|目标|任务|计划|完成|就业|整治|整改|培训|宣传|残疾|低保|特困|救助|独居|老|儿童|妇女|学生|流动|户籍|常住|出租|空置|参保|接种|志愿|困难|重点|高龄|服务|活动|困境|优抚|退役|规上|高新|外资|停业|注销|登记`)
)

var measureTopics = set("民生 治理 党建 平安 综治 城建 经济发展 产业 就业 社保 民生服务 民生实事 基层治理 社会事业 公共服务 物业 卫生 卫健 教育 综合 资源 住建 人社 社会治理 网格化管理 救助保障 养老服务 养老 助残 残联 社会福利 福利 市场监管 营商环境 辖区资源 队伍 市场主体 各类市场主体 特殊群体 特殊人群 重点群体 重点人群 关爱群体 民生保障 社会保障 社会救助 民政 民政对象 老龄 老龄人口 老年人数 老龄人数 老人 老年人 老年人口 老年人群 老年群体 人口构成 人口结构 人口组成 人口分布 人口数据 年龄结构 建筑规模 规模 建筑指标 房屋使用 住房使用 房屋现状 房屋状况 房屋类型 房屋用途 房屋性质 房屋构成 住房类型 辖区单位 经济 经济组织 两新组织 辖区企业 基本概况 区域概况 居住人口 居住人员 人员构成 人员结构 困难群众 困难群体 服务群体 服务管理 网格化 网格治理 治理单元 实有人口 实有房屋 实有单位 人 人员 住户 户 人房 单位场所 场所单位 总体情况 数量 指标")

// counted reads a text that counts; ok tells whether every word of it is known.
func (v *vocabulary) counted(a ask, text, before string) (id string, ok bool) {
	if len([]rune(text)) > tooLong || text == "" {
		return "", false
	}
	text = strings.ReplaceAll(text, "数量", "数")
	text = ageAbove.ReplaceAllStringFunc(text, func(m string) string {
		n := ageAbove.FindStringSubmatch(m)[1]
		if d := ageWords[n]; d != "" {
			n = d
		}
		return n + "岁以上"
	})
	var nouns, qualities []string
	implied := ""
	rs := []rune(text)
	last := token{}
	for i := 0; i < len(rs); {
		n := min(len(rs)-i, 8)
		for ; n > 0; n-- {
			if _, ok := tokens[string(rs[i:i+n])]; ok {
				break
			}
		}
		if n == 0 {
			return "", false
		}
		last = tokens[string(rs[i:i+n])]
		switch last.class {
		case noun:
			if last.value == "persons" && string(rs[i:i+n]) == "户" {
				break
			}
			nouns = append(nouns, last.value)
		case quality:
			if !slices.Contains(qualities, last.value) {
				qualities = append(qualities, last.value)
			}
			implied = last.also
		}
		i += n
	}
	if len(qualities) == 2 && slices.Contains(qualities, "old") && slices.ContainsFunc(qualities, func(q string) bool { return strings.HasPrefix(q, "age") || q == "lives_alone" }) {
		qualities = slices.DeleteFunc(qualities, func(q string) bool { return q == "old" }) // 高龄老人（80岁以上）
	}
	if len(qualities) > 1 || len(nouns) == 0 && len(qualities) == 0 {
		return "", true
	}
	what := implied
	if n := len(nouns); n > 0 {
		what = nouns[n-1]
	}
	counted, isUnit := measureUnits[a.unit]
	if what == "" {
		what = counted
	}
	if what == "" && a.isPart() {
		what = before
	}
	if what == "" || counted != "" && counted != what && (what == "persons" || what == "households") {
		return "", true
	}
	// a bare noun may be a name: 小区, 网格, 企业
	if len(qualities) == 0 && !isUnit && !v.saysNumber(a) && !(len(a.path) > 1 && (what == "enterprises" || what == "shops")) {
		return "", true
	}
	id = "count." + what
	if len(qualities) == 1 {
		id += "." + qualities[0]
	}
	if v.types(id) == "" {
		return "", true
	}
	return id, true
}

// saysNumber tells whether a path asks how many.
func (v *vocabulary) saysNumber(a ask) bool {
	for _, p := range a.path {
		if strings.HasSuffix(p.text, "数") || strings.HasSuffix(p.text, "数量") || strings.HasSuffix(p.text, "人口") || strings.Contains(p.text, "总") || strings.HasSuffix(p.text, "合计") || strings.HasSuffix(p.text, "小计") {
			return true
		}
	}
	return false
}

// topical are groups of people or homes that a title may be about; a bare 人数
// below such a title counts them, and not everybody.
var topical = map[string]*regexp.Regexp{
	"persons":    regexp.MustCompile(`低保|残疾|老年|老人|独居|流动|接种|疫苗|参保|儿童|妇女|志愿|特困|救助|高龄|失业|退役|困难|学生|养老|医保|就业|体检|低收入|孤寡|留守|优抚|网格员|培训|应急|防汛|转移|撤离`),
	"households": regexp.MustCompile(`低保|特困|救助|困难|低收入|转移|撤离|搬迁|拆迁|危房`),
	"dwellings":  regexp.MustCompile(`出租|空置|租赁|危房`),
}

// barecount tells a count of all persons or households that does not say so in
// as many words, below a title that is about some of them.
func barecount(a ask, title string) bool {
	if len(a.path) != 1 {
		return false
	}
	what := ""
	switch a.path[0].text {
	case "人数", "人", "人员数", "数量":
		what = "persons"
	case "户数", "户":
		what = "households"
	case "套数", "房屋数":
		what = "dwellings"
	}
	return what != "" && topical[what].MatchString(title)
}
