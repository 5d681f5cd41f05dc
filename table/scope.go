package table

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// pieces are the labels of a line, each with what stands behind it.
func pieces(line string) []string {
	labels := labelsIn(line)
	if len(labels) < 2 {
		return []string{line}
	}
	var out []string
	for _, l := range labels {
		out = append(out, l.text+":"+l.after)
	}
	return out
}

var (
	ageRange   = regexp.MustCompile(`([0-9]{1,3})(?:周岁|岁)?(?:\(含\))?(?:-|至|到|--)([0-9]{1,3})(?:周岁|岁)`)
	ageFrom    = regexp.MustCompile(`([0-9]{1,3})(?:周岁|岁)(?:\(含[^)]*\)|含|及|\(及\))?以上`)
	ageUpto    = regexp.MustCompile(`([0-9]{1,3})(?:周岁|岁)(\(含[^)]*\)|含|及)?以下(\(含[^)]*\))?`)
	ageUnder   = regexp.MustCompile(`[未不]满([0-9]{1,3})(?:周岁|岁)`)
	ageFull    = regexp.MustCompile(`(?:^|[^未不])满([0-9]{1,3})(?:周岁|岁)`)
	untilDay   = regexp.MustCompile(`截[至止]?(?:至|到|日期:|时间:|时点:)?(20[0-9]{2})年([0-9]{1,2})月(?:([0-9]{1,2})日|底|末)?`)
	untilShort = regexp.MustCompile(`截[至止]?(?:至|到|日期:|时间:|时点:)?([0-9]{1,2}月(?:[0-9]{1,2}日|底|末)?)`)
	untilISO   = regexp.MustCompile(`截[至止]?(?:至|到|日期:|时间:|时点:)?(20[0-9]{2})[-./]([0-9]{1,2})[-./]([0-9]{1,2})`)
	untilYear  = regexp.MustCompile(`截[至止]?(?:至|到)?(20[0-9]{2})年(?:底|末)`)
	months     = regexp.MustCompile(`(20[0-9]{2})年([0-9]{1,2})月?(?:-|至|到)(?:(20[0-9]{2})年)?([0-9]{1,2})月`)
	quarter    = regexp.MustCompile(`(20[0-9]{2})年度?(?:第)?([一二三四1-4])季度?`)
	halfYear   = regexp.MustCompile(`(20[0-9]{2})年度?([上下])半年`)
	month      = regexp.MustCompile(`(20[0-9]{2})(?:年|[-./])([0-9]{1,2})月(?:份|度)?([0-9]{1,2}日|底|末)?`)
	year       = regexp.MustCompile(`(20[0-9]{2})年(?:度)?`)
	deadline   = regexp.MustCompile(`填报|填表|制表|报送|上报|报至|前报|打印|登记日期|登记时间|发布|印发|修订|采集日期|采集时间|[0-9]日前|更新|填写`)
)

// scopeOf reads place, ages and days out of the title and the lines above a
// table.
func scopeOf(title string, lines []string) Scope {
	var s Scope
	parts := []string{title}
	for _, l := range lines {
		parts = append(parts, pieces(l)...)
	}
	for i, raw := range parts {
		t := fold(raw)
		if t == "" || isNote(t) {
			continue
		}
		if s.Place == "" {
			s.Place = placeIn(t)
		}
		if s.AgeMin == nil && s.AgeMax == nil && (i == 0 || len([]rune(t)) <= 30) {
			s.AgeMin, s.AgeMax = agesIn(t)
		}
		if s.AsOf == "" && (i == 0 || !deadline.MatchString(t)) {
			s.From, s.AsOf = daysIn(t)
			if m := untilShort.FindStringSubmatch(t); s.AsOf == "" && m != nil {
				if y := year.FindStringSubmatch(fold(title)); y != nil {
					s.From, s.AsOf = daysIn("截至" + y[1] + "年" + m[1]) // the title names the year
				}
			}
		}
	}
	return s
}

func agesIn(t string) (from, to *int) {
	num := func(s string) *int {
		n, err := strconv.Atoi(s)
		if err != nil || n > 150 {
			return nil
		}
		return &n
	}
	if m := ageRange.FindStringSubmatch(t); m != nil {
		return num(m[1]), num(m[2])
	}
	if m := ageFrom.FindStringSubmatch(t); m != nil {
		from = num(m[1])
	} else if m := ageFull.FindStringSubmatch(t); m != nil {
		from = num(m[1])
	} else if strings.Contains(t, "百岁") {
		from = num("100")
	}
	if m := ageUpto.FindStringSubmatch(t); m != nil {
		if to = num(m[1]); to != nil && m[2] == "" && m[3] == "" {
			*to--
		}
	} else if m := ageUnder.FindStringSubmatch(t); m != nil {
		if to = num(m[1]); to != nil {
			*to--
		}
	}
	return from, to
}

