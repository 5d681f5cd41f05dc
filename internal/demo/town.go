package demo

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"gewu/internal/subject"
)

// A Town is the base ledger of a made-up street: the same seed gives the same
// town on any machine, apart from the records' ids. Nobody in it can exist:
// resident ids begin with 99, which is no province, and telephones with 154,
// which no operator has.
type Town struct {
	rng     *rand.Rand
	street  string
	today   time.Time
	checked string // when somebody last went through the building
	people  int    // still to be made
	serial  map[string]int
	phones  int
	credits int
	plates  int
	newID   func() string
	// outlines are those of the buildings made so far: id → corners.
	outlines map[string][4]float64
}

// The town lies in the desert, where no office is: its lower left corner, and
// the width and height of a community, in degrees.
const (
	townWest, townSouth          = 82.900, 38.600
	communityWide, communityHigh = 0.012, 0.010
)

// GridBorder returns the corners of the n-th grid of the c-th community, both
// counted from 1: west, south, east, north. Three grids stand side by side in
// a community, three communities in a row.
func GridBorder(c, n int) [4]float64 {
	w := townWest + float64((c-1)%3)*communityWide + float64(n-1)*communityWide/3
	s := townSouth + float64((c-1)/3)*communityHigh
	return [4]float64{w, s, w + communityWide/3, s + communityHigh}
}

