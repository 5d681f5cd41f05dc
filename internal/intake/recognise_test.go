package intake

import (
	"bytes"
	"testing"

	"gewu/element"
	"gewu/internal/subject"
	"gewu/table"
)

// The columns of filled sheets are recognised as those of blank ones.
func TestRecognise(t *testing.T) {
	dict, err := element.Load()
	must(t, err)
	eye := Tables{table.NewMapper(dict.Core())}
	for name, c := range map[string]struct {
		rows  [][]any
		kind  subject.Kind
		first int
		want  map[string]string
	}{
		"people": {ids(t), subject.Person, 2, map[string]string{"B": "person.name", "C": "person.id_number", "D": "person.birth_date", "E": "person.sex", "F": "person.phone", "G": "community.name", "H": "compound.name", "I": "building.name", "J": "dwelling.room_number", "K": "household.number", "L": "person.relation_to_head"}},
		"title above": {[][]any{{"清风社区居民信息台账"}, {"序号", "姓名", "性别", "身份证号码", "联系电话", "现住址"}, {1, "李一", "男", "990101195001010010", "15400000001", "柳荫路1号"}, {2, "王二", "女", "", "15400000002", "柳荫路2号"}},
			subject.Person, 3, map[string]string{"B": "person.name", "D": "person.id_number", "F": "person.current_address"}},
		"homes": {[][]any{{"小区", "楼栋", "房号", "建筑面积", "房屋状态", "产权人姓名", "产权人电话"}, {"柳荫苑", "3幢", "501", 88.5, "自住", "李一", "15400000001"}, {"柳荫苑", "3幢", "502", 90, "出租", "王二", "15400000002"}},
			subject.Dwelling, 2, map[string]string{"B": "building.name", "C": "dwelling.room_number", "D": "dwelling.area", "F": "dwelling.owner_name"}},
		"firms": {[][]any{{"企业名称", "统一社会信用代码", "法定代表人", "联系电话", "经营地址", "从业人数"}, {"云溪甲公司", "91990101000000017X", "李一", "15400000001", "柳荫路1号", 12}},
			subject.Organisation, 2, map[string]string{"A": "organisation.name", "B": "organisation.credit_code", "C": "organisation.legal_representative", "E": "organisation.business_address"}},
		"two rows": {[][]any{{"居民台账"}, {"序号", "基本信息", "", "", "户主信息", ""}, {"", "姓名", "身份证号", "联系电话", "姓名", "联系电话"}, {1, "李一", "990101195001010010", "15400000001", "李大", "15400000002"}},
			subject.Person, 4, map[string]string{"B": "person.name", "C": "person.id_number", "D": "person.phone", "E": "household.head_name", "F": "household.head_phone"}},
		"cars": {[][]any{{"号牌号码", "车主姓名", "车主电话", "检验有效期止"}, {"云A12345", "李一", "15400000001", "2027-01-01"}},
			subject.Vehicle, 2, map[string]string{"A": "vehicle.plate", "B": "vehicle.owner_name"}},
	} {
		file := book(t, c.rows...)
		g, err := eye.Recognise(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := map[string]string{}
		for _, col := range g.Columns {
			got[col.Letter] = col.Element
		}
		if g.Kind != c.kind || g.FirstRow != c.first {
			t.Errorf("%s: %s from row %d", name, g.Kind, g.FirstRow)
		}
		for letter, e := range c.want {
			if got[letter] != e {
				t.Errorf("%s %s: %q, want %q", name, letter, got[letter], e)
			}
		}
	}
}
