// Package access knows who somebody is and what they may do: accounts,
// sessions and grants. A grant is a role for a place and all below it, or for
// one unit. Every list and every change asks here first.
package access

import (
	"slices"
	"strings"

	"gewu/internal/fault"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// A Role is a set of rights. Roles do not include each other: who does two
// jobs has two grants.
type Role string

const (
	Admin   Role = "admin"   // units, accounts, holidays; no work data
	Clerk   Role = "clerk"   // reads notices in, publishes, urges, closes out
	Leader  Role = "leader"  // sees everything, urges and supervises
	Auditor Role = "auditor" // sees everything, changes nothing
	Staff   Role = "staff"   // works on the tasks of a unit
	Keeper  Role = "keeper"  // keeps the base ledger of a place and fills tables from it
)

// Roles are all roles, in the order in which forms show them.
var Roles = []Role{Admin, Clerk, Leader, Auditor, Staff, Keeper}

// ByUnit tells whether a role is granted for a unit; the others are granted
// for a place.
func (r Role) ByUnit() bool { return r == Staff }

// A Grant is a role for a place or for a unit.
type Grant struct {
	Role  Role   `db:"role" json:"role"`
	Place string `db:"place" json:"place,omitempty"`
	Unit  string `db:"unit_id" json:"unit,omitempty"`
}

var (
	// ErrDenied refuses what somebody may know of but may not do.
	ErrDenied = fault.New(fault.Denied, "denied", "您没有办理此事项的权限，如确有需要请联系管理员", "You are not entitled to do this. If you need to, ask the administrator.")
	// ErrMissing refuses what does not exist, or what somebody may not know of:
	// the answer is the same.
	ErrMissing = fault.New(fault.Missing, "missing", "没有找到，可能已被删除或不在您的查看范围内", "Not found: it may have been removed, or it is outside what you may see.")
	// ErrSignedOut asks to sign in.
	ErrSignedOut = fault.New(fault.Unauthorized, "signed_out", "尚未登录或登录已过期，请重新登录", "You are not signed in, or your session has ended. Sign in again.")
)

// An Identity is somebody who is signed in.
type Identity struct {
	ID         string
	Username   string
	Name       string
	Unit       string // id of the unit to which the account belongs
	UnitName   string
	Place      string // of that unit
	MustChange bool   // must choose a new password before anything else
	Grants     []Grant
	Origin     string // network address
	Stamp      string // changes with the password: a session with another one has ended
}

// System is the identity of the program itself, for the first start, the demo
// and the command line. It may do everything everywhere.
func System(origin string) Identity {
	return Identity{Name: "系统", Origin: origin, Grants: []Grant{{Role: Admin}, {Role: Clerk}, {Role: Keeper}}}
}

// Actor is how the journal names the identity.
func (w Identity) Actor() journal.Actor {
	return journal.Actor{ID: w.ID, Name: w.Name, Origin: w.Origin}
}

// Has tells whether one of the roles is granted for a place that contains the
// given one.
func (w Identity) Has(place string, roles ...Role) bool {
	return slices.ContainsFunc(w.Grants, func(g Grant) bool {
		return g.Unit == "" && slices.Contains(roles, g.Role) && strings.HasPrefix(place, g.Place)
	})
}

// Is tells whether one of the roles is granted anywhere.
func (w Identity) Is(roles ...Role) bool {
	return slices.ContainsFunc(w.Grants, func(g Grant) bool { return slices.Contains(roles, g.Role) })
}

// Works tells whether the identity works for a unit.
func (w Identity) Works(unit string) bool {
	return slices.ContainsFunc(w.Grants, func(g Grant) bool { return g.Role == Staff && g.Unit == unit && unit != "" })
}

// Units are the units for which the identity works.
func (w Identity) Units() []string {
	var out []string
	for _, g := range w.Grants {
		if g.Role == Staff {
			out = append(out, g.Unit)
		}
	}
	return out
}

// Places are the places for which one of the roles is granted; a place inside
// another one is left out.
func (w Identity) Places(roles ...Role) []string {
	var all []string
	for _, g := range w.Grants {
		if g.Unit == "" && slices.Contains(roles, g.Role) {
			all = append(all, g.Place)
		}
	}
	slices.Sort(all)
	var out []string
	for _, p := range all {
		if len(out) == 0 || !strings.HasPrefix(p, out[len(out)-1]) {
			out = append(out, p)
		}
	}
	return out
}

// Work is the scope of plans and tasks that the identity may see.
func (w Identity) Work() store.Scope {
	return store.Scope{Places: w.Places(Clerk, Leader, Auditor), Units: w.Units()}
}
