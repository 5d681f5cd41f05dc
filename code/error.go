package code

import (
	"strconv"
	"strings"
)

// Codes of [Error]: stable, for clients and translations.
const (
	CodeEmpty     = "code_empty"
	CodePrecision = "code_precision"

	CodePlaceLength = "place_length"
	CodePlaceChar   = "place_char"
	CodePlaceGap    = "place_gap"

	CodeIDLength   = "resident_id_length"
	CodeIDChar     = "resident_id_char"
	CodeIDArea     = "resident_id_area"
	CodeIDBirthday = "resident_id_birthday"
	CodeIDFuture   = "resident_id_future"
	CodeIDCheck    = "resident_id_check"
	CodeIDOld      = "resident_id_old"
	CodeIDCentury  = "resident_id_century"
	CodeIDSequence = "resident_id_sequence"
	CodeIDNotBirth = "resident_id_other_birthday"
	CodeIDNotSex   = "resident_id_other_sex"

	CodeDisabilityCard = "disability_card_form"

	CodeCreditLength       = "credit_code_length"
	CodeCreditChar         = "credit_code_char"
	CodeCreditCheck        = "credit_code_check"
	CodeOrgLength          = "org_code_length"
	CodeOrgChar            = "org_code_char"
	CodeOrgCheck           = "org_code_check"
	CodeRegistrationLength = "registration_number_length"
	CodeRegistrationChar   = "registration_number_char"
	CodeRegistrationCheck  = "registration_number_check"

	CodePlate      = "plate_form"
	CodePlateChar  = "plate_char"
	CodePhone      = "phone_form"
	CodePhoneChar  = "phone_char"
	CodePhoneCount = "phone_length"

	CodeDateForm       = "date_form"
	CodeDateImpossible = "date_impossible"
	CodeDateYear       = "date_year"
	CodeDateTwoDigit   = "date_two_digit_year"
	CodeDateAmbiguous  = "date_ambiguous"
	CodeDateSerial     = "date_serial"
)

// Each matches, with errors.Is, every [Error] of its code.
var (
	ErrEmpty     = &Error{Code: CodeEmpty}
	ErrPrecision = &Error{Code: CodePrecision}

	ErrPlaceLength = &Error{Code: CodePlaceLength}
	ErrPlaceChar   = &Error{Code: CodePlaceChar}
	ErrPlaceGap    = &Error{Code: CodePlaceGap}

	ErrIDLength   = &Error{Code: CodeIDLength}
	ErrIDChar     = &Error{Code: CodeIDChar}
	ErrIDArea     = &Error{Code: CodeIDArea}
	ErrIDBirthday = &Error{Code: CodeIDBirthday}
	ErrIDFuture   = &Error{Code: CodeIDFuture}
	ErrIDCheck    = &Error{Code: CodeIDCheck}
	ErrIDOld      = &Error{Code: CodeIDOld}
	ErrIDCentury  = &Error{Code: CodeIDCentury}
	ErrIDSequence = &Error{Code: CodeIDSequence}
	ErrIDNotBirth = &Error{Code: CodeIDNotBirth}
	ErrIDNotSex   = &Error{Code: CodeIDNotSex}

	ErrDisabilityCard = &Error{Code: CodeDisabilityCard}

	ErrCreditLength       = &Error{Code: CodeCreditLength}
	ErrCreditChar         = &Error{Code: CodeCreditChar}
	ErrCreditCheck        = &Error{Code: CodeCreditCheck}
	ErrOrgLength          = &Error{Code: CodeOrgLength}
	ErrOrgChar            = &Error{Code: CodeOrgChar}
	ErrOrgCheck           = &Error{Code: CodeOrgCheck}
	ErrRegistrationLength = &Error{Code: CodeRegistrationLength}
	ErrRegistrationChar   = &Error{Code: CodeRegistrationChar}
	ErrRegistrationCheck  = &Error{Code: CodeRegistrationCheck}

	ErrPlate      = &Error{Code: CodePlate}
	ErrPlateChar  = &Error{Code: CodePlateChar}
	ErrPhone      = &Error{Code: CodePhone}
	ErrPhoneChar  = &Error{Code: CodePhoneChar}
	ErrPhoneCount = &Error{Code: CodePhoneCount}

	ErrDateForm       = &Error{Code: CodeDateForm}
	ErrDateImpossible = &Error{Code: CodeDateImpossible}
	ErrDateYear       = &Error{Code: CodeDateYear}
	ErrDateTwoDigit   = &Error{Code: CodeDateTwoDigit}
	ErrDateAmbiguous  = &Error{Code: CodeDateAmbiguous}
	ErrDateSerial     = &Error{Code: CodeDateSerial}
)

// An Error says why a text is no valid identifier. It may be shown to people
// and logged: it tells where the fault is, never what was written.
type Error struct {
	Code string
	At   int // place of the wrong character among those that count, from 1; 0 for none
	Len  int // characters found, for errors of length
}

func (e *Error) Error() string { return e.Code + ": " + e.Sentence("en") }

// Is compares codes only.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Sentence tells a person what is wrong and what to do about it, in English for
// "en", else in Chinese.
func (e *Error) Sentence(lang string) string {
	s, ok := sentences[e.Code]
	if !ok {
		s = sentence{"内容不符合编码规则，请核对后重新填写", "This is not a valid code. Check it and enter it again."}
	}
	text := s.zh
	if lang == "en" {
		text = s.en
	}
	text = strings.ReplaceAll(text, "{at}", strconv.Itoa(e.At))
	return strings.ReplaceAll(text, "{len}", strconv.Itoa(e.Len))
}

func wrongAt(code string, at int) *Error   { return &Error{Code: code, At: at} }
func wrongLen(code string, len int) *Error { return &Error{Code: code, Len: len} }
