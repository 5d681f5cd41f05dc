package api

import (
	"regexp"
	"strings"
)

// The library that checks the input speaks English. These are its messages
// that a person can meet, with what varies in brackets.
var messages = []struct {
	en *regexp.Regexp
	zh string
}{
	{regexp.MustCompile(`^unexpected property$`), "不支持的字段"},
	{regexp.MustCompile(`^unknown query parameter$`), "不支持的查询参数"},
	{regexp.MustCompile(`^required .* parameter is missing$`), "缺少必填参数"},
	{regexp.MustCompile(`^expected required property (\S+) to be present$`), "缺少必填字段 $1"},
	{regexp.MustCompile(`^expected boolean$`), "应为是或否"},
	{regexp.MustCompile(`^expected number$`), "应为数字"},
	{regexp.MustCompile(`^expected integer$`), "应为整数"},
	{regexp.MustCompile(`^expected string$`), "应为文字"},
	{regexp.MustCompile(`^expected array$`), "应为列表"},
	{regexp.MustCompile(`^expected object$`), "应为对象"},
	{regexp.MustCompile(`^expected value to be one of (.*)$`), "应为下列之一：$1"},
	{regexp.MustCompile(`^expected number >= (\S+)$`), "不能小于 $1"},
	{regexp.MustCompile(`^expected number <= (\S+)$`), "不能大于 $1"},
	{regexp.MustCompile(`^expected length >= (\d+)$`), "至少 $1 个字"},
	{regexp.MustCompile(`^expected length <= (\d+)$`), "最多 $1 个字"},
	{regexp.MustCompile(`^expected array length >= (\d+)$`), "至少 $1 项"},
	{regexp.MustCompile(`^expected array length <= (\d+)$`), "最多 $1 项"},
	{regexp.MustCompile(`^expected string to match pattern .*$`), "格式不正确"},
	{regexp.MustCompile(`^expected string to be .*date.*$`), "应为日期，如 2026-11-30"},
	{regexp.MustCompile(`^request body is required$`), "缺少请求内容"},
	{regexp.MustCompile(`^.*(invalid character|unexpected end of JSON|unexpected EOF).*$`), "内容不是正确的 JSON"},
	{regexp.MustCompile(`^.*request body too large.*$`), "内容过大"},
}

// said is a message of the library in the reader's language; one that is not
// known stays as it is.
func said(message, lang string) string {
	message = firstLine(message)
	if lang == "en" {
		return message
	}
	for _, m := range messages {
		if m.en.MatchString(message) {
			return m.en.ReplaceAllString(strings.TrimSpace(message), m.zh)
		}
	}
	return message
}
