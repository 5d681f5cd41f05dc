package code_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gewu/code"
)

func TestLists(t *testing.T) {
	sizes := map[string]int{"GB/T 2261.1": 4, "GB/T 2261.2": 8, "GB/T 3304": 56, "GB/T 4658": 38, "GB/T 4761": 84, "GB/T 4761 one digit": 9,
		"GB/T 26341 kind": 7, "GB/T 26341 grade": 4, "GB/T 4762": 13, "GB/T 2260": 34, "urban-rural class": 7, "GB/T 4754 section": 20, "JGJ 125": 4, "GB 32100 department": 12, "GB 32100 kind": 12}
	for _, l := range code.Lists() {
		entries := l.Entries()
		if len(entries) != sizes[l.ID()] {
			t.Errorf("%s has %d entries, want %d", l.ID(), len(entries), sizes[l.ID()])
		}
		if got, ok := code.ListOf(l.ID()); !ok || got != l {
			t.Errorf("%s is not found by its id", l.ID())
		}
		if l.Title("zh") == "" || l.Title("en") == "" {
			t.Errorf("%s has no title", l.ID())
		}
		if !slices.IsSortedFunc(entries, func(a, b code.Entry) int { return strings.Compare(a.Code, b.Code) }) {
			t.Errorf("%s is not in order", l.ID())
		}
		for i, e := range entries {
			if e.Name == "" || e.En == "" || strings.ContainsAny(e.Name, " \t") || i > 0 && entries[i-1].Code == e.Code {
				t.Errorf("%s: entry %+v", l.ID(), e)
			}
			if got, ok := l.Lookup(e.Code); !ok || got.Code != e.Code {
				t.Errorf("%s: code %s finds %+v", l.ID(), e.Code, got)
			}
			if _, ok := l.ByCode(e.Parent); e.Parent != "" && !ok {
				t.Errorf("%s: %s has a parent %s that is not there", l.ID(), e.Code, e.Parent)
			}
			if e.Name == "其他" && l == code.CreditKinds {
				continue // three departments have one
			}
			for _, name := range append([]string{e.Name}, e.Others...) {
				if got, ok := l.Lookup(name); !ok || got.Code != e.Code {
					t.Errorf("%s: %s finds %q, want %s", l.ID(), name, got.Code, e.Code)
				}
			}
		}
	}
	page, err := os.ReadFile("../docs/code.md")
	if err != nil {
		t.Fatal(err)
	}
	for id := range sizes {
		if !strings.Contains(string(page), "`"+id+"`") {
			t.Errorf("docs/code.md does not name %s", id)
		}
	}
	if _, ok := code.ListOf("GB/T 0"); ok {
		t.Error("a list that does not exist")
	}
	if _, ok := code.CreditKinds.Lookup("其他"); ok {
		t.Error("a name of three entries finds one")
	}
}

func TestLookup(t *testing.T) {
	for _, c := range []struct {
		list *code.List
		in   string
		want string
	}{
		{code.Sexes, "男", "1"}, {code.Sexes, "男性", "1"}, {code.Sexes, "１", "1"}, {code.Sexes, " 女 ", "2"}, {code.Sexes, "f", "2"},
		{code.Sexes, "1-男", "1"}, {code.Sexes, "1.男", "1"}, {code.Sexes, "男（1）", "1"}, {code.Sexes, "2、女", "2"}, {code.Sexes, "男1", "1"},
		{code.Sexes, "1女", ""}, {code.Sexes, "男女", ""}, {code.Sexes, "3", ""}, {code.Sexes, "", ""}, {code.Sexes, "\xff", ""},
		{code.EthnicGroups, "汉", "01"}, {code.EthnicGroups, "汉族", "01"}, {code.EthnicGroups, "01", "01"}, {code.EthnicGroups, "1", "01"}, {code.EthnicGroups, "ha", "01"},
		{code.EthnicGroups, "01汉族", "01"}, {code.EthnicGroups, "56", "56"}, {code.EthnicGroups, "97", ""}, {code.EthnicGroups, "Uygur", ""},
		{code.MaritalStatuses, "离异", "40"}, {code.MaritalStatuses, "已婚", "20"}, {code.MaritalStatuses, "1", ""},
		{code.EducationLevels, "本科", "20"}, {code.EducationLevels, "大专", "30"}, {code.EducationLevels, "高中", "60"}, {code.EducationLevels, "中专", "40"},
		{code.EducationLevels, "文盲", ""}, {code.EducationLevels, "硕士", ""}, {code.EducationLevels, "72", ""},
		{code.FamilyRelations, "户主", "02"}, {code.FamilyRelations, "妻子", "12"}, {code.FamilyRelations, "配偶", "10"}, {code.FamilyRelations, "长子", "22"}, {code.FamilyRelations, "儿媳", "38"}, {code.FamilyRelations, "1", ""},
		{code.FamilyRelationsShort, "1", "1"}, {code.FamilyRelationsShort, "妻子", "1"}, {code.FamilyRelationsShort, "01", ""},
		{code.DisabilityKinds, "肢体", "4"}, {code.DisabilityGrades, "三级", "3"}, {code.DisabilityGrades, "Ⅱ级", "2"},
		{code.PoliticalStatuses, "党员", "01"}, {code.PoliticalStatuses, "群众", "13"},
		{code.IndustrySections, "餐饮业", "H"}, {code.IndustrySections, "服务业", ""}, {code.SafetyGrades, "d级", "D"}, {code.SafetyGrades, "C级危房", "C"}, {code.SafetyGrades, "无", ""},
		{code.Provinces, "浙江", "33"}, {code.Provinces, "330000", "33"}, {code.Provinces, "浙", "33"}, {code.Provinces, "港", ""},
	} {
		if got, ok := c.list.Lookup(c.in); got.Code != c.want || ok != (c.want != "") {
			t.Errorf("%s: Lookup(%q) = %q, want %q", c.list.ID(), c.in, got.Code, c.want)
		}
	}
}

// Lists are shared: a caller cannot change them.
func TestEntriesAreCopies(t *testing.T) {
	code.Sexes.Entries()[1].Name = "x"
	if code.Male.String() != "男" {
		t.Error("a caller changed the list")
	}
}

func TestParseSex(t *testing.T) {
	for in, want := range map[string]code.Sex{"男": code.Male, "2": code.Female, "9": code.SexNotStated, "未知": code.SexUnknown} {
		if got, ok := code.ParseSex(in); !ok || got != want || got.Code() != strconv.Itoa(int(want)) {
			t.Errorf("ParseSex(%q) = %d, %v", in, got, ok)
		}
	}
	if s, ok := code.ParseSex("不详"); ok || code.Sex(7).String() != "" {
		t.Errorf("no sex: %d", s)
	}
}
