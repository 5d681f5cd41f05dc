package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gewu/calendar"
	"gewu/internal/duty"
	"gewu/internal/fault"
	"gewu/internal/office"
	"gewu/notice"
)

// A Sheet is a plan under correction: what was read out of the notice, and
// what a person has made of it. It is kept as one document until the plan is
// published.
type Sheet struct {
	Title    string           `json:"title" maxLength:"300"`
	Sender   string           `json:"sender" maxLength:"200"`
	DocNo    string           `json:"doc_no" maxLength:"100"`
	Issued   string           `json:"issued"`
	Stages   []SheetStage     `json:"stages" nullable:"false" maxItems:"200"`
	Tasks    []SheetTask      `json:"tasks" nullable:"false" maxItems:"2000"`
	Findings []notice.Finding `json:"findings" nullable:"false" maxItems:"5000"`
}

// A SheetStage is a step of the schedule.
type SheetStage struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	From string `json:"from"`
	To   string `json:"to"`
}

// A SheetTask is one task under correction.
type SheetTask struct {
	Key     string       `json:"key" doc:"names the task within the draft, and lasts"`
	Path    string       `json:"path"`
	Section string       `json:"section"`
	Heading string       `json:"heading"`
	Text    string       `json:"text"`
	Stage   string       `json:"stage" doc:"key of its stage, or empty"`
	Lead    []Named      `json:"lead" nullable:"false"`
	Support []Named      `json:"support" nullable:"false"`
	Quotas  []SheetQuota `json:"quotas" nullable:"false"`
	From    string       `json:"from"`
	Due     string       `json:"due"`
	DueText string       `json:"due_text"`
	// YearAssumed marks dates whose year the notice does not write.
	YearAssumed bool      `json:"year_assumed"`
	At          []Span    `json:"at" nullable:"false" doc:"where it stands in the document"`
	Duty        SheetDuty `json:"duty"`
	Checked     bool      `json:"checked" doc:"somebody has looked at it and found it right"`
	Dropped     bool      `json:"dropped" doc:"will not be published"`
}

// Named is a unit as the notice writes it, and the units that are meant.
type Named struct {
	Name  string     `json:"name"`
	Units []string   `json:"units" nullable:"false"`
	How   office.How `json:"how" enum:",exact,settled,form,group,guess"`
}

// SheetQuota is a quota under correction.
type SheetQuota struct {
	Op     notice.Op     `json:"op" enum:">=,<=,=,range"`
	Value  float64       `json:"value"`
	Max    float64       `json:"max"`
	Unit   string        `json:"unit"`
	Period notice.Period `json:"period" enum:",day,week,month,quarter,half-year,year"`
	Per    string        `json:"per" enum:"total,unit,place"`
	Text   string        `json:"text"`
}

// Unlisted is what a person decides where a task is on no duty list; the other
// decisions are the classes of the list.
const Unlisted = "unlisted"

// SheetDuty is where a task stands on the duty list: suggestions with their
// scores, and what a person decided.
type SheetDuty struct {
	Matches []DutyMatch `json:"matches" nullable:"false"`
	Listed  bool        `json:"listed" doc:"the best match scores high enough to be on the list"`
	Item    string      `json:"item" doc:"decided: id of the item, or empty"`
	Class   string      `json:"class" enum:",basic,supporting,returned,unlisted" doc:"decided: class, unlisted, or empty while undecided"`
}

// DutyMatch is an item of the duty list that a task may belong to.
type DutyMatch struct {
	Item  string     `json:"item"`
	No    string     `json:"no"`
	Class duty.Class `json:"class" enum:"basic,supporting,returned"`
	Name  string     `json:"name"`
	Score float64    `json:"score" doc:"0 to 1"`
}

// A Span is a piece of a block of the document. Start and End count UTF-16
// code units, as browsers do.
type Span struct {
	Block int `json:"block"`
	Start int `json:"start"`
	End   int `json:"end"`
}

// A Block is a paragraph or a table row of the document, for display.
type Block struct {
	Text  string   `json:"text"`
	Level int      `json:"level,omitempty"`
	Table int      `json:"table,omitempty"`
	Cells []string `json:"cells,omitempty"`
}

