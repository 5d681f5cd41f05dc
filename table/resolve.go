package table

import (
	"regexp"
	"slices"
	"strings"
)

// A resolver settles whose each column is, from left to right.
type resolver struct {
	*vocabulary
	kind    Kind
	form    bool
	title   string
	leader  *party          // of a table of people without a bare name: whom it is about
	rows    Kind            // of a place table: what the sender's row names are, "" unknown
	place   string          // community.name or street.name, by the names of the rows
	noun    string          // what the last column counted that was no part of another
	given   map[string]bool // the elements of the columns before
	current *party
	group   string
	named   bool // a name of whom the row is about has been seen
	organs  bool // a record that names an organisation
	people  bool // a record that names a person
}

// elements gives each ask its element and how sure that is.
func (r *resolver) elements(asks []ask) []settled {
	out := make([]settled, len(asks))
	r.given = map[string]bool{}
	for i, a := range asks {
		if a.group != r.group {
			r.current, r.group = nil, a.group
		}
		out[i] = r.settle(a, i)
		r.given[out[i].id] = true
		if out[i].id != "" && r.types(out[i].id) == "" || strings.Contains(out[i].id, "pension") && r.otherInsurance(a) || countUnits[a.unit] && r.types(out[i].id) == "text" && !(out[i].id == "building.name" && r.kind != Place) {
			out[i] = settled{}
		}
	}
	r.distinct(asks, out)
	return out
}

var insurances = regexp.MustCompile(`医保|医疗|失业|工伤|生育|商业保险|意外`)

// otherInsurance tells a table or column about another insurance than that for
// old age.
func (r *resolver) otherInsurance(a ask) bool {
	path := strings.Join(a.raw, "/")
	return insurances.MatchString(path) || insurances.MatchString(r.title) && !strings.Contains(path, "养老") && !strings.Contains(r.title, "养老")
}

// bareCounts are names that, in the row of a place, can only be a number.
var bareCounts = map[string]string{"企业": "count.enterprises", "个体工商户": "count.shops", "个体户": "count.shops"}

type settled struct {
	id   string
	sure float64
}

// nearOnly are the things that, after a column for another party, may be that
// party's or not: they stay open.
var nearOnly = set("地址 住址 单位 性别 年龄 关系 户籍 户口 民族 学历 职业 出生年月 职务 出生日期")

func (r *resolver) settle(a ask, at int) settled {
	none := settled{}
	if counts(r.kind) {
		id := r.measureOf(a, r.noun)
		if bare := bareCounts[a.leaf]; id == "" && r.kind == Place && len(a.path) == 1 {
			id = bare
		}
		if !a.isPart() {
			r.noun = r.nounOf(a)
		}
		if id == "count.buildings" && r.kind == Building {
			id = "" // 楼栋（幢）: its name
		}
		if id != "" {
			if barecount(a, r.title) {
				return none
			}
			return settled{id, 0.9}
		}
	}
	if a.party != nil && r.isSelf(a.party) {
		r.current = nil
		return r.own(a, a.attr, a.sure)
	}
	if a.party != nil {
		r.current = a.party
		if a.above != nil && a.above != a.party && a.above.base == "" {
			return none
		}
		return settled{r.partys(a.party, a.attr), a.sure}
	}
	if a.other {
		r.current = &party{}
		return none
	}
	if len(a.ids) == 0 && a.attr == "" && !heads[a.leaf] {
		return r.ofKind(a)
	}
	if a.attr != "" && (a.above != nil || a.self || r.about(a)) {
		return r.attribute(a)
	}
	if a.strange && generic[a.leaf] || r.current != nil && r.current.base == "" && nearOnly[a.leaf] && r.kind != Organisation {
		return none // 走访人 | 单位: the visitor's
	}
	id := r.pick(a, at)
	if id == "" && len(a.path) == 1 {
		return r.ofKind(a)
	}
	if strings.HasPrefix(id, "person.") {
		r.current = nil
	}
	return settled{id, max(a.sure, 0.8)}
}

// kindWords are what headers put before a word, in tables where the row is not
// about that: 车辆用途 is 用途 in a table of vehicles.
var kindWords = map[Kind]string{Vehicle: "车辆", Dwelling: "房屋", Building: "楼栋", Organisation: "企业"}

// ofKind reads a bare word as asked of what the row is about.
func (r *resolver) ofKind(a ask) settled {
	front := kindWords[r.kind]
	if front == "" || a.strange || a.other || len(a.path) == 0 || len(a.path[len(a.path)-1].inside) > 0 || r.current != nil && r.current.base == "" {
		return settled{}
	}
	ids, _ := r.find(front + a.path[len(a.path)-1].text)
	for _, id := range ids {
		if strings.HasPrefix(id, string(r.kind)+".") {
			return settled{id, 0.82}
		}
	}
	return settled{}
}

// about tells whether a word asks an attribute of somebody and not, in this
// kind of table, of something else.
func (r *resolver) about(a ask) bool {
	id := r.pick(a, -1)
	return id == "" || strings.HasPrefix(id, "person.")
}

