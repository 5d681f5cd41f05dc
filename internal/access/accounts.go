package access

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"gewu/internal/fault"
	"gewu/internal/store"
)

// A Change is what an administrator enters for an account.
type Change struct {
	Username string // only when it is made
	Name     string
	Unit     string
	Disabled bool
	Grants   []Grant
}

var errAbove = fault.New(fault.Denied, "account_above", "该账号的权限超出您的管理范围，请联系上级管理员办理", "This account has rights beyond your area. Ask the administrator of the level above.")

var usernameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{2,31}$`)

// Accounts lists the accounts of units in the administrator's places, by user
// name above the given one.
func (s *Service) Accounts(ctx context.Context, who Identity, word, after string, limit int) ([]Account, error) {
	if !who.Is(Admin) {
		return nil, ErrDenied
	}
	q := store.SQL(selectAccount+" WHERE a.username > ?", after)
	if word != "" {
		like := store.Like(word)
		q = q.Add(` AND (a.username LIKE ? ESCAPE '\' OR a.name LIKE ? ESCAPE '\' OR u.name LIKE ? ESCAPE '\')`, like, like, like)
	}
	as, err := store.All[Account](ctx, s.db,
		q.In(store.Scope{Places: who.Places(Admin)}, "u.place", "").Add(" ORDER BY a.username LIMIT ?", limit))
	if err != nil || len(as) == 0 {
		return as, err
	}
	ids := make([]string, len(as))
	index := make(map[string]int, len(as))
	for i, a := range as {
		ids[i], index[a.ID] = a.ID, i
	}
	list, args := store.List(ids)
	type owned struct {
		Grant
		Account string `db:"account_id"`
	}
	gs, err := store.All[owned](ctx, s.db, store.SQL(
		"SELECT account_id, role, place, unit_id FROM role_grant WHERE account_id IN "+list+" ORDER BY account_id, role", args...).Anywhere())
	for _, g := range gs {
		a := &as[index[g.Account]]
		a.Grants = append(a.Grants, g.Grant)
	}
	return as, err
}

// A Colleague is somebody of a unit to whom a task can be handed.
type Colleague struct {
	ID   string `db:"id" json:"id"`
	Name string `db:"name" json:"name"`
}

// Colleagues are the people who work for a unit.
func (s *Service) Colleagues(ctx context.Context, unit string) ([]Colleague, error) {
	return store.All[Colleague](ctx, s.db, store.SQL(`
		SELECT a.id, a.name FROM account a JOIN role_grant g ON g.account_id = a.id
		WHERE g.role = 'staff' AND g.unit_id = ? AND a.disabled_at = '' ORDER BY a.name, a.id LIMIT 200`, unit).Anywhere())
}

// Create makes an account with a password that must be changed at the first
// sign-in, and returns the account and that password.
func (s *Service) Create(ctx context.Context, who Identity, c Change) (Account, string, error) {
	password := NewPassword()
	a, err := s.CreateWith(ctx, who, c, password, true)
	return a, password, err
}

// CreateWith makes an account with a given password.
func (s *Service) CreateWith(ctx context.Context, who Identity, c Change, password string, mustChange bool) (Account, error) {
	c.Username = strings.ToLower(strings.TrimSpace(c.Username))
	c.Name = strings.TrimSpace(c.Name)
	if !usernameForm.MatchString(c.Username) || c.Name == "" || len(c.Name) > 120 {
		return Account{}, errBadAccount
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return Account{}, err
	}
	a := Account{ID: store.NewID(), Username: c.Username}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		if err := s.mayManage(ctx, tx, who, c); err != nil {
			return err
		}
		must := 0
		if mustChange {
			must = 1
		}
		n, err := tx.Exec(ctx, `
			INSERT INTO account (id, username, name, unit_id, password, must_change, disabled_at, feed_token, created_at, version)
			VALUES (?, ?, ?, ?, ?, ?, '', '', ?, 1) ON CONFLICT (username) DO NOTHING`,
			a.ID, c.Username, c.Name, c.Unit, hash, must, store.Time(s.now()))
		if err != nil {
			return err
		}
		if n == 0 {
			return errUsername.With("name", c.Username)
		}
		if err := writeGrants(ctx, tx, a.ID, c.Grants); err != nil {
			return err
		}
		if a, err = account(ctx, tx, a.ID); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "account.create", a, nil, shown(a))
	})
	return a, err
}

