import { describe, expect, it } from 'vitest'
import { parseDay } from './day'
import { doubtful, doubts, dutyOpen, hasDutyList, stopping } from './doubts'
import { lines, marksByBlock, pieces } from './marks'
import {
  add,
  mergeUp,
  moveName,
  removeName,
  settle,
  setUnits,
  split,
  unmatched,
  unitsOf,
  type Sheet,
  type SheetTask,
} from './sheet'

const task = (key: string, more: Partial<SheetTask> = {}): SheetTask => ({
  key,
  path: key,
  section: '一',
  heading: key,
  text: `任务${key}`,
  stage: '',
  lead: [{ name: '平安办', units: ['u1'], how: 'exact' }],
  support: [],
  quotas: [],
  from: '',
  due: '',
  due_text: '',
  year_assumed: false,
  at: [],
  duty: { matches: [], listed: false, item: '', class: '' },
  checked: false,
  dropped: false,
  ...more,
})
const sheet = (...tasks: SheetTask[]): Sheet => ({
  title: '方案',
  sender: '',
  doc_no: '',
  issued: '',
  stages: [],
  tasks,
  findings: [],
})

describe('split and merge', () => {
  const text = '开展排查，每月不少于2次。组织整治，全年完成30处。'
  const q = (t: string) => ({
    op: '>=' as const,
    value: 2,
    max: 0,
    unit: '次',
    period: 'month' as const,
    per: 'total' as const,
    text: t,
  })
  const make = () =>
    sheet(
      task('a', {
        text,
        at: [{ block: 0, start: 3, end: 3 + text.length }],
        quotas: [q('每月不少于2次'), q('全年完成30处')],
      }),
      task('b'),
    )
  const blocks = [{ text: `一、。${text}` }]

  it('cuts text, quotas and the place in the document', () => {
    const s = make()
    const at = text.indexOf('组织')
    const key = split(s, 'a', at, blocks)
    expect(s.tasks.map((t) => t.key)).toEqual(['a', key, 'b'])
    expect(s.tasks[0]!.text).toBe('开展排查，每月不少于2次。')
    expect(s.tasks[1]!.text).toBe('组织整治，全年完成30处。')
    expect(s.tasks[0]!.quotas.map((x) => x.text)).toEqual(['每月不少于2次'])
    expect(s.tasks[1]!.quotas.map((x) => x.text)).toEqual(['全年完成30处'])
    expect(s.tasks[0]!.at).toEqual([{ block: 0, start: 3, end: 3 + at }])
    expect(s.tasks[1]!.at).toEqual([{ block: 0, start: 3 + at, end: 3 + text.length }])
  })
  it('cuts nothing at the edges', () => {
    const s = make()
    expect(split(s, 'a', 0, blocks)).toBeUndefined()
    expect(split(s, 'a', text.length, blocks)).toBeUndefined()
    expect(s.tasks).toHaveLength(2)
  })
  it('merging takes over what was asked, and is the way back', () => {
    const s = make()
    const key = split(s, 'a', text.indexOf('组织'), blocks)!
    expect(mergeUp(s, key)).toBe('a')
    expect(s.tasks.map((t) => t.key)).toEqual(['a', 'b'])
    expect(s.tasks[0]!.text.replace('\n', '')).toBe(text)
    expect(s.tasks[0]!.quotas).toHaveLength(2)
    expect(s.tasks[0]!.lead).toHaveLength(1)
    expect(mergeUp(s, 'a')).toBeUndefined()
  })
  it('keeps every character, wherever it is cut', () => {
    for (let at = 1; at < text.length; at++) {
      const s = make()
      split(s, 'a', at, blocks)
      expect(
        s.tasks
          .slice(0, -1)
          .map((t) => t.text)
          .join('')
          .replace(/\s/g, ''),
      ).toBe(text)
      expect(new Set(s.tasks.map((t) => t.key)).size).toBe(s.tasks.length)
    }
  })
})

describe('units', () => {
  const open = { name: '气象局', units: [] as string[], how: '' as const }
  it('settles a name wherever it is open', () => {
    const s = sheet(
      task('a', { lead: [{ ...open }] }),
      task('b', { support: [{ ...open }] }),
      task('c', { lead: [{ ...open }], dropped: true }),
    )
    expect(unmatched(s)).toEqual(['气象局'])
    settle(s, '气象局', ['u9'])
    expect(unmatched(s)).toEqual([])
    expect(unitsOf(s)).toEqual(new Set(['u9', 'u1']))
  })
  it('moves a unit, never doubling it', () => {
    const s = sheet(task('a'), task('b'))
    moveName(s, { key: 'a', role: 'lead', index: 0 }, { key: 'a', role: 'support' })
    expect([s.tasks[0]!.lead.length, s.tasks[0]!.support.length]).toEqual([0, 1])
    moveName(s, { key: 'a', role: 'support', index: 0 }, { key: 'b', role: 'lead' })
    expect(s.tasks[1]!.lead).toHaveLength(1)
    setUnits(s, 'b', 'lead', 0, [])
    expect(s.tasks[1]!.lead[0]!.how).toBe('')
    removeName(s, 'b', 'lead', 0)
    expect(s.tasks[1]!.lead).toHaveLength(0)
  })
})

