package notice

import (
	"encoding/xml"
	"strings"
)

// listLevels is the number of levels of a list (ECMA-376-1 17.9.6).
const listLevels = 9

// A listLevel is w:lvl: how one level of a list is numbered (17.9.6).
type listLevel struct {
	start   int
	format  string // w:numFmt: "decimal", "chineseCounting", "bullet" …
	pattern string // w:lvlText: "第%1条", "%1.%2"
	suffix  string // w:suff: "tab" (also ""), "space", "nothing"
	style   string // w:pStyle: the paragraph style numbered by this level
	restart int    // w:lvlRestart; unset: after any higher level
	legal   bool   // w:isLgl: all numbers in it are decimal
}

// An abstractList is w:abstractNum. All lists made from one share its count.
type abstractList struct {
	level     [listLevels]*listLevel
	styleLink string // w:numStyleLink: the definition is that of this style
	value     [listLevels]int
	begun     [listLevels]bool
}

// A numList is w:num: what paragraphs refer to.
type numList struct {
	abstract *abstractList
	refers   string                 // its w:abstractNumId
	level    [listLevels]*listLevel // w:lvlOverride/w:lvl
	override [listLevels]*int       // w:lvlOverride/w:startOverride
	applied  [listLevels]bool       // the override has had its effect
}

// A docxNumbers is word/numbering.xml and, while a document is read, how far
// each list has counted.
type docxNumbers struct {
	abstract map[string]*abstractList
	lists    map[int]*numList
}

func (p *docxPackage) readNumbering(styles *styleSheet) (*docxNumbers, error) {
	n := &docxNumbers{abstract: map[string]*abstractList{}, lists: map[int]*numList{}}
	if p.parts[p.numbering] == nil {
		return n, nil
	}
	part, err := p.open(p.numbering)
	if err != nil {
		return nil, err
	}
	defer part.Close()
	x := newXMLReader(part)
	if _, err := x.root(); err != nil {
		return nil, err
	}
	err = x.children(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "abstractNum":
			return n.readAbstract(x, el)
		case "num":
			return n.readList(x, el)
		}
		return nil
	})
	n.link(styles)
	return n, err
}

func (n *docxNumbers) readAbstract(x *xmlReader, el xml.StartElement) error {
	a := &abstractList{}
	n.abstract[attr(el, "abstractNumId")] = a
	return x.children(func(el xml.StartElement) (err error) {
		switch el.Name.Local {
		case "numStyleLink":
			a.styleLink = attr(el, "val")
		case "lvl":
			if i := intAttr(el, "ilvl", 0); i >= 0 && i < listLevels {
				a.level[i], err = readLevel(x)
			}
		}
		return err
	})
}

func (n *docxNumbers) readList(x *xmlReader, el xml.StartElement) error {
	l := &numList{}
	n.lists[intAttr(el, "numId", 0)] = l
	return x.children(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "abstractNumId":
			l.refers = attr(el, "val")
		case "lvlOverride":
			i := intAttr(el, "ilvl", 0)
			if i < 0 || i >= listLevels {
				return nil
			}
			return x.children(func(el xml.StartElement) (err error) {
				switch el.Name.Local {
				case "startOverride":
					start := intAttr(el, "val", 0)
					l.override[i] = &start
				case "lvl":
					l.level[i], err = readLevel(x)
				}
				return err
			})
		}
		return nil
	})
}

func readLevel(x *xmlReader) (*listLevel, error) {
	l := &listLevel{restart: unset}
	var read func(el xml.StartElement) error
	read = func(el xml.StartElement) error {
		switch el.Name.Local {
		case "start":
			l.start = intAttr(el, "val", 0)
		case "numFmt":
			if f := attr(el, "val"); f == "custom" {
				l.format = "custom:" + attr(el, "format")
			} else if !strings.HasPrefix(l.format, "custom:") {
				l.format = f
			}
		case "lvlText":
			l.pattern = attr(el, "val")
		case "suff":
			l.suffix = attr(el, "val")
		case "pStyle":
			l.style = attr(el, "val")
		case "lvlRestart":
			l.restart = intAttr(el, "val", unset)
		case "isLgl":
			l.legal = isOn(el)
		case "AlternateContent", "Choice", "Fallback": // around numFmt "custom"
			return x.children(read)
		}
		return nil
	}
	return l, x.children(read)
}

