import { ExprError } from '../error'
import { points, type Run } from '../run'
import { applyMask } from './mask'
import type { Fn } from '.'

/** Makes a function on texts one whose work is that of reading them. */
const reading =
  (fn: (run: Run, at: number, ...texts: string[]) => string | bigint | boolean | string[]): Fn =>
  (run, at, ...texts: string[]) => {
    run.chargeText(at, ...texts)
    return fn(run, at, ...texts)
  }

// White space of Unicode, written out, because what trim() takes away is not quite that.
const blank = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+'
const blanks = new RegExp(`^${blank}|${blank}$`, 'g')

function substring(run: Run, at: number, s: string, from: bigint, to?: bigint): string {
  run.chargeText(at, s)
  const chars = Array.from(s)
  const end = to ?? BigInt(chars.length)
  if (from < 0n || end < from || end > BigInt(chars.length))
    throw new ExprError('expr_range', 'substring', at)
  return chars.slice(Number(from), Number(end)).join('')
}

function masked(run: Run, at: number, s: string, mask: string): string {
  run.chargeText(at, s)
  return applyMask(mask, s)
}

export const texts: Record<string, Fn> = {
  add_text: reading((run, at, s, t) => run.text(at, s! + t!)),
  size_text: reading((_, __, s) => BigInt(points(s!))),
  contains: reading((_, __, s, t) => s!.includes(t!)),
  starts_with: reading((_, __, s, t) => s!.startsWith(t!)),
  ends_with: reading((_, __, s, t) => s!.endsWith(t!)),
  trim: reading((_, __, s) => s!.replace(blanks, '')),
  lower_ascii: reading((_, __, s) => s!.replace(/[A-Z]/g, (c) => c.toLowerCase())),
  upper_ascii: reading((_, __, s) => s!.replace(/[a-z]/g, (c) => c.toUpperCase())),
  index_of: reading((_, __, s, t) => {
    const i = s!.indexOf(t!)
    return BigInt(i < 0 ? i : points(s!.slice(0, i)))
  }),
  within: reading((_, __, place, prefix) => place!.startsWith(prefix!)),
  // Changes every occurrence; there is none of the empty text.
  replace: reading((run, at, s, from, to) => {
    if (from === '') throw new ExprError('expr_range', 'replace', at)
    const parts = s!.split(from!)
    const grown = points(s!) + (parts.length - 1) * (points(to!) - points(from!))
    run.charge(at, Math.floor(Math.max(0, grown) / 16))
    if (grown > run.limits.text) throw new ExprError('expr_size', '', at)
    return parts.join(to)
  }),
  split: reading((run, at, s, by) => {
    if (by === '') throw new ExprError('expr_range', 'split', at)
    const parts = s!.split(by!)
    run.charge(at, parts.length)
    return run.list(at, parts)
  }),
  substring,
  substring_from: substring,
  masked,
  masked_all: (run, at, s: string) => masked(run, at, s, 'all'),
  // Tells whether the pattern is found anywhere in the text.
  matches(run, at, s: string, pattern: bigint) {
    const p = run.patterns[Number(pattern)]!
    run.charge(at, Math.floor((points(s) * p.states) / 16))
    return p.matches(s)
  },
}
