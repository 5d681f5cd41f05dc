package element

import (
	"bufio"
	"embed"
	"errors"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// The files of the dictionary. The first line names the columns; a line that
// begins with # is a remark.
//
//	*.tsv      id zh en type codes unit class mask sealed use words
//	uses.tsv   use purpose_zh purpose_en basis retention
//	lists.tsv  list code zh en words
//
// A use is a purpose with its legal basis and retention, written once for the
// elements that share it. An element's own columns purpose_zh, purpose_en,
// basis, retention win over those of its use.
//
//go:embed dictionary/*.tsv
var files embed.FS

// maxFile bounds a file that a district adds, in bytes; maxLine one line.
const (
	maxFile = 8 << 20
	maxLine = 64 << 10
)

type use struct{ purposeZh, purposeEn, basis, retention string }

// Load reads the dictionary that ships with the program.
func Load() (*Dictionary, error) {
	d := &Dictionary{elements: map[string]Element{}, lists: map[string][]Entry{}, uses: map[string]use{}}
	for _, name := range []string{"uses", "lists", "person", "home", "firm", "count", "more"} {
		f, err := files.Open("dictionary/" + name + ".tsv")
		if err != nil {
			return nil, err
		}
		err = d.read(name+".tsv", f, name == "more")
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	return d, d.checkLists()
}

// Add reads a file of a district's own: elements, uses or local lists, told
// apart by the first column's name. Where it is faulty the dictionary stays as
// it was.
func (d *Dictionary) Add(name string, r io.Reader) error {
	next := d.clone()
	if err := next.read(name, r, false); err != nil {
		return err
	}
	if err := next.checkLists(); err != nil {
		return err
	}
	*d = *next
	return nil
}

// AddFile is Add with a file of a file system.
func (d *Dictionary) AddFile(fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return d.Add(name, f)
}

func (d *Dictionary) clone() *Dictionary {
	c := &Dictionary{elements: map[string]Element{}, order: slices.Clone(d.order), lists: map[string][]Entry{}, uses: map[string]use{}}
	for id, e := range d.elements {
		c.elements[id] = e
	}
	for name, l := range d.lists {
		c.lists[name] = slices.Clone(l)
	}
	for name, u := range d.uses {
		c.uses[name] = u
	}
	return c
}

func listName(codes string) string { return strings.TrimPrefix(codes, "local:") }

// A record is one line, by the names of its columns.
type record map[string]string

// keys are the first columns of the three kinds of file, and what else a file
// of the kind may have.
var keys = map[string][]string{
	"id":   {"zh", "en", "type", "codes", "unit", "class", "mask", "sealed", "use", "words", "purpose_zh", "purpose_en", "basis", "retention"},
	"use":  {"purpose_zh", "purpose_en", "basis", "retention"},
	"list": {"code", "zh", "en", "words"},
}

func (d *Dictionary) read(name string, r io.Reader, extended bool) error {
	at := func(line int, code, detail string) error {
		return &Error{Code: code, File: name, Line: line, Detail: detail}
	}
	lines := bufio.NewScanner(io.LimitReader(r, maxFile))
	lines.Buffer(make([]byte, 0, 4096), maxLine)
	var columns []string
	n := 0
	for lines.Scan() {
		n++
		line := strings.TrimSuffix(lines.Text(), "\r")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		if !utf8.ValidString(line) {
			return at(n, CodeEncoding, "")
		}
		cells := strings.Split(line, "\t")
		if columns == nil {
			known, ok := keys[cells[0]]
			for _, c := range cells[1:] {
				ok = ok && slices.Contains(known, c)
			}
			if !ok {
				return at(n, CodeColumns, line)
			}
			columns = cells
			continue
		}
		if len(cells) > len(columns) {
			return at(n, CodeCells, cells[0])
		}
		rec := record{}
		for i, c := range cells {
			rec[columns[i]] = strings.TrimSpace(c)
		}
		var code, detail string
		switch columns[0] {
		case "id":
			code, detail = d.addElement(rec, extended)
		case "use":
			code, detail = d.addUse(rec)
		case "list":
			code, detail = d.addEntry(rec)
		}
		if code != "" {
			return at(n, code, detail)
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return at(n+1, CodeTooLong, "")
		}
		return err
	}
	return nil
}

var (
	idForm        = regexp.MustCompile(`^[a-z]+(\.[a-z0-9_]+)+$`)
	retentionForm = regexp.MustCompile(`^P([0-9]+Y)?([0-9]+M)?([0-9]+D)?$`)
	listForm      = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
)

// refused are words for what no element may record, by policy.
var refused = []string{"政治面貌", "政治成分", "党派", "党员", "宗教", "信仰", "信访", "上访", "海外关系", "境外关系", "港澳台关系", "国外亲属", "重点人员",
	"political", "religio", "belief", "petition", "overseas"}

func (d *Dictionary) addElement(rec record, extended bool) (code, detail string) {
	id := rec["id"]
	if !idForm.MatchString(id) {
		return CodeID, id
	}
	if _, twice := d.elements[id]; twice {
		return CodeTwice, id
	}
	u := use{}
	if name := rec["use"]; name != "" {
		var ok bool
		if u, ok = d.uses[name]; !ok {
			return CodeUse, name
		}
	}
	or := func(own, shared string) string {
		if own != "" {
			return own
		}
		return shared
	}
	e := Element{
		ID: id, Zh: rec["zh"], En: rec["en"], Type: Type(rec["type"]), Codes: rec["codes"], Unit: rec["unit"],
		Class: Class(rec["class"]), Mask: rec["mask"], Sealed: rec["sealed"] == "1", Extended: extended,
		PurposeZh: or(rec["purpose_zh"], u.purposeZh), PurposeEn: or(rec["purpose_en"], u.purposeEn),
		Basis: or(rec["basis"], u.basis), Retention: or(rec["retention"], u.retention),
		Words: strings.Fields(rec["words"]),
	}
	if code, detail := e.check(rec["sealed"]); code != "" {
		return code, detail
	}
	d.elements[id] = e
	d.order = append(d.order, id)
	return "", ""
}

// check finds what is wrong with an element by itself.
func (e Element) check(sealed string) (code, detail string) {
	switch {
	case e.Zh == "" || e.En == "":
		return CodeName, e.ID
	case !slices.Contains(types, e.Type):
		return CodeType, e.ID + ": " + string(e.Type)
	case !slices.Contains(classes, e.Class):
		return CodeClass, e.ID + ": " + string(e.Class)
	case !slices.Contains(masks, e.Mask):
		return CodeMask, e.ID + ": " + e.Mask
	case sealed != "" && sealed != "0" && sealed != "1":
		return CodeSealed, e.ID + ": " + sealed
	case (e.Type == Code) != (e.Codes != "") && e.Type != IDNumber && e.Type != CreditCode && e.Type != Plate && e.Type != Text:
		return CodeList, e.ID
	case e.Retention != "" && (e.Retention == "P" || !retentionForm.MatchString(e.Retention)):
		return CodeRetention, e.ID + ": " + e.Retention
	case e.Class == Sensitive && (e.PurposeZh == "" || e.Basis == "" || e.Retention == ""):
		return CodeSensitive, e.ID
	case e.Type == IDNumber && (!e.Sealed || e.Class != Sensitive):
		return CodeUnsealed, e.ID
	}
	for _, w := range refused {
		for _, name := range append([]string{e.Zh, strings.ToLower(e.En)}, e.Words...) {
			if strings.Contains(name, w) {
				return CodePolicy, e.ID + ": " + name
			}
		}
	}
	seen := map[string]bool{e.Zh: true}
	for _, w := range e.Words {
		if seen[w] {
			return CodeWordTwice, e.ID + ": " + w
		}
		seen[w] = true
	}
	return "", ""
}

func (d *Dictionary) addUse(rec record) (code, detail string) {
	name := rec["use"]
	if !listForm.MatchString(name) {
		return CodeUse, name
	}
	if _, twice := d.uses[name]; twice {
		return CodeTwice, name
	}
	if !retentionForm.MatchString(rec["retention"]) || rec["retention"] == "P" {
		return CodeRetention, name
	}
	d.uses[name] = use{rec["purpose_zh"], rec["purpose_en"], rec["basis"], rec["retention"]}
	return "", ""
}

func (d *Dictionary) addEntry(rec record) (code, detail string) {
	list, e := rec["list"], Entry{Code: rec["code"], Zh: rec["zh"], En: rec["en"], Words: strings.Fields(rec["words"])}
	if !listForm.MatchString(list) || e.Code == "" || e.Zh == "" {
		return CodeEntry, list + " " + e.Code
	}
	taken := map[string]bool{}
	for _, other := range d.lists[list] {
		if other.Code == e.Code {
			return CodeTwice, list + " " + e.Code
		}
		taken[other.Zh] = true
		for _, w := range other.Words {
			taken[w] = true
		}
	}
	for _, w := range append([]string{e.Zh}, e.Words...) {
		if taken[w] {
			return CodeWordTwice, list + " " + w
		}
		taken[w] = true
	}
	d.lists[list] = append(d.lists[list], e)
	return "", ""
}

// checkLists finds elements whose local list does not exist.
func (d *Dictionary) checkLists() error {
	for _, id := range d.order {
		if e := d.elements[id]; strings.HasPrefix(e.Codes, "local:") && len(d.lists[listName(e.Codes)]) == 0 {
			return &Error{Code: CodeList, Detail: id + ": " + e.Codes}
		}
	}
	return nil
}