// newSheet makes the first draft out of what was read. Dates without a year
// get the given one.
func newSheet(p *notice.Plan, doc *notice.Document, r *office.Resolver, duties *duty.Index, year int) Sheet {
	s := Sheet{Title: p.Title, Sender: p.Issuer, DocNo: p.DocNo, Issued: p.Issued, Findings: p.Findings, Tasks: []SheetTask{}, Stages: []SheetStage{}}
	if s.Findings == nil {
		s.Findings = []notice.Finding{}
	}
	for i, st := range p.Stages {
		from, _ := withYear(st.From, year)
		to, _ := withYear(st.To, year)
		s.Stages = append(s.Stages, SheetStage{Key: fmt.Sprintf("s%d", i+1), Name: st.Name, From: from, To: to})
	}
	for i, t := range p.Tasks {
		st := SheetTask{
			Key: fmt.Sprintf("t%d", i+1), Path: t.Path, Section: t.Section, Heading: t.Heading, Text: t.Text,
			Lead: named(t.Lead, r), Support: named(t.Support, r), Quotas: []SheetQuota{}, At: spans(t.At, doc),
		}
		if t.Stage >= 0 && t.Stage < len(s.Stages) {
			st.Stage = s.Stages[t.Stage].Key
		}
		if d := t.Due; d != nil {
			var a, b bool
			st.From, a = withYear(d.From, year)
			st.Due, b = withYear(d.To, year)
			st.DueText, st.YearAssumed = d.Text, a || b
		}
		for _, q := range t.Quotas {
			st.Quotas = append(st.Quotas, SheetQuota{q.Op, q.Value, q.Max, q.Unit, q.Period, perOf(q, t.Text, st), q.Text})
		}
		st.Duty = dutyOf(t.Text, duties)
		s.Tasks = append(s.Tasks, st)
	}
	return s
}

// eachPlace finds words that ask something of every community or village;
// eachUnit of every unit.
var (
	eachPlace = regexp.MustCompile(`(各|每个?|全部|所有)(城市|农村|行政)?(村|社区|居委会|居民委员会|居)`)
	eachUnit  = regexp.MustCompile(`(各|每个?|全部|所有)(牵头|责任|成员|有关|相关)?(单位|部门|科室|站所|街道|乡镇|镇)`)
)

// perOf proposes whose quota it is, from the sentence that it stands in: each
// community's, each lead unit's, or one for all together.
func perOf(q notice.Quota, text string, t SheetTask) string {
	sentence := text
	for s := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == '。' || c == '；' || c == ';' || c == '\n' }) {
		if strings.Contains(s, q.Text) {
			sentence = s
			break
		}
	}
	groups := slices.ContainsFunc(slices.Concat(t.Lead, t.Support), func(n Named) bool { return n.How == office.Group })
	switch {
	case q.Unit == "%" || level(q.Unit):
		return PerTotal
	case groups && eachPlace.MatchString(sentence):
		return PerPlace
	case eachUnit.MatchString(sentence) && len(t.Lead) > 0:
		return PerUnit
	case len(t.Lead) == 1 && t.Lead[0].How == office.Group:
		return PerUnit
	}
	return PerTotal
}

func dutyOf(text string, duties *duty.Index) SheetDuty {
	d := SheetDuty{Matches: []DutyMatch{}}
	if duties == nil {
		return d
	}
	for _, m := range duties.Match(text, 3) {
		d.Matches = append(d.Matches, DutyMatch{m.Item.ID, m.Item.No, m.Item.Class, m.Item.Name, m.Score})
	}
	d.Listed = len(d.Matches) > 0 && d.Matches[0].Score >= duty.Listed
	return d
}

func named(names []string, r *office.Resolver) []Named {
	out := []Named{}
	for _, n := range names {
		out = append(out, resolved(n, r))
	}
	return out
}

func resolved(name string, r *office.Resolver) Named {
	m := r.Resolve(name)
	if m.Units == nil {
		m.Units = []string{}
	}
	return Named{name, m.Units, m.How}
}

// resolveAgain looks up the names that nobody has picked units for, after the
// office has settled a name or made a unit.
func (s *Sheet) resolveAgain(r *office.Resolver) {
	for i := range s.Tasks {
		for _, list := range [][]Named{s.Tasks[i].Lead, s.Tasks[i].Support} {
			for j, n := range list {
				if n.How == office.None || n.How == office.Guess || n.How == office.Settled {
					list[j] = resolved(n.Name, r)
				}
			}
		}
	}
}

// withYear gives "--06-30" the year, and says that it did.
func withYear(day string, year int) (string, bool) {
	if rest, ok := strings.CutPrefix(day, "--"); ok {
		return fmt.Sprintf("%04d-%s", year, rest), true
	}
	return day, false
}

// spans converts byte offsets to the browser's.
func spans(at []notice.Span, doc *notice.Document) []Span {
	out := []Span{}
	for _, s := range at {
		if s.Block < 0 || s.Block >= len(doc.Blocks) {
			continue
		}
		text := doc.Blocks[s.Block].Text
		if s.Start < 0 || s.Start > s.End || s.End > len(text) {
			continue
		}
		start := utf16Len(text[:s.Start])
		out = append(out, Span{s.Block, start, start + utf16Len(text[s.Start:s.End])})
	}
	return out
}

func utf16Len(s string) int {
	n := 0
	for _, c := range s {
		n++
		if c > 0xFFFF {
			n++
		}
	}
	return n
}