// daysIn reads the day at which a table stands, or the period that it covers.
func daysIn(t string) (from, asOf string) {
	day := func(y, m, d string) string {
		yy, _ := strconv.Atoi(y)
		mm, _ := strconv.Atoi(m)
		dd, _ := strconv.Atoi(d)
		if mm < 1 || mm > 12 || dd < 0 || dd > lastDay(yy, mm) {
			return ""
		}
		if dd == 0 {
			dd = lastDay(yy, mm)
		}
		return fmt.Sprintf("%04d-%02d-%02d", yy, mm, dd)
	}
	if m := untilISO.FindStringSubmatch(t); m != nil {
		return "", day(m[1], m[2], m[3])
	}
	if m := untilDay.FindStringSubmatch(t); m != nil {
		return "", day(m[1], m[2], m[3])
	}
	if m := untilYear.FindStringSubmatch(t); m != nil {
		return "", day(m[1], "12", "31")
	}
	if strings.Contains(t, "截至") || strings.Contains(t, "截止") {
		return "", ""
	}
	if m := months.FindStringSubmatch(t); m != nil {
		end := m[1]
		if m[3] != "" {
			end = m[3]
		}
		return both(day(m[1], m[2], "1"), day(end, m[4], ""))
	}
	if m := quarter.FindStringSubmatch(t); m != nil {
		q := strings.Index("一二三四", m[2]) / len("一")
		if n, err := strconv.Atoi(m[2]); err == nil {
			q = n - 1
		}
		return both(day(m[1], strconv.Itoa(3*q+1), "1"), day(m[1], strconv.Itoa(3*q+3), ""))
	}
	if m := halfYear.FindStringSubmatch(t); m != nil {
		if m[2] == "上" {
			return both(day(m[1], "1", "1"), day(m[1], "6", ""))
		}
		return both(day(m[1], "7", "1"), day(m[1], "12", ""))
	}
	if m := month.FindStringSubmatch(t); m != nil {
		switch {
		case m[3] == "":
			return both(day(m[1], m[2], "1"), day(m[1], m[2], ""))
		case strings.HasSuffix(m[3], "日"):
			return "", day(m[1], m[2], strings.TrimSuffix(m[3], "日"))
		}
		return "", day(m[1], m[2], "")
	}
	for _, m := range year.FindAllStringSubmatchIndex(t, -1) {
		rest := t[m[1]:]
		if strings.HasPrefix(rest, "月") || strings.HasPrefix(rest, "以") || strings.HasPrefix(rest, "前") || strings.HasPrefix(rest, "底") || strings.HasPrefix(rest, "末") || strings.HasPrefix(rest, "第") {
			continue
		}
		y := t[m[2]:m[3]]
		return both(day(y, "1", "1"), day(y, "12", "31"))
	}
	return "", ""
}

func both(from, to string) (string, string) {
	if from == "" || to == "" {
		return "", ""
	}
	return from, to
}

func lastDay(y, m int) int {
	return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

var (
	placeStart = regexp.MustCompile(`^(?:关于|20[0-9]{2}年|[0-9]{1,2}月份?|年度?|[0-9上下半年第一二三四季度月日份]+)`)
	placePart  = regexp.MustCompile(`^(\p{Han}{2,6}?)(省|自治区|自治州|市|区|县|旗|街道|镇|乡|社区|村|居委会|小区|网格)`)
	gridPart   = regexp.MustCompile(`^((?:第?[0-9一二三四五六七八九十]{1,3}|\p{Han}{2,5}?))(网格|小区)`)
	notName    = regexp.MustCompile(`各|全|本|辖|所|属|年|月|度|的|和|与|及|表|等|老旧|行政|自然|该|每|城中|统计|情况|人员|企业|户籍|居住|登记|信息|住宅|高层|智慧|平安|和谐|示范|人口|社会|居民|农|商|名单|台账|困难|残疾|老年|儿童|房屋|志愿|基本|网格|社区|小区|街道|乡镇|镇街|村居|某|物业|封闭|开放|安置|文明|绿色|美丽|红色|单位|零散|拆迁|完整|试点|重点|有|无|未|我`)
	// beginnings of words that end like a kind of place: 地区, 城市, 城镇
	notBefore = map[string]string{"区": "地城市片园校景厂山库灾社小新老牧矿林", "市": "城超上股夜门", "镇": "城集重", "村": "乡新古", "乡": "城家故老", "县": "郡", "旗": "红锦党国", "小区": "宅旧型"}
	notAfter  = map[string]string{"乡": "镇村", "镇": "街乡居", "村": "民居庄级务镇", "市": "场民政容", "区": "域", "县": "级", "旗": "下舰"}
)

// placeIn finds the longest chain of places in a text: 青萍街道望山社区. It
// begins where the text, or a part of it behind a sign or a date, begins.
func placeIn(t string) string {
	best := ""
	for _, part := range strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("()《》“”\"'、,。;:_-/|", r) }) {
		part = strings.TrimLeft(part, "0123456789")
		for {
			cut := placeStart.FindString(part)
			if cut == "" {
				break
			}
			part = part[len(cut):]
		}
		if p := chain(part); len(p) > len(best) {
			best = p
		}
	}
	return best
}

func chain(s string) string {
	rest := s
	n := 0
	for rest != "" {
		m := placePart.FindStringSubmatch(rest)
		if n > 0 && (m == nil || notName.MatchString(m[1])) {
			if g := gridPart.FindStringSubmatch(rest); g != nil && !notName.MatchString(g[1]) {
				rest = rest[len(g[0]):]
			}
			break
		}
		if m == nil || notName.MatchString(m[1]) || n == 0 && m[2] == "网格" {
			break
		}
		name, after := []rune(m[1]), []rune(rest[len(m[0]):])
		if strings.ContainsRune(notBefore[m[2]], name[len(name)-1]) && len(name) < 3 {
			break
		}
		if len(after) > 0 && strings.ContainsRune(notAfter[m[2]], after[0]) {
			break
		}
		rest = rest[len(m[0]):]
		n++
	}
	if n == 0 {
		return ""
	}
	return s[:len(s)-len(rest)]
}
