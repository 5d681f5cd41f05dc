import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { byMonth, bySender, monthly, shareOf, sumOf } from './burden'
import { certaintyOf, formAbout, headOf, nextOpen, repeated, rowKind, settled, slotsOf } from './columns'
import { findElements } from './elements'
import { assigned, usedIn } from './intake'
import PreviewGrid from './PreviewGrid.vue'
import { reasonWord } from './reasons'
import type { Column, Element, Fill, Reported, Table } from './types'
import { addSecond } from './useMinutes'
import { entriesOf, lettersOf } from './xlsx'

const column = (header: string, element: string, score: number, at: Partial<Column>): Column => ({
  header,
  element,
  score,
  format: 'text',
  ...at,
})
const table = (part: Partial<Table>): Table => ({
  range: 'A1:C3',
  kind: 'person',
  axis: 'across',
  title: '花名册',
  scope: { place: '', age_min: null, age_max: null, from: '', as_of: '' },
  header_rows: [2],
  first_row: 3,
  last_row: 0,
  keep: null,
  columns: null,
  lines: null,
  ...part,
})
const columns = [
  column('序号', 'row.number', 0.96, { letter: 'A' }),
  column('姓名', 'person.name', 0.96, { letter: 'B' }),
  column('楼道称呼', '', 0, { letter: 'C' }),
  column('居住地', 'person.current_address', 0.7, { letter: 'D' }),
]
const fill = {
  mapping: {
    sheets: [
      {
        name: '名册',
        hidden: false,
        tables: [table({ columns, lines: [column('填表人', 'form.filled_by', 0.97, { cell: 'A9' })] })],
      },
      { name: '字典', hidden: true, tables: null },
    ],
  },
} as Fill

describe('columns of a template', () => {
  it('tell how sure they are', () => {
    expect(columns.map(certaintyOf)).toEqual(['sure', 'sure', 'none', 'unsure'])
    expect(certaintyOf({ element: 'person.name', score: 1 })).toBe('said')
    expect(certaintyOf({ element: '', score: 1 })).toBe('left')
  })
  it('are walked through where they need a look, round the end', () => {
    const slots = slotsOf(fill)
    expect(slots.map((s) => s.key)).toEqual(['名册/0/A', '名册/0/B', '名册/0/C', '名册/0/D', '名册/0/A9'])
    expect(nextOpen(slots)?.key).toBe('名册/0/C')
    expect(nextOpen(slots, '名册/0/C')?.key).toBe('名册/0/D')
    expect(nextOpen(slots, '名册/0/D')?.key).toBe('名册/0/C')
    expect(nextOpen(slots.slice(0, 2))).toBeUndefined()
  })
  it('are settled one by one, and nothing else changes', () => {
    const after = settled(fill, { sheet: '名册', table: 0, at: 'C', element: 'dwelling.room_number' })
    expect(slotsOf(after).map((s) => s.column.element)).toEqual([
      'row.number',
      'person.name',
      'dwelling.room_number',
      'person.current_address',
      'form.filled_by',
    ])
    expect(certaintyOf(slotsOf(after)[2]!.column)).toBe('said')
    expect(columns[2]!.element).toBe('')
    expect(settled(fill, { sheet: '别的', table: 0, at: 'C', element: 'x' }).mapping).toEqual(fill.mapping)
  })
  it('stand under the header as the sender drew it', () => {
    const head = headOf(
      ['序号', '人口/总数', '人口/其中/男', '人口/其中/女', '备注'].map((h, i) =>
        column(h, '', 0, { letter: 'ABCDE'[i] }),
      ),
    )
    expect(head.map((r) => r.map((c) => `${c.text} ${c.cols}×${c.rows}`))).toEqual([
      ['序号 1×3', '人口 3×1', '备注 1×3'],
      ['总数 1×2', '其中 2×1'],
      ['男 1×1', '女 1×1'],
    ])
    // every row of the grid is as wide as the table
    const width = [0, 0, 0]
    head.forEach((row, at) =>
      row.forEach((c) => {
        for (let r = at; r < at + c.rows; r++) width[r]! += c.cols
      }),
    )
    expect(width).toEqual([5, 5, 5])
  })
  it('count those that were reported before, without the number of the row', () => {
    const reported = [{ element: 'person.name' }, { element: 'row.number' }, { element: 'form.filled_by' }]
    expect(repeated(slotsOf(fill), reported as Reported[])).toEqual({ x: 1, y: 2 })
  })
  it('say what a row is', () => {
    expect(rowKind({ kind: 'person', axis: 'down' })).toBe('place')
    expect(rowKind({ kind: 'form', axis: 'across' })).toBe('form')
    expect(rowKind({ kind: '', axis: 'across' })).toBe('unknown')
    expect(formAbout(fill)).toBeUndefined()
    const form = { name: '表', hidden: false, tables: [table({ kind: 'form', about: 'household' })] }
    expect(formAbout({ mapping: { sheets: [form] } })).toBe('household')
  })
})

