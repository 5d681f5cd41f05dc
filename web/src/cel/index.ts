/**
 * The expressions that stand in the data of an office, in the browser: the same texts that the server
 * evaluates (package expr) come to the same value, the same error and the same cost. docs/expressions.md says
 * how to write them.
 */
import { Checker } from './check'
import { unsigned0 } from './decimal'
import { dayText } from './day'
import { plan } from './engine'
import { ExprError } from './error'
import { Day, defaultLimits, Run, type Limits, type Value } from './run'
import { isName } from './scan'
import * as T from './types'
import { Workdays, type HolidayYear } from './workdays'

export { ExprError, type Code } from './error'
export type { HolidayYear } from './workdays'
export type { TypeSpec } from './types'

/** What the expressions of one kind of record may use. */
export interface Declarations {
  /** The variables by name, an ASCII identifier. "today" is always there, as a date. */
  vars: Record<string, T.TypeSpec>
  /** The years of the calendar, as GET /api/v1/holidays has them; without them working days are unknown. */
  holidays?: HolidayYear[]
  limits?: Partial<Limits>
}

/**
 * The values of variables by name. undefined, null, a key that is not there and the date "" are missing. An
 * integer is a number or a bigint, a date is its ISO form, a row an object, a table an array of them.
 */
export type Values = Readonly<Record<string, unknown>>

/** A result: an integer is a number, beyond the safe ones a bigint; a date is its ISO form. */
export type Result = string | number | bigint | boolean | Result[]

/** Compiles expressions. It never changes and may be shared. */
export class Environment {
  private readonly vars = new Map<string, T.Type>()
  private readonly days: Workdays
  private readonly limits: Limits

  /** Fails with expr_declaration on a name that is no identifier and on a type that cannot be declared. */
  constructor(d: Declarations) {
    for (const [name, spec] of Object.entries(d.vars)) {
      const type = T.typeOf(spec, name)
      if (!isName(name) || (name === 'today' && type.kind !== 'date'))
        throw new ExprError('expr_declaration', name)
      this.vars.set(name, type)
    }
    this.vars.set('today', T.date)
    this.days = new Workdays(d.holidays ?? [])
    this.limits = { ...defaultLimits, ...d.limits }
  }

  /** Reads an expression whose value is of the wanted type; without one, of any that can be a result. */
  compile(source: string, want?: T.TypeSpec): Program {
    const chars = Array.from(source)
    const checker = new Checker(this.vars)
    try {
      const { core, type } = checker.source(chars, want && T.typeOf(want, ''))
      const { patterns, compute } = plan(core)
      const start = (values: Values) => {
        const run = new Run(this.limits, this.days, patterns, this.vars, values)
        run.charge(0, core.nodes)
        return run
      }
      return new Program(chars, T.typeText(type), [...checker.uses].sort(), start, compute)
    } catch (e) {
      throw e instanceof ExprError ? e.place(chars) : e
    }
  }
}

/** A compiled expression. */
export class Program {
  constructor(
    private readonly source: string[],
    /** The type of the result, list(text). */
    readonly type: string,
    /** The variables that it reads, in order. */
    readonly uses: string[],
    private readonly start: (values: Values) => Run,
    private readonly compute: (run: Run) => Value,
  ) {}

  /** Computes the value; it fails with an ExprError. */
  eval(values: Values): Result {
    return this.measure(values).value
  }

  /** Is eval and tells the work. */
  measure(values: Values): { value: Result; cost: number } {
    let run: Run | undefined
    try {
      run = this.start(values)
      const value = this.compute(run)
      if (run.over) throw run.over // even where && or || would have covered it
      return { value: outside(value), cost: run.cost }
    } catch (e) {
      const failed = run?.over ?? e
      throw failed instanceof ExprError ? failed.place(this.source) : failed
    }
  }
}

function outside(v: Value): Result {
  if (typeof v === 'bigint') return Number.isSafeInteger(Number(v)) ? Number(v) : v
  if (typeof v === 'number') return unsigned0(v)
  if (v instanceof Day) return dayText(v.n)
  if (Array.isArray(v)) return v.map(outside)
  return v as string | boolean
}
