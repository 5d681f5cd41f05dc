import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Environment, ExprError, type HolidayYear, type Result, type TypeSpec, type Values } from '.'

// The files that the server's tests run too (expr/vectors_test.go), or those of a campaign (scripts/cel-campaign).
const dir = resolve(process.cwd(), process.env.GEWU_CEL_VECTORS ?? '../testdata/cel')
const read = (name: string) => JSON.parse(readFileSync(resolve(dir, name), 'utf8')) as unknown

interface Vector {
  expr: string
  want?: TypeSpec
  values?: Values
  limits?: Record<string, number>
}
interface VectorFile {
  about: string
  vars: Record<string, TypeSpec>
  values: Values
  limits?: Record<string, number>
  cases: Vector[]
}

const holidays = read('calendar.json') as HolidayYear[]

/** Integers beyond the safe ones are texts in JSON. */
const given = (spec: TypeSpec | undefined, v: unknown) =>
  spec === 'integer' && typeof v === 'string' && v.length > 15 ? BigInt(v) : v

const wire = (v: Result): unknown => (typeof v === 'bigint' ? String(v) : Array.isArray(v) ? v.map(wire) : v)

/** A vector with what this side makes of it. */
function outcome(f: VectorFile, v: Vector) {
  const { expr, want, values, limits } = v
  const asked = { expr, want, values, limits }
  const env = new Environment({ vars: f.vars, holidays, limits: limits ?? f.limits })
  let uses: string[] | undefined
  try {
    const p = env.compile(expr, want)
    uses = p.uses.length > 0 ? p.uses : undefined
    const all = Object.entries({ ...f.values, ...values }).map(([k, x]) => [k, given(f.vars[k], x)])
    const { value, cost } = p.measure(Object.fromEntries(all) as Values)
    return { ...asked, uses, value: wire(value), type: p.type, cost }
  } catch (e) {
    if (!(e instanceof ExprError)) throw e
    const at = e.line > 0 ? `${e.line}:${e.column}` : undefined
    return { ...asked, uses, error: e.code, at, name: e.subject || undefined, types: e.types || undefined }
  }
}

const files = readdirSync(dir).filter((f) => f !== 'calendar.json' && f !== 'lists.json')

describe.each(files)('%s', (file) => {
  const f = read(file) as VectorFile
  it('comes out as on the server', { timeout: 120_000 }, () => {
    const found = f.cases.map((v) => JSON.parse(JSON.stringify(outcome(f, v))) as unknown)
    const differ = f.cases.flatMap((v, i) => (isDeepStrictEqual(found[i], v) ? [] : [[found[i], v]]))
    expect(differ).toEqual([])
  })
})
