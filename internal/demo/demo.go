// Package demo makes a made-up office to try the program with: a street of a
// county that does not exist, its communities, grids, units and staff, its
// duty list, a plan on which work has been done, and a notice that has just
// come in. No name or figure is of a real person or place.
package demo

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"text/template"
	"time"

	"gewu/internal/access"
	"gewu/internal/atlas"
	"gewu/internal/duty"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/store"
	"gewu/internal/subject"
)

//go:embed notices/*.txt
var notices embed.FS

// Street is the code of the demo's street. No province has the number 99.
const Street = "990101001"

// Password is the password of every demo account.
const Password = "gewu-demo"

// County is the code of the demo's county.
const County = "990101"

type account struct {
	username, name, unit string
	roles                []access.Role
	zh, en               string
}

var accounts = []account{
	{"clerk", "方小满", "党政办", []access.Role{access.Clerk, access.Keeper, access.Staff}, "党政办经办人：读入通知、分解任务、催办，管理基础台账", "office clerk: reads notices in, hands tasks out, urges; keeps the base ledger"},
	{"leader", "顾长河", "青石街道办事处", []access.Role{access.Leader}, "街道领导：查看进度、督办", "leader: sees how it stands, supervises"},
	{"fazhi", "柳青青", "平安法治办", []access.Role{access.Staff}, "平安法治办工作人员", "staff of the safety and law section"},
	{"fazhi2", "石磊明", "平安法治办", []access.Role{access.Staff}, "平安法治办工作人员（可互相转办）", "a colleague, to hand tasks to"},
	{"sifa", "卫平安", "司法所", []access.Role{access.Staff}, "司法所工作人员", "staff of the justice station"},
	{"qingfeng", "夏清风", "清风社区", []access.Role{access.Staff, access.Keeper}, "清风社区工作人员，管理本社区台账", "staff of Qingfeng community; keeps its ledger"},
	{"mingyue", "秋月圆", "明月社区", []access.Role{access.Staff}, "明月社区工作人员", "staff of Mingyue community"},
	{"auditor", "严如镜", "党政办", []access.Role{access.Auditor}, "督查人员：只看不改", "auditor: sees everything, changes nothing"},
	{"admin", "管一方", "党政办", []access.Role{access.Admin}, "系统管理员：单位、账号、节假日", "administrator: units, accounts, holidays"},
}

// Accounts is the text that tells how to sign in.
func Accounts(lang string) string {
	var b strings.Builder
	head := "演示账号（密码均为 %s）：\n"
	if lang == "en" {
		head = "Demo accounts (password of all: %s):\n"
	}
	fmt.Fprintf(&b, head, Password)
	for _, a := range accounts {
		what := a.zh
		if lang == "en" {
			what = a.en
		}
		fmt.Fprintf(&b, "  %-10s %s\n", a.username, what)
	}
	return b.String()
}

var places = []office.Place{
	{Code: "99", Name: "云州省"}, {Code: "9901", Name: "云中市"}, {Code: County, Name: "云溪县"}, {Code: Street, Name: "青石街道"},
	{Code: Street + "001", Name: "清风社区"}, {Code: Street + "002", Name: "明月社区"}, {Code: Street + "003", Name: "松涛社区"},
	{Code: Street + "004", Name: "荷塘社区"}, {Code: Street + "005", Name: "石桥社区"}, {Code: Street + "006", Name: "望江社区"},
}

func units() []office.Unit {
	us := []office.Unit{
		{Name: "青石街道办事处", Kind: office.Office, Place: Street},
	}
	for _, s := range []string{"党政", "党建", "平安法治", "公共服务", "经济发展", "社区建设"} {
		us = append(us, office.Unit{Name: "青石街道" + s + "办公室", Short: s + "办", Kind: office.Section, Place: Street})
	}
	for _, s := range [][2]string{
		{"青石街道应急管理和消防站", "应急消防站"}, {"青石街道综合行政执法队", "综合行政执法队"}, {"青石街道便民服务中心", "便民服务中心"},
		{"青石司法所", "司法所"}, {"青石派出所", "派出所"}, {"青石市场监督管理所", "市场监管所"},
	} {
		us = append(us, office.Unit{Name: s[0], Short: s[1], Kind: office.Station, Place: Street})
	}
	for _, p := range places[4:] {
		us = append(us, office.Unit{Name: p.Name + "居民委员会", Short: p.Name, Kind: office.Community, Place: p.Code})
		for g := 1; g <= 3; g++ {
			us = append(us, office.Unit{Name: fmt.Sprintf("%s第%d网格", p.Name, g), Kind: office.Grid, Place: p.Code})
		}
	}
	for _, b := range []string{"应急管理局", "司法局", "民政局", "公安局", "市场监督管理局", "住房和城乡建设局"} {
		us = append(us, office.Unit{Name: "云溪县" + b, Short: "县" + b, Kind: office.Bureau, Place: County})
	}
	return us
}

