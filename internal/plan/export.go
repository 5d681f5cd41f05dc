package plan

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/ical"
	"gewu/internal/store"
	"gewu/internal/tasktable"
	"gewu/notice"
)

// WriteTable writes the task table of a plan as .xlsx and returns a name for
// the file.
func (s *Service) WriteTable(ctx context.Context, who access.Identity, id, lang string, w io.Writer) (string, error) {
	p, err := s.plan(ctx, s.db, who, id)
	if err != nil {
		return "", err
	}
	rows, err := s.PlanTasks(ctx, who, id)
	if err != nil {
		return "", err
	}
	place, err := s.units.Place(ctx, p.Place)
	if err != nil {
		return "", err
	}
	latest, err := s.latestWords(ctx, id)
	if err != nil {
		return "", err
	}
	t := tasktable.Table{
		Title: TableTitle(p.Title, lang), Subtitle: p.DocNo, Office: officeOf(place.Name), Date: s.today().Chinese(), Lang: lang,
	}
	if lang == "en" {
		t.Date = s.today().String()
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, tableRow(r.Row, latest[r.ID], lang))
	}
	name := strings.TrimSpace(p.Number + " " + p.Title)
	return firstWords(name, 60) + ".xlsx", tasktable.Write(w, t)
}

// TableTitle is the heading of a task table made from a notice.
func TableTitle(title, lang string) string {
	if lang == "en" {
		return title + ": tasks"
	}
	return title + "任务分解表"
}

func tableRow(r Row, progress, lang string) tasktable.Row {
	out := tasktable.Row{Section: r.Section, No: clause(r.Path), Task: r.Text, Due: r.Due, Progress: progress}
	if r.Due != "" {
		if d, err := calendar.Parse(r.Due); err == nil && lang != "en" {
			out.Due = d.Chinese()
		}
	} else {
		out.Due = r.DueText
	}
	for _, p := range r.Parts {
		if p.Role == Lead {
			out.Lead = append(out.Lead, p.UnitName)
		} else {
			out.Support = append(out.Support, p.UnitName)
		}
	}
	var quotas []string
	for _, q := range r.Quotas {
		line := q.Text
		if q.Need > 0 {
			line += fmt.Sprintf("（%s/%s%s）", number(q.Have), number(q.Need), q.Unit)
		}
		quotas = append(quotas, line)
	}
	out.Quota = strings.Join(quotas, "\n")
	out.Light = map[Light]tasktable.Light{
		LightDone: tasktable.Green, LightOngoing: tasktable.Green, LightSoon: tasktable.Yellow, LightOverdue: tasktable.Red}[r.Light]
	words := map[Light][2]string{
		LightDone: {"已销号", "Closed out"}, LightOngoing: {"进行中", "Under way"}, LightSoon: {"即将到期", "Due soon"}, LightOverdue: {"已超期", "Overdue"}}[r.Light]
	out.State = words[0]
	if lang == "en" {
		out.State = words[1]
	}
	return out
}

// ParsedTable is the task table of a notice that was only read, not published.
func ParsedTable(p *notice.Plan, lang string) tasktable.Table {
	t := tasktable.Table{Title: TableTitle(p.Title, lang), Subtitle: p.DocNo, Office: p.Issuer, Date: p.Issued, Lang: lang}
	for _, task := range p.Tasks {
		r := tasktable.Row{Section: task.Section, No: clause(task.Path), Task: task.Text, Lead: task.Lead, Support: task.Support}
		if task.Due != nil {
			r.Due = task.Due.Text
		}
		var quotas []string
		for _, q := range task.Quotas {
			quotas = append(quotas, q.Text)
		}
		r.Quota = strings.Join(quotas, "\n")
		t.Rows = append(t.Rows, r)
	}
	return t
}

// clause writes the path of a clause as offices quote it: 一（二）.3 for
// 一/二/3, and 之2 for the second task of a clause.
func clause(path string) string {
	var b strings.Builder
	for i, p := range strings.Split(path, "/") {
		p, nth, several := strings.Cut(p, "#")
		switch {
		case i == 0:
			b.WriteString(p)
		case strings.Trim(p, "一二三四五六七八九十百〇零") == "":
			b.WriteString("（" + p + "）")
		default:
			b.WriteString("." + p)
		}
		if several {
			b.WriteString("之" + nth)
		}
	}
	return b.String()
}

// latestWords returns what was last reported on each task of a plan, its
// sub-tasks included.
func (s *Service) latestWords(ctx context.Context, plan string) (map[string]string, error) {
	type row struct {
		Task  string `db:"task_id"`
		Words string `db:"words"`
	}
	rows, err := store.All[row](ctx, s.db, store.SQL(`
		SELECT x.task_id, x.words FROM (
			SELECT CASE WHEN t.parent_id = '' THEN t.id ELSE t.parent_id END AS task_id, r.words,
			       row_number() OVER (PARTITION BY CASE WHEN t.parent_id = '' THEN t.id ELSE t.parent_id END ORDER BY r.at DESC, r.id DESC) AS n
			FROM report r JOIN task t ON t.id = r.task_id WHERE t.plan_id = ? AND r.words <> ''
		) x WHERE x.n = 1 LIMIT 5000`, plan).Anywhere())
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r.Task] = r.Words
	}
	return out, err
}

const maxFeed = 2000 // events of a calendar

// Feed returns the time limits that concern somebody as a calendar: those of
// their units' parts, and for clerks and leaders those of the office. Only
// work that is open or ended within the last 90 days is in it.
func (s *Service) Feed(ctx context.Context, who access.Identity, baseURL string) (ical.Calendar, error) {
	since := s.today().Add(-90).String()
	scope := store.Scope{Places: who.Places(access.Clerk, access.Leader), Units: who.Units()}
	type row struct {
		ID      string       `db:"id"`
		Heading string       `db:"heading"`
		Title   string       `db:"title"`
		Due     string       `db:"due"`
		State   string       `db:"state"`
		Created store.Moment `db:"published_at"`
		Closed  store.Moment `db:"closed_at"`
	}
	q := store.SQL(`
		SELECT t.id, t.heading, p.title, t.due, t.state, p.published_at, t.closed_at FROM task t JOIN plan p ON p.id = t.plan_id
		WHERE p.state = 'published' AND t.state <> 'dropped' AND t.due >= ? AND t.due < ?`, since, NoDue)
	// Programs ask every hour, for everybody: one query for each grant, as for
	// the list of tasks.
	var rows []row
	for _, part := range scope.Apart() {
		some, err := store.All[row](ctx, s.db, q.InLevel(part, "t.place", ofUnits).Add(" ORDER BY t.due, t.id LIMIT ?", maxFeed))
		if err != nil {
			return ical.Calendar{}, err
		}
		rows = append(rows, some...)
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.ID, b.ID)) })
	rows = slices.CompactFunc(rows, func(a, b row) bool { return a.ID == b.ID })
	rows = rows[:min(len(rows), maxFeed)]
	c := ical.Calendar{Name: "格务 · " + who.UnitName}
	for _, r := range rows {
		day, perr := calendar.Parse(r.Due)
		if perr != nil {
			continue // the draft's check lets none through
		}
		e := ical.Event{UID: r.ID + "@gewu", Day: day, Summary: r.Heading, Description: r.Title, URL: baseURL + "/tasks/" + r.ID,
			Modified: r.Created.Time(), Done: r.State == TaskClosed, RemindDays: 1}
		if e.Done {
			e.Modified = r.Closed.Time()
		}
		c.Events = append(c.Events, e)
	}
	return c, nil
}
