// Package duty keeps the list of duties (履职事项清单) of a street or town and
// tells of a task that is sent down whether it stands on the list.
//
// Every street and town has such a list since 2025, in three tables: what it
// answers for itself (基本履职事项), what it helps a higher unit with
// (配合履职事项), and what higher units have taken back from it
// (上级部门收回事项). The source is the State and Party offices' opinion of 2024
// on lists of duties of towns and streets (关于全面建立乡镇（街道）履行职责事项清单
// 的意见); work that is not on the list needs the procedure of admission
// (职责准入) before it is handed down.
package duty

import "strings"

// A Class is one of the three tables of a list.
type Class string

const (
	Basic      Class = "basic"      // 基本履职事项: the street answers for it
	Supporting Class = "supporting" // 配合履职事项: a higher unit answers, the street helps
	Returned   Class = "returned"   // 上级部门收回事项: not the street's any more
)

// Classes are all classes in the order of the tables.
func Classes() []Class { return []Class{Basic, Supporting, Returned} }

// Valid says whether c is one of the three.
func (c Class) Valid() bool { return c == Basic || c == Supporting || c == Returned }

// Name is what the class is called in a sentence, in English for "en".
func (c Class) Name(lang string) string {
	names := map[Class][2]string{
		Basic:      {"基本履职事项", "basic duties"},
		Supporting: {"配合履职事项", "supporting duties"},
		Returned:   {"上级部门收回事项", "duties taken back by higher units"},
	}
	if lang == "en" {
		return names[c][1]
	}
	return names[c][0]
}

// An Item is one line of a list.
type Item struct {
	ID          string `json:"id"` // given by whoever keeps the list; "" as read from a file
	Class       Class  `json:"class"`
	No          string `json:"no"`       // 序号 within its table
	Category    string `json:"category"` // 党的建设, 民生服务, 平安法治 …; "" where the list has none
	Name        string `json:"name"`
	HigherUnit  string `json:"higherUnit"`  // Supporting: 对应上级部门, several joined by 、
	HigherDuty  string `json:"higherDuty"`  // Supporting: 上级部门职责
	LocalDuty   string `json:"localDuty"`   // Supporting: 乡镇（街道）配合职责
	TakenBackBy string `json:"takenBackBy"` // Returned: 承接部门
	Method      string `json:"method"`      // Returned: 工作方式, how that unit does it now
	Note        string `json:"note"`
}

// Missing names the first field that an item of its class must have and this
// one has not, by its JSON name; "" where nothing is missing.
func (i Item) Missing() string {
	switch {
	case !i.Class.Valid():
		return "class"
	case strings.TrimSpace(i.Name) == "":
		return "name"
	case i.Class == Supporting && i.HigherUnit == "":
		return "higherUnit"
	case i.Class == Returned && i.TakenBackBy == "":
		return "takenBackBy"
	}
	return ""
}
