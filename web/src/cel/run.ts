import { isBroken } from './scan'
import { ExprError } from './error'
import { parseDay } from './day'
import type { Pattern } from './pattern'
import type { Type } from './types'
import type { Workdays } from './workdays'

/** A date inside: its number in the calendar. */
export class Day {
  constructor(readonly n: number) {}
}

/** A record; its cells are looked at when they are touched. */
export class Row {
  constructor(
    readonly cells: Readonly<Record<string, unknown>>,
    readonly cols: Record<string, Type>,
  ) {}
}

/** What list[?i] and row.?name give. */
export class Optional {
  constructor(
    readonly value: Value | undefined,
    readonly name = '', // of the column, for the error of value()
  ) {}
}

/** A value inside: integers are bigint, decimals are number. */
export type Value = string | bigint | number | boolean | Day | Row | Optional | Value[]

export interface Limits {
  cost: number // units of work
  text: number // characters of a text, given or computed
  list: number // elements of a list, given or computed
}

export const defaultLimits: Limits = { cost: 200_000, text: 65_536, list: 10_000 }

/** The length of a text in characters. */
export function points(s: string): number {
  let n = s.length
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i)
    if (c >= 0xdc00 && c < 0xe000) n-- // the second half of one
  }
  return n
}

const own = (o: Readonly<Record<string, unknown>>, k: string) => (Object.hasOwn(o, k) ? o[k] : undefined)

/** One evaluation. */
export class Run {
  cost = 0
  over?: ExprError // set once it must end
  private readonly known = new Map<string, Value>() // of the values, once they are touched

  constructor(
    readonly limits: Limits,
    readonly days: Workdays,
    readonly patterns: Pattern[],
    private readonly vars: Map<string, Type>,
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  /** Counts work before it is done. */
  charge(at: number, units: number) {
    this.cost += units
    if (this.cost > this.limits.cost) {
      this.over = new ExprError('expr_cost', '', at)
      throw this.over
    }
  }

  /** Counts work on texts: one unit for 16 characters. */
  chargeText(at: number, ...texts: string[]) {
    this.charge(at, Math.floor(texts.reduce((n, t) => n + points(t), 0) / 16))
  }

  text(at: number, s: string): string {
    if (s.length > this.limits.text && points(s) > this.limits.text) throw new ExprError('expr_size', '', at)
    return s
  }

  list<T>(at: number, vs: T[]): T[] {
    if (vs.length > this.limits.list) throw new ExprError('expr_size', '', at)
    return vs
  }

  /** The value of a variable. */
  value(at: number, name: string): Value {
    const known = this.known.get(name)
    if (known !== undefined) return known
    const v = this.given(at, name, this.vars.get(name)!, own(this.values, name))
    if (v === undefined) throw new ExprError('expr_missing', name, at)
    this.known.set(name, v)
    return v
  }

  /** The value of a cell, undefined for missing. */
  cell(at: number, row: Row, name: string): Value | undefined {
    return this.given(at, name, row.cols[name]!, own(row.cells, name))
  }

  /** Makes what the caller gave a value of the declared type; undefined for missing. */
  private given(at: number, name: string, type: Type, v: unknown): Value | undefined {
    if (v === undefined || v === null) return undefined
    switch (type.kind) {
      case 'text':
        if (typeof v === 'string' && !isBroken(v)) return this.text(at, v)
        break
      case 'boolean':
        if (typeof v === 'boolean') return v
        break
      case 'integer':
        if (typeof v === 'bigint' && BigInt.asIntN(64, v) === v) return v
        if (typeof v === 'number' && Number.isSafeInteger(v)) return BigInt(v)
        break
      case 'decimal':
        if (typeof v === 'bigint' && BigInt.asIntN(64, v) === v) return Number(v)
        if (typeof v === 'number' && Number.isFinite(v)) return v
        break
      case 'date':
        if (v === '') return undefined
        if (typeof v === 'string' && parseDay(v) !== 0) return new Day(parseDay(v))
        break
      case 'row':
        if (typeof v === 'object' && !Array.isArray(v))
          return new Row(v as Record<string, unknown>, type.cols!)
        break
      case 'list':
        if (Array.isArray(v)) return this.givenList(at, name, type.elem!, v)
    }
    throw new ExprError('expr_value', name, at)
  }

  private givenList(at: number, name: string, elem: Type, vs: unknown[]): Value[] {
    return this.list(at, vs).map((v) => {
      const g = this.given(at, name, elem, v)
      // A list has no holes; only cells may be missing.
      if (g === undefined) throw new ExprError('expr_value', name, at)
      return g
    })
  }
}