func blocksOf(doc *notice.Document) []Block {
	out := make([]Block, 0, len(doc.Blocks))
	for _, b := range doc.Blocks {
		nb := Block{Text: b.Text, Level: b.Level, Table: b.Table}
		for _, c := range b.Cells {
			nb.Cells = append(nb.Cells, c.Text)
		}
		out = append(out, nb)
	}
	return out
}

var (
	errSheet     = fault.New(fault.Invalid, "draft_wrong", "草稿内容不完整：{what}，请刷新后重试", "The draft is not sound: {what}. Reload and try again.")
	errNoTitle   = fault.New(fault.Invalid, "plan_title_missing", "请填写方案标题（300 字以内）", "Give the plan a title (300 characters at most).")
	errNoTasks   = fault.New(fault.Invalid, "plan_empty", "方案中没有任务，请先从正文中添加任务", "The plan has no tasks. Add tasks from the document first.")
	errNoText    = fault.New(fault.Invalid, "task_text_missing", "第 {path} 项任务没有内容，请填写或删去", "Task {path} has no text. Fill it in or drop it.")
	errUnmatched = fault.New(fault.Invalid, "plan_units_unmatched", "以下单位尚未对应：{names}。请逐一选定单位或新建单位后再发布", "These units are not matched yet: {names}. Pick or make a unit for each, then publish.")
	errNoLead    = fault.New(fault.Invalid, "plan_lead_missing", "以下任务没有牵头单位：{paths}。请指定后再发布", "These tasks have no lead unit: {paths}. Name one for each, then publish.")
	errQuota     = fault.New(fault.Invalid, "quota_wrong", "第 {path} 项任务的指标不正确，请核对数值和周期", "A quota of task {path} is wrong. Check its value and period.")
)

// check looks at the form of a draft, whoever wrote it.
func (s *Sheet) check() error {
	if s.Issued != "" {
		if _, err := calendar.Parse(s.Issued); err != nil {
			return errDay.With("day", s.Issued)
		}
	}
	stages, keys := map[string]bool{"": true}, map[string]bool{}
	for _, st := range s.Stages {
		if err := checkDays(st.From, st.To); err != nil {
			return err
		}
		stages[st.Key] = true
	}
	for _, t := range s.Tasks {
		if t.Key == "" || keys[t.Key] || !stages[t.Stage] {
			return errSheet.With("what", t.Path)
		}
		keys[t.Key] = true
		if err := checkDays(t.From, t.Due); err != nil {
			return err
		}
		if n := utf8.RuneCountInString(t.Text); n > 20000 {
			return errTooLong.With("limit", 20000)
		}
		for _, q := range t.Quotas {
			if err := q.check(t.Path); err != nil {
				return err
			}
		}
	}
	return nil
}

func (q SheetQuota) check(path string) error {
	okOp := slices.Contains([]notice.Op{notice.AtLeast, notice.AtMost, notice.Exactly, notice.Between}, q.Op)
	if !okOp || q.Value < 0 || q.Value > 1e15 || q.Op == notice.Between && q.Max < q.Value || !slices.Contains([]string{PerTotal, PerUnit, PerPlace}, q.Per) {
		return errQuota.With("path", path)
	}
	return nil
}

func checkDays(from, to string) error {
	for _, d := range []string{from, to} {
		if d == "" {
			continue
		}
		if _, err := calendar.Parse(d); err != nil {
			return errDay.With("day", d)
		}
	}
	if from != "" && to != "" && from > to {
		return errDays.With("from", from).With("to", to)
	}
	return nil
}

// ready checks what publishing needs beyond a sound form.
func (s *Sheet) ready() error {
	if s.Title = strings.TrimSpace(s.Title); s.Title == "" || utf8.RuneCountInString(s.Title) > 300 {
		return errNoTitle
	}
	var unmatched, leaderless []string
	live := 0
	for _, t := range s.Tasks {
		if t.Dropped {
			continue
		}
		live++
		if strings.TrimSpace(t.Text) == "" {
			return errNoText.With("path", t.Path)
		}
		leads := 0
		for _, n := range t.Lead {
			leads += len(n.Units)
		}
		for _, n := range slices.Concat(t.Lead, t.Support) {
			if len(n.Units) == 0 && !slices.Contains(unmatched, n.Name) {
				unmatched = append(unmatched, n.Name)
			}
		}
		if leads == 0 && len(t.Lead) == 0 {
			leaderless = append(leaderless, t.Path)
		}
	}
	switch {
	case live == 0:
		return errNoTasks
	case len(unmatched) > 0:
		return errUnmatched.With("names", some(unmatched))
	case len(leaderless) > 0:
		return errNoLead.With("paths", some(leaderless))
	}
	return nil
}

// some joins the first few of a list for a sentence.
func some(list []string) string {
	if len(list) > 8 {
		return strings.Join(list[:8], "、") + "……"
	}
	return strings.Join(list, "、")
}
