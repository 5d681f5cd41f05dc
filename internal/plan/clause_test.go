package plan

import "testing"

func TestClause(t *testing.T) {
	for path, want := range map[string]string{"": "", "一": "一", "一/二": "一（二）", "一/二/3": "一（二）.3", "一/1": "一.1", "3/2": "3.2", "一/二#1": "一（二）之1", "第一条": "第一条"} {
		if got := clause(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
