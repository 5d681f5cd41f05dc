package notice

import (
	"encoding/xml"
	"iter"
	"strconv"
	"strings"
)

// unset is the value of a paragraph property that is not given.
const unset = -1

// paraProps are the properties of a paragraph that matter here; a style has
// them too (ECMA-376-1 17.3.1).
type paraProps struct {
	style   string
	numID   int // w:numPr: which list; 0 takes the number away
	level   int // w:numPr: its level, from 0
	outline int // w:outlineLvl, from 0; 9 is body text
	hidden  int // 1 hidden, 0 shown
	// revision and visibility of the paragraph's end mark
	markDeleted, markHidden bool
}

var noProps = paraProps{numID: unset, level: unset, outline: unset, hidden: unset}

// over lays p over the properties below.
func (p paraProps) over(below paraProps) paraProps {
	fill := func(v *int, w int) {
		if *v == unset {
			*v = w
		}
	}
	fill(&p.numID, below.numID)
	fill(&p.level, below.level)
	fill(&p.outline, below.outline)
	fill(&p.hidden, below.hidden)
	return p
}

type docxStyle struct {
	id       string
	name     string
	base     string
	own      paraProps // what it says itself
	props    paraProps // and what it inherits, once resolved
	resolved bool
}

// A styleSheet is word/styles.xml.
type styleSheet struct {
	styles map[string]*docxStyle
	normal string // the default paragraph style
}

func (p *docxPackage) readStyles() (*styleSheet, error) {
	s := &styleSheet{styles: map[string]*docxStyle{}}
	if p.parts[p.styles] == nil {
		return s, nil
	}
	part, err := p.open(p.styles)
	if err != nil {
		return nil, err
	}
	defer part.Close()
	x := newXMLReader(part)
	if _, err := x.root(); err != nil {
		return nil, err
	}
	err = x.children(func(el xml.StartElement) error {
		if el.Name.Local != "style" {
			return nil
		}
		return s.readStyle(x, el)
	})
	return s, err
}

func (s *styleSheet) readStyle(x *xmlReader, el xml.StartElement) error {
	st := &docxStyle{id: attr(el, "styleId"), own: noProps}
	if on := attr(el, "default"); attr(el, "type") == "paragraph" && (on == "1" || on == "true" || on == "on") {
		s.normal = st.id
	}
	s.styles[st.id] = st
	err := x.children(func(el xml.StartElement) (err error) {
		switch el.Name.Local {
		case "name":
			st.name = attr(el, "val")
		case "basedOn":
			st.base = attr(el, "val")
		case "pPr":
			hidden := st.own.hidden
			st.own, err = readParaProps(x)
			st.own.hidden = hidden
		case "rPr":
			var run runProps
			run, err = readRunProps(x)
			st.own.hidden = run.hidden
		}
		return err
	})
	if st.own.outline == unset {
		st.own.outline = headingLevel(st.name)
	}
	st.props = st.own
	return err
}

// maxBased bounds a chain of w:basedOn, which may be a circle.
const maxBased = 32

// props are a style's properties with those that it inherits.
func (s *styleSheet) props(id string) paraProps {
	st := s.styles[id]
	if st == nil {
		return noProps
	}
	if !st.resolved {
		st.resolved = true
		for base := range s.chain(st.base) {
			st.props = st.props.over(base.own)
		}
	}
	return st.props
}

// chain yields a style and those that it is based on, nearest first.
func (s *styleSheet) chain(id string) iter.Seq[*docxStyle] {
	return func(yield func(*docxStyle) bool) {
		st := s.styles[id]
		for i := 0; st != nil && i < maxBased && yield(st); i++ {
			st = s.styles[st.base]
		}
	}
}

// of are the properties that hold for a paragraph.
func (s *styleSheet) of(p paraProps) paraProps {
	if s.styles[p.style] == nil {
		p.style = s.normal
	}
	return p.over(s.props(p.style))
}

// headingLevel reads the level from the name of a built-in heading style, for
// writers that leave w:outlineLvl out: "heading 1", in old WPS "标题 1".
func headingLevel(name string) int {
	name = strings.ToLower(name)
	for _, prefix := range []string{"heading ", "标题 "} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			if n, err := strconv.Atoi(rest); err == nil && n >= 1 && n <= 9 {
				return n - 1
			}
		}
	}
	return unset
}

// readParaProps reads w:pPr.
func readParaProps(x *xmlReader) (paraProps, error) {
	p := noProps
	err := x.children(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "pStyle":
			p.style = attr(el, "val")
		case "outlineLvl":
			p.outline = intAttr(el, "val", unset)
		case "numPr":
			return x.children(func(el xml.StartElement) error {
				switch el.Name.Local {
				case "numId":
					p.numID = max(intAttr(el, "val", 0), 0)
				case "ilvl":
					p.level = min(max(intAttr(el, "val", 0), 0), 8)
				}
				return nil
			})
		case "rPr":
			return x.children(func(el xml.StartElement) error {
				switch el.Name.Local {
				case "del", "moveFrom":
					p.markDeleted = true
				case "vanish", "specVanish":
					p.markHidden = isOn(el)
				}
				return nil
			})
		}
		return nil
	})
	return p, err
}

// runProps are the properties of a run that matter here (17.3.2).
type runProps struct {
	style  string
	font   string // of Latin text; symbol fonts print other characters than the text has
	hidden int    // as in paraProps
}

// readRunProps reads w:rPr.
func readRunProps(x *xmlReader) (runProps, error) {
	p := runProps{hidden: unset}
	err := x.children(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "rStyle":
			p.style = attr(el, "val")
		case "rFonts":
			p.font = attr(el, "ascii")
		case "vanish":
			p.hidden = 0
			if isOn(el) {
				p.hidden = 1
			}
		}
		return nil
	})
	return p, err
}
