// The list of duties: three tables, chosen from in the page (a list has some hundred items).
import type { components } from '@/api/schema'

export type Item = components['schemas']['DutyItem']
export type Class = Item['class']
export type Import = components['schemas']['DutyImport']
export type Fault = components['schemas']['DutyFault']

export const classes: Class[] = ['basic', 'supporting', 'returned']
export const isClass = (v: unknown): v is Class => classes.includes(v as Class)

export interface Filter {
  category?: string
  q?: string
}

/** Every word of the search must occur somewhere in the item. */
export function chosen(items: Item[], f: Filter): Item[] {
  const words = (f.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const text = (i: Item) =>
    [i.no, i.category, i.name, i.higher_unit, i.higher_duty, i.local_duty, i.taken_back_by, i.method, i.note]
      .join('\n')
      .toLowerCase()
  return items.filter((i) => {
    if (f.category && i.category !== f.category) return false
    const t = words.length > 0 ? text(i) : ''
    return words.every((w) => t.includes(w))
  })
}

export const countBy = (items: Item[]): Record<Class, number> => ({
  basic: items.filter((i) => i.class === 'basic').length,
  supporting: items.filter((i) => i.class === 'supporting').length,
  returned: items.filter((i) => i.class === 'returned').length,
})

/** The categories that occur, in the order of the list. */
export const categories = (items: Item[]) => [...new Set(items.map((i) => i.category).filter(Boolean))]

/** What the import would change: by class and name, as the server keeps items. */
export function difference(before: Item[], after: Item[]) {
  const key = (i: Item) => `${i.class}/${i.name}`
  const old = new Set(before.map(key))
  const now = new Set(after.map(key))
  return {
    added: [...now].filter((k) => !old.has(k)).length,
    gone: [...old].filter((k) => !now.has(k)).length,
  }
}

/** A fault's sentence without sheet and row, which stand in columns of their own. */
export const faultText = (f: Fault) =>
  f.sentence
    .replace(/^“[^”]*”(第\d+行)?：/, '')
    .replace(/^Sheet .*?(, row \d+)?: /, '')
    .replace(/^\p{Ll}/u, (c) => c.toUpperCase())