describe('elements', () => {
  const element = (id: string, zh: string, en: string, extended = false) =>
    ({ id, zh, en, kind: id.split('.')[0], extended }) as Element
  const all = [
    element('person.name', '姓名', 'name'),
    element('person.phone_owner', '电话机主', 'owner of the phone', true),
    element('person.phone', '联系电话', 'telephone'),
    element('organisation.phone', '电话', 'telephone of the office'),
    element('tree.kind', '树种', 'kind of tree'),
  ]
  const ids = (q: string, first?: string) => findElements(all, q, first).map((g) => g.items.map((e) => e.id))
  it('stand in groups, the kind of the rows first, the seldom asked for last', () => {
    expect(ids('', 'organisation')).toEqual([
      ['organisation.phone'],
      ['person.name', 'person.phone', 'person.phone_owner'],
      ['tree.kind'],
    ])
    expect(findElements(all, '').at(-1)!.kind).toBe('other')
  })
  it('are found by words in both languages, the name itself first', () => {
    expect(ids('电话')).toEqual([['organisation.phone'], ['person.phone_owner', 'person.phone']])
    expect(ids('phone owner')).toEqual([['person.phone_owner']])
    expect(ids('没有')).toEqual([])
  })
})

describe('columns of base data', () => {
  const list = [
    { letter: 'A', element: 'person.name', score: 0.9 },
    { letter: 'B', element: '', score: 0 },
  ]
  it('hold an element once: taken for another column it leaves the first', () => {
    expect(assigned(list, 'B', 'person.name')).toEqual([
      { letter: 'A', element: '', score: 1 },
      { letter: 'B', element: 'person.name', score: 1 },
    ])
    expect(assigned(list, 'A', '')[1]).toEqual(list[1])
    expect([...usedIn(list, 'B')]).toEqual([['person.name', 'A']])
    expect(usedIn(list, 'A').size).toBe(0)
  })
})

describe('the burden', () => {
  const b = (month: string, sender: string, tables: number, cells = 10, machine = 5) => ({
    month,
    sender,
    tables,
    cells,
    machine,
    minutes: 3,
  })
  const list = [
    b('2026-03', '县民政局', 1),
    b('2026-02', '', 1),
    b('2026-03', '县统计局', 2),
    b('2026-12', '县民政局', 4),
  ]
  it('is summed up by month, with a sum where there is more than one sender', () => {
    expect(byMonth(list).map((l) => [l.month, l.sum ? 'sum' : l.sender, l.tables])).toEqual([
      ['2026-02', '', 1],
      ['2026-03', 'sum', 3],
      ['2026-03', '县统计局', 2],
      ['2026-03', '县民政局', 1],
      ['2026-12', '县民政局', 4],
    ])
  })
  it('is summed up by sender, the busiest first', () => {
    expect(bySender(list).map((l) => [l.sender, l.tables, l.minutes])).toEqual([
      ['县民政局', 5, 6],
      ['县统计局', 2, 3],
      ['', 1, 3],
    ])
    expect(sumOf(list)).toEqual({ tables: 8, cells: 40, machine: 20, minutes: 12 })
    expect(monthly(2026, list).map((m) => m.tables)).toEqual([0, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 4])
  })
  it('says 100% only when all is done', () => {
    expect(shareOf({ cells: 1000, machine: 999 })).toBe('99%')
    expect(shareOf({ cells: 7, machine: 7 })).toBe('100%')
    expect(shareOf({ cells: 0, machine: 0 })).toBe('—')
  })
})

describe('small things', () => {
  it('minutes of at most fifty tables are remembered', () => {
    let all: Record<string, number> = {}
    for (let i = 0; i < 60; i++) all = addSecond(all, `t${i}`)
    all = addSecond(all, 't59')
    expect(Object.keys(all)).toHaveLength(50)
    expect(all.t59).toBe(2)
    expect(all.t0).toBeUndefined()
  })
  it('reasons are words; a new one is shown by its code', () => {
    expect(reasonWord('not_exact')).toContain('年')
    expect(reasonWord('brand_new')).toContain('brand_new')
  })
  it('letters go on behind Z', () => {
    const s = { name: 'x', rows: [{ row: 1, cells: new Map([['AB', '1']]) }] }
    expect(lettersOf(s).slice(24)).toEqual(['Y', 'Z', 'AA', 'AB'])
    expect(lettersOf({ name: 'x', rows: [] })).toEqual([])
  })
  it('what is no archive is refused', () => {
    expect(() => entriesOf(new TextEncoder().encode('not a workbook at all, really').buffer)).toThrow('ZIP')
  })
  it('the arrows walk over cells that hold something', async () => {
    const sheet = {
      name: '名册',
      rows: [
        { row: 3, cells: new Map([['A', '序号']]) },
        {
          row: 4,
          cells: new Map([
            ['A', '1'],
            ['C', '男'],
          ]),
        },
      ],
    }
    const w = mount(PreviewGrid, { props: { sheet, caption: '前 40 行' }, attachTo: document.body })
    expect(w.findAll('button[tabindex="0"]').map((b) => b.attributes('data-cell'))).toEqual(['A3'])
    await w.find('[data-cell=A3]').trigger('keydown', { key: 'ArrowDown' })
    await w.find('[data-cell=A4]').trigger('keydown', { key: 'ArrowRight' })
    expect(document.activeElement?.getAttribute('data-cell')).toBe('C4')
    await w.find('[data-cell=C4]').trigger('click')
    expect(w.emitted('look')).toEqual([['C4']])
    w.unmount()
  })
})
