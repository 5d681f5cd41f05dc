package plan

import (
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gewu/internal/fault"
)

var errFileType = fault.New(fault.Invalid, "file_type", "不支持上传“{name}”这类文件，请上传图片、文档、表格、PDF、OFD、文本或压缩包", "Files like “{name}” are not accepted. Send a picture, a document, a spreadsheet, a PDF, an OFD, a text or an archive.")

// fileTypes are the kinds of file that a report may carry, by extension, with
// what http.DetectContentType must say of the first bytes.
var fileTypes = map[string]struct {
	serve string
	sniff []string
}{
	".jpg": {"image/jpeg", []string{"image/jpeg"}}, ".jpeg": {"image/jpeg", []string{"image/jpeg"}},
	".png": {"image/png", []string{"image/png"}}, ".gif": {"image/gif", []string{"image/gif"}},
	".webp": {"image/webp", []string{"image/webp"}}, ".bmp": {"image/bmp", []string{"image/bmp"}},
	".pdf":  {"application/pdf", []string{"application/pdf"}},
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", []string{"application/zip"}},
	".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", []string{"application/zip"}},
	".pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", []string{"application/zip"}},
	".ofd":  {"application/ofd", []string{"application/zip"}}, ".zip": {"application/zip", []string{"application/zip"}},
	".doc": {"application/msword", []string{"application/octet-stream"}}, ".wps": {"application/msword", []string{"application/octet-stream"}},
	".xls": {"application/vnd.ms-excel", []string{"application/octet-stream"}}, ".et": {"application/vnd.ms-excel", []string{"application/octet-stream"}},
	".ppt": {"application/vnd.ms-powerpoint", []string{"application/octet-stream"}},
	".txt": {"text/plain", []string{"text/plain", "application/octet-stream"}}, ".md": {"text/plain", []string{"text/plain"}},
	".csv": {"text/plain", []string{"text/plain", "application/octet-stream"}},
	".mp4": {"video/mp4", []string{"video/mp4"}},
}

// fileType checks a file's name against its content and returns the type under
// which it will be served. The reader is left at its beginning.
func fileType(name string, r io.ReadSeeker) (string, error) {
	ext := strings.ToLower(filepath.Ext(name))
	want, ok := fileTypes[ext]
	if !ok {
		return "", errFileType.With("name", name)
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return "", err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	sniffed, _, _ := strings.Cut(http.DetectContentType(head[:n]), ";")
	if n == 0 || !slices.Contains(want.sniff, sniffed) {
		return "", errFileType.With("name", name)
	}
	return want.serve, nil
}

// number writes a figure without superfluous noughts.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
