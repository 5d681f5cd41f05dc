// Counts by unit: sums and order.
import type { Sort } from '@/composables/useFilters'
import type { UnitLights } from './types'

export type StatKey = 'total' | 'done' | 'ongoing' | 'soon' | 'overdue' | 'unsigned' | 'returned'
type Lights = Pick<UnitLights, 'done' | 'ongoing' | 'soon' | 'overdue'>

export const totalOf = (u: Lights) => u.done + u.ongoing + u.soon + u.overdue

export const totals = (units: Lights[]): Lights => {
  const add = (key: keyof Lights) => units.reduce((n, u) => n + u[key], 0)
  return { done: add('done'), ongoing: add('ongoing'), soon: add('soon'), overdue: add('overdue') }
}

/** By one column; where two are equal, the more overdue first, then the office's own order. */
export function byColumn(units: UnitLights[], sort: Sort | undefined): UnitLights[] {
  const key = sort?.key as StatKey | undefined
  const value = (u: UnitLights) => (key === 'total' ? totalOf(u) : key && key in u ? u[key] : 0)
  const turn = sort?.desc ? -1 : 1
  return units
    .map((u, i) => ({ u, i }))
    .sort(
      (a, b) =>
        turn * (value(a.u) - value(b.u)) || b.u.overdue - a.u.overdue || b.u.soon - a.u.soon || a.i - b.i,
    )
    .map(({ u }) => u)
}