// An Office is the services through which the demo is made, and how large.
type Office struct {
	Access   *access.Service
	Units    *office.Service
	Plans    *plan.Service
	Duties   *duty.Service
	Subjects *subject.Service
	Atlas    *atlas.Service
	People   int    // of the made-up town
	Seed     uint64 // the same seed makes the same town
	Now      time.Time
}

// Fill puts the demo office into an empty database.
func Fill(ctx context.Context, o Office) error {
	system := access.System("demo")
	for _, p := range places {
		if err := o.Units.AddPlace(ctx, system, p); err != nil {
			return err
		}
		if len(p.Code) == 12 { // three grids each
			for g := 1; g <= 3; g++ {
				if err := o.Units.AddPlace(ctx, system, office.Place{Code: fmt.Sprintf("%s%03d", p.Code, g), Name: fmt.Sprintf("%s第%d网格", p.Name, g)}); err != nil {
					return err
				}
			}
		}
	}
	ids, at := map[string]string{}, map[string]string{}
	for _, u := range units() {
		made, err := o.Units.Create(ctx, system, u)
		if err != nil {
			return fmt.Errorf("unit %s: %w", u.Name, err)
		}
		ids[made.Label()], at[made.Label()] = made.ID, made.Place
	}
	for _, a := range accounts {
		c := access.Change{Username: a.username, Name: a.name, Unit: ids[a.unit]}
		for _, r := range a.roles {
			g := access.Grant{Role: r, Place: at[a.unit]}
			if r.ByUnit() {
				g = access.Grant{Role: r, Unit: ids[a.unit]}
			} else if r == access.Admin {
				g.Place = County
			}
			c.Grants = append(c.Grants, g)
		}
		if _, err := o.Access.CreateWith(ctx, system, c, Password, false); err != nil {
			return fmt.Errorf("account %s: %w", a.username, err)
		}
	}
	if err := o.Duties.Replace(ctx, system, Street, duty.Demo()); err != nil {
		return err
	}
	if err := populate(ctx, o); err != nil {
		return fmt.Errorf("town: %w", err)
	}
	return work(ctx, o.Access, o.Plans, o.Now)
}

// populate makes the town and draws it on the map.
func populate(ctx context.Context, o Office) error {
	system := access.System("demo")
	town := NewTown(Street, o.People, o.Seed, o.Now.In(time.FixedZone("UTC+8", 8*60*60)), store.NewID)
	if err := o.Subjects.CreateAll(ctx, system, town.Entries()); err != nil {
		return err
	}
	for c := 1; c <= 6; c++ {
		community := fmt.Sprintf("%s%03d", Street, c)
		all := GridBorder(c, 1)
		for g := 1; g <= 3; g++ {
			border := GridBorder(c, g)
			all[2] = border[2]
			if _, err := o.Atlas.Draw(ctx, system, fmt.Sprintf("%s%03d", community, g), 0, Rectangle(border)); err != nil {
				return err
			}
		}
		if _, err := o.Atlas.Draw(ctx, system, community, 0, Rectangle(all)); err != nil {
			return err
		}
	}
	_, err := o.Atlas.Import(ctx, system, Street, town.Outlines())
	return err
}

// Notice is one of the demo's notices, with its dates around the given day.
func Notice(name string, now time.Time) ([]byte, error) {
	t, err := template.New("").Funcs(template.FuncMap{
		"day": func(n int) string {
			d := now.AddDate(0, 0, n)
			return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.Day())
		},
	}).ParseFS(notices, "notices/"+name)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	err = t.ExecuteTemplate(&b, name, map[string]any{"Year": now.Year()})
	return []byte(b.String()), err
}
