package code

type sentence struct{ zh, en string }

var sentences = map[string]sentence{
	CodeEmpty: {"没有填写内容", "Nothing is written here."},
	CodePrecision: {
		"这个号码像是被电子表格当作数值保存过，末尾几位已变成 0。请按证件原件重新填写；在表格中请先把该列设为文本格式",
		"A spreadsheet seems to have stored this number as a value, for its last digits are lost. Enter it again from the document; in a table, set the column to text first.",
	},

	CodePlaceLength: {
		"区划代码有{len}位，应为2、4、6、9、12或15位",
		"The place code has {len} digits; it must have 2, 4, 6, 9, 12 or 15.",
	},
	CodePlaceChar: {"区划代码第{at}位不是数字", "Character {at} of the place code is not a digit."},
	CodePlaceGap: {
		"区划代码中间一级为零，缺少上级代码，请核对",
		"A level in the middle of the place code is zero, so its parent is missing. Check the code.",
	},

	CodeIDLength: {
		"身份证号码有{len}位，应为18位，请核对是否漏填或多填",
		"The identity number has {len} characters; it must have 18. Check for missing or extra ones.",
	},
	CodeIDChar: {
		"身份证号码第{at}位有误：前17位应为数字，末位应为数字或X",
		"Character {at} of the identity number is wrong: the first 17 are digits, the last is a digit or X.",
	},
	CodeIDArea: {
		"身份证号码前6位不是有效的地区代码，请核对",
		"The first 6 digits of the identity number are no area code. Check them.",
	},
	CodeIDBirthday: {
		"身份证号码第7至14位不是有效的出生日期，请核对",
		"Digits 7 to 14 of the identity number are no possible date of birth. Check them.",
	},
	CodeIDFuture: {
		"身份证号码中的出生日期晚于今天，请核对",
		"The date of birth in the identity number lies in the future. Check it.",
	},
	CodeIDCheck: {
		"身份证号码校验不通过，有数字填错或次序颠倒，请与证件逐位核对",
		"The identity number fails its check: a digit is wrong or two have changed places. Compare it with the card.",
	},
	CodeIDOld: {
		"这是15位的旧身份证号码，请填写18位号码",
		"This is an old identity number of 15 digits. Enter the one of 18.",
	},
	CodeIDCentury: {
		"这个15位旧号码的顺序码专用于百岁以上老人，无法确定出生年份，请按户口簿填写18位号码",
		"This old number has a sequence kept for people over a hundred, so the year of birth cannot be told. Enter the 18-digit number from the household register.",
	},
	CodeIDSequence: {"顺序码应在0至999之间", "The sequence must lie between 0 and 999."},
	CodeIDNotBirth: {
		"出生日期与身份证号码不一致，请核对",
		"The date of birth does not agree with the identity number. Check both.",
	},
	CodeIDNotSex: {
		"性别与身份证号码不一致，请核对",
		"The sex does not agree with the identity number. Check both.",
	},
	CodeDisabilityCard: {
		"残疾人证号应为18位身份证号码加1位残疾类别（1至7）和1位残疾等级（1至4），补领证件末尾另有B和补证次数",
		"A disability card number is the 18-digit identity number, one digit for the kind (1 to 7) and one for the grade (1 to 4); a replaced card adds B and a count.",
	},

	CodeCreditLength: {
		"统一社会信用代码有{len}位，应为18位",
		"The unified social credit code has {len} characters; it must have 18.",
	},
	CodeCreditChar: {
		"统一社会信用代码第{at}位有误：只用数字和大写字母，不用I、O、S、V、Z，第3至8位为数字",
		"Character {at} of the unified social credit code is wrong: digits and letters without I, O, S, V and Z, and digits only from 3 to 8.",
	},
	CodeCreditCheck: {
		"统一社会信用代码校验不通过，请与营业执照或登记证书逐位核对",
		"The unified social credit code fails its check. Compare it with the licence or certificate.",
	},
	CodeOrgLength: {"组织机构代码有{len}位，应为9位", "The organisation code has {len} characters; it must have 9."},
	CodeOrgChar: {
		"组织机构代码第{at}位有误：前8位为数字或大写字母，末位为数字或X",
		"Character {at} of the organisation code is wrong: eight digits or letters, then a digit or X.",
	},
	CodeOrgCheck: {"组织机构代码校验不通过，请逐位核对", "The organisation code fails its check. Compare it with the certificate."},
	CodeRegistrationLength: {
		"工商注册号有{len}位，应为15位；已换照的请填写18位统一社会信用代码",
		"The registration number has {len} characters; it must have 15. With a new licence enter the unified code of 18.",
	},
	CodeRegistrationChar:  {"工商注册号第{at}位不是数字", "Character {at} of the registration number is not a digit."},
	CodeRegistrationCheck: {"工商注册号校验不通过，请与营业执照逐位核对", "The registration number fails its check. Compare it with the licence."},

	CodePlate: {
		"不是机动车号牌的样式，请核对；摩托车、拖拉机等的地方号牌请记在备注中",
		"This is not the form of a vehicle plate. Check it; write local plates, as of tractors and mopeds, into the remark.",
	},
	CodePlateChar: {
		"号牌号码第{at}位有误：不使用字母I和O，请核对是否应为数字1和0",
		"Character {at} of the plate is wrong: the letters I and O are not used. It may be the digit 1 or 0.",
	},
	CodePhone: {
		"不是有效的电话号码：手机为11位，固定电话请写区号和号码",
		"This is no telephone number: a mobile has 11 digits; give a landline with its area code.",
	},
	CodePhoneChar:  {"电话号码第{at}个字符有误", "Character {at} of the telephone number is wrong."},
	CodePhoneCount: {"手机号码有{len}位，应为11位", "The mobile number has {len} digits; it must have 11."},

	CodeDateForm: {
		"无法识别这个日期，请按“1950-01-02”或“1950年1月2日”的样式填写",
		"This date cannot be read. Write it like 1950-01-02.",
	},
	CodeDateImpossible: {"没有这一天，请核对月和日", "There is no such day. Check the month and the day."},
	CodeDateYear:       {"年份应在1800年至2199年之间，请核对", "The year must lie between 1800 and 2199. Check it."},
	CodeDateTwoDigit: {
		"年份只有两位，无法确定是哪个世纪，请写四位年份",
		"The year has two digits, so the century cannot be told. Write all four.",
	},
	CodeDateAmbiguous: {
		"“.1”可能是1月，也可能是10月丢了末尾的0，请写成“01”或“10”",
		"\".1\" may be January, or October without its last 0. Write 01 or 10.",
	},
	CodeDateSerial: {
		"这像是电子表格内部的日期序号，请把该列设为日期格式后重新保存",
		"This looks like a spreadsheet's internal day number. Set the column to a date format and save it again.",
	},
}
