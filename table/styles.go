package table

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

const (
	stylesPart = "xl/styles.xml"
	typesPart  = "[Content_Types].xml"
	relsPart   = "xl/_rels/workbook.xml.rels"

	plainStyles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`
	stylesType = `<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`
	stylesRel  = `<Relationship Id="rIdPlainStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>`
)

// styled returns a workbook as it is, or, where it came without styles, as some
// programs write it, with the plainest: what is written needs one.
func styled(file []byte) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return file, nil // the reader of workbooks says what is wrong
	}
	for _, f := range r.File {
		if f.Name != stylesPart {
			continue
		}
		text, err := part(f)
		if err != nil || strings.Contains(text, "<xf") && strings.Contains(text, "cellXfs") {
			return file, nil
		}
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		switch f.Name {
		case stylesPart:
			continue
		case typesPart, relsPart:
			text, err := part(f)
			if err != nil {
				return file, nil
			}
			if f.Name == typesPart && !strings.Contains(text, "/xl/styles.xml") {
				text = strings.Replace(text, "</Types>", stylesType+"</Types>", 1)
			}
			if f.Name == relsPart && !strings.Contains(text, "styles.xml") {
				text = strings.Replace(text, "</Relationships>", stylesRel+"</Relationships>", 1)
			}
			if err := put(w, f.Name, text); err != nil {
				return nil, err
			}
		default:
			if err := w.Copy(f); err != nil {
				return nil, err
			}
		}
	}
	if err := put(w, stylesPart, plainStyles); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func put(w *zip.Writer, name, text string) error {
	p, err := w.Create(name)
	if err == nil {
		_, err = io.WriteString(p, text)
	}
	return err
}

// part reads a part that is small in any workbook that is one.
func part(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, 8<<20))
	return string(text), err
}
