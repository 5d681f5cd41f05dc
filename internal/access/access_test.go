package access_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/office"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

type fixture struct {
	*access.Service
	t     *testing.T
	db    *store.DB
	clock *time.Time
	unit  string // of the street
	far   string // a unit of another county
}

func setUp(t *testing.T, db *store.DB) fixture {
	t.Helper()
	clock := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	now := func() time.Time { return clock }
	off := office.NewService(db, now)
	system := access.System("test")
	f := fixture{Service: access.NewService(db, now), t: t, db: db, clock: &clock}
	for _, p := range []office.Place{{Code: "990101001", Name: "青石街道"}, {Code: "990202001", Name: "远山街道"}} {
		f.must(off.AddPlace(t.Context(), system, p))
		u, err := off.Create(t.Context(), system, office.Unit{Name: "办公室", Kind: office.Section, Place: p.Code})
		f.must(err)
		if f.unit == "" {
			f.unit = u.ID
		} else {
			f.far = u.ID
		}
	}
	return f
}

func (f fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f fixture) wants(err error, code string) {
	f.t.Helper()
	if e := fault.Of(err); e == nil || e.Code != code {
		f.t.Errorf("error %v, want %s", err, code)
	}
}

func (f fixture) admin() access.Identity {
	f.t.Helper()
	a, err := f.CreateWith(f.t.Context(), access.System("test"), access.Change{
		Username: "chief", Name: "主管", Unit: f.unit, Grants: []access.Grant{{Role: access.Admin, Place: "990101"}}}, "first password", false)
	f.must(err)
	who, err := f.Identify(f.t.Context(), a.ID, "")
	f.must(err)
	return who
}

func TestSignIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := setUp(t, db)
		f.admin()
		who, err := f.SignIn(t.Context(), " Chief ", "first password", "192.0.2.1")
		f.must(err)
		if who.Name != "主管" || who.Place != "990101001" || !who.Has("990101001", access.Admin) || who.Has("990102", access.Admin) {
			t.Errorf("identity %+v", who)
		}
		_, err = f.SignIn(t.Context(), "nobody", "x", "192.0.2.1")
		f.wants(err, "sign_in_wrong")

		// Five failures, then the name has to wait, longer each time; the right
		// password does not help meanwhile, another name is not held up.
		for range 5 {
			_, err = f.SignIn(t.Context(), "chief", "wrong", "192.0.2.2")
			f.wants(err, "sign_in_wrong")
		}
		_, err = f.SignIn(t.Context(), "chief", "first password", "192.0.2.3")
		f.wants(err, "sign_in_wait")
		_, err = f.SignIn(t.Context(), "nobody", "x", "192.0.2.2")
		f.wants(err, "sign_in_wrong")
		*f.clock = f.clock.Add(16 * time.Second)
		if _, err = f.SignIn(t.Context(), "chief", "first password", "192.0.2.3"); err != nil {
			t.Errorf("after waiting: %v", err)
		}
	})
}

func TestPasswords(t *testing.T) {
	f := setUp(t, storetest.SQLite(t))
	who := f.admin()
	f.wants(f.ChangePassword(t.Context(), who, "wrong", "a new password"), "password_wrong")
	f.wants(f.ChangePassword(t.Context(), who, "first password", "short"), "password_short")
	f.wants(f.ChangePassword(t.Context(), who, "first password", "first password"), "password_same")
	f.must(f.ChangePassword(t.Context(), who, "first password", "a new password"))
	_, err := f.SignIn(t.Context(), "chief", "first password", "")
	f.wants(err, "sign_in_wrong")

	a, password, err := f.Create(t.Context(), who, access.Change{Username: "new.one", Name: "新人", Unit: f.unit})
	f.must(err)
	if len(password) != 14 || strings.Count(password, "-") != 2 {
		t.Errorf("password %q", password)
	}
	in, err := f.SignIn(t.Context(), "new.one", password, "")
	f.must(err)
	if !in.MustChange {
		t.Error("a password set by somebody else need not be changed")
	}
	again, err := f.ResetPassword(t.Context(), who, a.ID)
	f.must(err)
	if again == password {
		t.Error("the new password is the old one")
	}
}

