package element_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"gewu/element"
)

func load(t testing.TB) *element.Dictionary {
	t.Helper()
	d, err := element.Load()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestShippedDictionary(t *testing.T) {
	d := load(t)
	core, all := 0, 0
	for e := range d.All() {
		all++
		if !e.Extended {
			core++
		}
		if e.Class != element.Open && (e.PurposeZh == "" || e.Basis == "" || e.Retention == "") {
			t.Errorf("%s is about people but has no purpose, basis or retention", e.ID)
		}
		if (e.Type == element.Phone || e.Type == element.IDNumber) && !e.Sealed && e.ID != "organisation.contact_phone" {
			t.Errorf("%s is stored in the open", e.ID)
		}
		if strings.HasPrefix(e.Codes, "local:") && len(d.Entries(e.Codes)) < 2 {
			t.Errorf("%s: list %s", e.ID, e.Codes)
		}
	}
	if core != 150 || all < 200 {
		t.Errorf("%d core elements of %d", core, all)
	}
	for _, id := range []string{"person.bank_account", "person.disability_kind", "person.disability_grade", "person.self_care", "person.disability_card_number"} {
		if !d.Sealed(id) {
			t.Errorf("%s is stored in the open", id)
		}
	}
	if !d.Sealed("unheard.of") || d.Sealed("building.floors") {
		t.Error("Sealed is wrong")
	}
}

// Other packages rely on these codes.
func TestCodesThatOthersRelyOn(t *testing.T) {
	d := load(t)
	for list, want := range map[string]string{
		"local:residence-kind":    "1户籍人口 2常住人口 3流动人口",
		"local:occupancy":         "1自住 2出租 3空置",
		"local:organisation-kind": "1企业 2个体工商户",
		"local:aid-kind":          "1低保 2特困 3低收入",
	} {
		var got []string
		for _, e := range d.Entries(list) {
			got = append(got, e.Code+e.Zh)
		}
		if !strings.HasPrefix(strings.Join(got, " "), want) {
			t.Errorf("%s = %v", list, got)
		}
	}
}

func TestNames(t *testing.T) {
	d := load(t)
	has := func(n element.Names, name, id string) bool {
		for w, i := range n.Names() {
			if w == name && i == id {
				return true
			}
		}
		return false
	}
	if !has(d.Core(), "出生年月", "person.birth_date") || !has(d.Core(), "姓名", "person.name") {
		t.Error("names are missing")
	}
	if has(d.Core(), "注册资金", "organisation.registered_capital") || !has(d.Whole(), "注册资金", "organisation.registered_capital") {
		t.Error("extended elements belong to the whole alone")
	}
	if d.Core().Type("person.age") != "age" || d.Core().Type("vehicle.colour") != "" || d.Whole().Type("vehicle.colour") != "text" {
		t.Error("Type is wrong")
	}
}

const header = "id\tzh\ten\ttype\tcodes\tunit\tclass\tmask\tsealed\tuse\twords\tpurpose_zh\tbasis\tretention\n"

func TestAddRefusesFaults(t *testing.T) {
	tests := map[string]struct {
		text string
		code string
		line int
	}{
		"twice":                    {header + "person.name\t姓名\tname\ttext\t\t\topen", element.CodeTwice, 2},
		"twice in the file":        {header + "a.b\t甲\ta\ttext\t\t\topen\na.b\t乙\tb\ttext\t\t\topen", element.CodeTwice, 3},
		"sensitive for no purpose": {header + "# remark\n\nperson.blood\t血型\tblood\ttext\t\t\tsensitive", element.CodeSensitive, 4},
		"sensitive without term":   {header + "person.blood\t血型\tblood\ttext\t\t\tsensitive\t\t1\t\t\t献血\t献血法\t", element.CodeSensitive, 2},
		"politics":                 {header + "person.standing\t政治面貌\tstanding\ttext\t\t\topen", element.CodePolicy, 2},
		"belief by another name":   {header + "person.x\t情况\tx\ttext\t\t\topen\t\t\t\t宗教信仰", element.CodePolicy, 2},
		"open identity number":     {header + "person.x\t号码\tx\tidnumber\tGB 11643\t\tpersonal", element.CodeUnsealed, 2},
		"type":                     {header + "a.b\t甲\ta\tstring\t\t\topen", element.CodeType, 2},
		"code without list":        {header + "a.b\t甲\ta\tcode\t\t\topen", element.CodeList, 2},
		"list that is not there":   {header + "a.b\t甲\ta\tcode\tlocal:none\t\topen", element.CodeList, 0},
		"use":                      {header + "a.b\t甲\ta\ttext\t\t\topen\t\t\tnone", element.CodeUse, 2},
		"mask":                     {header + "a.b\t甲\ta\ttext\t\t\topen\tdots", element.CodeMask, 2},
		"columns":                  {"name\tzh\n", element.CodeColumns, 1},
		"cells":                    {"list\tcode\tzh\nx\t1\t甲\t乙\n", element.CodeCells, 2},
		"entry twice":              {"list\tcode\tzh\nx\t1\t甲\nx\t1\t乙\n", element.CodeTwice, 3},
		"encoding":                 {"list\tcode\tzh\nx\t1\t\xd4\xc2\n", element.CodeEncoding, 2},
		"retention":                {"use\tpurpose_zh\tbasis\tretention\nx\t甲\t乙\t3年\n", element.CodeRetention, 2},
		"id":                       {header + "Name\t甲\ta\ttext\t\t\topen", element.CodeID, 2},
		"word twice":               {header + "a.b\t甲\ta\ttext\t\t\topen\t\t\t\t乙 乙", element.CodeWordTwice, 2},
		"line too long":            {"list\tcode\tzh\nx\t1\t" + strings.Repeat("长", 40000), element.CodeTooLong, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := load(t)
			err := d.Add("own.tsv", strings.NewReader(tt.text))
			var e *element.Error
			if !errors.As(err, &e) || e.Code != tt.code || e.Line != tt.line {
				t.Fatalf("got %v, want %s on line %d", err, tt.code, tt.line)
			}
			if e.Sentence("zh") == "" || strings.HasSuffix(e.Sentence("zh"), "：。") || e.Sentence("en") == e.Sentence("zh") {
				t.Errorf("sentences %q %q", e.Sentence("zh"), e.Sentence("en"))
			}
			if _, found := d.Element("a.b"); found {
				t.Error("a refused file left an element behind")
			}
		})
	}
}