// attribute settles what is asked of a person or party.
func (r *resolver) attribute(a ask) settled {
	own := a.self
	switch {
	case a.above != nil && r.isSelf(a.above):
		own = true
	case a.above != nil:
		who := a.above
		if r.current != nil && a.attr != "name" {
			who = r.current
		}
		return settled{r.partys(who, a.attr), a.sure - 0.02}
	case a.attr == "name" && !a.strange:
		r.current, own = nil, true
	}
	if a.strange && !own {
		if r.specific(a) {
			return r.own(a, a.attr, a.sure-0.05)
		}
		return settled{}
	}
	if r.current != nil && !a.self {
		switch {
		case a.attr == "phone" || a.attr == "id_number":
			if id := r.partys(r.current, a.attr); id == "" || !r.given[id] {
				return settled{id, 0.87}
			}
			r.current = nil // what was asked of the party already is now asked of somebody else
		case nearOnly[a.leaf] && !(r.kind == Organisation && a.attr == "current_address"):
			return settled{}
		}
	}
	mine := r.own(a, a.attr, a.sure)
	if strings.HasPrefix(mine.id, "person.") {
		r.current = nil // we are back with the person
	}
	return mine
}

// partys is the element of a party, where such a party belongs into this kind of
// table: the contact of a person is not that of an organisation.
func (r *resolver) partys(p *party, attr string) string {
	if strings.HasPrefix(p.base, "organisation.") && r.kind != Organisation && !(r.kind == Record && r.organs) {
		return ""
	}
	if strings.HasPrefix(p.base, "person.") && r.kind != Person && !(r.kind == Record && r.people) {
		return ""
	}
	if owner := r.parties["车主"]; r.kind == Vehicle && p.base == "dwelling.owner" && owner != nil {
		p = owner // 所有人 of a vehicle
	}
	return r.of(p, attr)
}

// specific tells whether a word can hardly be asked of anybody but of whom the
// row is about.
func (r *resolver) specific(a ask) bool {
	switch a.attr {
	case "name", "phone", "id_number":
		return false
	}
	if generic[a.leaf] || nearOnly[a.leaf] {
		return false
	}
	return !common[a.attr] || topicEnd.MatchString(a.group)
}

// common are attributes that are asked of relatives and helpers too.
var common = set("sex age birth_date current_address registered_address work_unit education ethnic_group marital_status job_title hired_date bank_account")

// isSelf tells whether a party is whom the row is about.
func (r *resolver) isSelf(p *party) bool {
	return r.leader != nil && p == r.leader || r.kind == Household && p.base == "household.head"
}

// own is the element for an attribute of what the row is about.
func (r *resolver) own(a ask, attr string, sure float64) settled {
	id := ""
	switch r.kind {
	case Person:
		id = "person." + attr
	case Household:
		switch attr {
		case "name":
			id = "household.head_name"
		case "phone":
			id = "household.head_phone"
		case "id_number":
			id = "household.head_id_number"
		case "current_address":
			id = "household.address"
		}
	case Dwelling:
		if attr == "current_address" && (a.leaf == "地址" || a.leaf == "详细地址") {
			id = "dwelling.address"
		}
	case Building:
		if attr == "current_address" && (a.leaf == "地址" || a.leaf == "详细地址") {
			id = "building.address"
		}
	case Vehicle:
		switch attr {
		case "name":
			id = "vehicle.owner_name"
		case "phone":
			id = "vehicle.owner_phone"
		}
	case Organisation:
		switch {
		case attr == "phone":
			id = "organisation.contact_phone"
		case attr == "current_address" && (a.leaf == "地址" || a.leaf == "详细地址" || a.leaf == "通讯地址" || a.leaf == "联系地址"):
			id = "organisation.business_address"
		}
	case Record:
		switch {
		case r.people && !(attr == "current_address" && a.leaf == "地址"):
			id = "person." + attr
		case r.organs && attr == "phone":
			id = "organisation.contact_phone"
		case r.organs && attr == "current_address" && a.leaf == "地址":
			id = "organisation.business_address"
		}
	}
	if id == "person.family" || r.types(id) == "" {
		return settled{}
	}
	return settled{id, sure}
}

// heads are words for how many people, of whatever the row is about.
var heads = set("人数 人口 人口数 人口总数 总人口 总人数")

// generic words mean different things of different rows.
var generic = set("名称 单位 单位名称 类型 类别 性质 面积 用途 状态 地址 住址 编号 编码 总面积 使用情况 使用状况 使用状态 使用方式 人数 人口 人口数 电话 姓名 标准 金额 企业 户 座位 座位数 收入 出租 空置 登记日期 职务 关系")

