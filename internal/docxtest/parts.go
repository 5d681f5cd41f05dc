package docxtest

import (
	"encoding/xml"
	"fmt"
	"path"
	"strings"
)

type part struct{ name, text string }

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Namespaces and relation types, transitional and (replaced in the end) strict.
const (
	nsW   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsR   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsMC  = "http://schemas.openxmlformats.org/markup-compatibility/2006"
	nsWPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
	nsV   = "urn:schemas-microsoft-com:vml"
	nsPkg = "http://schemas.openxmlformats.org/package/2006/"

	strictW = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	strictR = "http://purl.oclc.org/ooxml/officeDocument/relationships"
)

// parts are the files of the document, in the order that Word writes them.
func (doc Doc) parts() []part {
	dir, base := path.Split(doc.Main)
	const xmlType = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	types := head + `<Types xmlns="` + nsPkg + `content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`
	rels := head + `<Relationships xmlns="` + nsPkg + `relationships">`
	var files []part
	attach := func(name, kind, text string) {
		if text == "" {
			return
		}
		types += fmt.Sprintf(`<Override PartName="/%s" ContentType="%s%s+xml"/>`, dir+name, xmlType, kind)
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, len(files)+1, nsR, kind, name)
		files = append(files, part{dir + name, text})
	}
	attach("styles.xml", "styles", doc.styles())
	attach("numbering.xml", "numbering", doc.numbering())
	attach("header1.xml", "header", frame("hdr", doc.Header))
	attach("footer1.xml", "footer", frame("ftr", doc.Footer))
	types += fmt.Sprintf(`<Override PartName="/%s" ContentType="%sdocument.main+xml"/></Types>`, doc.Main, xmlType)
	top := head + `<Relationships xmlns="` + nsPkg + `relationships">` +
		`<Relationship Id="rId1" Type="` + nsR + `/officeDocument" Target="` + doc.Main + `"/></Relationships>`

	all := append([]part{
		{"[Content_Types].xml", types},
		{"_rels/.rels", top},
		{dir + "_rels/" + base + ".rels", rels + `</Relationships>`},
		{doc.Main, doc.document(files)},
	}, files...)
	if doc.Strict {
		for i := range all {
			all[i].text = strings.NewReplacer(nsW, strictW, nsR, strictR).Replace(all[i].text)
		}
	}
	return all
}

