// What the columns of a template ask for, and how sure that is.
import type { Column, Fill, Reported, RowsSaid, Settled, Sheet, Table } from './types'

/** From this score on, an element was recognised for certain; below it somebody should look. */
export const sureFrom = 0.9

export type Certainty = 'said' | 'sure' | 'unsure' | 'none' | 'left'

/** said: a person has said so; left: a person wants it left empty. */
export function certaintyOf(c: { element: string; score: number }): Certainty {
  if (c.score >= 1) return c.element ? 'said' : 'left'
  if (!c.element) return 'none'
  return c.score >= sureFrom ? 'sure' : 'unsure'
}

export const isOpen = (c: { element: string; score: number }) => {
  const s = certaintyOf(c)
  return s === 'none' || s === 'unsure'
}

/** The letter, row or cell by which the server knows a column. */
export const atOf = (c: Column) => c.letter || c.cell || (c.row ? String(c.row) : '')

/** A column with what names it among all of a workbook. */
export interface Slot {
  key: string
  sheet: string
  table: number
  column: Column
  line: boolean // a blank beside or under the table
}

export const slotKey = (sheet: string, table: number, at: string) => `${sheet}/${table}/${at}`

export function slotsOf(f: Pick<Fill, 'mapping'>): Slot[] {
  return (f.mapping.sheets ?? []).flatMap((s) =>
    (s.tables ?? []).flatMap((t, table) => {
      const slot = (line: boolean) => (column: Column) => ({
        key: slotKey(s.name, table, atOf(column)),
        sheet: s.name,
        table,
        column,
        line,
      })
      return [...(t.columns ?? []).map(slot(false)), ...(t.lines ?? []).map(slot(true))]
    }),
  )
}

/** The next open one behind a key, round the end. */
export function nextOpen(slots: Slot[], after?: string): Slot | undefined {
  const open = slots.filter((s) => isOpen(s.column))
  const from = slots.findIndex((s) => s.key === after)
  return open.find((s) => slots.indexOf(s) > from) ?? open[0]
}

function inTable(f: Fill, at: { sheet: string; table: number }, change: (t: Table) => Table): Fill {
  const inSheet = (s: Sheet) => ({
    ...s,
    tables: (s.tables ?? []).map((t, n) => (n === at.table ? change(t) : t)),
  })
  return {
    ...f,
    mapping: { sheets: (f.mapping.sheets ?? []).map((s) => (s.name === at.sheet ? inSheet(s) : s)) },
  }
}

/** The mapping with an element put in its place, as the server will have it. */
export function settled(f: Fill, x: Settled): Fill {
  const put = (c: Column) =>
    atOf(c) === x.at ? { ...c, element: x.element, score: 1, format: x.format ?? c.format } : c
  return inTable(f, x, (t) => ({
    ...t,
    columns: (t.columns ?? []).map(put),
    lines: (t.lines ?? []).map(put),
  }))
}

/** The mapping with what a person says of the rows of a table, or of whom a form is about. */
export const settledRows = (f: Fill, x: RowsSaid): Fill =>
  inTable(f, x, (t) => (t.kind === 'form' ? { ...t, about: x.kind } : { ...t, kind: x.kind }))

export interface HeadCell {
  key: string
  text: string
  cols: number
  rows: number
  column?: Column // of the lowest cell over a column
}

/** The rows of a header from the paths of its columns: '人口/其中/女' stands under '人口' and '其中'. */
export function headOf(columns: Column[]): HeadCell[][] {
  const paths = columns.map((c) => c.header.split('/'))
  const depth = Math.max(1, ...paths.map((p) => p.length))
  const same = (a: string[], b: string[], level: number) =>
    a.length > level + 1 &&
    b.length > level + 1 &&
    a.slice(0, level + 1).join('/') === b.slice(0, level + 1).join('/')
  return Array.from({ length: depth }, (_, level) => {
    const row: HeadCell[] = []
    for (let i = 0; i < columns.length;) {
      const path = paths[i]!
      let n = 1
      while (i + n < columns.length && same(path, paths[i + n]!, level)) n++
      if (level < path.length) {
        const last = level === path.length - 1
        row.push({
          key: `${level}.${i}`,
          text: path[level] ?? '',
          cols: n,
          rows: last ? depth - level : 1,
          column: last ? columns[i] : undefined,
        })
      }
      i += n
    }
    return row
  })
}

const kinds = [
  'person',
  'household',
  'dwelling',
  'building',
  'organisation',
  'vehicle',
  'place',
  'form',
] as const
export type RowKind = (typeof kinds)[number] | 'unknown'

/** What a row of a table is; counting tables run down as well as across. */
export function rowKind(t: Pick<Table, 'kind' | 'axis'>): RowKind {
  if (t.kind !== 'form' && t.axis === 'down') return 'place'
  return kinds.find((k) => k === t.kind) ?? 'unknown'
}

/** The kinds that a ledger keeps one by one, and that a form can be about. */
export const subjectKinds = [
  'person',
  'household',
  'dwelling',
  'building',
  'organisation',
  'vehicle',
] as const
export type SubjectKind = (typeof subjectKinds)[number]
export const isSubjectKind = (k: string): k is SubjectKind => (subjectKinds as readonly string[]).includes(k)

/** Of a workbook with a form: what its subject is. */
export const formAbout = (f: Pick<Fill, 'mapping'>): SubjectKind | undefined =>
  (f.mapping.sheets ?? [])
    .flatMap((s) => s.tables ?? [])
    .filter((t) => t.kind === 'form')
    .map((t) => t.about ?? '')
    .find(isSubjectKind)

/** How many of the columns that ask for something were reported before. The number of a row is no report. */
export function repeated(slots: Slot[], reported: Reported[]): { x: number; y: number } {
  const known = new Set(reported.map((r) => r.element))
  const asking = slots.filter((s) => !s.line && s.column.element && s.column.element !== 'row.number')
  return { x: asking.filter((s) => known.has(s.column.element)).length, y: asking.length }
}
