import { ExprError } from '../error'
import { Day, Optional, type Row, type Run, type Value } from '../run'
import type { Fn } from '.'

/** Counts what comparing with a value takes. */
export function chargeFor(run: Run, at: number, v: Value) {
  if (typeof v === 'string') run.chargeText(at, v)
  else if (Array.isArray(v)) {
    run.charge(at, v.length)
    for (const e of v) chargeFor(run, at, e)
  }
}

/** Equal values, and lists of them. */
export function alike(a: Value, b: Value): boolean {
  if (a instanceof Day) return a.n === (b as Day).n
  if (!Array.isArray(a)) return a === b
  const c = b as Value[]
  return a.length === c.length && a.every((v, i) => alike(v, c[i]!))
}

/** Orders two values of one type; texts by code points, as UTF-8 does. */
export function before(a: Value, b: Value): boolean {
  if (a instanceof Day) return a.n < (b as Day).n
  if (typeof a !== 'string') return (a as number) < (b as number)
  const t = b as string
  for (let i = 0; i < a.length && i < t.length; i++) {
    const [c, d] = [a.charCodeAt(i), t.charCodeAt(i)]
    if (c === d) continue
    // Halves of characters beyond U+FFFF come behind all others.
    const [high, low] = [c >= 0xd800 && c < 0xe000, d >= 0xd800 && d < 0xe000]
    return high === low ? c < d : low
  }
  return a.length < t.length
}

const at = (list: Value[], i: bigint): Value | undefined =>
  i < 0n || i >= BigInt(list.length) ? undefined : list[Number(i)]

function find(keys: Value[], values: Value[], key: Value): Value | undefined {
  const i = keys.indexOf(key)
  return i < 0 ? undefined : values[i]
}

function widen(run: Run, place: number, v: Value): Value {
  if (typeof v === 'bigint') return Number(v)
  const list = v as Value[]
  run.charge(place, list.length)
  return list.map((e) => widen(run, place, e))
}

const optionalColumn = (run: Run, place: number, row: Row, name: string) =>
  new Optional(run.cell(place, row, name), name)

export const values: Record<string, Fn> = {
  // Pays for going over a list before it is done, whether or not it is left early.
  range(run, place, nodes: bigint, list: Value[]) {
    run.charge(place, list.length * (1 + Number(nodes)))
    return list
  },
  value: (run, place, name: string) => run.value(place, name),
  column(run, place, row: Row, name: string) {
    const v = run.cell(place, row, name)
    if (v === undefined) throw new ExprError('expr_missing', name, place)
    return v
  },
  optional_column: optionalColumn,
  column_of_optional: (run, place, opt: Optional, name: string) =>
    opt.value === undefined ? opt : optionalColumn(run, place, opt.value as Row, name),
  element(_, place, list: Value[], i: bigint) {
    const v = at(list, i)
    if (v === undefined) throw new ExprError('expr_index', '', place)
    return v
  },
  optional_element: (_, __, list: Value[], i: bigint) => new Optional(at(list, i)),
  lookup(_, place, keys: Value[], values: Value[], key: Value) {
    const v = find(keys, values, key)
    if (v === undefined) throw new ExprError('expr_key', '', place)
    return v
  },
  optional_lookup: (_, __, keys: Value[], values: Value[], key: Value) =>
    new Optional(find(keys, values, key)),
  has_value: (_, __, opt: Optional) => opt.value !== undefined,
  value_of(_, place, opt: Optional) {
    if (opt.value === undefined) throw new ExprError('expr_missing', opt.name, place)
    return opt.value
  },
  widen,
  equal(run, place, a: Value, b: Value) {
    chargeFor(run, place, a)
    return alike(a, b)
  },
  among(run, place, v: Value, list: Value[]) {
    chargeFor(run, place, list)
    return list.some((e) => alike(e, v))
  },
  less(run, place, a: Value, b: Value) {
    chargeFor(run, place, a)
    return before(a, b)
  },
  greater(run, place, a: Value, b: Value) {
    chargeFor(run, place, a)
    return before(b, a)
  },
  not: (_, __, b: boolean) => !b,
  same: (_, __, v: Value) => v,
}
