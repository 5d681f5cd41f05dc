package code

// The lists, each with its source. What could not be confirmed is left out and
// named here, so that a form asks instead of guessing.

// Sexes is GB/T 2261.1-2003, codes of human sexes: 0, 1, 2, 9.
var Sexes = load("sex", "GB/T 2261.1", "性别", "sex")

// MaritalStatuses is GB/T 2261.2-2003, codes of marital status: 10 to 90, with
// 21, 22 and 23 below 20. One-digit codes, as some systems keep them, are not
// in the standard.
var MaritalStatuses = load("marital", "GB/T 2261.2", "婚姻状况", "marital status")

// EthnicGroups is GB/T 3304-1991, the 56 ethnic groups with numeric codes 01 to
// 56, letter codes (HA, MG …) and romanised names; a lost leading zero is
// understood. The additions 57, 58, 97, 98 and 99 of various registries differ
// and are left out.
var EthnicGroups = load("ethnic", "GB/T 3304", "民族", "ethnic group")

// EducationLevels is GB/T 4658-2006, codes of formal schooling, by a published
// table that applies the standard. The tables found disagree over the codes of
// 初中肄业 and 小学肄业; both are left out. 文盲 has no code in this edition; 博士 and 硕士 alone are
// degrees of GB/T 6864, not schooling. A bare 中专, 职高 or 技校 is the group 40,
// since it does not tell whether the school was finished.
var EducationLevels = load("education", "GB/T 4658", "学历", "education")

// FamilyRelations is GB/T 4761-2008 in two digits, the relation of a person to
// the head of the household.
var FamilyRelations = load("relation", "GB/T 4761", "与户主关系", "relation to the head of household")

// FamilyRelationsShort is GB/T 4761-2008 in one digit. Its codes mean other
// things than the leading digits of the two-digit list: 5 is a parent in both,
// but 1 is the spouse here and 01 the person himself there.
var FamilyRelationsShort = load("relation1", "GB/T 4761 one digit", "与户主关系（一位码）", "relation to the head of household, one digit")

// DisabilityKinds is the kinds of GB/T 26341-2010 with the digits that the
// disability card's number uses.
var DisabilityKinds = load("disability", "GB/T 26341 kind", "残疾类别", "kind of disability")

// DisabilityGrades is the grades of GB/T 26341-2010; the first is the gravest.
var DisabilityGrades = load("disabilitygrade", "GB/T 26341 grade", "残疾等级", "grade of disability")

// PoliticalStatuses is GB/T 4762-1984, codes 01 to 13, by two published tables
// that agree.
var PoliticalStatuses = load("political", "GB/T 4762", "政治面貌", "political status")

// Provinces is the provincial level of GB/T 2260-2007 in two digits, with the
// six-digit form, short names and the character on plates as other names. The
// one-character names 台, 港 and 澳 are left out: on plates they mean other
// things.
var Provinces = load("province", "GB/T 2260", "省级行政区", "province")

// UrbanRural is the urban and rural class of the statistical bureau (国函〔2008〕60号):
// a first digit 1 is urban, 2 rural.
var UrbanRural = load("urbanrural", "urban-rural class", "城乡分类", "urban or rural class")

// IndustrySections is the first level of GB/T 4754-2017, sections A to T. The
// divisions below are left out, and so are names that could be several: 服务业.
var IndustrySections = load("industry", "GB/T 4754 section", "行业门类", "section of industry")

// SafetyGrades is JGJ 125-2016, what an appraisal finds of a house: A safe, B
// single members in danger, C parts, D the whole.
var SafetyGrades = load("safety", "JGJ 125", "房屋安全等级", "safety grade of a house")

// CreditDepartments is the first place of GB 32100-2015: who registers.
var CreditDepartments = load("creditdepartment", "GB 32100 department", "登记管理部门", "registering department")

// CreditKinds is the first two places of GB 32100-2015, department and kind of
// organisation, for the departments 1, 5 and 9. The kinds of the others are
// left out.
var CreditKinds = load("creditkind", "GB 32100 kind", "机构类别", "kind of organisation")

// A Sex is a code of GB/T 2261.1.
type Sex int

const (
	SexUnknown   Sex = 0
	Male         Sex = 1
	Female       Sex = 2
	SexNotStated Sex = 9
)

// ParseSex reads 男, 女性, 1, 2 and the like; false where the text names no sex
// of GB/T 2261.1.
func ParseSex(s string) (Sex, bool) {
	e, ok := Sexes.Lookup(s)
	if !ok {
		return SexUnknown, false
	}
	return Sex(e.Code[0] - '0'), true
}

// Code is the digit of GB/T 2261.1.
func (s Sex) Code() string { return itoa(int64(s)) }

// String is the Chinese name: 男, 女; "" for what is no code of the list.
func (s Sex) String() string {
	e, _ := Sexes.ByCode(s.Code())
	return e.Name
}