func TestAdd(t *testing.T) {
	d := load(t)
	own := fstest.MapFS{
		"uses.tsv":  {Data: []byte("\ufeffuse\tpurpose_zh\tbasis\tretention\r\nschool\t学区登记\t义务教育法\tP6Y\r\n")},
		"lists.tsv": {Data: []byte("list\tcode\tzh\ten\nstall\t1\t固定\tfixed\nstall\t2\t流动\tmobile\n")},
		"own.tsv":   {Data: []byte(header + "market.stall\t摊位类型\tkind of stall\tcode\tlocal:stall\t\topen\t\t\t\t摊位性质\nperson.blood\t血型\tblood group\ttext\t\t\tsensitive\tall\t1\tschool\t\n")},
	}
	for _, name := range []string{"uses.tsv", "lists.tsv", "own.tsv"} {
		if err := d.AddFile(own, name); err != nil {
			t.Fatal(err)
		}
	}
	e, ok := d.Element("person.blood")
	if !ok || e.Retention != "P6Y" || !e.Sealed || e.Extended {
		t.Errorf("got %+v", e)
	}
	if got := d.Entries("stall"); len(got) != 2 || got[1].Zh != "流动" {
		t.Errorf("entries %v", got)
	}
}

func FuzzAdd(f *testing.F) {
	f.Add(header + "a.b\t甲\ta\ttext\t\t\topen")
	f.Add("use\tpurpose_zh\tbasis\tretention\nx\t甲\t乙\tP3Y\n")
	f.Add("list\tcode\tzh\nx\t1\t甲\n")
	f.Fuzz(func(t *testing.T, text string) {
		d := load(t)
		if err := d.Add("own.tsv", strings.NewReader(text)); err != nil && err.Error() == "" {
			t.Error("an error without words")
		}
	})
}
