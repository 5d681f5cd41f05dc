package draw

// Codes of [Error].
const (
	CodeSpace       = "draw_space"
	CodeToken       = "draw_token"
	CodeTrailing    = "draw_trailing"
	CodeKeyOrder    = "draw_key_order"
	CodeKeyTwice    = "draw_key_twice"
	CodeKeyUnknown  = "draw_key_unknown"
	CodeKeyMissing  = "draw_key_missing"
	CodeEscape      = "draw_escape"
	CodeUnicode     = "draw_unicode"
	CodeUnicodeForm = "draw_unicode_form"
	CodeNumber      = "draw_number"
	CodeTooLarge    = "draw_too_large"
	CodeFormat      = "draw_format"
	CodeWord        = "draw_word"
	CodeText        = "draw_text"
	CodeHex         = "draw_hex"
	CodeChoice      = "draw_choice"
	CodeRange       = "draw_range"
	CodeDate        = "draw_date"
	CodeTwice       = "draw_twice"

	CodeListEmpty     = "draw_list_empty"
	CodeListEncoding  = "draw_list_encoding"
	CodeListHeader    = "draw_list_header"
	CodeListColumn    = "draw_list_column"
	CodeListCells     = "draw_list_cells"
	CodeListWord      = "draw_list_word"
	CodeListCode      = "draw_list_code_twice"
	CodeListHousehold = "draw_list_household_twice"
	CodeListResident  = "draw_list_resident_id"
	CodeListType      = "draw_list_type"
	CodeListTypes     = "draw_list_types"
	CodeListNoTypes   = "draw_list_no_types"
	CodeListGroup     = "draw_list_group"
	CodeListSize      = "draw_list_size"

	CodeReserved  = "draw_reserved"
	CodePrevious  = "draw_previous"
	CodeMode      = "draw_mode"
	CodeSeed      = "draw_seed"
	CodeSeedZero  = "draw_seed_zero"
	CodeModulus   = "draw_modulus"
	CodeStuck     = "draw_generator_stuck"
	CodeDrawn     = "draw_drawn"
	CodeNotDrawn  = "draw_not_drawn"
	CodeParties   = "draw_parties"
	CodeParty     = "draw_party_unknown"
	CodeCommitted = "draw_committed"
	CodeCommits   = "draw_commits_missing"
	CodeRevealed  = "draw_revealed"
	CodeReveals   = "draw_reveals_missing"
	CodeReveal    = "draw_reveal_wrong"
	CodeAgrees    = "draw_reveal_agrees"
	CodeOrder     = "draw_party_order"
	CodeNoSecret  = "draw_no_secret"
	CodePublic    = "draw_public_number"
	CodeNoPublic  = "draw_public_number_missing"
	CodeUnasked   = "draw_public_number_unasked"

	CodeDigest       = "draw_digest"
	CodeDigestNone   = "draw_digest_missing"
	CodeDigestExtra  = "draw_digest_unknown"
	CodeListCount    = "draw_list_count"
	CodeListHash     = "draw_list_hash"
	CodeResultLine   = "draw_result_line"
	CodeResultCount  = "draw_result_count"
	CodeResultHeader = "draw_result_header"
	CodeResultMany   = "draw_result_many"
	CodeExpected     = "draw_fingerprint"
	CodeNoCode       = "draw_code_unknown"

	CodeReturns        = "draw_returns_header"
	CodeBackfillBundle = "draw_backfill_bundle"
	CodeBackfillCode   = "draw_backfill_code"
	CodeBackfillLine   = "draw_backfill_line"
)

type sentence struct{ zh, en string }

