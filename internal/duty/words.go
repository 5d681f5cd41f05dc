package duty

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// stopWords are what every task and every duty is full of: they tell how a
// thing is done, by whom and how well, not what it is about. They part words,
// so that no bigram runs across them.
var stopWords = strings.Fields(`
	加强 负责 做好 抓好 工作 开展 落实 推进 推动 组织 实施 完成 确保 进一步 切实 积极 认真 深入 全面 持续 扎实
	按照 要求 规定 有关 相关 及时 定期 不定期 常态化 建立 健全 完善 机制 制度 体系 台账 情况 任务 重点 专项 行动
	活动 措施 方案 问题 进行 配合 协助 参与 指导 督促 引导 统筹 协调 服务 管理 监督 保障 力度 做到 实现 达到 以上
	不少于 不低于 不超过 以下 以内 每年 每季度 每月 每周 每日 每天 每旬 每人 年内 年底 月底 底前 前 上半年 下半年 季度
	各社区 各村 各网格 社区 街道 乡镇 村社区 辖区 本辖区 本地 全县 全区 县级 上级 部门 单位 人员 干部 职工 群众 居民
	逐户 逐一 逐件 逐家 逐栋 逐个 逐步 全部 一律 坚决 严格 严禁 严防 立即 发现 上报 报告 报送 并 的 了 和 与 及 或 等
	对 为 由 将 把 在 向 以及 其 该 
	满意率 覆盖率 完成率 率 占比 台帐 名册 清单 资料 档案 信息 数据 登记 统计 摸排 摸底 排查 检查 巡查 宣传 宣传周 走访 入户 上门
	必须 应当 可以 需要 进入 使用 提供 通过 依托 利用 结合 围绕 根据 新增 扩大 提高 提升 促进 强化 规范 有效 集中 专人 安排
	安全隐患 隐患 现场 执法 处罚 整改 责令 监管 依法 查处 处置 整治 治理 审核 审批 受理 办理 许可 备案
`)

// faintWords are kept but count little: they stand in the names of many
// things. Each is one bigram.
var faintWords = strings.Fields(`
	设置 设备 设施 场所 推广 动员 维护 企业 机构 安全 时间 免费 培训 保护 对象 使用 经营 文明 队伍 政策 需求 意见 建议
	会议 学习 传达 精神 资金 工程 建设 项目 计划 编制 公共 发展 社会 特殊 家庭 事项 事件 区域 环境 综合 运行 政务 中心
	新建 标准 质量 安装 验收 申请 审查 违规 违法 行为 线索 风险 防控 预防 防范 调查 人口 研究 决定 责任 专业 推广 条件
	重大 数字 网络 平台 技术 小区 城镇 城乡 农村 日常 基层 基础 公开 评估 考核 培育 扶持 困难 帮扶 帮助 支持 联系
	收集 采集 核查 核实 征求 反映 沿线 沿街 周边 开放 收费 价格 市场 监测 补贴 补助 奖励 发放 发布 通知 接待 劝导 劝阻
	预警 处理 化解 解决 方式 类型 领导 会同 联合 代表 定点 网点 销售 布局 改革 改造 更新 生活 文化 教育 交通 道路 车辆
`)