// Outlines is the GeoJSON file of the buildings that were made.
func (t *Town) Outlines() []byte {
	var b bytes.Buffer
	b.WriteString(`{"type":"FeatureCollection","features":[`)
	for i, id := range slices.Sorted(maps.Keys(t.outlines)) {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"type":"Feature","properties":{"building":%q},"geometry":%s}`, id, Rectangle(t.outlines[id]))
	}
	b.WriteString("]}")
	return b.Bytes()
}

// Rectangle is a GeoJSON polygon of four corners: west, south, east, north.
func Rectangle(c [4]float64) []byte {
	return fmt.Appendf(nil, `{"type":"Polygon","coordinates":[[[%[1]f,%[2]f],[%[3]f,%[2]f],[%[3]f,%[4]f],[%[1]f,%[4]f],[%[1]f,%[2]f]]]}`, c[0], c[1], c[2], c[3])
}

// NewTown plans a town of about so many people around a day.
func NewTown(street string, people int, seed uint64, today time.Time, newID func() string) *Town {
	return &Town{rng: rand.New(rand.NewPCG(seed, 42)), street: street, today: today, people: people, serial: map[string]int{}, outlines: map[string][4]float64{}, newID: newID}
}

const source = "演示数据"

var (
	familyNames = strings.Fields(`王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白 孟 秦 邱 侯 江 尹 薛 闫 段 雷 龙 黎 史 陶 贺 毛 郝 顾 龚 邵 万 覃 武 钱 戴 严 莫 孔 向 常 欧阳 上官 诸葛 司徒`)
	givenMale   = strings.Fields(`志远 建国 海涛 子轩 浩然 明哲 立新 春生 德胜 文博 俊杰 宇航 国栋 永强 学军 少华 振东 景行 云飞 长庚 松 磊 鹏 毅 岩 峰 涛 平 林 川 一鸣 承志 怀远 家栋 天佑 润泽 思源 向阳 晓东 卫民`)
	givenFemale = strings.Fields(`秀兰 玉珍 桂英 雨桐 欣怡 梦瑶 淑芬 丽华 晓燕 静雯 佳宁 若溪 美玲 春梅 凤霞 慧敏 诗涵 婉清 思琪 素云 芳 娟 敏 静 霞 婷 雪 梅 莹 颖 书瑶 锦绣 可心 语嫣 念慈 采薇 知夏 含笑 月华 冬青`)
	estates     = strings.Fields(`柳荫苑 清溪花园 松风里 荷塘新村 石桥家园 望江小区 青石公寓 云水居 桂香苑 梧桐里 向阳新村 百合园 银杏家园 枫林苑 临泉里 和顺小区 福安里 文华苑`)
	roads       = strings.Fields(`柳荫路 清溪街 松风巷 荷塘路 石桥街 望江路 青石路 云水巷 桂香路`)
	trades      = strings.Fields(`便利店 面馆 理发店 药房 五金店 水果店 服装店 打印社 洗衣店 小餐馆 茶庄 修车铺 早餐店 花店 文具店`)
	companies   = strings.Fields(`商贸 科技 餐饮管理 物业服务 建材 机电设备 文化传播 物流 食品 家政服务`)
	jobs        = strings.Fields(`云溪县第一中学 青石机械厂 云溪县人民医院 清溪超市 望江物流公司 青石街道环卫站 自由职业 云溪建筑公司 县公交公司 松风软件公司`)
)

// Entries are the town's subjects, those first to which others belong.
func (t *Town) Entries() iter.Seq[subject.Entry] {
	return func(yield func(subject.Entry) bool) {
		for g := 0; t.people > 0; g++ {
			grid := fmt.Sprintf("%s%03d%03d", t.street, g/3%6+1, g%3+1)
			if !t.compound(grid, g, yield) {
				return
			}
		}
	}
}

// compound makes one estate: five buildings and who lives in them, and the
// shops below.
func (t *Town) compound(grid string, n int, yield func(subject.Entry) bool) bool {
	estate := estates[n%len(estates)]
	if round := n / len(estates); round > 0 {
		estate = fmt.Sprintf("%s%d期", estate, round+1)
	}
	street := fmt.Sprintf("%s%d号", roads[n%len(roads)], 2*(n/len(roads))+n%7*10+1)
	floors, stairs, year := t.between(5, 7), t.between(3, 4), t.between(1982, 2020)
	if year > 2005 {
		floors, stairs = t.between(11, 18), 2
	}
	var made []string
	for b := 1; b <= 5 && t.people > 0; b++ {
		building := t.newID()
		t.checked = t.today.AddDate(0, 0, -(n*97+b*61)%800).Format(time.DateOnly)
		made = append(made, building)
		border := GridBorder(n/3%6+1, n%3+1)
		row := n / 18 % 9 // estates of a grid stand in rows from south to north
		w := border[0] + (border[2]-border[0])*(float64(b)-.75)/5.2
		at := border[1] + (border[3]-border[1])*(float64(row)+.3+float64(n/162)*.07)/9
		t.outlines[building] = [4]float64{w, at, w + .00045, at + .00016}
		address := fmt.Sprintf("%s%s%d幢", street, estate, b)
		v := subject.Values{
			"building.name": fmt.Sprintf("%d幢", b), "building.address": address, "compound.name": estate,
			"building.floors": fmt.Sprint(floors), "building.unit_count": fmt.Sprint(stairs), "building.built_year": fmt.Sprint(year),
		}
		if floors > 9 {
			v["building.elevator_count"] = fmt.Sprint(stairs * 2)
		}
		if !yield(subject.Entry{ID: building, Kind: subject.Building, Place: grid, Values: v, Source: source, Checked: t.checked}) {
			return false
		}
		for s := 1; s <= stairs; s++ {
			for f := 1; f <= floors; f++ {
				for d := 1; d <= 2 && t.people > 0; d++ {
					room := fmt.Sprintf("%d单元%d%02d", s, f, d)
					if !t.home(grid, building, address+room+"室", room, yield) {
						return false
					}
				}
			}
		}
	}
	return t.firms(grid, street, made, yield)
}

// home makes a dwelling and who lives in it.
func (t *Town) home(grid, building, address, room string, yield func(subject.Entry) bool) bool {
	dwelling := t.newID()
	roll := t.rng.IntN(100)
	occupancy := subject.OwnUse
	switch {
	case roll < 7:
		occupancy = subject.Vacant
	case roll < 22:
		occupancy = subject.Let
	}
	owner := t.person(t.between(30, 75), t.rng.IntN(2) == 0)
	v := subject.Values{
		"dwelling.room_number": room, "dwelling.address": address, "dwelling.occupancy": occupancy,
		"dwelling.area": fmt.Sprintf("%d.%02d", t.between(42, 138), t.rng.IntN(100)),
	}
	if occupancy != subject.OwnUse {
		v["dwelling.owner_name"], v["dwelling.owner_phone"] = owner["person.name"], t.phone()
	}
	if occupancy == subject.Let {
		v["dwelling.rent"] = fmt.Sprint(t.between(9, 32) * 100)
		start := t.today.AddDate(0, -t.between(1, 11), 0)
		v["dwelling.lease_start_date"], v["dwelling.lease_end_date"] = start.Format(time.DateOnly), start.AddDate(1, 0, -1).Format(time.DateOnly)
	}
	if !yield(subject.Entry{ID: dwelling, Kind: subject.Dwelling, Place: grid, Values: v, Links: subject.Links{Building: building}, Source: source, Checked: t.checked}) {
		return false
	}
	if occupancy == subject.Vacant {
		return true
	}
	members := t.family(owner, occupancy == subject.Let)
	household := t.newID()
	hv := subject.Values{"household.number": fmt.Sprintf("%s%05d", grid[6:], t.next("hh"))}
	if t.rng.IntN(100) < 2 {
		hv["household.aid_kind"], hv["household.aid_person_count"], hv["household.aid_amount"] = "1", fmt.Sprint(len(members)), fmt.Sprint(300*len(members))
	}
	if !yield(subject.Entry{ID: household, Kind: subject.Household, Place: grid, Name: members[0]["person.name"], Values: hv, Links: subject.Links{Dwelling: dwelling}, Source: source, Checked: t.checked}) {
		return false
	}
	for _, m := range members {
		if !yield(subject.Entry{Kind: subject.Person, Place: grid, Values: m, Links: subject.Links{Household: household, Dwelling: dwelling}, Source: source, Checked: t.checked}) {
			return false
		}
		t.people--
	}
	if t.rng.IntN(100) < 24 {
		h := members[0]
		return yield(subject.Entry{Kind: subject.Vehicle, Place: grid, Links: subject.Links{Owner: household}, Source: source, Checked: t.checked, Values: subject.Values{
			"vehicle.plate": t.plate(), "vehicle.owner_name": h["person.name"], "vehicle.owner_phone": h["person.phone"],
			"vehicle.seats": "5", "vehicle.inspection_expiry": t.today.AddDate(0, t.between(-2, 20), t.rng.IntN(28)).Format(time.DateOnly),
		}})
	}
	return true
}

// Relations to the head in GB/T 4761, kinds of residence in
// local:residence-kind.
const (
	relHead, relHusband, relWife, relSon, relDaughter, relFather, relMother, relGrandson, relOther = "02", "11", "12", "20", "30", "51", "52", "41", "99"

	registered, resident, migrant = "1", "2", "3"
)

// family makes a household around a head: alone, a couple, with children, with
// parents; those who rent are younger and mostly from elsewhere.
func (t *Town) family(head subject.Values, rents bool) []subject.Values {
	age := t.between(24, 88)
	kind := registered
	if rents {
		age = t.between(20, 48)
		kind = migrant
	} else if t.rng.IntN(100) < 12 {
		kind = resident
	}
	man := head["person.sex"] == "1"
	first := t.person(age, man)
	first["person.relation_to_head"] = relHead
	out := []subject.Values{first}
	add := func(age int, man bool, relation, family string) {
		p := t.person(age, man)
		p["person.relation_to_head"] = relation
		if family != "" {
			given := []rune(p["person.name"])
			cut := 1
			for _, f := range familyNames[len(familyNames)-4:] {
				if strings.HasPrefix(p["person.name"], f) {
					cut = 2
				}
			}
			p["person.name"] = family + string(given[cut:])
		}
		out = append(out, p)
	}
	family := familyOf(first["person.name"])
	roll := t.rng.IntN(100)
	switch {
	case age >= 68 && roll < 38:
		first["person.lives_alone"] = "1"
	case roll < 30:
	default:
		add(max(20, age+t.between(-4, 3)), !man, map[bool]string{true: relWife, false: relHusband}[man], "")
		if age < 62 && roll > 52 {
			son := t.rng.IntN(2) == 0
			add(max(0, age-t.between(23, 34)), son, map[bool]string{true: relSon, false: relDaughter}[son], family)
		}
		if age > 30 && age < 58 && roll > 90 {
			add(age+t.between(22, 30), false, relMother, "")
		}
		if age >= 62 && roll > 86 {
			add(max(0, age-t.between(50, 60)), true, relGrandson, family)
		}
	}
	for i, p := range out {
		p["person.residence_kind"] = kind
		years := t.ageOf(p)
		if years < 16 {
			delete(p, "person.phone")
		}
		if years >= 22 && years < 60 && t.rng.IntN(100) < 70 {
			p["person.work_unit"] = jobs[t.rng.IntN(len(jobs))]
		}
		if years >= 16 && t.rng.IntN(100) < 82 {
			p["person.pension_insured"] = "1"
		}
		if t.rng.IntN(100) < 3 {
			p["person.disability_card_number"] = p["person.id_number"] + fmt.Sprintf("%d%d", t.between(1, 7), t.between(1, 4))
			p["person.disability_kind"], p["person.disability_grade"] = fmt.Sprint(t.between(1, 7)), fmt.Sprint(t.between(1, 4))
		}
		if years >= 80 && i == 0 {
			p["person.allowance_standard"] = "100"
		}
	}
	return out
}

func familyOf(name string) string {
	for _, f := range familyNames[len(familyNames)-4:] {
		if strings.HasPrefix(name, f) {
			return f
		}
	}
	return string([]rune(name)[:1])
}

func (t *Town) ageOf(p subject.Values) int {
	b, _ := time.Parse(time.DateOnly, p["person.birth_date"])
	return int(t.today.Sub(b).Hours() / 24 / 365.25)
}

// person makes somebody of about an age.
func (t *Town) person(age int, man bool) subject.Values {
	given, sex := givenFemale, "2"
	if man {
		given, sex = givenMale, "1"
	}
	birth := t.today.AddDate(-age, 0, -t.rng.IntN(365))
	return subject.Values{
		"person.name": familyNames[t.skewed(len(familyNames))] + given[t.rng.IntN(len(given))], "person.sex": sex,
		"person.birth_date": birth.Format(time.DateOnly), "person.id_number": t.idNumber(birth, man), "person.phone": t.phone(),
	}
}

// skewed prefers the first: few family names have most of the bearers.
func (t *Town) skewed(n int) int { return int(float64(n) * t.rng.Float64() * t.rng.Float64()) }

func (t *Town) between(lo, hi int) int { return lo + t.rng.IntN(hi-lo+1) }

func (t *Town) next(what string) int { t.serial[what]++; return t.serial[what] }

// idNumber makes a resident id with a right check digit (GB 11643) and a place
// code that does not exist. The places run on when a day's numbers are used up.
func (t *Town) idNumber(birth time.Time, man bool) string {
	day := birth.Format("20060102")
	n := t.next(day + fmt.Sprint(man))
	order := 2 * (n - 1)
	if man {
		order++
	}
	body := fmt.Sprintf("99%04d%s%03d", 101+order/1000, day, order%1000)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * int(body[i]-'0')
	}
	return body + string("10X98765432"[sum%11])
}

func (t *Town) phone() string {
	t.phones++
	// A fixed walk through the eight digits, so that ends differ.
	return fmt.Sprintf("154%08d", uint64(t.phones)*48271%100_000_000)
}

func (t *Town) plate() string {
	t.plates++
	const set = "ABCDEFGHJKLMNPQRSTUVWXYZ"
	return fmt.Sprintf("云Z%c%04d", set[t.plates/10000%len(set)], t.plates%10000)
}

// firms makes the shops and companies of an estate.
func (t *Town) firms(grid, street string, buildings []string, yield func(subject.Entry) bool) bool {
	for i := range t.between(3, 9) {
		p := t.person(t.between(25, 60), t.rng.IntN(2) == 0)
		name := estates[t.rng.IntN(len(estates))][:6] + fmt.Sprint(t.next("firm")) + "号" + trades[t.rng.IntN(len(trades))]
		kind, staff := "2", t.between(1, 6)
		if t.rng.IntN(3) == 0 {
			name = "云溪" + estates[t.rng.IntN(len(estates))][:6] + companies[t.rng.IntN(len(companies))] + fmt.Sprintf("第%d", t.next("firm")) + "有限公司"
			kind, staff = "1", t.between(5, 120)
		}
		if !yield(subject.Entry{Kind: subject.Organisation, Place: grid, Links: subject.Links{Building: buildings[i%len(buildings)]}, Source: source, Checked: t.checked, Values: subject.Values{
			"organisation.name": name, "organisation.kind": kind, "organisation.credit_code": t.creditCode(),
			"organisation.legal_representative": p["person.name"], "organisation.contact_phone": p["person.phone"],
			"organisation.business_address": fmt.Sprintf("%s-%d号商铺", street, i+1), "organisation.employee_count": fmt.Sprint(staff),
		}}) {
			return false
		}
	}
	return true
}

// creditCode makes a unified social credit code (GB 32100) of a place that
// does not exist, with a right check character.
func (t *Town) creditCode() string {
	const set = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	t.credits++
	org := fmt.Sprintf("%08d", t.credits)
	sum := 0
	for i, w := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * strings.IndexByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", org[i])
	}
	check := "0123456789X0"[(11-sum%11)%11]
	body := "91990101" + org + string(check)
	sum, w := 0, 1
	for i := range body {
		sum += strings.IndexByte(set, body[i]) * w
		w = w * 3 % 31
	}
	return body + string(set[(31-sum%31)%31])
}
