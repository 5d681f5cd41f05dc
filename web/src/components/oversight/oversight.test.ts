import { expect, it } from 'vitest'
import { linkOf, sumOf } from './counts'
import { lightOf, sumsOf } from './types'

it('is red when the limit has passed, yellow in the week before, none once answered', () => {
  const q = { state: 'open', due: '2026-08-31' } as const
  expect(lightOf(q, '2026-09-01')).toBe('red')
  expect(lightOf(q, '2026-08-31')).toBe('yellow')
  expect(lightOf(q, '2026-08-24')).toBe('yellow')
  expect(lightOf(q, '2026-08-23')).toBe('green')
  expect(lightOf({ ...q, state: 'done' }, '2026-09-01')).toBe('none')
})
it('adds up what was shown apart from what was taken out', () => {
  const line = { actor: '甲', purpose: '核对', people: 1, elements: [], last: '' }
  expect(
    sumsOf([
      { ...line, what: 'subject.unmask', count: 2 },
      { ...line, what: 'subject.export', count: 5 },
      { ...line, what: 'subject.unmask', count: 1 },
    ]),
  ).toEqual({ unmask: 3, export: 5 })
})
it('leads from a figure to its list, and nowhere where no list shows the same', () => {
  expect(linkOf('count.dwellings.vacant', '990101001001')).toEqual({
    name: 'ledger',
    query: { kind: 'dwelling', state: '3', in: '990101001001' },
  })
  expect(linkOf('count.shops', '990101001001')).toBeUndefined()
  expect(linkOf('count.persons', '990101001')).toBeUndefined()
  expect(
    sumOf([
      { place: 'a', counts: { x: 1, y: 2 } },
      { place: 'b', counts: { x: 3 } },
    ]),
  ).toEqual({ x: 4, y: 2 })
})