describe('doubts', () => {
  it('says what needs a look', () => {
    expect(doubts(task('a'))).toEqual([])
    expect(doubts(task('a', { lead: [], text: ' ' }))).toEqual(['no_text', 'no_lead'])
    const soft = { year_assumed: true, lead: [{ name: '市监所', units: ['u'], how: 'guess' as const }] }
    expect(doubts(task('a', soft))).toEqual(['guess', 'year'])
    expect(doubts(task('a', { ...soft, checked: true }))).toEqual([])
    expect(doubts(task('a', { ...soft, dropped: true }))).toEqual([])
    expect(doubtful(sheet(task('a'), task('b', soft)))).toEqual(['b'])
    expect(stopping(sheet(task('a', soft), task('b', { lead: [] })))).toEqual(['b'])
  })
  it('asks about the duty list where it speaks against the task', () => {
    const match = (cls: 'basic' | 'returned', listed: boolean, decided = '') =>
      task('a', {
        duty: {
          matches: [{ item: 'i', no: '1', class: cls, name: 'x', score: 0.6 }],
          listed,
          item: '',
          class: decided as '',
        },
      })
    expect(hasDutyList(sheet(task('a')))).toBe(false)
    expect(hasDutyList(sheet(task('b'), match('basic', false)))).toBe(true)
    expect(dutyOpen(match('basic', true))).toBe(false)
    expect(dutyOpen(match('returned', true))).toBe(true)
    expect(dutyOpen(match('basic', false))).toBe(true)
    expect(dutyOpen(match('basic', false, 'unlisted'))).toBe(false)
    expect(dutyOpen(task('a'))).toBe(false)
  })
})

describe('the document', () => {
  it('is cut without losing a character', () => {
    const text = '（一）甲。乙😀丙。'
    const out = pieces(text, [
      { task: 'a', start: 3, end: 5 },
      { task: 'b', start: 4, end: 100 },
    ])
    expect(out.map((p) => p.text).join('')).toBe(text)
    expect(out.map((p) => p.task)).toEqual([undefined, 'a', 'b'])
    for (const p of out) expect(text.slice(p.start, p.start + p.text.length)).toBe(p.text)
  })
  it('falls into cells at tabs, with places that still fit', () => {
    const blocks = [{ text: '1\t排查隐患\t平安办', table: 1, cells: ['1', '排查隐患', '平安办'] }]
    const [line] = lines(blocks, marksByBlock([{ key: 'a', at: [{ block: 0, start: 2, end: 6 }] }]))
    expect(line!.cells.map((c) => c.map((p) => p.text).join(''))).toEqual(['1', '排查隐患', '平安办'])
    for (const p of line!.cells.flat())
      expect(blocks[0]!.text.slice(p.start, p.start + p.text.length)).toBe(p.text)
    expect(line!.cells[1]![0]!.task).toBe('a')
  })
  it('gives new tasks, in the order of the document', () => {
    const s = sheet(
      task('a', { at: [{ block: 1, start: 0, end: 5 }] }),
      task('b', { at: [{ block: 4, start: 0, end: 5 }] }),
    )
    const key = add(s, { block: 2, start: 0, end: 9, text: '各社区开展宣传。' })
    expect(s.tasks.map((t) => t.key)).toEqual(['a', key, 'b'])
    expect(s.tasks[1]!.heading).toBe('各社区开展宣传')
    expect(s.tasks.at(-1)!.key).not.toBe(add(s))
  })
})

describe('days', () => {
  it.each([
    ['2026-11-30', '2026-11-30'],
    ['2026年1月5日', '2026-01-05'],
    ['11-30', '2027-11-30'],
    ['11月3日', '2027-11-03'],
    ['20261130', '2026-11-30'],
    [' 11 / 30 ', '2027-11-30'],
    ['', ''],
    ['2026-02-29', undefined],
    ['13-01', undefined],
    ['月底', undefined],
  ])('%s', (typed, want) => expect(parseDay(typed, 2027)).toBe(want))
})
