package api

import (
	"fmt"
	"testing"
	"unicode"

	"github.com/danielgtaylor/huma/v2/validation"
)

// Whatever the library says of our inputs is said in Chinese; a message that
// is worded anew after an update shows here.
func TestMessagesAreTranslated(t *testing.T) {
	for _, m := range []string{
		validation.MsgUnexpectedProperty, validation.MsgExpectedBoolean, validation.MsgExpectedNumber, validation.MsgExpectedInteger,
		validation.MsgExpectedString, validation.MsgExpectedArray, validation.MsgExpectedObject, fmt.Sprintf(validation.MsgExpectedOneOf, "a, b"),
		fmt.Sprintf(validation.MsgExpectedMinimumNumber, 1), fmt.Sprintf(validation.MsgExpectedMaximumNumber, 9),
		fmt.Sprintf(validation.MsgExpectedMinLength, 1), fmt.Sprintf(validation.MsgExpectedMaxLength, 9),
		fmt.Sprintf(validation.MsgExpectedMinItems, 1), fmt.Sprintf(validation.MsgExpectedMaxItems, 9),
		fmt.Sprintf(validation.MsgExpectedMatchPattern, "^[0-9]+$"), fmt.Sprintf(validation.MsgExpectedRequiredProperty, "name"),
		"unknown query parameter", "required query parameter is missing", "request body is required",
	} {
		zh := said(m, "zh")
		if !unicode.Is(unicode.Han, []rune(zh)[0]) {
			t.Errorf("%q is not translated: %q", m, zh)
		}
		if said(m, "en") != m {
			t.Errorf("%q is changed for English readers", m)
		}
	}
}