func (doc Doc) document(files []part) string {
	var b strings.Builder
	b.WriteString(head + `<w:document xmlns:w="` + nsW + `" xmlns:r="` + nsR + `" xmlns:mc="` + nsMC +
		`" xmlns:wps="` + nsWPS + `" xmlns:v="` + nsV + `" mc:Ignorable=""><w:body>`)
	for _, p := range doc.Body {
		p.xml(&b)
	}
	b.WriteString(doc.BodyXML)
	b.WriteString(`<w:sectPr>`)
	for i, f := range files {
		for _, kind := range []string{"header", "footer"} {
			if strings.Contains(f.name, kind) {
				fmt.Fprintf(&b, `<w:%sReference w:type="default" r:id="rId%d"/>`, kind, i+1)
			}
		}
	}
	// A4; margins 37, 26, 35, 28 mm, in twentieths of a point (GB/T 9704-2012, 5.2).
	b.WriteString(`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984"` +
		` w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	if doc.Prefix == "" {
		return b.String()
	}
	return strings.NewReplacer("<w:", "<"+doc.Prefix+":", "</w:", "</"+doc.Prefix+":",
		" w:", " "+doc.Prefix+":", "xmlns:w=", "xmlns:"+doc.Prefix+"=").Replace(b.String())
}

func frame(root, text string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	Para{Text: text}.xml(&b)
	return head + `<w:` + root + ` xmlns:w="` + nsW + `">` + b.String() + `</w:` + root + `>`
}

// baseStyles are in every document: body text in 仿宋 16 pt with exact lines of
// 28 pt, the title, and three headings by the ids that Chinese Word gives them.
var baseStyles = []Style{
	{ID: "Title", Name: "Title"},
	{ID: "1", Name: "heading 1", Base: "a", Outline: 1},
	{ID: "2", Name: "heading 2", Base: "a", Outline: 2},
	{ID: "3", Name: "heading 3", Base: "a", Outline: 3},
}

// fonts names the font and the size in half points of a style; the reader's
// machine has the fonts or puts others in their place.
var fonts = map[string]struct {
	name string
	size int
}{
	"Title": {"方正小标宋简体", 44}, "1": {"黑体", 32}, "2": {"楷体_GB2312", 32}, "3": {"仿宋_GB2312", 32},
}

func (doc Doc) styles() string {
	var b strings.Builder
	b.WriteString(head + `<w:styles xmlns:w="` + nsW + `"><w:style w:type="paragraph" w:default="1" w:styleId="a">` +
		`<w:name w:val="Normal"/><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr><w:rPr>` +
		`<w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr></w:style>`)
	own := map[string]bool{}
	for _, s := range doc.Styles {
		own[s.ID] = true
	}
	for _, s := range baseStyles {
		if !own[s.ID] {
			s.xml(&b)
		}
	}
	for _, s := range doc.Styles {
		s.xml(&b)
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

func (s Style) xml(b *strings.Builder) {
	kind := s.Kind
	if kind == "" {
		kind = "paragraph"
	}
	fmt.Fprintf(b, `<w:style w:type="%s" w:styleId="%s"><w:name w:val="%s"/>`, kind, escape(s.ID), escape(s.Name))
	if s.Base != "" {
		fmt.Fprintf(b, `<w:basedOn w:val="%s"/>`, escape(s.Base))
	}
	b.WriteString(`<w:pPr>`)
	if s.ID == "Title" {
		b.WriteString(`<w:jc w:val="center"/>`)
	}
	listProps(b, s.List, s.Level)
	outline(b, s.Outline)
	b.WriteString(`</w:pPr><w:rPr>`)
	if f, ok := fonts[s.ID]; ok {
		fmt.Fprintf(b, `<w:rFonts w:eastAsia="%s"/><w:sz w:val="%d"/>`, f.name, f.size)
	}
	if s.Hidden {
		b.WriteString(`<w:vanish/>`)
	}
	b.WriteString(`</w:rPr></w:style>`)
}

func (doc Doc) numbering() string {
	if len(doc.Lists) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(head + `<w:numbering xmlns:w="` + nsW + `">`)
	for i, l := range doc.Lists {
		if l.Like > 0 {
			continue
		}
		fmt.Fprintf(&b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="multilevel"/>`, i+1)
		if l.Link != "" {
			fmt.Fprintf(&b, `<w:numStyleLink w:val="%s"/>`, escape(l.Link))
		}
		if l.Style != "" {
			fmt.Fprintf(&b, `<w:styleLink w:val="%s"/>`, escape(l.Style))
		}
		for at, level := range l.Levels {
			level.xml(&b, at)
		}
		b.WriteString(`</w:abstractNum>`)
	}
	for i, l := range doc.Lists {
		abstract := i + 1
		if l.Like > 0 {
			abstract = l.Like
		}
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>`, i+1, abstract)
		for at := range 9 {
			if start, ok := l.Start[at]; ok {
				fmt.Fprintf(&b, `<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride>`, at, start)
			}
		}
		b.WriteString(`</w:num>`)
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}

func (l Level) xml(b *strings.Builder, at int) {
	start := l.Start
	if start == 0 {
		start = 1
	}
	fmt.Fprintf(b, `<w:lvl w:ilvl="%d"><w:start w:val="%d"/><w:numFmt w:val="%s"/>`, at, start, l.Format)
	if l.Restart != nil {
		fmt.Fprintf(b, `<w:lvlRestart w:val="%d"/>`, *l.Restart)
	}
	if l.Style != "" {
		fmt.Fprintf(b, `<w:pStyle w:val="%s"/>`, escape(l.Style))
	}
	if l.Legal {
		b.WriteString(`<w:isLgl/>`)
	}
	if l.Suffix != "" {
		fmt.Fprintf(b, `<w:suff w:val="%s"/>`, l.Suffix)
	}
	fmt.Fprintf(b, `<w:lvlText w:val="%s"/><w:lvlJc w:val="left"/></w:lvl>`, escape(l.Text))
}

func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}
