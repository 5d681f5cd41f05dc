package access

import (
	"context"

	"gewu/internal/store"
)

// Empty tells whether there is no account yet.
func (s *Service) Empty(ctx context.Context) (bool, error) {
	n, err := store.One[int](ctx, s.db, store.SQL("SELECT count(*) FROM (SELECT 1 FROM account LIMIT 1) x").Anywhere())
	return n == 0, err
}

// First makes the administrator of an empty database, who may manage accounts,
// places and units everywhere, in the given unit. It returns the password,
// which has to be changed at the first sign-in.
func (s *Service) First(ctx context.Context, unit string) (username, password string, err error) {
	_, password, err = s.Create(ctx, System("first start"), Change{
		Username: "admin", Name: "系统管理员", Unit: unit, Grants: []Grant{{Role: Admin}}})
	return "admin", password, err
}
