// Package office knows the places and the units of a district, and which unit
// a notice means by a name.
package office

import (
	"gewu/internal/store"
)

// A Place is a node of the tree of places. The length of its code is its
// level, a prefix of its code is an ancestor.
type Place struct {
	Code string `db:"code" json:"code"`
	Name string `db:"name" json:"name"`
}

// Level names the level of a place code, "" if there is none of that length.
func Level(code string) string {
	return map[int]string{2: "province", 4: "city", 6: "county", 9: "street", 12: "community", 15: "grid"}[len(code)]
}

// A Kind is the sort of a unit.
type Kind string

const (
	Bureau     Kind = "bureau"     // 县（区）直部门
	Office     Kind = "office"     // 街道办事处、镇政府 itself
	Section    Kind = "section"    // 内设机构
	Station    Kind = "station"    // 站所、中心
	Community  Kind = "community"  // 社区
	Village    Kind = "village"    // 村
	Grid       Kind = "grid"       // 网格
	Enterprise Kind = "enterprise" // 企业
	Other      Kind = "other"
)

// Kinds are all kinds, in the order in which forms show them.
var Kinds = []Kind{Bureau, Office, Section, Station, Community, Village, Grid, Enterprise, Other}

// A Unit is an organisation or a part of one that can be given a task.
type Unit struct {
	ID      string       `db:"id" json:"id"`
	Name    string       `db:"name" json:"name"`
	Short   string       `db:"short" json:"short"`
	Kind    Kind         `db:"kind" json:"kind"`
	Place   string       `db:"place" json:"place"`
	Seq     int          `db:"seq" json:"seq"`
	Closed  store.Moment `db:"closed_at" json:"-"`
	Version int          `db:"version" json:"version"`
	Aliases []string     `json:"aliases"`
}

// Label is the form for lists: the short one where there is one.
func (u Unit) Label() string {
	if u.Short != "" {
		return u.Short
	}
	return u.Name
}
