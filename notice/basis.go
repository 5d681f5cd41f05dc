package notice

import "strings"

// Numbers that only look like targets: what a target is measured by, where and
// how large things are, steps of a scale, lengths of time.

// basis tells whether a number is what the target is measured by, or a mere
// date or mark.
func basis(before, after []rune, f figure) bool {
	if endsAny(before, "能力", "规模", "人口", "总量", "存量", "容量") && !achievesMore(before) {
		return true // 日处置能力300吨
	}
	if containsAny(before, "现有", "已有", "已建", "目前", "原有", "截至", "占地", "总投资", "建筑面积", "计划量", "核定", "剩余") && !containsAny(before, "基础上") {
		return true // how things are
	}
	if i := lastIndexOf(before, "每"); i >= 0 && changes.prefix(before[i+1:]) > 0 {
		return true // 每降低1个百分点
	}
	if isExtent(before, after, f) {
		return true
	}
	if endsAny(before, wholes...) && f.unit != "%" {
		return true // 全镇23个自然村
	}
	if endsAny(before, "每", "按", "按照每", "每满", "等", "近", "第", "占", "满", "现有", "已有", "原有", "共有", "上述", "以上", "前款", "其余", "这", "该", "此", "本", "两", "未满") {
		return true
	}
	switch f.unit {
	case "年":
		if f.value >= 1949 {
			return true
		}
		return !timeLimit(before, after)
	case "日", "天", "个月", "月", "周", "小时", "个小时", "分钟", "个工作日", "工作日", "个季度":
		return !timeLimit(before, after)
	case "%":
		return containsAny(before, "占", "权重", "按照", "返还", "贴息", "补贴", "补助", "奖励", "给予", "罚", "计算") && !containsAny(before, "用于", "不低于", "不少于", "达") ||
			endsWith(before, "(") && beginsWith(after, ")") || containsAny(after[:min(len(after), 8)], "给予", "补贴", "补助", "计入", "权重", "计分", "奖励", "返还")
	case "元":
		return containsAny(before, "补贴", "补助", "奖励", "给予", "标准", "减免", "罚", "租金", "每人", "每户", "贴息") && !containsAny(before, "最高", "不超过", "最长", "上限") || beginsAny(after, "以上的", "以下的", "以上项目", "以下项目")
	}
	return beginsAny(after, "以上的", "以下的") && f.unit != "%" && !endsAny(before, "不少于", "至少")
}

// wholes in front of a number say how many there are of something.
var wholes = strings.Fields(`全镇 全乡 全区 全县 全市 全省 全街道 全村 全社区 全辖区 辖区 辖区内 所辖 下辖 本区 本市 本县 本镇 我区 我市 我县 我镇 我街道 涉及`)

// achievesMore tells whether what is counted is brought about: 新增处置能力.
func achievesMore(before []rune) bool {
	return containsAny(before, "新增", "增加", "提升", "提高", "扩大", "形成", "建设", "建成", "达", "实现", "压减", "减少", "下降", "控制", "消化", "化解", "目标", "任务")
}

// changes are the verbs behind 每 that make a number a step.
var changes = newLexicon(strings.Fields(`降低 降 减少 减 少 增加 增 多 超 低于 高于 提高 提升 上升 下降 发现 发生 出现 新增 缺 迟 推迟 延迟 逾期 查出 有 漏 接到`))

// isExtent tells whether a number says where or how large something is, not
// how much there is to do: 周边200米范围, 半径1公里以内.
func isExtent(before, after []rune, f figure) bool {
	switch f.unit {
	case "米", "公里", "千米", "里", "平方米", "平方公里", "亩", "公顷", "平方千米":
		if b, ok := boundBehind(after); ok { // 5000平方米以上工地
			rest := after[len([]rune(b.word)):]
			if len(rest) > 0 && !strings.ContainsRune(segmentEnds+"、()", rest[0]) {
				return true
			}
		}
		return beginsAny(after, "范围", "半径", "区域", "直径") ||
			containsAny(before, "周边", "半径", "方圆", "周围", "距离", "相距", "间距", "沿线", "两侧", "面积在", "高度")
	}
	return false
}

// timeLimit tells whether a length of time is a limit: 2个工作日内, 最长3个月.
func timeLimit(before, after []rune) bool {
	if endsAny(before, "月", "的", "近", "过去", "前", "每周", "每月", "未来", "今后") || containsAny(before, "印发后", "发布后", "印发之日", "发布之日", "下发之日", "公布之日", "施行之日", "有效期", "延长", "延缓", "连续出现", "累计出现", "任期", "聘期", "为期") {
		return false
	}
	if endsAny(before, "缩至", "缩到", "缩短至", "缩短到", "减至", "减到", "压到", "压至", "降至", "降到", "控制在", "提速至", "提速到", "缩短为", "压缩为", "调整为") {
		return true
	}
	if containsAny(before, "最长", "不超过", "不得超过", "不少于", "不低于", "至少") {
		return true
	}
	for _, b := range boundsBefore {
		if endsWith(before, b.word) {
			return true
		}
	}
	_, ok := boundBehind(after)
	return ok && !beginsAny(after, "内容", "内有效", "以上的", "内部")
}
