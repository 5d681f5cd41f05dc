// A quota in words: '每季度 ≥2 次'.
import { tt, type Key } from '@/i18n'
import type { Tally } from './types'

/** 1234.5 as '1234.5': figures are copied into other programs, so no separators. */
export const figure = (v: number) => String(Math.round(v * 10_000) / 10_000)

const periods: Record<Exclude<Tally['period'], ''>, Key> = {
  day: 'task.period.day',
  week: 'task.period.week',
  month: 'task.period.month',
  quarter: 'task.period.quarter',
  'half-year': 'task.period.half_year',
  year: 'task.period.year',
}
const ops: Record<Tally['op'], string> = { '>=': '≥', '<=': '≤', '=': '=', range: '' }

export const periodWord = (q: Pick<Tally, 'period'>) => (q.period ? tt(periods[q.period]) : '')

/** The demand itself, for those who have not the text before them. */
export function quotaWords(q: Tally): string {
  const amount = q.op === 'range' ? `${figure(q.value)}–${figure(q.max)}` : `${ops[q.op]}${figure(q.value)}`
  const per = q.per === 'total' ? '' : tt(q.per === 'unit' ? 'task.quota.per_unit' : 'task.quota.per_place')
  const words = tt('task.quota.words', { per, period: periodWord(q), amount: `${amount} ${q.unit}`.trim() })
  return words.replace(/ {2,}/g, ' ').trim()
}

/** The same for one unit: its share, or what all together must reach. */
export function ownPart(q: Tally, unit: string): { have: number; need: number; met: boolean } {
  const own = q.units.find((u) => u.unit === unit)
  if (own && own.need > 0) return own
  return { have: q.have, need: q.need, met: q.met }
}

/** How far along, 0 to 1, for a bar. A limit from above has no way to go: it is kept or not. */
export const portion = (have: number, need: number) =>
  need > 0 ? Math.min(1, have / need) : have > 0 ? 1 : 0
