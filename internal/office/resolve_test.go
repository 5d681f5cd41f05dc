package office_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gewu/internal/office"
)

func resolver() *office.Resolver {
	units := []office.Unit{
		{ID: "office", Name: "青石街道办事处", Kind: office.Office},
		{ID: "dang", Name: "青石街道党政办公室", Short: "党政办", Kind: office.Section},
		{ID: "ping", Name: "青石街道平安法治办公室", Short: "平安法治办", Kind: office.Section},
		{ID: "yingji", Name: "青石街道应急管理和消防站", Kind: office.Station},
		{ID: "shijian", Name: "云溪县市场监督管理局青石所", Short: "市场监管所", Kind: office.Station},
		{ID: "bianmin", Name: "青石街道便民服务中心", Kind: office.Station},
		{ID: "pai", Name: "青石派出所", Kind: office.Station},
		{ID: "qingfeng", Name: "清风社区居民委员会", Short: "清风社区", Kind: office.Community},
		{ID: "mingyue", Name: "明月社区居民委员会", Short: "明月社区", Kind: office.Community},
		{ID: "caizheng", Name: "云溪县财政局", Kind: office.Bureau},
		{ID: "minzheng", Name: "云溪县民政局", Kind: office.Bureau},
	}
	places := []office.Place{{Code: "990101001", Name: "青石街道"}, {Code: "990101", Name: "云溪县"}}
	return office.NewResolver(units, places, map[string][]string{"消防站": {"yingji"}, "两所": {"pai", "shijian"}})
}

func TestResolve(t *testing.T) {
	tests := map[string]struct {
		name  string
		units []string
		how   office.How
	}{
		"own name":             {"青石街道党政办公室", []string{"dang"}, office.Exact},
		"short form":           {"党政办", []string{"dang"}, office.Exact},
		"without the street":   {"党政办公室", []string{"dang"}, office.Form},
		"with the level":       {"街道党政办", []string{"dang"}, office.Form},
		"full width and space": {"平安 法治办", []string{"ping"}, office.Exact},
		"county bureau":        {"县财政局", []string{"caizheng"}, office.Form},
		"bureau without level": {"民政局", []string{"minzheng"}, office.Form},
		"community committee":  {"清风社区居委会", []string{"qingfeng"}, office.Form},
		"settled before":       {"消防站", []string{"yingji"}, office.Settled},
		"settled as two":       {"两所", []string{"pai", "shijian"}, office.Settled},
		"every community":      {"各社区", []string{"qingfeng", "mingyue"}, office.Group},
		"counted":              {"2个社区", []string{"qingfeng", "mingyue"}, office.Group},
		"villages too":         {"各村（社区）", []string{"qingfeng", "mingyue"}, office.Group},
		"every section":        {"机关各科室", []string{"dang", "ping"}, office.Group},
		"shortening":           {"便民中心", []string{"bianmin"}, office.Form},
		"shortened inside":     {"应急站", []string{"yingji"}, office.Guess},
		"offices of a county":  {"各街道", []string{"office"}, office.Group},
		"streets and towns":    {"各街道（镇）", []string{"office"}, office.Group},
		"towns alone":          {"各乡镇人民政府", []string{"office"}, office.Group},
		"some streets":         {"各有关街道", nil, office.None},
		"limited group":        {"各有关社区", nil, office.None},
		"unknown":              {"县气象局", nil, office.None},
		"no such kind":         {"各村", nil, office.None},
		"empty":                {"　", nil, office.None},
	}
	r := resolver()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := r.Resolve(tt.name)
			if !slices.Equal(got.Units, tt.units) || got.How != tt.how {
				t.Errorf("Resolve(%q) = %v, want %v %q", tt.name, got, tt.units, tt.how)
			}
		})
	}
}

// Whatever a notice writes, a match is made of existing units, without
// repetition, and says how it came about.
func TestResolveProperty(t *testing.T) {
	r := resolver()
	piece := rapid.SampledFrom([]string{"青石", "街道", "云溪", "县", "各", "社区", "办", "公室", "党政", "局", "所", "(", ")", "2", "个", "　", "站", "x"})
	rapid.Check(t, func(t *rapid.T) {
		name := ""
		for _, p := range rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces") {
			name += p
		}
		m := r.Resolve(name)
		if (len(m.Units) == 0) != (m.How == office.None) {
			t.Fatalf("%q: %v", name, m)
		}
		sorted := slices.Clone(m.Units)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != len(m.Units) {
			t.Fatalf("%q: a unit twice in %v", name, m.Units)
		}
	})
}