// kindsOf are the kinds of row in which the words of an element are understood,
// by the beginning of its id; an element that is not named here is understood
// everywhere.
var kindsOf = []struct {
	prefix string
	kinds  string
}{
	{"person.", "person record"},
	{"household.head", "-"},
	{"household.address", "household"},
	{"household.", "person household dwelling record"},
	{"dwelling.room_number", "*"},
	{"dwelling.certificate_number", "*"},
	{"dwelling.address", "person household dwelling building record"},
	{"dwelling.", "person household dwelling building record vehicle"},
	{"building.name", "*"},
	{"building.", "person household dwelling building record"},
	{"organisation.credit_code", "*"},
	{"organisation.", "organisation record"},
	{"vehicle.", "vehicle person household dwelling record"},
	{"count.", "-"},
	{"form.", "-"},
	{"application.", "person household dwelling record organisation vehicle"},
	{"post.", "person record organisation"},
	{"volunteer.", "person record organisation"},
}

func (r *resolver) allowed(id, word string) bool {
	kinds, ok := r.narrow[word]
	if !ok && len(r.words[word]) == 0 {
		kinds, ok = r.narrow[alikeForm(word)]
	}
	if ok && !strings.HasPrefix(id, "row.") && !strings.HasPrefix(id, "person.") {
		if !contains(strings.Fields(kinds), string(r.kind)) {
			return false
		}
	}
	for _, k := range kindsOf {
		if strings.HasPrefix(id, k.prefix) {
			return k.kinds == "*" || contains(strings.Fields(k.kinds), string(r.kind))
		}
	}
	return true
}

// pick chooses, of the elements whose name a word is, the one that it means in
// this kind of table.
func (r *resolver) pick(a ask, at int) string {
	word := a.leaf
	if a.away && slices.ContainsFunc(a.ids, func(id string) bool {
		return strings.HasPrefix(id, "community.") || strings.HasPrefix(id, "street.") || strings.HasPrefix(id, "compound.") || strings.HasPrefix(id, "building.name") || strings.HasPrefix(id, "dwelling.room")
	}) {
		return ""
	}
	if r.kind == Unknown {
		for _, id := range a.ids {
			if id == "row.remark" || id == "row.number" {
				return r.row(id, a, at)
			}
		}
		return ""
	}
	if r.kind == Place && (word == "单位" || word == "单位名称" || word == "名称") {
		return r.place
	}
	switch {
	case heads[word]:
		switch r.kind {
		case Household:
			return "household.member_count"
		case Dwelling:
			return "dwelling.resident_count"
		}
		return ""
	case word == "建筑面积" || word == "面积" || word == "总建筑面积" || word == "总面积":
		if r.kind == Building {
			return "building.area"
		}
	}
	if r.kind == Person && contains(a.ids, "post.name") && !offered.MatchString(r.title) && !offered.MatchString(word) {
		return "person.job_title" // a post that somebody holds
	}
	if r.kind == Building && contains(a.ids, "dwelling.address") && !strings.Contains(word, "租") {
		return "building.address"
	}
	best := ""
	for _, id := range a.ids {
		if !r.allowed(id, word) {
			continue
		}
		if strings.HasPrefix(id, string(r.kind)+".") {
			return id
		}
		if best == "" || strings.HasPrefix(best, "person.") {
			best = id
		}
	}
	if strings.HasPrefix(best, "row.") {
		return r.row(best, a, at)
	}
	return best
}

// row settles 序号 and 备注: 编号 is a number of the row only where it stands
// first.
func (r *resolver) row(id string, a ask, at int) string {
	if id == "row.number" && at > 0 && !strings.HasPrefix(a.leaf, "序") && a.leaf != "顺序号" {
		return ""
	}
	if id == "row.remark" && a.leaf == "说明" && at >= 0 {
		return ""
	}
	return id
}

// distinct takes back what was given twice under the same words: the second is
// somebody else's, and whose is not known.
func (r *resolver) distinct(asks []ask, out []settled) {
	seen := map[string]int{}
	for i, s := range out {
		if s.id == "" || strings.HasPrefix(s.id, "row.") {
			continue
		}
		j, twice := seen[s.id]
		if !twice {
			seen[s.id] = i
			continue
		}
		if strings.HasPrefix(s.id, "count.") && longer(asks[i], asks[j]) {
			out[i] = settled{} // 总户数 | 入住户数: a part of it
			continue
		}
		if a, b := asks[i], asks[j]; a.group == b.group && a.leaf == b.leaf && a.party == b.party && out[j].sure >= s.sure {
			out[i] = settled{}
			if strings.HasPrefix(s.id, "count.") {
				out[j] = settled{} // each counts a part of the column before it
			}
		}
	}
}

// longer tells whether a path has words beyond those of another that counts the
// same.
func longer(a, b ask) bool {
	return strings.Join(a.raw, "") != strings.Join(b.raw, "") && a.group == b.group && partWords.MatchString(a.leaf) && !partWords.MatchString(b.leaf)
}

// partWords make a part of a number where the whole is asked for too.
var partWords = regexp.MustCompile(`入住|居住|现住|实住|登记|持证|重点`)

// offered are words for posts that are offered or applied for.
var offered = regexp.MustCompile(`招|聘|求职|意向|申请|报名|应征|需求|缺`)

func counts(k Kind) bool { return k == Place || k == Building }

var (
	communityRow = regexp.MustCompile(`(社区|村|居委会|村委会|居)$`)
	streetRow    = regexp.MustCompile(`(街道|镇|乡|街道办事处)$`)
)
