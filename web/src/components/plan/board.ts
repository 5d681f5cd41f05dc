import type { components } from '@/api/schema'
import { leadsDone } from '@/components/task/types'

export type PlanRow = components['schemas']['PlanRow']
export type Summary = components['schemas']['Summary']
export type Full = components['schemas']['Full']

export const columns = ['unsigned', 'active', 'returned', 'ready', 'closed'] as const
export type BoardColumn = (typeof columns)[number]

/** Where a task stands on the board: what waits for somebody comes before what is under way. */
export function columnOf(t: Pick<PlanRow, 'state' | 'parts'>): BoardColumn {
  if (t.state === 'closed') return 'closed'
  if (t.parts.some((p) => p.state === 'returned')) return 'returned'
  if (leadsDone(t)) return 'ready'
  if (t.parts.some((p) => p.role === 'lead' && p.state === 'assigned')) return 'unsigned'
  return 'active'
}

const many = 3 // units of one name from here on are counted, not listed

/** The units of a role; those that the notice names together ('各社区') stay together where they are many. */
export function unitNames(t: Pick<PlanRow, 'parts'>, role: 'lead' | 'support'): string[] {
  const of = t.parts.filter((p) => p.role === role)
  const together = (named: string) => of.filter((p) => p.named === named).length
  const out: string[] = []
  for (const p of of) {
    const n = together(p.named)
    const name = n >= many ? `${p.named}（${n}）` : p.unit_name
    if (!out.includes(name)) out.push(name)
  }
  return out
}

/** Rows under the headings of the notice. */
export function bySection(rows: PlanRow[]): { section: string; rows: PlanRow[] }[] {
  const out: { section: string; rows: PlanRow[] }[] = []
  for (const r of rows) {
    const last = out.at(-1)
    if (last?.section === r.section) last.rows.push(r)
    else out.push({ section: r.section, rows: [r] })
  }
  return out
}
