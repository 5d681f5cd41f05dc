// The tree of places: a code's length is its level, its prefixes are its ancestors.
import type { components } from '@/api/schema'

export type Place = components['schemas']['Place']

export const levels = ['province', 'city', 'county', 'street', 'community', 'grid'] as const
export type Level = (typeof levels)[number]

/** Digits up to and including a level. */
export const digits: Record<Level, number> = {
  province: 2,
  city: 4,
  county: 6,
  street: 9,
  community: 12,
  grid: 15,
}

/** Where the program itself lives; a first start has no other place. */
export const systemPlace = '00'

export const levelOf = (code: string): Level | undefined =>
  /^\d+$/.test(code) ? levels.find((l) => digits[l] === code.length) : undefined

/** Codes of the places above, the highest first. */
export const ancestorsOf = (code: string) =>
  levels.map((l) => code.slice(0, digits[l])).filter((c) => c.length < code.length)

export const parentOf = (code: string) => ancestorsOf(code).at(-1)

/** The level below: what a new place under this one is. */
export function levelBelow(code: string): Level | undefined {
  const at = levelOf(code)
  return at && levels[levels.indexOf(at) + 1]
}

/** The next free code under a place, after the highest that is there. */
export function nextCode(parent: string, codes: string[]): string {
  const below = parent ? levelBelow(parent) : 'province'
  if (!below) return parent
  const width = digits[below] - parent.length
  const used = codes
    .filter((c) => c.length === digits[below] && c.startsWith(parent))
    .map((c) => Number(c.slice(parent.length)))
  const next = Math.max(0, ...used) + 1
  return String(next).length > width ? parent : parent + String(next).padStart(width, '0')
}

/** The places that have no place of the list above them. */
export const rootsOf = (codes: string[]) =>
  codes.filter((c) => !codes.some((o) => o !== c && c.startsWith(o))).sort()

/** How far a place is below the first of its ancestors that is in the list. */
export const depthIn = (code: string, codes: Set<string>) =>
  ancestorsOf(code).filter((a) => codes.has(a)).length

/** One step of a code: its digits, what level they make, and the place's name if it is known. */
export interface Step {
  digits: string
  code: string
  level: Level | undefined // undefined: too few digits for the level that they begin
  name?: string
}

/** A code taken apart, as far as it has been typed. */
export function stepsOf(code: string, names: Map<string, string>): Step[] {
  const steps: Step[] = []
  let from = 0
  for (const level of levels) {
    if (from >= code.length) break
    const upTo = code.slice(0, digits[level])
    steps.push({
      digits: code.slice(from, digits[level]),
      code: upTo,
      level: upTo.length === digits[level] ? level : undefined,
      name: names.get(upTo),
    })
    from = digits[level]
  }
  return steps
}
