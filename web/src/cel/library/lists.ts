import { ExprError } from '../error'
import { Day, type Run, type Value } from '../run'
import { addIntegers, finite } from './numbers'
import { before, chargeFor } from './values'
import type { Fn } from '.'

/** The first element that comes before all others; that of an empty list is missing. */
function extreme(run: Run, at: number, list: Value[], isBefore: (a: Value, b: Value) => boolean): Value {
  chargeFor(run, at, list)
  let best: Value | undefined
  for (const v of list) if (best === undefined || isBefore(v, best)) best = v
  if (best === undefined) throw new ExprError('expr_missing', '', at)
  return best
}

export const lists: Record<string, Fn> = {
  one: (_, __, list: Value[]) => list.length === 1,
  size_list: (_, __, list: Value[]) => BigInt(list.length),
  add_lists(run, at, a: Value[], b: Value[]) {
    run.charge(at, a.length + b.length)
    return run.list(at, [...a, ...b])
  },
  join(run, at, list: string[], by: string) {
    chargeFor(run, at, list)
    run.chargeText(at, by)
    return run.text(at, list.join(by))
  },
  sum_integer(run, at, list: bigint[]) {
    run.charge(at, list.length)
    return list.reduce((sum, n) => addIntegers(at, sum, n), 0n)
  },
  sum_decimal(run, at, list: number[]) {
    run.charge(at, list.length)
    return list.reduce((sum, x) => finite(at, sum + x), 0)
  },
  least: (run, at, list: Value[]) => extreme(run, at, list, before),
  greatest: (run, at, list: Value[]) => extreme(run, at, list, (a, b) => before(b, a)),
  distinct(run, at, list: Value[]) {
    chargeFor(run, at, list)
    const seen = new Set<unknown>()
    return list.filter((v) => {
      const key = v instanceof Day ? v.n : v
      return !seen.has(key) && seen.add(key)
    })
  },
}
