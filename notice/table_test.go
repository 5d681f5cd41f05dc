package notice

import (
	"slices"
	"strings"
	"testing"
)

// grid makes a table as the .docx reader gives it: "^" is a field merged with
// the one above, whose text it repeats, "<" one merged with the one to its left.
func grid(rows ...string) *Document {
	doc := &Document{}
	var above []Cell
	for _, r := range rows {
		var cells []Cell
		for i, s := range strings.Split(r, "|") {
			switch s {
			case "^":
				cells = append(cells, Cell{Text: above[i].Text, Down: true})
			case "<":
				cells = append(cells, Cell{Across: true})
			default:
				cells = append(cells, Cell{Text: s})
			}
		}
		doc.Blocks = append(doc.Blocks, Block{Text: joinCells(cells), Table: 1, Cells: cells})
		above = cells
	}
	return doc
}

func TestTables(t *testing.T) {
	tests := map[string]struct {
		doc  *Document
		want []string // path: text | lead | support
	}{
		"merged number": {
			grid("序号|工作任务|牵头单位|配合单位", "1|开展排查|应急办|各社区", "^|建立台账|^|党政办", "2|组织培训|司法所|/"),
			[]string{"1#1: 开展排查 | 应急办 | 各社区", "1#2: 建立台账 | 应急办 | 党政办", "2: 组织培训 | 司法所 | "},
		},
		"section across": {
			grid("序号|工作任务|责任单位", "一、公共安全|<|<", "1|开展排查|应急办"),
			[]string{"一/1: 开展排查 | 应急办 | "},
		},
		"several units in a cell": {
			grid("序号|重点任务|工作措施|责任单位", "1|防汛|落实24小时值班|应急办\n各社区"),
			[]string{"1: 落实24小时值班 | 应急办 各社区 | "},
		},
		"first unit leads": {
			grid("序号|工作任务|责任单位（列首位的为牵头单位）", "1|开展排查|应急办、派出所"),
			[]string{"1: 开展排查 | 应急办 | 派出所"},
		},
		"bonus points": {
			grid("序号|考核项目|考核标准|考核部门", "1|巡查|每月巡查不少于2次|综治办", "2|加分项|获上级表彰的加2分|综治办"),
			[]string{"1: 每月巡查不少于2次 | 综治办 | "},
		},
		"no table of tasks": {grid("姓名|职务|电话", "张某某|主任|XXXX"), nil},
		"a frame around a paragraph": {
			&Document{Blocks: []Block{{Text: "一、党政办负责统筹协调。", Table: 1, Cells: []Cell{{Text: "一、党政办负责统筹协调。"}}}}},
			[]string{"一: 党政办负责统筹协调。 | 党政办 | "},
		},
		"a cell a line": {
			fromText("a.txt", "序号\n任务内容\n牵头部门\n配合部门\n时间节点\n1\n开展排查。\n应急办、\n派出所\n各社区\n2026年3月\n2\n组织培训。\n司法所\n各社区\n2026年"),
			[]string{"1: 开展排查。 | 应急办 派出所 | 各社区", "2: 组织培训。 | 司法所 | 各社区"},
		},
		"short rows": {
			fromText("a.txt", "序号\t工作任务\t责任单位\n1\t开展排查\t应急办\n建立台账\t党政办\n2\t组织培训"),
			[]string{"1#1: 开展排查 | 应急办 | ", "1#2: 建立台账 | 党政办 | ", "2: 组织培训 |  | "},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, task := range Parse(tt.doc).Tasks {
				got = append(got, task.Path+": "+task.Text+" | "+strings.Join(task.Lead, " ")+" | "+strings.Join(task.Support, " "))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
