// The dictionary of data elements, as a person picks from it.
import type { Element } from './types'

/** The order of the groups: first what the rows are about, then the other kinds. */
export const groupOrder = [
  'person',
  'household',
  'dwelling',
  'building',
  'organisation',
  'vehicle',
  'count',
  'grid',
  'community',
  'street',
  'form',
  'row',
  'application',
  'volunteer',
  'post',
] as const
export type GroupKind = (typeof groupOrder)[number] | 'other'

export const groupOf = (kind: string): GroupKind => groupOrder.find((k) => k === kind) ?? 'other'

export interface Group {
  kind: GroupKind
  items: Element[]
}

/** Every word must occur in a name or the id; names that begin with the first word stand first. */
export function findElements(all: Element[], q: string, first?: string): Group[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const text = (e: Element) => `${e.zh}\n${e.en}\n${e.id}`.toLowerCase()
  const rank = (e: Element) => {
    const w = words[0]
    if (!w) return e.extended ? 1 : 0
    const names = [e.zh.toLowerCase(), e.en.toLowerCase()]
    if (names.includes(w)) return -2
    return names.some((n) => n.startsWith(w)) ? -1 : 0
  }
  const found = all.filter((e) => words.every((w) => text(e).includes(w)))
  const order = [...groupOrder, 'other'] as GroupKind[]
  const groups = order
    .map((kind) => ({
      kind,
      items: found.filter((e) => groupOf(e.kind) === kind).sort((a, b) => rank(a) - rank(b)),
    }))
    .filter((g) => g.items.length > 0)
  // with a word, the best hit comes first wherever it stands; without one, the kind of the rows
  const best = (g: Group) => (words.length ? Math.min(...g.items.map(rank)) : 0)
  return groups.sort((a, b) => best(a) - best(b) || Number(b.kind === first) - Number(a.kind === first))
}
