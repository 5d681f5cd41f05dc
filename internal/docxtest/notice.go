package docxtest

import (
	"fmt"
	"strings"
)

// Notice makes a document of a notice in plain text, as a clerk would write it
// in Word: the first line is the title, lines with tabs are rows of a table,
// and numbers that count on (一、 （一） 1. （1）) become automatic ones. Read back,
// it has the same lines.
func Notice(text string) Doc {
	doc := Doc{Lists: []List{Official}}
	var count [4]int
	var rows Table
	flush := func() {
		if len(rows) > 0 {
			doc.Body = append(doc.Body, rows)
		}
		rows = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.Contains(line, "\t") {
			rows = append(rows, Rows(strings.Split(line, "\t"))...)
			continue
		}
		flush()
		switch p := numbered(line, &count); {
		case line == "":
		case len(doc.Body) == 0:
			doc.Body = append(doc.Body, Para{Text: line, Style: "Title"})
		default:
			doc.Body = append(doc.Body, p)
		}
	}
	flush()
	return doc
}

// numbered takes the number off a line where the list would print the same.
func numbered(line string, count *[4]int) Para {
	for level := range count {
		n := count[level] + 1
		number := [4]string{han(n) + "、", "（" + han(n) + "）", fmt.Sprint(n, "."), fmt.Sprint("（", n, "）")}[level]
		rest, ok := strings.CutPrefix(line, number)
		// A level below one that has not begun would start that one too.
		if !ok || rest == "" || level > 0 && count[level-1] == 0 {
			continue
		}
		count[level] = n
		for below := level + 1; below < len(count); below++ {
			count[below] = 0
		}
		return Para{Text: rest, List: 1, Level: level}
	}
	return Para{Text: line}
}

// han writes 1 to 99.
func han(n int) string {
	digit := []rune("〇一二三四五六七八九")
	switch {
	case n < 10:
		return string(digit[n])
	case n > 99:
		return fmt.Sprint(n)
	}
	s := "十"
	if n >= 20 {
		s = string(digit[n/10]) + s
	}
	if n%10 > 0 {
		s += string(digit[n%10])
	}
	return s
}
