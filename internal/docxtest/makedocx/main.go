// Command makedocx writes the .docx of a notice in plain text, for tests that
// are not in Go:
//
//	go run ./internal/docxtest/makedocx < notice.txt > notice.docx
package main

import (
	"fmt"
	"io"
	"os"

	"gewu/internal/docxtest"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err == nil {
		_, err = os.Stdout.Write(docxtest.Build(docxtest.Notice(string(text))))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "makedocx:", err)
		os.Exit(1)
	}
}
