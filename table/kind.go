package table

import (
	"regexp"
	"slices"
	"strings"
)

// A census counts what the columns of a table speak of.
type census struct {
	selfName  int             // position of the first column for a name of whom the row is about, -1
	has       map[string]bool // elements that a column's words stand for, by id
	parties   map[string]int  // base → position of the first column about the party
	personal  int             // bare columns for sex, birth, age, education …
	private   int             // those of them that nobody asks of an owner or a tenant
	counts    int
	identity  int    // position of the plate
	firstWord string // the first header that is no number
	events    int
	event     bool // a column for when something was done or found
	organ     bool
}

var (
	eventWord    = regexp.MustCompile(`(走访|巡查|检查|受理|活动|服务|探访|接待|发生|上报|发现|整改|处置|办理|办结|巡访|宣传|培训|会议|登记|记录|来访|排查|维护|检修|入户|反映|领取|检验|检测|维保|安装|巡检|维修|更换)(时间|日期|内容|地点|结果|情况|事项|方式)$|隐患|问题描述|存在问题|设施|设备|器材|事由|事项|规格型号|^(时间|日期|地点|内容)$`)
	categoryWord = regexp.MustCompile(`^(年龄段|年龄组|年龄|年龄分组|类别|分类|项目|指标|指标名称|类型|统计项目|项目名称|险种|内容|人员类别|人群|人群类别|对象类别|重点人群|年龄区间|年龄结构|岁组|统计指标|学历层次|名目)$`)
	personalAttr = set("sex birth_date age education ethnic_group marital_status id_number relation_to_head")
	listOfPeople = regexp.MustCompile(`花名册|名册|名单|人员(信息|情况|登记|基本|台账|汇总)|队伍`)
)

func (v *vocabulary) census(asks []ask) census {
	c := census{selfName: -1, identity: -1, has: map[string]bool{}, parties: map[string]int{}}
	var known []string
	people := peopleGroup(asks)
	for _, a := range asks {
		if id := v.measure(a); id != "" {
			c.counts++
			c.has[id] = true
		}
	}
	for i, a := range asks {
		if c.firstWord == "" && a.leaf != "" && !contains(a.ids, "row.number") {
			c.firstWord = a.leaf
		}
		for _, id := range a.ids {
			c.has[id] = true
		}
		for _, p := range []*party{a.party, a.above} {
			if p == nil || p == a.party && a.attr == "" {
				continue
			}
			if _, ok := c.parties[p.base]; !ok {
				c.parties[p.base] = i
			}
		}
		if a.party == nil && a.above == nil && !a.other {
			if a.attr == "name" && !(a.weak && c.counts >= 2) && (!a.strange || a.group == people) && c.selfName < 0 {
				c.selfName = i
			}
			if personalAttr[a.attr] {
				c.personal++
				if a.attr != "id_number" {
					c.private++
				}
			}
		}
		if contains(a.ids, "vehicle.plate") && c.identity < 0 {
			c.identity = i
		}
		if v.measure(a) != "" {
			for _, id := range a.ids {
				if !slices.Contains(known, id) && !strings.HasPrefix(id, "count.") {
					delete(c.has, id)
				}
			}
		}
		for _, id := range a.ids {
			if c.has[id] {
				known = append(known, id)
			}
		}
		if eventWord.MatchString(a.leaf) {
			c.event = true
			c.events++
		}
	}
	c.organ = c.has["organisation.credit_code"] || c.any("organisation.legal_representative", "organisation.industry", "organisation.operating_status", "organisation.employee_count") ||
		c.names(asks, "企业", "公司", "商户", "店", "场所", "主体", "单位名称", "经营", "合作社", "字号", "机构")
	return c
}

// peopleGroup is the group of columns, with a name that is not understood, in
// which a name stands with sex, birth or the like: it is about whom the row is
// about.
func peopleGroup(asks []ask) string {
	for _, a := range asks {
		if !a.strange || a.attr != "name" || a.party != nil || a.above != nil {
			continue
		}
		n := 0
		for _, b := range asks {
			if b.group == a.group && b.party == nil && (b.attr == "sex" || b.attr == "birth_date" || b.attr == "ethnic_group" || b.attr == "education" || b.attr == "relation_to_head") {
				n++
			}
		}
		if n >= 2 {
			return a.group
		}
	}
	return "-"
}

func (c census) any(ids ...string) bool {
	for _, id := range ids {
		if _, ok := c.parties[id]; ok || c.has[id] {
			return true
		}
	}
	return false
}

func (c census) count(ids ...string) int {
	n := 0
	for _, id := range ids {
		if c.any(id) {
			n++
		}
	}
	return n
}

// names tells whether a column names an organisation in so many words.
func (c census) names(asks []ask, words ...string) bool {
	for _, a := range asks {
		if contains(a.ids, "organisation.name") && a.group == "" && slices.ContainsFunc(words, func(w string) bool { return strings.Contains(a.leaf, w) }) {
			return true
		}
	}
	return false
}

// registered tells a register of houses with columns for what is wrong with
// them, such as of self-built houses, from a list of what was found.
func (c census) registered(house int) bool {
	return house >= 4 && c.any("dwelling.owner", "dwelling.code", "dwelling.tenant", "building.structure")
}

// hint is what a title says for a kind.
func (v *vocabulary) hint(k Kind, title string) int {
	best := 0
	for w, n := range v.titles[k] {
		if n > best && strings.Contains(title, w) {
			best = n
		}
	}
	return best
}