func TestAccountsAreManagedWithinOnesPlaces(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := setUp(t, db)
		who := f.admin()
		change := access.Change{Username: "one", Name: "甲", Unit: f.unit, Grants: []access.Grant{{Role: access.Staff, Unit: f.unit}}}
		a, _, err := f.Create(t.Context(), who, change)
		f.must(err)
		_, _, err = f.Create(t.Context(), who, change)
		f.wants(err, "username_taken")
		for name, c := range map[string]access.Change{
			"unit of another county":  {Username: "two", Name: "乙", Unit: f.far},
			"place of another county": {Username: "two", Name: "乙", Unit: f.unit, Grants: []access.Grant{{Role: access.Clerk, Place: "990202"}}},
			"more than one holds":     {Username: "two", Name: "乙", Unit: f.unit, Grants: []access.Grant{{Role: access.Admin, Place: "99"}}},
			"everywhere":              {Username: "two", Name: "乙", Unit: f.unit, Grants: []access.Grant{{Role: access.Admin}}},
			"staff of a place":        {Username: "two", Name: "乙", Unit: f.unit, Grants: []access.Grant{{Role: access.Staff, Place: "990101"}}},
			"clerk of a unit":         {Username: "two", Name: "乙", Unit: f.unit, Grants: []access.Grant{{Role: access.Clerk, Unit: f.unit}}},
			"no such role":            {Username: "two", Name: "乙", Unit: f.unit, Grants: []access.Grant{{Role: "king", Place: "990101"}}},
			"bad user name":           {Username: "二", Name: "乙", Unit: f.unit},
		} {
			if _, _, err := f.Create(t.Context(), who, c); fault.Of(err) == nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		staff, err := f.Identify(t.Context(), a.ID, "")
		f.must(err)
		_, err = f.Accounts(t.Context(), staff, "", "", 10)
		f.wants(err, "denied")
		change.Disabled = true
		_, err = f.Update(t.Context(), who, a.ID, a.Version+1, change)
		f.wants(err, "stale")
		_, err = f.Update(t.Context(), who, a.ID, a.Version, change)
		f.must(err)
		_, err = f.Identify(t.Context(), a.ID, "")
		f.wants(err, "signed_out")
		_, err = f.Update(t.Context(), who, who.ID, 1, access.Change{Name: "主管", Unit: f.unit})
		f.wants(err, "account_self")
		list, err := f.Accounts(t.Context(), who, "", "", 10)
		f.must(err)
		if len(list) != 2 || list[0].Username != "chief" || len(list[1].Grants) != 1 {
			t.Errorf("accounts %+v", list)
		}
	})
}

func TestFeedSecret(t *testing.T) {
	f := setUp(t, storetest.SQLite(t))
	who := f.admin()
	first, err := f.NewFeed(t.Context(), who)
	f.must(err)
	second, err := f.NewFeed(t.Context(), who)
	f.must(err)
	_, err = f.FeedIdentity(t.Context(), first, "")
	f.wants(err, "missing")
	_, err = f.FeedIdentity(t.Context(), "", "")
	f.wants(err, "missing")
	got, err := f.FeedIdentity(t.Context(), second, "")
	f.must(err)
	if got.ID != who.ID {
		t.Errorf("the feed is of %s", got.Name)
	}
}

// Places never contain each other, and together are what Has says.
func TestPlacesProperty(t *testing.T) {
	digits := rapid.StringMatching(`(99(01(02(001)?)?)?|98|9902)?`)
	rapid.Check(t, func(t *rapid.T) {
		var who access.Identity
		for _, p := range rapid.SliceOfN(digits, 0, 5).Draw(t, "places") {
			who.Grants = append(who.Grants, access.Grant{Role: rapid.SampledFrom([]access.Role{access.Clerk, access.Leader}).Draw(t, "role"), Place: p})
		}
		ps := who.Places(access.Clerk)
		for i, p := range ps {
			for j, q := range ps {
				if i != j && strings.HasPrefix(p, q) {
					t.Fatalf("%q is inside %q", p, q)
				}
			}
		}
		place := digits.Draw(t, "place")
		in := false
		for _, p := range ps {
			in = in || strings.HasPrefix(place, p)
		}
		if in != who.Has(place, access.Clerk) {
			t.Fatalf("Places %q and Has(%q) disagree", ps, place)
		}
	})
}

// Who may set a password can sign in with it, so an administrator must not get
// at an account that has more rights than they could grant.
func TestAccountsWithMoreRightsAreOutOfReach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := setUp(t, db)
		who := f.admin()
		for name, grant := range map[string]access.Grant{
			"everywhere":     {Role: access.Admin},
			"another.county": {Role: access.Leader, Place: "990202"},
			"far.unit":       {Role: access.Staff, Unit: f.far},
		} {
			a, err := f.CreateWith(t.Context(), access.System("test"), access.Change{
				Username: name, Name: "甲", Unit: f.unit, Grants: []access.Grant{grant}}, "first password", false)
			f.must(err)
			_, err = f.ResetPassword(t.Context(), who, a.ID)
			f.wants(err, "account_above")
			_, err = f.Update(t.Context(), who, a.ID, a.Version, access.Change{Name: "乙", Unit: f.unit})
			f.wants(err, "account_above")
		}
	})
}

// Guesses that are sent all at once are counted like those one after another.
func TestGuessesSideBySide(t *testing.T) {
	f := setUp(t, storetest.SQLite(t))
	who := f.admin()
	var tried atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			_, err := f.SignIn(t.Context(), "chief", "wrong", "192.0.2.1")
			if e := fault.Of(err); e != nil && e.Code == "sign_in_wrong" {
				tried.Add(1)
			}
		})
	}
	wg.Wait()
	if n := tried.Load(); n != 5 {
		t.Errorf("%d guesses were looked at, want 5", n)
	}
	for range 5 {
		f.wants(f.ChangePassword(t.Context(), who, "wrong", "a new password"), "password_wrong")
	}
	f.wants(f.ChangePassword(t.Context(), who, "first password", "a new password"), "sign_in_wait")
}

// A sign-in that succeeds takes nothing from the others at the same address.
func TestSignInsOfAnOffice(t *testing.T) {
	f := setUp(t, storetest.SQLite(t))
	f.admin()
	for range 60 {
		_, err := f.SignIn(t.Context(), "chief", "first password", "192.0.2.1")
		f.must(err)
	}
}
