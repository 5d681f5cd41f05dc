// What tables cost, summed up by month or by sender.
import type { Burden } from './types'

export interface Cost {
  tables: number
  cells: number
  machine: number
  minutes: number
}
export interface Line extends Cost {
  key: string
  month?: string
  sender?: string
  sum?: boolean
}

export const sumOf = (list: Cost[]): Cost =>
  list.reduce<Cost>(
    (a, b) => ({
      tables: a.tables + b.tables,
      cells: a.cells + b.cells,
      machine: a.machine + b.machine,
      minutes: a.minutes + b.minutes,
    }),
    { tables: 0, cells: 0, machine: 0, minutes: 0 },
  )

/** '78%'; nothing of nothing is no share. Rounded down, so that 100% means all. */
export const shareOf = (c: Pick<Cost, 'cells' | 'machine'>) =>
  c.cells > 0 ? `${Math.floor((c.machine / c.cells) * 100)}%` : '—'

/** Each month with its senders, the sum of the month first where it has more than one. */
export function byMonth(list: Burden[]): Line[] {
  const months = [...new Set(list.map((b) => b.month))].sort()
  return months.flatMap((month) => {
    const of = list
      .filter((b) => b.month === month)
      .sort((a, b) => b.tables - a.tables || a.sender.localeCompare(b.sender, 'zh'))
    const lines: Line[] = of.map((b) => ({ ...b, key: `${month}/${b.sender}` }))
    return lines.length > 1 ? [{ key: month, month, sum: true, ...sumOf(of) }, ...lines] : lines
  })
}

/** Each sender over the year, the one with the most tables first. */
export function bySender(list: Burden[]): Line[] {
  return [...new Set(list.map((b) => b.sender))]
    .map((sender) => ({ key: sender, sender, ...sumOf(list.filter((b) => b.sender === sender)) }))
    .sort((a, b) => b.tables - a.tables || a.sender.localeCompare(b.sender, 'zh'))
}

/** Tables in each of the twelve months. */
export const monthly = (year: number, list: Burden[]): { month: string; tables: number }[] =>
  Array.from({ length: 12 }, (_, i) => {
    const month = `${year}-${String(i + 1).padStart(2, '0')}`
    return { month, tables: sumOf(list.filter((b) => b.month === month)).tables }
  })
