package api

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/xuri/excelize/v2"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/subject"
)

func (s *server) copyRoutes() {
	route(s, op(http.MethodGet, "/requests/{id}/copy.xlsx", "copy-held", "What is held on whom a request is about, as a workbook for them", "Ledger"), s.copyHeld)
	route(s, op(http.MethodGet, "/counts.xlsx", "export-counts", "Counts of the base ledger as a workbook", "Ledger"), s.exportCounts)
}

// workbook writes sheets of rows. Text stays text: no program takes a cell that
// begins with = + - or @ for a formula.
func workbook(sheets []sheetOf) (*bytes.Buffer, error) {
	x := excelize.NewFile()
	defer x.Close()
	bold, err := x.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return nil, err
	}
	for n, sh := range sheets {
		if n == 0 {
			err = x.SetSheetName("Sheet1", sh.name)
		} else {
			_, err = x.NewSheet(sh.name)
		}
		if err != nil {
			return nil, err
		}
		sw, err := x.NewStreamWriter(sh.name)
		if err != nil {
			return nil, err
		}
		for c, w := range sh.widths {
			if err := sw.SetColWidth(c+1, c+1, w); err != nil {
				return nil, err
			}
		}
		for i, row := range sh.rows {
			at, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				return nil, err
			}
			style := []excelize.RowOpts{}
			if i < sh.head {
				style = append(style, excelize.RowOpts{StyleID: bold})
			}
			if err := sw.SetRow(at, row, style...); err != nil {
				return nil, err
			}
		}
		if err := sw.Flush(); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	return &b, x.Write(&b)
}

type sheetOf struct {
	name   string
	head   int // rows that are bold
	widths []float64
	rows   [][]any
}

func pick(lang, zh, en string) string {
	if lang == "en" {
		return en
	}
	return zh
}

// said is the name of an element in the reader's language, and its value in
// words.
func (s *server) said(lang, element, value string) (name, words string) {
	e, ok := s.Elements.Dictionary().Element(element)
	if !ok {
		return element, value
	}
	return pick(lang, e.Zh, e.En), s.Elements.Words(element, value)
}

func (s *server) copyHeld(ctx context.Context, who access.Identity, in *ByID) (*huma.StreamResponse, error) {
	store.Secret(ctx)
	c, err := s.Subjects.CopyOf(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	lang := langOf(ctx)
	held := sheetOf{name: pick(lang, "登记信息", "Held"), head: 1, widths: []float64{24, 40, 40, 22},
		rows: [][]any{{pick(lang, "数据项", "Element"), pick(lang, "内容", "Value"), pick(lang, "来源", "Source"), pick(lang, "记录时间", "Recorded")}}}
	for _, h := range c.Held {
		name, words := s.said(lang, h.Element, h.Value)
		held.rows = append(held.rows, []any{name, words, h.Source, shown(h.At)})
	}
	uses := sheetOf{name: pick(lang, "查看与使用记录", "Uses"), head: 1, widths: []float64{22, 18, 48, 60},
		rows: [][]any{{pick(lang, "时间", "Time"), pick(lang, "方式", "How"), pick(lang, "用途", "Purpose"), pick(lang, "数据项", "Elements")}}}
	ways := map[string]string{"subject.view": pick(lang, "打开登记页", "page opened"), "subject.unmask": pick(lang, "查看完整号码", "numbers shown"), "subject.export": pick(lang, "填表导出", "put into a table")}
	for _, l := range c.Looks {
		purpose, _ := l.After.V["purpose"].(string)
		var names []string
		if list, ok := l.After.V["elements"].([]any); ok {
			for _, e := range list {
				if id, ok := e.(string); ok {
					name, _ := s.said(lang, id, "")
					names = append(names, name)
				}
			}
		}
		uses.rows = append(uses.rows, []any{shown(l.At), ways[l.Verb], purpose, strings.Join(names, pick(lang, "、", ", "))})
	}
	b, err := workbook([]sheetOf{held, uses})
	if err != nil {
		return nil, err
	}
	return download(io.NopCloser(b), pick(lang, "个人信息副本.xlsx", "personal-data.xlsx"), xlsx), nil
}

func (s *server) exportCounts(ctx context.Context, who access.Identity, in *countsQuery) (*huma.StreamResponse, error) {
	counts, err := s.Subjects.Counts(ctx, who, in.Place, in.Level, s.Subjects.AsOf(in.On, in.Recorded))
	if err != nil {
		return nil, err
	}
	lang := langOf(ctx)
	names := map[string]string{}
	places, err := s.Units.Places(ctx, in.Place, true)
	if err != nil {
		return nil, err
	}
	for _, p := range places {
		names[p.Code] = p.Name
	}
	asked := strings.Split(in.Columns, ",")
	if in.Columns == "" {
		asked = subject.Counted()
	}
	head := []any{pick(lang, "地方", "Place")}
	widths := []float64{24}
	sum := make([]int, len(asked))
	for _, e := range asked {
		name, _ := s.said(lang, e, "")
		head, widths = append(head, name), append(widths, 12)
	}
	sheet := sheetOf{name: pick(lang, "台账统计", "Counts"), head: 1, widths: widths, rows: [][]any{head}}
	for _, p := range slices.Sorted(maps.Keys(counts)) {
		name := cmp.Or(names[p], p)
		if p == subject.Rest {
			name = pick(lang, "未划入下级", "in none of these")
		}
		row := []any{name}
		for i, e := range asked {
			row = append(row, counts[p][e])
			sum[i] += counts[p][e]
		}
		sheet.rows = append(sheet.rows, row)
	}
	total := []any{pick(lang, "合计", "Total")}
	for _, n := range sum {
		total = append(total, n)
	}
	sheet.rows = append(sheet.rows, total)
	b, err := workbook([]sheetOf{sheet})
	if err != nil {
		return nil, err
	}
	return download(io.NopCloser(b), pick(lang, "台账统计.xlsx", "counts.xlsx"), xlsx), nil
}

var zone = time.FixedZone("UTC+8", 8*60*60)

// shown is a moment as people read it, "" for none.
func shown(at store.Moment) string {
	if at.IsZero() {
		return ""
	}
	return at.Time().In(zone).Format("2006-01-02 15:04")
}
