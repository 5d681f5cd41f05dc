import './polyfill'
import { Environment } from '@marcbachmann/cel-js'
import type { Core } from './check'
import { ExprError } from './error'
import { library } from './library'
import type { Pattern } from './pattern'
import { Day, Optional, Row, Run, type Value } from './run'

// cel-js runs the core: its conditionals and its comprehensions, over the functions of the library. It would
// compute arguments from the last to the first and report another failure of && and || than cel-go does; so
// every call is a macro here, which computes them in the order written.

/** What cel-js hands to a macro and takes from it, as its README says. */
interface Ast {
  args: unknown // of a list: its elements; of a literal: its value
}
interface Checker {
  check(ast: Ast, ctx: unknown): unknown
  getType(name: string): unknown
}
interface Evaluator {
  run(ast: Ast, ctx: unknown): Value
}

/** How a form computes its arguments. */
type Form = (compute: (ast: Ast) => Value, args: Ast[], run: Run, at: number) => Value

type Outcome = { value: Value; error?: undefined } | { value?: undefined; error: unknown }

function attempt(compute: (ast: Ast) => Value, ast: Ast): Outcome {
  try {
    return { value: compute(ast) }
  } catch (error) {
    return { error }
  }
}

const isMissing = (e: unknown) => e instanceof ExprError && e.code === 'expr_missing'
const elements = (list: Ast) => list.args as Ast[]

/** && and ||: what decides, decides; else the first failure. */
const logical =
  (decides: boolean): Form =>
  (compute, [left, right]) => {
    const l = attempt(compute, left!)
    if (l.value === decides) return decides
    const r = attempt(compute, right!)
    if (r.value === decides) return decides
    if (l.error) throw l.error
    if (r.error) throw r.error
    return !decides
  }

/** The forms of the core by name; behind the run and the place, each has the arguments as given. */
const forms: Record<string, { params: number; compute: Form }> = {
  and: { params: 2, compute: logical(false) },
  or_else: { params: 2, compute: logical(true) },
  list: { params: 1, compute: (compute, [list]) => elements(list!).map(compute) },
  call: {
    params: 2,
    compute(compute, [name, args], run, at) {
      const fn = library[name!.args as string] as (run: Run, at: number, ...args: Value[]) => Value
      const values = elements(args!).map(compute)
      if (run.over) throw run.over // even where or() has covered it
      return fn(run, at, ...values)
    },
  },
  has: {
    params: 1,
    compute(compute, [arg]) {
      const { error } = attempt(compute, arg!)
      if (error && !isMissing(error)) throw error
      return !error
    },
  },
  // Both are computed in any case, so that the work is that of the server.
  or: {
    params: 2,
    compute(compute, [first, second]) {
      const f = attempt(compute, first!)
      const s = attempt(compute, second!)
      const chosen = isMissing(f.error) ? s : f
      if (chosen.error) throw chosen.error
      return chosen.value as Value
    },
  },
}

function register(env: Environment, name: string, { params, compute }: (typeof forms)[string]) {
  const asts = Array(params + 2).fill('ast')
  env.registerFunction(`gewu_${name}(${asts.join(', ')}): dyn`, ({ args }: { args: Ast[] }) => {
    const [runName, place, ...rest] = args as [Ast, Ast, ...Ast[]]
    const parts = rest.flatMap((a) => (Array.isArray(a.args) && listed.has(name) ? elements(a) : a))
    return {
      // The checker of the sources has been over it; this one only prepares the parts.
      typeCheck(checker: Checker, _: unknown, ctx: unknown) {
        for (const a of [runName, ...parts]) checker.check(a, ctx)
        return checker.getType('dyn')
      },
      evaluate(ev: Evaluator, _: unknown, ctx: unknown) {
        const run = ev.run(runName, ctx) as unknown as Run
        return compute((a) => ev.run(a, ctx), rest, run, Number(place.args))
      },
      async: false,
    }
  })
}

const listed = new Set(['list', 'call']) // their last argument is a list written out

const engine = (() => {
  const limits = { maxAstNodes: 100_000, maxDepth: 4000, maxListElements: 10_000 }
  const env = new Environment({ unlistedVariablesAreDyn: true, limits })
  env.registerType('GewuRun', Run).registerType('GewuDay', Day)
  env.registerType('GewuRow', Row).registerType('GewuOptional', Optional)
  for (const [name, form] of Object.entries(forms)) register(env, name, form)
  return env
})()

/** Writes the core as an expression of cel-js; patterns are put aside. */
class Writer {
  readonly patterns: Pattern[] = []

  text(c: Core): string {
    const args = () => c.args.map((a) => this.text(a))
    const form = (name: string, ...parts: string[]) => `gewu_${name}(run, ${c.at}, ${parts.join(', ')})`
    switch (c.op) {
      case 'literal':
        return literal(c.value as string | bigint | number | boolean)
      case 'pattern':
        return String(this.patterns.push(c.value as Pattern) - 1)
      case 'variable':
        return c.name
      case '&&':
        return form('and', ...args())
      case '||':
        return form('or_else', ...args())
      case '?:': {
        const [cond, yes, no] = args()
        return `(${cond} ? ${yes} : ${no})`
      }
      case 'list':
        return form('list', `[${args().join(', ')}]`)
      case 'call':
        if (c.fn in forms) return form(c.fn, ...args())
        return form('call', `"${c.fn}"`, `[${args().join(', ')}]`)
    }
    const [range, body] = args()
    return `${range}.${c.op}(${c.name}, ${body})`
  }
}

function literal(v: string | bigint | number | boolean): string {
  if (typeof v === 'string')
    return `"${v.replace(/[\\"\u0000-\u001f]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))}"`
  if (typeof v !== 'number') return v === -9223372036854775808n ? `(-9223372036854775807 - 1)` : String(v)
  return Number.isInteger(v) && !String(v).includes('e') ? `${v}.0` : String(v)
}

/** Plans the core; what it returns computes it once in a run. */
export function plan(core: Core): { patterns: Pattern[]; compute: (run: Run) => Value } {
  const writer = new Writer()
  const parsed = engine.parse(writer.text(core))
  return { patterns: writer.patterns, compute: (run) => parsed({ run }) as Value }
}
