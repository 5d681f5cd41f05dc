import type { components } from '@/api/schema'

export type Request = components['schemas']['Request']
export type Digest = components['schemas']['Digest']
export type PlaceCounts = components['schemas']['PlaceCounts']

export const kinds = ['show', 'correct', 'export', 'erase'] as const
export const askers = ['self', 'guardian', 'agent', 'kin'] as const

/** How often numbers were shown, and data taken out. */
export const sumsOf = (list: Digest[]) => {
  const of = (what: Digest['what']) => list.filter((d) => d.what === what).reduce((n, d) => n + d.count, 0)
  return { unmask: of('subject.unmask'), export: of('subject.export') }
}

/** Within so many days of its limit a request is yellow. */
const soonDays = 7

/** How a request stands on a day: days are '2026-11-23'. */
export function lightOf(
  q: Pick<Request, 'state' | 'due'>,
  today: string,
): 'green' | 'yellow' | 'red' | 'none' {
  if (q.state !== 'open') return 'none'
  if (q.due < today) return 'red'
  return Date.parse(q.due) - Date.parse(today) <= soonDays * 86_400_000 ? 'yellow' : 'green'
}
