package subject

import (
	"strings"

	"gewu/calendar"
	"gewu/code"
	"gewu/internal/fault"
)

var (
	errBorn   = fault.New(fault.Invalid, "subject_born", "出生日期不能晚于今天，请核对", "The day of birth is later than today. Check it.")
	errBirth  = fault.New(fault.Invalid, "subject_birth", "出生日期与身份证号码不一致，如号码有误请先更正号码", "The day of birth contradicts the id number. If the number is wrong, correct that first.")
	errSex    = fault.New(fault.Invalid, "subject_sex", "性别与身份证号码不一致，如号码有误请先更正号码", "The sex contradicts the id number. If the number is wrong, correct that first.")
	errLiving = fault.New(fault.Conflict, "subject_living", "该人员住在已登记的房屋里，现住址随房屋；如已搬家请办理“迁居”，如门牌有误请更正房屋的地址", "They live in a dwelling of the ledger, which tells their address. If they have moved, let them move; if the address is wrong, correct that of the dwelling.")
)

// agree completes what is to be known of somebody, by what their number says,
// and refuses what contradicts it. Only what changes is looked at: old
// contradictions keep nobody from correcting something else.
func agree(now, change Values, today calendar.Date) error {
	after := func(e string) string {
		if v, ok := change[e]; ok {
			return v
		}
		return now[e]
	}
	_, number := change["person.id_number"]
	_, birth := change["person.birth_date"]
	_, sex := change["person.sex"]
	if b := change["person.birth_date"]; b > today.String() {
		return errBorn.With("element", "person.birth_date")
	}
	id, err := code.ParseResidentID(after("person.id_number"))
	if err != nil || !number && !birth && !sex {
		return nil // another document, or none
	}
	if number {
		if err := id.BornBy(code.DateOf(today.Time())); err != nil {
			return errBorn.With("element", "person.id_number")
		}
	}
	says := Values{"person.birth_date": id.Birth().String(), "person.sex": id.Sex().Code()}
	for e, x := range says {
		given, ok := change[e]
		switch {
		case !ok && number || ok && given == "": // the number tells
			change[e] = x
		case e == "person.sex" && ok && (given == "1" || given == "2") && given != x:
			return errSex.With("element", e)
		case e == "person.birth_date" && ok && given != x && !strings.HasPrefix(x, given):
			return errBirth.With("element", e)
		case ok:
			change[e] = x
		}
	}
	return nil
}
