package api

import (
	"context"
	"net/http"

	"gewu/internal/access"
	"gewu/internal/store"
)

func (s *server) accountRoutes() {
	route(s, op(http.MethodGet, "/accounts", "list-accounts", "Accounts, by user name", "Accounts"), s.listAccounts)
	route(s, created(op(http.MethodPost, "/accounts", "create-account", "Make an account", "Accounts")), s.createAccount)
	route(s, op(http.MethodPut, "/accounts/{id}", "update-account", "Change or disable an account", "Accounts"), s.updateAccount)
	route(s, op(http.MethodPost, "/accounts/{id}/password", "reset-password", "Give an account a new password", "Accounts"), s.resetPassword)
}

// account as it goes out: no hash.
type account struct {
	ID       string         `json:"id"`
	Username string         `json:"username"`
	Name     string         `json:"name"`
	Unit     string         `json:"unit"`
	UnitName string         `json:"unit_name"`
	Disabled bool           `json:"disabled"`
	Grants   []access.Grant `json:"grants" nullable:"false"`
	Version  int            `json:"version"`
}

func accountOut(a access.Account) account {
	out := account{a.ID, a.Username, a.Name, a.Unit, a.UnitName, !a.Disabled.IsZero(), a.Grants, a.Version}
	if out.Grants == nil {
		out.Grants = []access.Grant{}
	}
	return out
}

func (s *server) listAccounts(ctx context.Context, who access.Identity, in *struct {
	Paging
	Word string `query:"q" maxLength:"100"`
}) (*body[list[account]], error) {
	limit := in.Limit
	if limit == 0 {
		limit = 50
	}
	as, err := s.Access.Accounts(ctx, who, in.Word, in.Cursor, limit+1)
	if err != nil {
		return nil, err
	}
	l := list[account]{Items: []account{}}
	for i, a := range as {
		if i == limit {
			l.Next = as[i-1].Username
			break
		}
		l.Items = append(l.Items, accountOut(a))
	}
	return &body[list[account]]{l}, nil
}

type newAccount struct {
	Username string         `json:"username" maxLength:"32"`
	Name     string         `json:"name" maxLength:"40"`
	Unit     string         `json:"unit" maxLength:"40"`
	Grants   []access.Grant `json:"grants" nullable:"false" maxItems:"50"`
}

type madeAccount struct {
	Account  account `json:"account"`
	Password string  `json:"password" doc:"shown once; must be changed at the first sign-in"`
}

func (s *server) createAccount(ctx context.Context, who access.Identity, in *struct{ Body newAccount }) (*body[madeAccount], error) {
	store.Secret(ctx)
	b := in.Body
	a, password, err := s.Access.Create(ctx, who, access.Change{Username: b.Username, Name: b.Name, Unit: b.Unit, Grants: b.Grants})
	return &body[madeAccount]{madeAccount{accountOut(a), password}}, err
}

type changedAccount struct {
	Name     string         `json:"name" maxLength:"40"`
	Unit     string         `json:"unit" maxLength:"40"`
	Disabled bool           `json:"disabled"`
	Grants   []access.Grant `json:"grants" nullable:"false" maxItems:"50"`
}

func (s *server) updateAccount(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body changedAccount
}) (*tagged[account], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	a, err := s.Access.Update(ctx, who, in.ID, v, access.Change{Name: b.Name, Unit: b.Unit, Disabled: b.Disabled, Grants: b.Grants})
	return &tagged[account]{etag(a.Version), accountOut(a)}, err
}

type newPassword struct {
	Password string `json:"password" doc:"shown once"`
}

func (s *server) resetPassword(ctx context.Context, who access.Identity, in *ByID) (*body[newPassword], error) {
	store.Secret(ctx)
	p, err := s.Access.ResetPassword(ctx, who, in.ID)
	return &body[newPassword]{newPassword{p}}, err
}