// synonyms are different words of the trade for one thing; the first of each
// line stands for all. They are general, not made for one list.
var synonyms = [][]string{
	{"老年人", "老年", "老人", "高龄", "独居", "空巢", "失能", "养老服务"},
	{"最低生活保障", "低保户", "低保"},
	{"社会救助", "困难家庭", "困难群众", "急难救助"},
	{"基本医疗保险", "居民医保", "医保"},
	{"基本养老保险", "养老保险", "社保参保"},
	{"消防", "火灾", "灭火器", "生命通道", "疏散通道", "九小场所", "小场所"},
	{"退役军人", "退伍", "老兵", "军属", "优抚", "优待证"},
	{"禁毒", "戒毒", "毒品", "涉毒", "吸毒"},
	{"诈骗", "反诈", "被骗", "防骗"},
	{"违法建设", "违法建筑", "违建", "私搭乱建", "拆违"},
	{"征地拆迁", "征收", "征拆", "拆迁"},
	{"信访", "来信来访", "接访", "上访", "初访", "积案"},
	{"业主委员会", "业委会"},
	{"居民委员会", "居委会"},
	{"物业", "物业服务", "物业公司"},
	{"党组织", "党支部", "党建", "党员"},
	{"党风廉政", "廉政", "廉洁", "警示教育", "作风", "违规吃喝", "全面从严治党"},
	{"电动自行车", "电动车"},
	{"加装电梯", "增设电梯"},
	{"疫苗", "接种", "免疫"},
	{"犬", "狗"},
	{"河道", "河长", "巡河", "河流"},
	{"招商引资", "招商", "引资", "客商", "项目洽谈"},
	{"就业", "失业", "招聘", "公益性岗位"},
	{"残疾人", "残疾"},
	{"燃气", "液化气"},
	{"欠薪", "讨薪", "拖欠工资", "农民工工资"},
	{"辍学", "控辍", "失学"},
	{"校外", "校外培训", "托管"},
	{"网吧", "互联网上网服务"},
	{"娱乐场所", "歌舞厅", "ktv"},
	{"户外广告", "广告牌", "灯箱", "店招", "门头招牌"},
	{"房屋", "自建房", "危房", "危旧房"},
	{"流动人口", "外来人口", "暂住人口"},
	{"出租房屋", "出租房", "租客", "房东", "房主", "群租"},
	{"热线", "12345", "工单"},
	{"值班", "值守", "带班"},
	{"应急", "突发事件", "救援", "避险", "避灾"},
	{"防汛", "汛期", "强降雨", "洪涝", "抗旱"},
	{"垃圾分类", "分类垃圾", "厨余垃圾"},
	{"耕地", "撂荒", "非粮化", "非农化"},
	{"动物疫病", "畜禽", "生猪", "家禽", "病死猪", "养殖户"},
	{"刑满释放", "安置帮教", "帮教"},
	{"法治", "普法", "法律", "宪法"},
	{"培训机构", "托管班", "托管机构"},
	{"污水管网", "排水管网"},
	{"医疗机构", "诊所", "医院"},
	{"餐饮", "餐馆", "饭店", "餐厅"},
}

// synonymReplacer replaces longer words before shorter ones.
func synonymReplacer() *strings.Replacer {
	type pair struct{ from, to string }
	var ps []pair
	for _, line := range synonyms {
		for _, w := range line[1:] {
			ps = append(ps, pair{w, line[0]})
		}
	}
	sort.Slice(ps, func(i, j int) bool { return len(ps[i].from) > len(ps[j].from) })
	var args []string
	for _, p := range ps {
		args = append(args, p.from, p.to)
	}
	return strings.NewReplacer(args...)
}

// quantity is a number with what it counts: how much, not what about.
var quantity = regexp.MustCompile(`[第每]?(\d[\d.]*|[一二两三四五六七八九十百千]+)\s*(个|名|次|家|户|份|条|件|项|处|支|年|月|日|天|周|旬|季度|分钟|小时|工作日|岁|元|万元|公里|平方米|%|毫升|万毫升)(以上|以下|以内|以前|底|前)?`)

// splitter parts a text into the words that say what it is about.
type splitter struct {
	synonyms, stops *strings.Replacer
	faint           map[string]bool
}

func newSplitter() splitter {
	stops := append([]string(nil), stopWords...)
	sort.Slice(stops, func(i, j int) bool { return len(stops[i]) > len(stops[j]) })
	var args []string
	for _, w := range stops {
		args = append(args, w, " ")
	}
	faint := map[string]bool{}
	for _, w := range faintWords {
		faint[w] = true
	}
	return splitter{synonymReplacer(), strings.NewReplacer(args...), faint}
}

// words returns what is left of s between stop words, marks and quantities,
// with synonyms replaced.
func (p splitter) words(s string) []string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = quantity.ReplaceAllString(s, " ")
	s = p.stops.Replace(p.synonyms.Replace(s))
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) && !unicode.IsLower(r) })
}

// terms returns the bigrams of the words of s, and words of one character.
func (p splitter) terms(s string) []string {
	var out []string
	for _, w := range p.words(s) {
		out = append(out, bigrams(w)...)
	}
	return out
}

func bigrams(word string) []string {
	rs := []rune(word)
	if len(rs) == 1 {
		return []string{word}
	}
	var out []string
	for i := range len(rs) - 1 {
		out = append(out, string(rs[i:i+2]))
	}
	return out
}

// shared returns the pieces of a task that the item has too, longest runs of
// bigrams joined.
func (p splitter) shared(task string, it Item) []string {
	has := map[string]bool{}
	for _, t := range p.terms(strings.Join([]string{it.Name, it.HigherDuty, it.LocalDuty, it.Method}, "。")) {
		has[t] = true
	}
	out := []string{}
	add := func(run []rune) {
		if s := string(run); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, w := range p.words(task) {
		var run []rune
		for _, b := range bigrams(w) {
			switch {
			case !has[b]:
				add(run)
				run = nil
			case run == nil:
				run = []rune(b)
			default:
				run = append(run, []rune(b)[1:]...)
			}
		}
		add(run)
	}
	return out
}
