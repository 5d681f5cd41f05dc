package notice

import (
	"bytes"
	"path"
	"strings"
)

// MaxSize is the largest file that is read, in bytes. A notice of a hundred
// pages has 200 kB; the rest is room for pictures.
const MaxSize = 32 << 20

// maxLines bounds the blocks of a document: each costs some 60 bytes however
// short it is.
const maxLines = 1 << 19

// Read makes a document from the bytes of a .docx, .txt or .md file. What a
// file is follows from its content; the name's extension only tells Markdown
// from plain text. An error is always an *Error.
func Read(name string, data []byte) (*Document, error) {
	if len(data) > MaxSize {
		return nil, ErrTooLarge
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, ErrEmpty
	}
	doc, err := read(name, data)
	if err == nil && len(doc.Blocks) == 0 {
		err = ErrEmpty
	}
	if err != nil {
		return nil, err
	}
	doc.Name = name
	return doc, nil
}

func read(name string, data []byte) (*Document, error) {
	ext := strings.ToLower(path.Ext(name))
	switch kind := sniff(data); kind {
	case "zip":
		return readDocx(name, data)
	case "ole":
		return nil, refuseOLE(data)
	case "":
	default:
		return nil, &Error{Code: CodeFormat, Format: kind}
	}
	s, ok := decodeText(data)
	switch {
	case !ok && ext == ".docx":
		return nil, ErrBroken
	case !ok:
		return nil, ErrUnreadable
	case isMarkup(s) != "":
		return nil, &Error{Code: CodeFormat, Format: isMarkup(s)}
	case ext == ".md" || ext == ".markdown":
		if tooMany(s, "|") {
			return nil, ErrTooLarge
		}
		return fromMarkdown(name, s), nil
	case tooMany(s, "\t"):
		return nil, ErrTooLarge
	}
	return fromText(name, s), nil
}

// tooMany tells whether the blocks or the cells of a text would cost far more
// memory than the text. Rows, cut into cells at sep, are filled up to the width
// of the longest.
func tooMany(s, sep string) bool {
	lines, rows, width := 0, 0, 0
	for line := range strings.Lines(s) {
		lines++
		if n := strings.Count(line, sep); n > 0 {
			rows++
			width = max(width, n+1)
		}
	}
	return lines > maxLines || rows*width > maxLines && rows*width > len(s)
}

// magic are the first bytes of formats; content decides before the name does.
var magic = []struct{ prefix, kind string }{
	{"PK\x03\x04", "zip"},
	{"PK\x05\x06", "zip"}, // without entries
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"},
	{"%PDF-", "pdf"},
	{`{\rtf`, "rtf"},
	{"\x89PNG\r\n\x1a\n", "image"},
	{"\xff\xd8\xff", "image"}, // JPEG
	{"GIF87a", "image"},
	{"GIF89a", "image"},
	{"II*\x00", "image"}, // TIFF
	{"MM\x00*", "image"},
	{"Rar!\x1a\x07", "archive"},
	{"7z\xbc\xaf\x27\x1c", "archive"},
	{"\x1f\x8b\x08", "archive"}, // gzip
}

// sniff names the format of data, "" where it may be text.
func sniff(data []byte) string {
	head := data[:min(len(data), 1024)]
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.kind
		}
	}
	switch {
	case len(head) > 14 && head[0] == 'B' && head[1] == 'M' && bytes.Equal(head[6:10], make([]byte, 4)):
		return "image" // BMP: the four reserved bytes are zero
	case len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return "image"
	case len(head) > 12 && string(head[4:8]) == "ftyp":
		return "image" // HEIC and AVIF; video has the same box
	case bytes.Contains(head, []byte("%PDF-1.")) && bytes.IndexByte(data, 0) >= 0:
		return "pdf" // some scanners write rubbish in front
	}
	return ""
}

// isMarkup names a text format that is not read: "html", "xml", or "".
func isMarkup(s string) string {
	s = strings.TrimLeft(s[:min(len(s), 512)], " \t\r\n\ufeff")
	s = strings.ToLower(s)
	for _, p := range []string{"<!doctype html", "<html", "<head", "<body", "mime-version:"} {
		if strings.HasPrefix(s, p) {
			return "html"
		}
	}
	if strings.HasPrefix(s, "<?xml") {
		if strings.Contains(s, "<html") {
			return "html"
		}
		return "xml"
	}
	return ""
}

// refuseOLE tells what an OLE compound file is by the names of its streams,
// which stand in it as UTF-16. A .docx with a password is such a file, with
// the ciphertext in a stream of its own (MS-OFFCRYPTO 2.3.4.4).
func refuseOLE(data []byte) error {
	has := func(stream string) bool {
		wide := make([]byte, 0, 2*len(stream))
		for i := range len(stream) {
			wide = append(wide, stream[i], 0)
		}
		return bytes.Contains(data, wide)
	}
	switch {
	case has("EncryptedPackage"):
		return ErrEncrypted
	case has("WordDocument"):
		return ErrOldWord
	case has("Workbook"):
		return &Error{Code: CodeFormat, Format: "sheet"}
	case has("PowerPoint Document"):
		return &Error{Code: CodeFormat, Format: "slides"}
	}
	return ErrOldWord // .wps of old versions, .doc with a damaged directory
}