// link finds the definition of each list. One may stand in for another through
// a numbering style (17.9.21): num, abstractNum, numStyleLink, style, num.
func (n *docxNumbers) link(styles *styleSheet) {
	for _, l := range n.lists {
		at := l
		for range maxBased {
			l.abstract = n.abstract[at.refers]
			if l.abstract == nil || l.abstract.styleLink == "" {
				break
			}
			next := n.lists[styles.props(l.abstract.styleLink).numID]
			if next == nil {
				break
			}
			at = next
		}
	}
}

// levelAt is the definition that holds for a level of a list, or nil.
func (l *numList) levelAt(i int) *listLevel {
	if l.level[i] != nil {
		return l.level[i]
	}
	return l.abstract.level[i]
}

func (l *numList) startAt(i int) int {
	if l.override[i] != nil {
		return *l.override[i]
	}
	if lv := l.levelAt(i); lv != nil {
		return lv.start
	}
	return 1
}

// of returns the number that is printed in front of a paragraph, with what
// keeps it apart from the text, and counts it.
func (n *docxNumbers) of(props, direct paraProps, styles *styleSheet) string {
	l := n.lists[props.numID]
	if props.numID <= 0 || l == nil || l.abstract == nil {
		return ""
	}
	level := max(props.level, 0)
	if direct.numID == unset && direct.level == unset {
		level = l.levelOfStyle(styles, props.style, level)
	}
	l.count(level)
	return l.print(level)
}

// levelOfStyle is the level of a paragraph numbered by its style: the level
// that names the style counts, not the style's w:ilvl (17.9.23).
func (l *numList) levelOfStyle(styles *styleSheet, id string, otherwise int) int {
	for st := range styles.chain(id) {
		for i := range listLevels {
			if lv := l.levelAt(i); lv != nil && lv.style == st.id {
				return i
			}
		}
	}
	return otherwise
}

// count moves the list on by one paragraph at a level. Levels above that had
// no paragraph yet take their first number, and keep it; levels below begin
// anew, unless w:lvlRestart says otherwise (17.9.10). A w:startOverride takes
// effect where its list is used first (17.9.26).
func (l *numList) count(level int) {
	a := l.abstract
	for i := range level {
		if !a.begun[i] {
			a.value[i], a.begun[i] = l.startAt(i), true
		}
	}
	if !a.begun[level] || l.override[level] != nil && !l.applied[level] {
		a.value[level] = l.startAt(level)
	} else {
		a.value[level]++
	}
	a.begun[level], l.applied[level] = true, true
	for i := level + 1; i < listLevels; i++ {
		restart := i // levels above this one restart level i
		if lv := l.levelAt(i); lv != nil && lv.restart >= 0 && lv.restart < i {
			restart = lv.restart
		}
		if level < restart {
			a.begun[i] = false
		}
	}
}

// maxNumber bounds the printed number, in bytes; Word prints 31 characters.
const maxNumber = 256

func (l *numList) print(level int) string {
	lv := l.levelAt(level)
	if lv == nil || lv.format == "bullet" {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(lv.pattern) && b.Len() < maxNumber; i++ {
		c := lv.pattern[i]
		if c != '%' || i+1 == len(lv.pattern) || lv.pattern[i+1] < '1' || lv.pattern[i+1] > '9' {
			b.WriteByte(c)
			continue
		}
		i++
		at := int(lv.pattern[i] - '1')
		if at > level {
			continue
		}
		format := "decimal"
		if upper := l.levelAt(at); upper != nil {
			format = upper.format
		}
		if lv.legal && format != "decimalZero" && format != "none" {
			format = "decimal"
		}
		b.WriteString(formatNumber(l.abstract.value[at], format))
	}
	return b.String() + lv.gap(b.String())
}

// gap is what separates a number from the text. A tab after （一） or 一、 is
// only the width that the character has anyway.
func (lv *listLevel) gap(number string) string {
	switch {
	case number == "" || lv.suffix == "nothing":
		return ""
	case lv.suffix == "space" || number[len(number)-1] < 0x80:
		return " "
	}
	return ""
}
