// What a form of a new entry shows, and what it sends.
import type { Element } from '@/composables/useElements'
import { naming, type Kind, type LinkName, type Taken } from './elements'

export interface Entry {
  values: Record<string, string>
  links: Partial<Record<LinkName, Taken>>
  place: string
  since: string
  source: string
}
export const emptyEntry = (): Entry => ({ values: {}, links: {}, place: '', since: '', source: '' })

const relation = 'person.relation_to_head'
const open = 9 // so many fields a form begins with; the rest is folded

/** The element without which nothing of a kind can be entered; a household may have no number yet. */
export const needed = (kind: Kind) => (kind === 'household' ? undefined : naming[kind])

/** What can be entered of a kind: what names it first, and for a member their relation to the head. */
export function fieldsOf(all: readonly Element[], kind: Kind, member: boolean) {
  const rank = (e: Element) => (e.id === naming[kind] ? 0 : member && e.id === relation ? 1 : 2)
  const own = all
    .filter((e) => e.kind === kind && !e.derived && !e.extended)
    .sort((a, b) => rank(a) - rank(b))
  return { first: own.slice(0, 1), basic: own.slice(1, open), folded: own.slice(open) }
}

export function bodyOf(kind: Kind, entry: Entry) {
  const filled = (o: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(o)
        .map(([k, v]) => [k, v.trim()] as const)
        .filter(([, v]) => v),
    )
  const links = Object.fromEntries(Object.entries(entry.links).flatMap(([k, v]) => (v ? [[k, v.id]] : [])))
  return {
    kind,
    place: entry.place,
    values: filled(entry.values),
    links: Object.keys(links).length ? links : undefined,
    since: entry.since || undefined,
    source: entry.source.trim() || undefined,
  }
}
