package access

import (
	"context"
	"errors"
	"strings"
	"time"

	"gewu/internal/fault"
	"gewu/internal/journal"
	"gewu/internal/store"
)

var (
	errSignIn       = fault.New(fault.Unauthorized, "sign_in_wrong", "账号或密码不正确", "The user name or the password is wrong.")
	errWait         = fault.New(fault.TooMany, "sign_in_wait", "密码输错次数过多，请 {seconds} 秒后再试", "Too many wrong passwords. Try again in {seconds} seconds.")
	errOldWrong     = fault.New(fault.Invalid, "password_wrong", "原密码不正确，请重新输入", "The present password is wrong. Enter it again.")
	errPasswordSame = fault.New(fault.Invalid, "password_same", "新密码不能与原密码相同，请重新设置", "The new password must differ from the present one. Choose another.")
	errUsername     = fault.New(fault.Conflict, "username_taken", "账号“{name}”已被使用，请换一个", "The user name “{name}” is taken. Choose another.")
	errBadAccount   = fault.New(fault.Invalid, "account_incomplete", "请填写账号（字母、数字、点、横线，3—32 位）、姓名和所属单位", "Fill in a user name (3–32 letters, digits, dots, dashes), a name and a unit.")
	errGrant        = fault.New(fault.Invalid, "grant_wrong", "角色“{role}”的授权范围不正确：工作人员按单位授权，其他角色按地方授权", "The scope of the role “{role}” is wrong: staff are granted a unit, other roles a place.")
	errSelf         = fault.New(fault.Conflict, "account_self", "不能停用自己的账号，也不能收回自己的管理员角色", "You can neither disable your own account nor take the administrator's role from yourself.")
	// ErrStale refuses a change to something that somebody else has changed.
	ErrStale = fault.New(fault.Stale, "stale", "此内容刚刚被他人修改过，请刷新后再改，您填写的内容不会丢失", "Somebody else has just changed this. Reload and change it again; what you entered is kept.")
)

// A Service manages accounts and signs people in.
type Service struct {
	db    *store.DB
	now   func() time.Time
	limit *limiter
}

// NewService returns the service.
func NewService(db *store.DB, now func() time.Time) *Service {
	return &Service{db: db, now: now, limit: newLimiter(now)}
}

// An Account is somebody who can sign in.
type Account struct {
	ID       string       `db:"id"`
	Username string       `db:"username"`
	Name     string       `db:"name"`
	Unit     string       `db:"unit_id"`
	UnitName string       `db:"unit_name"`
	Place    string       `db:"place"` // of the unit
	Must     bool         `db:"must_change"`
	Disabled store.Moment `db:"disabled_at"`
	Created  store.Moment `db:"created_at"`
	Version  int          `db:"version"`
	Grants   []Grant

	Hash string `db:"password"`
}

const selectAccount = `
	SELECT a.id, a.username, a.name, a.unit_id, u.name AS unit_name, u.place, a.must_change, a.disabled_at,
	       a.created_at, a.version, a.password
	FROM account a JOIN unit u ON u.id = a.unit_id`

// notAHash takes as long to check as a real one, so that the time does not
// tell whether a name exists.
const notAHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// SignIn checks a name and a password. Failures are counted by name and by
// address.
func (s *Service) SignIn(ctx context.Context, username, password, address string) (Identity, error) {
	username = strings.ToLower(strings.TrimSpace(username))
	byName, byPlace := limited{"n:" + username, limitByName}, limited{"a:" + address, limitByPlace}
	if d := s.limit.take(byName, byPlace); d > 0 {
		return Identity{}, errWait.With("seconds", int(d.Seconds())+1)
	}
	a, err := store.One[Account](ctx, s.db, store.SQL(selectAccount+" WHERE a.username = ? AND a.disabled_at = ''", username).Anywhere())
	if errors.Is(err, store.ErrNone) {
		a.Hash = notAHash
	} else if err != nil {
		s.limit.giveBack(byName, byPlace)
		return Identity{}, err
	}
	ok, err := passwordMatches(ctx, a.Hash, password)
	if err != nil {
		s.limit.giveBack(byName, byPlace)
		return Identity{}, err
	}
	if !ok || a.ID == "" {
		return Identity{}, errSignIn
	}
	s.limit.forget(byName)
	s.limit.giveBack(byPlace)
	who, err := s.identify(ctx, a, address)
	if err != nil {
		return Identity{}, err
	}
	return who, s.db.Tx(ctx, func(tx *store.Tx) error {
		return s.note(ctx, tx, who, "account.sign_in", a, nil, nil)
	})
}

// Identify returns the identity of a signed-in account, ErrSignedOut if it is
// no longer allowed in.
func (s *Service) Identify(ctx context.Context, account, address string) (Identity, error) {
	if account == "" {
		return Identity{}, ErrSignedOut
	}
	a, err := store.One[Account](ctx, s.db, store.SQL(selectAccount+" WHERE a.id = ? AND a.disabled_at = ''", account).Anywhere())
	if errors.Is(err, store.ErrNone) {
		return Identity{}, ErrSignedOut
	}
	if err != nil {
		return Identity{}, err
	}
	return s.identify(ctx, a, address)
}

func (s *Service) identify(ctx context.Context, a Account, address string) (Identity, error) {
	grants, err := grantsOf(ctx, s.db, a.ID)
	return Identity{
		ID: a.ID, Username: a.Username, Name: a.Name, Unit: a.Unit, UnitName: a.UnitName, Place: a.Place,
		MustChange: a.Must, Grants: grants, Origin: address, Stamp: stampOf(a.Hash),
	}, err
}

func grantsOf(ctx context.Context, src store.Source, account string) ([]Grant, error) {
	return store.All[Grant](ctx, src, store.SQL(`
		SELECT role, place, unit_id FROM role_grant WHERE account_id = ? ORDER BY role, place, unit_id`, account).Anywhere())
}

// ChangePassword sets one's own password.
func (s *Service) ChangePassword(ctx context.Context, who Identity, old, password string) error {
	a, err := store.One[Account](ctx, s.db, store.SQL(selectAccount+" WHERE a.id = ?", who.ID).Anywhere())
	if err != nil {
		return err
	}
	// A session that was left open must not serve for guessing the password.
	guess := limited{"p:" + who.ID, limitByName}
	if d := s.limit.take(guess); d > 0 {
		return errWait.With("seconds", int(d.Seconds())+1)
	}
	ok, err := passwordMatches(ctx, a.Hash, old)
	if err != nil {
		s.limit.giveBack(guess)
		return err
	}
	if !ok {
		return errOldWrong
	}
	s.limit.forget(guess)
	if old == password {
		return errPasswordSame
	}
	return s.setPassword(ctx, who, a, password, false)
}

func (s *Service) setPassword(ctx context.Context, who Identity, a Account, password string, mustChange bool) error {
	if err := checkPassword(a.Username, password); err != nil {
		return err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return err
	}
	must := 0
	if mustChange {
		must = 1
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE account SET password = ?, must_change = ?, version = version + 1 WHERE id = ?", hash, must, a.ID); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "account.password", a, nil, nil)
	})
}

func (s *Service) note(ctx context.Context, tx *store.Tx, who Identity, verb string, a Account, before, after any) error {
	return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
		Verb: verb, Subject: "account", SubjectID: a.ID, Place: a.Place, Before: before, After: after,
	})
}
