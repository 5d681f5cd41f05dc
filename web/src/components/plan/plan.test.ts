import { describe, expect, it } from 'vitest'
import { bySection, columnOf, unitNames, type PlanRow } from './board'
import { scaleOf } from './gantt'

const parts = (...of: [role: 'lead' | 'support', state: PlanRow['parts'][number]['state']][]) =>
  of.map(([role, state]) => ({ role, state })) as PlanRow['parts']

describe('the board', () => {
  it.each([
    ['closed', 'closed', parts(['lead', 'done'])],
    ['returned', 'open', parts(['lead', 'done'], ['support', 'returned'])],
    ['ready', 'open', parts(['lead', 'done'], ['support', 'assigned'])],
    ['unsigned', 'open', parts(['lead', 'assigned'], ['support', 'signed'])],
    ['active', 'open', parts(['lead', 'signed'], ['support', 'assigned'])],
  ] as const)('%s', (want, state, list) => expect(columnOf({ state, parts: list })).toBe(want))

  it('names together what the notice names together, where it is much', () => {
    const p = (unit_name: string, named: string) =>
      ({ unit_name, named, role: 'support' }) as PlanRow['parts'][number]
    const many = ['清风', '明月', '松涛'].map((n) => p(`${n}社区`, '各社区'))
    expect(unitNames({ parts: [p('党建办', '党建办'), ...many] }, 'support')).toEqual([
      '党建办',
      '各社区（3）',
    ])
    expect(unitNames({ parts: many.slice(0, 2) }, 'support')).toEqual(['清风社区', '明月社区'])
  })

  it('keeps the order of the notice under its headings', () => {
    const row = (section: string, id: string) => ({ section, id }) as PlanRow
    expect(
      bySection([row('一', 'a'), row('一', 'b'), row('二', 'c'), row('一', 'd')]).map((g) => [
        g.section,
        g.rows.length,
      ]),
    ).toEqual([
      ['一', 2],
      ['二', 1],
      ['一', 1],
    ])
  })
})

describe('the scale', () => {
  const s = scaleOf(['2026-02-10', '', '2026-03-05'], '2026-02-20')!
  it('holds whole months', () => {
    expect([s.from, s.to, s.days]).toEqual(['2026-02-01', '2026-03-31', 59])
    expect(s.ticks('month').map((t) => t.day)).toEqual(['2026-02-01', '2026-03-01'])
    expect(s.ticks('week')[0]!.day).toBe('2026-02-02')
  })
  it('puts bars where their days are', () => {
    expect(s.bar('2026-02-01', '2026-03-31')).toEqual({ left: 0, width: 100 })
    expect(s.bar('', '2026-02-01').width).toBeCloseTo(100 / 59)
    expect(s.at('2026-02-01')).toBe(0)
  })
  it('is none without days', () => expect(scaleOf(['', ''], '2026-02-20')).toBeUndefined())
})
