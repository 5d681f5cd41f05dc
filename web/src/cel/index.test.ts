import { describe, expect, it } from 'vitest'
import { dayOf, dayText, lastDay, parseDay, partsOf } from './day'
import { Environment, ExprError, type TypeSpec, type Values } from '.'

const vars: Record<string, TypeSpec> = {
  n: 'integer',
  x: 'decimal',
  s: 'text',
  d: 'date',
  rows: { table: { amount: 'decimal' } },
}
const env = new Environment({ vars })

function failure(act: () => unknown): ExprError {
  try {
    act()
  } catch (e) {
    if (e instanceof ExprError) return e
    throw e
  }
  throw new Error('did not fail')
}

describe('an environment', () => {
  it('refuses what cannot be declared', () => {
    const bad: [string, unknown][] = [
      ['年龄', 'integer'],
      ['if', 'integer'],
      ['__proto__x y', 'text'],
      ['a', 'number'],
      ['a', { table: {} }],
      ['a', {}],
      ['a', null],
      ['a', { set: 'text' }],
      ['a', { list: 'text', row: { a: 'text' } }],
      ['a', { list: { list: { list: { list: { list: { table: { a: 'text' } } } } } } }],
      ['a', { table: { null: 'text' } }],
      ['today', 'text'],
      ['a', { list: { list: { list: { list: { list: { list: 'text' } } } } } }],
    ]
    for (const [name, type] of bad)
      expect(failure(() => new Environment({ vars: { [name]: type as TypeSpec } })).code).toBe(
        'expr_declaration',
      )
  })

  it('knows no working day without holidays', () => {
    const e = failure(() => env.compile('isWorkday(d)').eval({ d: '2026-06-30' }))
    expect([e.code, e.subject]).toEqual(['expr_calendar', '2026'])
  })

  it('may be used again and again', () => {
    const p = env.compile('sum(rows.map(r, or(r.amount, 0))) + or(x, 0)')
    expect(p.eval({ rows: [{ amount: 1 }, {}] })).toBe(1)
    expect(p.eval({ rows: [{ amount: 2 }], x: 0.5 })).toBe(2.5)
    expect(failure(() => p.eval({})).code).toBe('expr_missing')
    expect(p.eval({ rows: [] })).toBe(0)
  })
})

describe('values', () => {
  const value = (expr: string, values: Values) => env.compile(expr).eval(values)

  it('are numbers outside, bigints only beyond the safe ones', () => {
    expect(value('n + 1', { n: 41 })).toBe(42)
    expect(value('n', { n: 41n })).toBe(41)
    expect(value('n', { n: 2n ** 60n })).toBe(2n ** 60n)
    expect(value('n + 1', { n: 9007199254740991 })).toBe(9007199254740992n)
    expect(value('n / 2', { n: -7 })).toBe(-3)
    expect(value('-x', { x: 0 })).toBe(0)
    expect(failure(() => value('n', { n: 2 ** 60 })).code).toBe('expr_value')
    expect(failure(() => value('n', { n: 2n ** 63n })).code).toBe('expr_value')
    expect(failure(() => value('x', { x: NaN })).code).toBe('expr_value')
  })

  it('are missing where a form has nothing', () => {
    for (const d of [undefined, null, '']) expect(value('has(d)', { d })).toBe(false)
    expect(value('has(s)', { s: '' })).toBe(true)
    expect(failure(() => value('s', { s: '\ud83d' })).code).toBe('expr_value')
  })

  it('of an object that has more than its own keys do not leak in', () => {
    const odd: Record<string, TypeSpec> = {}
    odd['toString'] = 'text'
    odd.rows = { table: { constructor: 'text' } as unknown as Record<string, TypeSpec> }
    const e = new Environment({ vars: odd })
    expect(e.compile('has(toString)').eval({})).toBe(false)
    expect(e.compile('has(rows[0].constructor)').eval({ rows: [{}] })).toBe(false)
  })
})

it('says what is wrong and where, in two languages', () => {
  const e = failure(() => env.compile('n > 100 &&\n  nn == 1'))
  expect([e.code, e.line, e.column, e.subject]).toEqual(['expr_unknown', 2, 3, 'nn'])
  expect(e.sentence('zh')).toBe('没有名为“nn”的字段，请检查拼写')
  expect(e.sentence('en')).toBe('There is no field called nn. Check the spelling.')
  expect(failure(() => env.compile('x + s')).sentence('zh')).toBe('“+”不能用于小数、文本')
  expect(failure(() => env.compile('s', 'decimal')).sentence('zh')).toBe('表达式的结果应为小数，实际为文本')
  expect(failure(() => env.compile('rows')).sentence('en')).toBe('table cannot be a result.')
})

it('stops what never ends', () => {
  const l = Array.from({ length: 10_000 }, (_, i) => i)
  const e = new Environment({ vars: { l: { list: 'integer' } } })
  const began = performance.now()
  expect(failure(() => e.compile('l.all(a, l.all(b, a + b >= 0))').eval({ l })).code).toBe('expr_cost')
  expect(performance.now() - began).toBeLessThan(2000)
})

it('counts days from the first to the last as the calendar does', () => {
  expect([dayText(1), dayText(lastDay)]).toEqual(['0001-01-01', '9999-12-31'])
  for (let n = 1; n <= lastDay; n += 997) {
    const [y, m, d] = partsOf(n)
    expect(dayOf(y, m, d)).toBe(n)
    expect(parseDay(dayText(n))).toBe(n)
  }
})
