package code_test

import (
	"errors"
	"fmt"

	"gewu/code"
)

func ExampleParseResidentID() {
	id, err := code.ParseResidentID(" 990101 19900307 0015 ")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(id, id.Birth(), id.Sex(), code.MaskID32.Apply(id.String()))

	_, err = code.ParseResidentID("990101199003070016")
	var e *code.Error
	if errors.As(err, &e) {
		fmt.Println(e.Code, e.Sentence("zh"))
	}
	// Output:
	// 990101199003070015 1990-03-07 男 990*************15
	// resident_id_check 身份证号码校验不通过，有数字填错或次序颠倒，请与证件逐位核对
}

func ExampleResidentID_Agree() {
	id, _ := code.ParseResidentID("990101199003070015")
	month, _ := code.ParseDate("1990年3月")
	fmt.Println(id.Agree(month, code.Male))
	fmt.Println(id.Agree(month, code.Female).(*code.Error).Sentence("zh"))
	// Output:
	// <nil>
	// 性别与身份证号码不一致，请核对
}

func ExamplePlace_Range() {
	street, _ := code.ParsePlace("990106003000")
	lo, hi := street.Range()
	fmt.Println(street.Level(), street.Parent(), lo, hi)
	// Output: street 990106 990106003 990106004
}

func ExampleList_Lookup() {
	for _, s := range []string{"汉", "01", "HA", "01汉族", "不详"} {
		e, ok := code.EthnicGroups.Lookup(s)
		fmt.Println(s, ok, e.Code, e.Name)
	}
	// Output:
	// 汉 true 01 汉族
	// 01 true 01 汉族
	// HA true 01 汉族
	// 01汉族 true 01 汉族
	// 不详 false
}

func ExampleParseDate() {
	for _, s := range []string{"19500102", "1950年1月", "1950.1", "50.1.2"} {
		d, err := code.ParseDate(s)
		if err != nil {
			fmt.Println(s, err.(*code.Error).Code)
			continue
		}
		fmt.Println(s, d, d.Format(code.DateChinese))
	}
	// Output:
	// 19500102 1950-01-02 1950年1月2日
	// 1950年1月 1950-01 1950年1月
	// 1950.1 date_ambiguous
	// 50.1.2 date_two_digit_year
}

func ExampleMask() {
	fmt.Println(code.MaskPhone.Apply("13900000000"))
	fmt.Println(code.MaskName.Apply("欧阳小三"))
	fmt.Println(code.MaskAddress.Apply("青石县白塔街道柳浦社区3幢501室"))
	// Output:
	// 139****0000
	// 欧阳**
	// 青石县白塔街道柳浦社区****
}
