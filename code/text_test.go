package code_test

import (
	"encoding/json"
	"strings"
	"testing"

	"gewu/code"
)

// Every type is text in JSON, the zero value the empty text, and a wrong text
// is refused with the parser's error.
func TestJSON(t *testing.T) {
	type row struct {
		ID      code.ResidentID
		Credit  code.CreditCode
		Org     code.OrgCode
		Licence code.RegistrationNumber
		Plate   code.Plate
		Phone   code.Phone
		Born    code.Date
	}
	credit, err := code.MakeCreditCode("9", "1", "990106", "MA00QWER")
	if err != nil {
		t.Fatal(err)
	}
	text := `{"ID":"990101199003070015","Credit":"` + credit.String() + `","Org":"00000008-6","Licence":"000000000000005",` +
		`"Plate":"浙A12345","Phone":"13900000000","Born":"1990-03-07"}`
	var full, none row
	if err := json.Unmarshal([]byte(text), &full); err != nil {
		t.Fatal(err)
	}
	if got, err := json.Marshal(full); err != nil || string(got) != text {
		t.Errorf("%s, %v", got, err)
	}
	empty, err := json.Marshal(none)
	if err != nil || strings.Count(string(empty), `""`) != 7 {
		t.Errorf("%s, %v", empty, err)
	}
	if err := json.Unmarshal(empty, &full); err != nil || full != none {
		t.Errorf("%+v, %v", full, err)
	}
	for _, field := range []string{"ID", "Credit", "Org", "Licence", "Plate", "Phone", "Born"} {
		var r row
		if err := json.Unmarshal([]byte(`{"`+field+`":"?"}`), &r); err == nil || r != none {
			t.Errorf("%s takes a question mark: %v", field, err)
		}
	}
}

func TestNames(t *testing.T) {
	for _, k := range []code.ResidentKind{code.Citizen, code.HongKong, code.Macao, code.Taiwan, code.Foreigner, code.Example} {
		if k.Name("zh") == "" || k.Name("en") == k.Name("zh") {
			t.Errorf("kind %d: %q, %q", k, k.Name("zh"), k.Name("en"))
		}
	}
	for _, c := range []code.Colour{code.Yellow, code.White, code.Black, code.Green, code.YellowGreen} {
		if c.Name("zh") == "" || c.Name("en") == c.Name("zh") {
			t.Errorf("colour %d: %q, %q", c, c.Name("zh"), c.Name("en"))
		}
	}
	if code.ResidentKind(-1).Name("zh") != "" || code.Colour(99).Name("en") != "" || code.Level(-1).String() != "" || code.Level(9).Digits() != 0 {
		t.Error("what is out of range has a name")
	}
	if code.Community.Digits() != 12 {
		t.Error("length of a community's code")
	}
}
