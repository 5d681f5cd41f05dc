// Units of an office: their kinds, their order, and what notices also call them.
import type { components } from '@/api/schema'

export type Unit = components['schemas']['Unit']
export type Kind = components['schemas']['NewUnit']['kind']

/** In the order in which lists and forms show them. */
export const kinds: Kind[] = [
  'office',
  'section',
  'station',
  'community',
  'village',
  'grid',
  'enterprise',
  'bureau',
  'other',
]
export const isKind = (k: string): k is Kind => (kinds as string[]).includes(k)

export const labelOf = (u: Unit) => u.short || u.name

/** Does a unit match a search word, by any of its names? */
export function matches(u: Unit, word: string): boolean {
  const w = word.trim().toLowerCase()
  return !w || [u.name, u.short, ...(u.aliases ?? [])].some((n) => n.toLowerCase().includes(w))
}

export interface Group {
  kind: Kind
  units: Unit[]
}

/** The units by kind, the kinds in order, each unit where its place and its number put it. */
export function byKind(units: Unit[]): Group[] {
  const kindOf = (u: Unit): Kind => (isKind(u.kind) ? u.kind : 'other')
  return kinds
    .map((kind) => ({
      kind,
      units: units
        .filter((u) => kindOf(u) === kind)
        .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.seq - b.seq)),
    }))
    .filter((g) => g.units.length > 0)
}

/**
 * New numbers that move a unit one step up (-1) or down (1) among its neighbours, which are in order and of one
 * place. Two units change; where numbers are not distinct, all that are in the way.
 */
export function reorder(neighbours: Unit[], id: string, by: -1 | 1): { unit: Unit; seq: number }[] {
  const at = neighbours.findIndex((u) => u.id === id)
  const to = at + by
  if (at < 0 || to < 0 || to >= neighbours.length) return []
  const seqs = neighbours.map((u) => u.seq)
  const distinct = seqs.every((s, i) => i === 0 || s > seqs[i - 1]!)
  const moved = [...neighbours]
  ;[moved[at], moved[to]] = [moved[to]!, moved[at]!]
  const numbers = distinct ? seqs : seqs.map((_, i) => Math.max(1, seqs[0]!) + i * 10)
  return moved.flatMap((unit, i) => (unit.seq === numbers[i] ? [] : [{ unit, seq: numbers[i]! }]))
}

/** Names with those that are typed: several at once, as they stand in a notice ('综治办、平安办'). */
export function withTyped(names: string[], typed: string): string[] {
  const more = typed
    .split(/[、，,；;]/)
    .map((n) => n.trim())
    .filter(Boolean)
  return [...new Set([...names, ...more])]
}

/** A name that was settled, and the units that it means. */
export interface Settled {
  name: string
  units: Unit[]
}

/** Names and what they mean, from the units that carry them. */
export function settledNames(units: Unit[]): Settled[] {
  const by = new Map<string, Unit[]>()
  for (const u of units) for (const n of u.aliases ?? []) by.set(n, [...(by.get(n) ?? []), u])
  return [...by]
    .map(([name, of]) => ({ name, units: of }))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
}