// Update changes an account that still has the given version.
func (s *Service) Update(ctx context.Context, who Identity, id string, version int, c Change) (Account, error) {
	c.Name = strings.TrimSpace(c.Name)
	if c.Name == "" || len(c.Name) > 120 {
		return Account{}, errBadAccount
	}
	var a Account
	err := s.db.Tx(ctx, func(tx *store.Tx) error {
		before, err := s.managed(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return ErrStale
		}
		if err := s.mayManage(ctx, tx, who, c); err != nil {
			return err
		}
		keepsAdmin := slices.ContainsFunc(c.Grants, func(g Grant) bool { return g.Role == Admin })
		if id == who.ID && (c.Disabled || !keepsAdmin) {
			return errSelf
		}
		disabled := ""
		if c.Disabled {
			if disabled = string(before.Disabled); disabled == "" {
				disabled = store.Time(s.now())
			}
		}
		if _, err := tx.Exec(ctx, "UPDATE account SET name = ?, unit_id = ?, disabled_at = ?, version = version + 1 WHERE id = ?",
			c.Name, c.Unit, disabled, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM role_grant WHERE account_id = ?", id); err != nil {
			return err
		}
		if err := writeGrants(ctx, tx, id, c.Grants); err != nil {
			return err
		}
		if a, err = account(ctx, tx, id); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "account.update", a, shown(before), shown(a))
	})
	return a, err
}

// ResetPassword gives an account a new password, which must be changed at the
// next sign-in, and returns it.
func (s *Service) ResetPassword(ctx context.Context, who Identity, id string) (string, error) {
	a, err := s.managed(ctx, s.db, who, id)
	if err != nil {
		return "", err
	}
	password := NewPassword()
	return password, s.setPassword(ctx, who, a, password, true)
}

// managed returns an account that the administrator may change.
func (s *Service) managed(ctx context.Context, src store.Source, who Identity, id string) (Account, error) {
	if !who.Is(Admin) {
		return Account{}, ErrDenied
	}
	a, err := account(ctx, src, id)
	if errors.Is(err, store.ErrNone) || err == nil && !who.Has(a.Place, Admin) {
		return Account{}, ErrMissing
	}
	if err != nil {
		return a, err
	}
	// Who may set the password of an account can sign in as it: that must not
	// give more than the administrator could grant.
	if err := s.mayManage(ctx, src, who, Change{Unit: a.Unit, Grants: a.Grants}); fault.Of(err) != nil {
		return a, errAbove
	} else if err != nil {
		return a, err
	}
	return a, nil
}

func account(ctx context.Context, src store.Source, id string) (Account, error) {
	a, err := store.One[Account](ctx, src, store.SQL(selectAccount+" WHERE a.id = ?", id).Anywhere())
	if err != nil {
		return a, err
	}
	a.Grants, err = grantsOf(ctx, src, id)
	return a, err
}

// mayManage checks that the unit and every grant lie in the administrator's
// places: nobody can hand out more than they hold.
func (s *Service) mayManage(ctx context.Context, src store.Source, who Identity, c Change) error {
	if !who.Is(Admin) {
		return ErrDenied
	}
	placeOf := func(unit string) (string, error) {
		p, err := store.One[string](ctx, src, store.SQL("SELECT place FROM unit WHERE id = ?", unit).Anywhere())
		if errors.Is(err, store.ErrNone) || err == nil && !who.Has(p, Admin) {
			return "", errBadAccount
		}
		return p, err
	}
	if _, err := placeOf(c.Unit); err != nil {
		return err
	}
	for _, g := range c.Grants {
		if !slices.Contains(Roles, g.Role) || g.Role.ByUnit() != (g.Unit != "") || g.Unit != "" && g.Place != "" {
			return errGrant.With("role", g.Role.words())
		}
		if g.Unit != "" {
			if _, err := placeOf(g.Unit); err != nil {
				return errGrant.With("role", g.Role.words())
			}
		} else if !who.Has(g.Place, Admin) {
			return errGrant.With("role", g.Role.words())
		}
	}
	return nil
}

func writeGrants(ctx context.Context, tx *store.Tx, id string, grants []Grant) error {
	for _, g := range grants {
		if _, err := tx.Exec(ctx, `
			INSERT INTO role_grant (account_id, role, place, unit_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			id, g.Role, g.Place, g.Unit); err != nil {
			return err
		}
	}
	return nil
}

// shown is what the journal keeps of an account: no hash.
func shown(a Account) map[string]any {
	return map[string]any{
		"username": a.Username, "name": a.Name, "unit": a.UnitName, "disabled": !a.Disabled.IsZero(), "grants": a.Grants,
	}
}

// words is how people call a role.
func (r Role) words() fault.Words {
	zh := map[Role]string{Admin: "管理员", Clerk: "办公室经办人", Leader: "领导", Auditor: "督查人员", Staff: "单位工作人员"}[r]
	if zh == "" {
		zh = string(r)
	}
	return fault.Words{Zh: zh, En: string(r)}
}
