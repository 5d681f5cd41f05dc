package notice

// A Plan is what a notice asks for. Its JSON form is the contract between the
// parser, the command, the interface and the accuracy score.
type Plan struct {
	Title    string    `json:"title"` // "" when the document has none
	Tasks    []Task    `json:"tasks"`
	Stages   []Stage   `json:"stages"`
	Findings []Finding `json:"findings"`

	// About the document itself, where it says so.
	DocNo  string `json:"-"` // 发文字号, "某街办〔2026〕12号"
	Issuer string `json:"-"` // the office that signed, "" if unknown
	Issued string `json:"-"` // 成文日期, ISO date, "" if unknown
}

// A Task is one clause that tells somebody to do something.
type Task struct {
	Path    string   `json:"path"` // the numbers as written, outermost first: "三/11", "二#1"
	Text    string   `json:"text"` // the clause without its number and its closing bracket of units
	Lead    []string `json:"lead"` // units, as written
	Support []string `json:"support"`
	Quotas  []Quota  `json:"quotas"`
	Due     *Due     `json:"due"` // nil: no date

	// Heading names the task in a list: the clause's own heading or its first
	// words, at most 40 characters.
	Heading string `json:"-"`
	// Section is the heading that the clause stands under, "" if none.
	Section string `json:"-"`
	// Stage is the index in Plan.Stages of the step that the clause belongs
	// to, -1 if none.
	Stage int `json:"-"`
	// At is where the clause stands, its closing bracket included.
	At []Span `json:"-"`
}

// A Quota is a number that a task must reach.
type Quota struct {
	Op     Op      `json:"op"`
	Value  float64 `json:"value"`
	Max    float64 `json:"max,omitempty"` // the high end where Op is Between
	Unit   string  `json:"unit"`          // "次", "%", "个工作日"
	Period Period  `json:"period"`
	Text   string  `json:"text"` // as written
}

// An Op tells how a quota's value bounds the figure.
type Op string

const (
	AtLeast Op = ">="
	AtMost  Op = "<="
	Exactly Op = "="
	Between Op = "range" // from Value to Max
)

// A Period is the time in which a quota is to be reached; Once means that it
// is to be reached a single time.
type Period string

const (
	Once      Period = ""
	Daily     Period = "day"
	Weekly    Period = "week"
	Monthly   Period = "month"
	Quarterly Period = "quarter"
	HalfYear  Period = "half-year"
	Yearly    Period = "year"
)

// A Due is a time limit. From and To are inclusive ISO dates, "--MM-DD" where
// the document gives no year that applies, "" where that end is open.
type Due struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	Text string `json:"text"` // as written
}

// A Stage is one dated step of a schedule.
type Stage struct {
	Name string `json:"name"`
	From string `json:"from,omitempty"` // as in Due
	To   string `json:"to,omitempty"`
	Text string `json:"text"`
}

// A Finding is a figure that the document reports.
type Finding struct {
	Value float64 `json:"value"`
	Max   float64 `json:"max,omitempty"` // the high end of a range
	Unit  string  `json:"unit"`
	What  string  `json:"what"` // what was counted
	Text  string  `json:"text"`
}
