import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import type { PlaceCounts } from './types'

/** The figures that a table of counts begins with; the others can be chosen. */
export const shownFirst = [
  'count.persons',
  'count.households',
  'count.dwellings',
  'count.dwellings.rented',
  'count.dwellings.vacant',
  'count.persons.age60plus',
  'count.persons.age80plus',
  'count.persons.lives_alone',
  'count.persons.disabled',
  'count.enterprises',
]

export const sumOf = (list: PlaceCounts[]) => {
  const sum: Record<string, number> = {}
  for (const p of list) for (const [e, n] of Object.entries(p.counts)) sum[e] = (sum[e] ?? 0) + n
  return sum
}

// Which list of the ledger shows exactly those that a figure counts.
const lists: Record<string, LocationQueryRaw> = {
  'count.persons': { kind: 'person' },
  'count.persons.registered': { kind: 'person', state: '1' },
  'count.persons.migrant': { kind: 'person', state: '3' },
  'count.persons.age60plus': { kind: 'person', age: '60' },
  'count.persons.age80plus': { kind: 'person', age: '80' },
  'count.persons.disabled': { kind: 'person', tag: 'disabled' },
  'count.households': { kind: 'household' },
  'count.dwellings': { kind: 'dwelling' },
  'count.dwellings.rented': { kind: 'dwelling', state: '2' },
  'count.dwellings.vacant': { kind: 'dwelling', state: '3' },
  'count.buildings': { kind: 'building' },
}

/** The list behind a figure of a community or grid, undefined where no list shows the same. */
export const linkOf = (element: string, place: string): RouteLocationRaw | undefined =>
  lists[element] && place.length >= 12
    ? { name: 'ledger', query: { ...lists[element], in: place } }
    : undefined