var sentences = map[string]sentence{
	CodeSpace:       {"第%d字节是空格或换行。摇号文件中标记之间不得有空白，文件可能被编辑器改过，请使用原文件。", "byte %d is white space. A bundle has none between its tokens; an editor may have changed it. Use the original file."},
	CodeToken:       {"第%d字节处应为%s，这里不是。文件不完整或被改动。", "at byte %d there should be %s and there is not. The file is incomplete or was changed."},
	CodeTrailing:    {"内容在第%d字节结束，其后还有%d个多余字节。请使用原文件。", "the content ends at byte %d, and %d more bytes follow. Use the original file."},
	CodeKeyOrder:    {"“%s”排在“%s”之后，次序不对。文件被改写过。", "%q stands after %q, which is not the canonical order. The file was rewritten."},
	CodeKeyTwice:    {"“%s”出现了两次。", "%q occurs twice."},
	CodeKeyUnknown:  {"有不认识的内容“%s”。", "there is an unknown member %q."},
	CodeKeyMissing:  {"缺少“%s”。", "%q is missing."},
	CodeEscape:      {"第%d字节处的转义写法不合规范，只允许 \\\" 和 \\\\。", "the escape at byte %d is not canonical; only \\\" and \\\\ are."},
	CodeUnicode:     {"第%d字节处的字符不允许出现（控制字符、不可见字符或不是UTF-8）。", "the character at byte %d is not allowed (control character, invisible character, or not UTF-8)."},
	CodeUnicodeForm: {"文字“%s”的Unicode形式不规范（应为NFC），看起来相同但字节不同。", "the text %q is in another Unicode form than NFC: it looks the same but has other bytes."},
	CodeNumber:      {"第%d字节处应为不带前导零的非负整数。", "at byte %d there should be a whole number, not negative and without leading zeros."},
	CodeTooLarge:    {"超出上限%d。", "this exceeds the limit of %d."},
	CodeFormat:      {"这不是格式为“%s”的摇号文件，写的是“%s”。", "this is no file of format %q, it says %q."},
	CodeWord:        {"“%s”不能用：应为1至40个半角字母、数字、汉字或 . _ -，不含空格、全角字符。", "%q cannot be used: write 1 to 40 letters A–Z, digits, Chinese characters or . _ -, without spaces or full-width characters."},
	CodeText:        {"“%s”应为%d至%d个字，首尾不留空格。", "%q must have %d to %d characters and neither begin nor end with a space."},
	CodeHex:         {"“%s”应为64位小写十六进制数。", "%q must be 64 hexadecimal digits in lower case."},
	CodeChoice:      {"“%s”不可用，应为：%s。", "%q is not possible; use one of: %s."},
	CodeRange:       {"%d不在允许范围%d至%d之内。", "%d is not between %d and %d."},
	CodeDate:        {"“%s”不是有效日期，请按2026-06-01的格式填写。", "%q is not a date; write it like 2026-06-01."},
	CodeTwice:       {"“%s”重复。", "%q occurs twice."},

	CodeListEmpty:     {"名单是空的：至少要有表头和一个编号。", "the list is empty: it needs a header and at least one code."},
	CodeListEncoding:  {"名单第%d行不是UTF-8编码。请在表格软件中另存为“CSV UTF-8”。", "line %d of the list is not UTF-8. Save it as \"CSV UTF-8\"."},
	CodeListHeader:    {"名单表头应有“code”（编号）列，读到的是“%s”。", "the list's header must have the column code; it reads %q."},
	CodeListColumn:    {"名单有“%s”列，不能使用。名单要公开，只能有编号code、家庭household、房型type、组别group四列，每列一次。", "the list has the column %q, which cannot be used. It will be published and has only code, household, type and group, once each."},
	CodeListCells:     {"名单第%d行有%d格，应有%d格。", "line %d of the list has %d cells; it must have %d."},
	CodeListWord:      {"名单第%d行%s列的“%s”不能用：应为1至40个半角字母、数字、汉字或 . _ -，不含空格、全角字符。", "line %d of the list, column %s: %q cannot be used. Write 1 to 40 letters A–Z, digits, Chinese characters or . _ -, without spaces or full-width characters."},
	CodeListCode:      {"编号“%s”出现了两次：名单第%d行和第%d行。", "code %q stands on the list twice, in lines %d and %d."},
	CodeListHousehold: {"家庭“%s”出现了两次：名单第%d行和第%d行。一个家庭只能参加一次。", "household %q stands on the list twice, in lines %d and %d. A household takes part once."},
	CodeListResident:  {"名单第%d行%s列像是身份证号码。名单要公开，请改用编号。", "line %d of the list, column %s, looks like a resident identity number. The list will be published; write a pseudonym."},
	CodeListType:      {"名单第%d行的房型“%s”不在规则中。", "the house type %[2]q in line %[1]d of the list is not in the rules."},
	CodeListTypes:     {"规则有%d个房型，名单须有type（房型）列。", "the rules have %d house types, so the list needs the column type."},
	CodeListNoTypes:   {"名单有type（房型）或group（组别）列，但规则中没有房型。", "the list has a column type or group, but the rules have no house types."},
	CodeListGroup:     {"名单第%d行的组别“%s”在规则中没有预留房源。", "the group %[2]q in line %[1]d of the list has no reserve in the rules."},
	CodeListSize:      {"名单有%d个以上编号，超出上限。", "the list has more than %d codes, the most that can be drawn."},

	CodeReserved:  {"房型“%s”预留%d套，超过总数%d套。", "house type %q has %d homes reserved, more than its %d homes."},
	CodePrevious:  {"第%d次摇号须且仅须在次数大于1时写明上一次（次数少1）及再次摇号的理由。", "draw number %d must name the draw before it (one less) and the reason, if and only if its number is greater than 1."},
	CodeMode:      {"模式%s的摇号不能这样做。", "a draw of mode %s cannot do that."},
	CodeSeed:      {"种子“%s”应为1至18位数字。", "the seed %q must be 1 to 18 digits."},
	CodeSeedZero:  {"种子“%s”除以模数余零，会使发生器停在零上，不能使用。", "the seed %q is zero modulo the modulus, so the generator would stay at zero."},
	CodeModulus:   {"模数%d小于编号数%d，发生器到不了每个编号。", "the modulus %d is smaller than the number of codes, %d, so the generator cannot reach them all."},
	CodeStuck:     {"发生器取了%d个数仍到不了每个编号，请核对发生器参数。", "after %d values the generator has not reached every code. Check its parameters."},
	CodeDrawn:     {"结果已经摇出，不能再改。如需重摇，请另开一次摇号并写明理由。", "the result has been drawn and cannot be changed. To draw again, open another draw with its reason."},
	CodeNotDrawn:  {"还没有摇号结果。", "there is no result yet."},
	CodeParties:   {"应有2至20个参与方，现有%d个。", "there must be 2 to 20 parties; there are %d."},
	CodeParty:     {"没有参与方“%s”。", "there is no party %q."},
	CodeCommitted: {"参与方“%s”已经提交过密封值，不能更换。", "party %q has committed already and cannot change it."},
	CodeCommits:   {"还有参与方没有提交密封值：%s。全部提交之前不得公开秘密。", "these parties have not committed: %s. No secret may be shown before all have."},
	CodeRevealed:  {"参与方“%s”已经记录过，不能更换。", "party %q has been recorded already and cannot change it."},
	CodeReveals:   {"还有参与方没有公开秘密：%s。请公开，或按规则记为缺席。", "these parties have not revealed: %s. Reveal, or record them as absent by the rule."},
	CodeReveal:    {"参与方“%s”公开的秘密与事先提交的密封值不符。", "the secret that party %q revealed does not agree with its commit."},
	CodeAgrees:    {"参与方“%s”的秘密与密封值相符，不得记为有误。", "the secret of party %q agrees with its commit and may not be recorded as wrong."},
	CodeOrder:     {"参与方“%s”不在应在的次序上。", "party %q is out of order."},
	CodeNoSecret:  {"没有任何一方公开秘密，也没有公共数，不能摇号。", "no party revealed its secret and there is no public number, so nothing can be drawn."},
	CodePublic:    {"公共数“%s”应为1至200个数字、字母、空格或 . , : + -，首尾不留空格。", "the public number %q must be 1 to 200 digits, letters, spaces or . , : + -, without a space at either end."},
	CodeNoPublic:  {"规则要求加入公共数（%s），请提供。", "the rule asks for a public number (%s); give it."},
	CodeUnasked:   {"事先没有规定加入公共数，不能临时加入。", "no public number was provided for beforehand, so none may be mixed in."},

	CodeDigest:       {"内容与其摘要不符：这部分或它的摘要被改动。", "does not agree with its digest: this part or the digest was changed."},
	CodeDigestNone:   {"缺少这部分的摘要。", "the digest of this part is missing."},
	CodeDigestExtra:  {"有多余的摘要。", "there is a digest of a part that does not exist."},
	CodeListCount:    {"名单有%d个编号，启动文件写的是%d个。", "the list has %d codes; the opening says %d."},
	CodeListHash:     {"名单的%s值与启动文件所载不符，名单被改动。", "the list's %s is not the one in the opening: the list was changed."},
	CodeResultLine:   {"第%d名应为“%s”，文件中是“%s”。", "rank %d must be %q; the file says %q."},
	CodeResultCount:  {"结果有%d行，应有%d行。", "the result has %d lines; it must have %d."},
	CodeResultHeader: {"结果的表头应为“%s”，文件中是“%s”。", "the header of the result must be %q; the file says %q."},
	CodeResultMany:   {"结果共有%d行与重新计算的不同，以上只列出前几行。", "%d lines of the result differ in all; the first are listed above."},
	CodeExpected:     {"指纹%s与本文件不符：这不是公布的那一份。", "the fingerprint %s is not one of this file: it is not the one that was published."},
	CodeNoCode:       {"名单中没有编号“%s”。", "there is no code %q on the list."},

	CodeReturns:        {"放弃名单的表头应为“code,date,reason”或“编号,日期,原因”，读到的是“%s”。", "the list of what was given back must have the header code,date,reason; it reads %q."},
	CodeBackfillBundle: {"这份递补记录属于另一份摇号文件。", "this backfill record belongs to another bundle."},
	CodeBackfillCode:   {"编号“%s”没有房源，也不在轮候名单上，不能放弃。", "code %q has neither a home nor a place on the waiting list to give back."},
	CodeBackfillLine:   {"第%d次递补应为“%s”，文件中是“%s”。", "move %d must be %q; the file says %q."},
}