// kind tells what a row is about.
func (v *vocabulary) kind(asks []ask, title string, named bool) Kind {
	c := v.census(asks)
	hint := func(k Kind) int { return v.hint(k, title) }
	record := hint(Record) >= 3
	place := c.any("community.name", "grid.name", "grid.code", "compound.name", "street.name")
	house := c.count("dwelling.owner", "dwelling.tenant", "dwelling.code", "dwelling.certificate_number", "dwelling.occupancy", "dwelling.rent", "dwelling.address", "dwelling.room_number", "dwelling.vacant", "dwelling.rented", "dwelling.tenure", "dwelling.use", "dwelling.lease_start_date")
	structure := c.count("building.unit_count", "building.elevator_count", "building.structure", "building.floors", "building.built_year", "building.safety_grade", "building.area", "building.address", "building.head")
	switch {
	case categoryWord.MatchString(c.firstWord) && named && c.selfName < 0:
		return Unknown
	case c.any("application.number") && (c.any("application.date") || c.event || record || hint(Person) < 3):
		return Record
	case c.identity >= 0 && (c.selfName < 0 || c.identity < c.selfName || hint(Vehicle) > 0) && (hint(Vehicle) > 0 || c.count("vehicle.kind", "vehicle.owner", "vehicle.driver", "vehicle.use", "vehicle.seats", "vehicle.inspection_expiry", "vehicle.insurance_expiry") > 0):
		return Vehicle
	case c.any("post.name") && c.selfName < 0 && (c.any("post.openings") || record || c.any("organisation.name")):
		return Record
	case record && c.event && !c.any("person.relation_to_head") && !c.registered(house+structure):
		return Record
	case c.selfName >= 0 || c.any("person.relation_to_head"):
		if c.private == 0 && (house >= 3 && hint(Dwelling) > hint(Person) || house >= 4 && hint(Person) < 4) {
			return Dwelling
		}
		if c.organ && c.personal < 2 && hint(Organisation) > hint(Person) && !c.any("person.relation_to_head") {
			return Organisation
		}
		return Person
	case c.personal >= 2 && v.leader(asks) != nil:
		return Person
	case c.any("household.head"):
		if c.has["dwelling.room_number"] && (named || house >= 3) && !c.any("household.aid_kind", "household.number") {
			return Dwelling // rooms that the sender named
		}
		if (c.any("dwelling.owner", "dwelling.tenant", "dwelling.rent") || house+structure >= 3 && hint(Dwelling) > hint(Household)) && !c.any("household.member_count", "household.aid_kind") {
			return Dwelling
		}
		return Household
	case c.any("grid.worker", "grid.head", "building.head") && listOfPeople.MatchString(title) && c.counts == 0 && structure < 2:
		return Person
	case c.counts >= 3 && !c.any("organisation.credit_code", "organisation.legal_representative") && (place || named):
		if (structure >= 2 || c.has["building.name"]) && !c.ofCompounds() {
			return Building
		}
		return Place
	case c.organ && (!place || c.any("organisation.name", "organisation.credit_code")):
		if record && c.event {
			return Record
		}
		return Organisation
	case c.any("building.name", "building.address") && whole(c) > 0 && !c.any("dwelling.owner", "dwelling.tenant", "dwelling.room_number", "dwelling.rent"):
		return Building
	case c.any("dwelling.owner", "dwelling.tenant", "dwelling.room_number", "dwelling.rent", "dwelling.certificate_number", "dwelling.code", "dwelling.occupancy") && (house >= 2 || structure < 2):
		return Dwelling
	case c.has["compound.name"] && c.has["count.buildings"]:
		return Place
	case c.counts >= 1 && c.has["compound.name"] && !c.has["building.name"] && !c.any("building.head", "building.elevator_count"):
		return Place
	case structure >= 2 || structure >= 1 && c.any("building.name") || c.any("building.name") && (c.counts > 0 || hint(Building) > 0):
		return Building
	case house >= 2 || house == 1 && hint(Dwelling) > 0:
		return Dwelling
	case c.any("household.member_count", "household.aid_kind", "household.number") && hint(Household)+hint(Person) > 0:
		return Household
	case place || c.counts >= 2 || c.any("grid.worker", "grid.head"):
		if c.counts == 0 && (record || !c.any("grid.worker", "grid.head") && hint(Place) == 0) {
			return Record // the place is where something stands or happened
		}
		return Place
	case c.has["organisation.name"] && hint(Place) > 0 && named:
		return Place
	case c.has["organisation.name"] && hint(Organisation) > 0:
		return Organisation
	case record, c.events >= 2:
		return Record
	case c.counts > 0:
		return Place
	case !named:
		return Record // a list of things that the office keeps no ledger of
	}
	return Unknown
}

// ofCompounds tells a table whose rows are compounds: they have buildings, and
// name none.
func (c census) ofCompounds() bool {
	return c.has["compound.name"] && !c.any("building.name", "building.address", "building.head")
}

// whole counts what is asked of whole buildings alone.
func whole(c census) int {
	n := c.count("building.unit_count", "building.elevator_count", "building.head", "building.area")
	if c.counts > 0 {
		n++
	}
	return n
}

// leader is the party whose name opens a table of people that has no bare name:
// 网格员姓名, 性别, 出生年月 …
func (v *vocabulary) leader(asks []ask) *party {
	for _, a := range asks {
		if a.party != nil && a.attr == "name" && a.above == nil {
			switch a.party.base {
			case "grid.worker", "grid.head", "building.head", "":
				return a.party
			}
			return nil
		}
	}
	return nil
}
