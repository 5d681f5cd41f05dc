import { afterEach, describe, expect, it, vi } from 'vitest'
import { setLang } from '@/i18n'
import { sentence } from './history'
import { ownPart, portion, quotaWords } from './quota'
import { build, emptyDraft, isEmpty } from './report'
import { distribute, readFigure, sum } from './shares'
import { byColumn, totals } from './stats'
import { choicesOf, myPart } from './taskActs'
import { part, tally, task } from './testdata'
import { isNext, leadsDone, planName, type Unit, type UnitLights } from './types'

const today = '2026-11-23'
afterEach(() => vi.useRealTimers())

describe('the history', () => {
  const said = (verb: string, after: object, before?: object) => {
    vi.useFakeTimers({ now: new Date('2026-11-23T04:00:00Z') })
    const s = sentence({
      verb,
      after: after as Record<string, unknown>,
      before: before as Record<string, unknown>,
    })
    return s.reason ? `${s.text}：${s.reason}` : s.text
  }
  it('says each thing that can happen as a plain sentence', () => {
    expect(said('task.create', { units: ['司法所', '各社区'], due: '2026-12-18' })).toBe(
      '下达任务，承办单位：司法所、各社区，完成时限：12-18',
    )
    expect(said('task.sign', { unit: '司法所' })).toBe('司法所签收')
    expect(
      said('task.report', { unit: '司法所', words: '已办两场', figures: ['2次', '60人'], files: 3 }),
    ).toBe('司法所报告进展：完成 2次、60人；附件 3 份；“已办两场”')
    expect(said('task.report', { unit: '司法所', words: '', figures: [], files: 0 })).toBe('司法所报告进展')
    expect(said('task.finish', { unit: '司法所', words: '', figures: ['12次'], files: 0 })).toBe(
      '司法所办结：完成 12次',
    )
    expect(said('task.return', { unit: '明月社区', reason: '场地装修' })).toBe('明月社区退回：场地装修')
    expect(said('task.resend', { unit: '明月社区', words: '可以合用' })).toBe(
      '重新下达给明月社区：“可以合用”',
    )
    expect(said('task.hand', { unit: '平安法治办', person: '柳青青' }, { person: '' })).toBe(
      '平安法治办转由柳青青承办',
    )
    expect(said('task.hand', { unit: '平安法治办', person: '石小山' }, { person: '柳青青' })).toBe(
      '平安法治办由柳青青转给石小山承办',
    )
    expect(said('task.split', { unit: '平安法治办', units: ['清风社区', '明月社区'] })).toBe(
      '平安法治办拆分给 2 个单位：清风社区、明月社区',
    )
    expect(said('task.close', { reason: '' })).toBe('销号')
    expect(said('task.drop', { reason: '上级取消' })).toBe('作废：上级取消')
    expect(said('task.reopen', { reason: '材料不全' })).toBe('恢复办理：材料不全')
    expect(said('task.urge', { units: ['司法所'], words: '请加快', answer_by: '' })).toBe(
      '催办司法所：“请加快”',
    )
    expect(said('task.supervise', { units: ['司法所'], words: '请说明原因', answer_by: '2026-11-26' })).toBe(
      '督办司法所，要求 11-26 前答复：“请说明原因”',
    )
    expect(said('task.answer', { unit: '司法所', words: '本周完成' })).toBe('司法所答复：“本周完成”')
    expect(said('task.duty', { class: 'unlisted' }, { class: '' })).toBe(
      '将履职清单认定由未认定改为清单外事项',
    )
  })
  it('names what an edit changed, from what to what, and why', () => {
    expect(said('task.edit', { due: '2026-11-30', reason: '等待检测报告' }, { due: '2026-11-25' })).toBe(
      '将完成时限由 11-25 改为 11-30：等待检测报告',
    )
    expect(said('task.edit', { due: '', text: '新' }, { due: '2026-11-25', text: '旧' })).toBe(
      '将完成时限由 11-25 改为 未设时限；修改任务内容',
    )
    expect(said('task.edit', { units: ['司法所', '派出所'] }, { units: ['司法所', '市场监管所'] })).toBe(
      '增加承办单位派出所；收回市场监管所的任务',
    )
    expect(said('task.edit', {}, {})).toBe('保存，内容未变')
  })
  it('shows a verb that it does not know, and stands documents of any shape', () => {
    expect(said('task.merge', { reason: '重复' })).toBe('task.merge：重复')
    expect(said('task.report', { unit: 7, figures: 'many', files: null })).toBe('报告进展')
    expect(sentence({ verb: 'task.sign' }).text).toBe('签收')
  })
  it('speaks English', async () => {
    await setLang('en')
    expect(said('task.edit', { due: '2026-11-30' }, { due: '2026-11-25' })).toBe(
      'moved the due day from 11-25 to 11-30',
    )
    expect(said('task.split', { unit: 'A', units: ['B'] })).toBe('A: split it among 1 unit: B')
  })
})

describe('shares', () => {
  it('add up to the figure that is shared out', () => {
    expect(distribute(294, 6)).toEqual([49, 49, 49, 49, 49, 49])
    expect(distribute(10, 4)).toEqual([3, 3, 2, 2])
    expect(distribute(2, 3)).toEqual([1, 1, 0])
    expect(distribute(7.5, 2)).toEqual([3.8, 3.7])
    expect(distribute(0, 2)).toEqual([0, 0])
    for (const [total, n] of [
      [295, 6],
      [0.3, 7],
      [1000000, 13],
      [12.34, 5],
    ] as const) {
      expect(sum(distribute(total, n))).toBe(total)
    }
  })
  it('cannot be made of nothing, or for nobody', () => {
    expect(distribute(5, 0)).toEqual([])
    expect(distribute(-5, 2)).toEqual([])
    expect(distribute(NaN, 2)).toEqual([])
  })
  it('are read as people type them', () => {
    expect(readFigure(' 1，234 ')).toBe(1234)
    expect(readFigure('９６．５')).toBe(96.5)
    expect(readFigure('')).toBeUndefined()
    for (const t of ['-1', '3次', '1e5', '十']) expect(readFigure(t)).toBe('wrong')
  })
})

describe('a report', () => {
  it('carries words, figures with their day, and files', () => {
    const file = { id: 'f1', name: 'a.pdf', type: 'application/pdf', size: 9 }
    const d = {
      words: ' 已办两场 ',
      done: true,
      files: [file],
      figures: { q1: { value: '2', day: '2026-11-20' } },
    }
    expect(build(d, [tally()], today)).toEqual({
      body: {
        words: '已办两场',
        done: true,
        figures: [{ quota: 'q1', value: 2, day: '2026-11-20' }],
        files: ['f1'],
      },
    })
  })
  it('leaves out figures that were not entered, and those of quotas that are gone', () => {
    const d = {
      ...emptyDraft(),
      words: '好',
      figures: { q1: { value: '', day: today }, old: { value: '3', day: today } },
    }
    expect(build(d, [tally()], today)).toMatchObject({ body: { figures: [] } })
  })
  it('is refused where it says nothing, a figure cannot be read, or the day is to come', () => {
    expect(build(emptyDraft(), [tally()], today)).toMatchObject({
      faults: { all: expect.stringContaining('请填写') },
    })
    const figure = (value: string, day: string) => ({ ...emptyDraft(), figures: { q1: { value, day } } })
    expect(build(figure('两', today), [tally()], today)).toMatchObject({
      faults: { figures: { q1: expect.stringContaining('0 或正数') } },
    })
    expect(build(figure('2', '2026-11-24'), [tally()], today)).toMatchObject({
      faults: { figures: { q1: '发生日期不能晚于今天' } },
    })
  })
  it('may say nothing but that it is finished', () => {
    expect(build({ ...emptyDraft(), done: true }, [], today)).toHaveProperty('body')
    expect(isEmpty(emptyDraft())).toBe(true)
    expect(isEmpty({ ...emptyDraft(), words: ' x' })).toBe(false)
  })
})

describe('what one may do', () => {
  const unitOnly = { edit: false, close: false, reopen: false, urge: false, parts: ['p1'] }
  it('begins with signing, then reporting', () => {
    const t = task({ parts: [part({ state: 'assigned' })] })
    expect(choicesOf(t, myPart(t))).toEqual({
      main: 'sign',
      others: ['return', 'hand', 'split', 'report'],
      more: [],
    })
    const signed = task()
    expect(choicesOf(signed, myPart(signed)).main).toBe('report')
  })
  it('is splitting only for leads, and not for a sub-task', () => {
    const support = task({ parts: [part({ role: 'support' })] })
    expect(choicesOf(support, myPart(support)).others).not.toContain('split')
    const child = task({ parent: 't0' })
    expect(choicesOf(child, myPart(child)).others).not.toContain('split')
  })
  it('is nothing for a part that was returned or is done', () => {
    for (const state of ['returned', 'done'] as const) {
      const t = task({ parts: [part({ state })], may: unitOnly })
      expect(choicesOf(t, myPart(t))).toEqual({ main: undefined, others: [], more: [] })
    }
  })
  it('is closing out, first of all, once every lead has finished', () => {
    const may = { edit: true, close: true, reopen: false, urge: true, parts: [] }
    expect(choicesOf(task({ may }), undefined).main).toBeUndefined()
    const done = task({ may, parts: [part({ state: 'done' }), part({ id: 'p2', role: 'support' })] })
    expect(leadsDone(done)).toBe(true)
    expect(choicesOf(done, undefined)).toEqual({
      main: 'close',
      others: ['urge', 'supervise', 'edit'],
      more: ['duty', 'drop'],
    })
  })
  it('is opening a closed task again, for its clerk', () => {
    const t = (reopen: boolean) => task({ state: 'closed', may: { ...unitOnly, reopen, parts: [] } })
    expect(choicesOf(t(true), undefined).main).toBe('reopen')
    expect(choicesOf(t(false), undefined).main).toBeUndefined()
  })
  it('is for the part that is still open, where one works for two units', () => {
    const t = task({
      parts: [part({ state: 'done' }), part({ id: 'p2' })],
      may: { ...unitOnly, parts: ['p1', 'p2'] },
    })
    expect(myPart(t)?.id).toBe('p2')
    expect(myPart(t, 'p1')?.id).toBe('p1')
  })
})

describe('quotas', () => {
  it('are said in words', async () => {
    expect(quotaWords(tally())).toBe('每年 ≥12 次')
    expect(quotaWords(tally({ per: 'unit', period: 'quarter', value: 1 }))).toBe('每个单位 每季度 ≥1 次')
    expect(quotaWords(tally({ op: 'range', period: '', value: 3, max: 5 }))).toBe('3–5 次')
    await setLang('en')
    expect(quotaWords(tally())).toBe('≥12 次 a year')
  })
  it('are measured against the unit’s own share where there is one', () => {
    const own = { unit: 'u1', name: '司法所', have: 1, need: 2, met: false }
    expect(ownPart(tally({ units: [own] }), 'u1')).toEqual(own)
    expect(ownPart(tally({ units: [{ ...own, need: 0 }] }), 'u1')).toEqual({ have: 3, need: 12, met: false })
    expect(portion(3, 12)).toBe(0.25)
    expect(portion(15, 12)).toBe(1)
  })
})

it('counts by unit are in order of the column, then of what is overdue', () => {
  const u = (unit: string, done: number, overdue: number): UnitLights => ({
    unit,
    name: unit,
    kind: 'section',
    unsigned: 0,
    returned: 0,
    done,
    ongoing: 0,
    soon: 0,
    overdue,
  })
  const all = [u('a', 1, 0), u('b', 2, 3), u('c', 1, 1)]
  const order = (key: string, desc: boolean) => byColumn(all, { key, desc }).map((x) => x.unit)
  expect(order('overdue', true)).toEqual(['b', 'c', 'a'])
  expect(order('done', false)).toEqual(['c', 'a', 'b'])
  expect(order('total', true)).toEqual(['b', 'c', 'a'])
  expect(totals(all)).toEqual({ done: 4, ongoing: 0, soon: 0, overdue: 4 })
})

it('the units below: communities of a street, grids of a community', () => {
  const u = (kind: Unit['kind'], place: string) => ({ kind, place }) as Unit
  const street = u('section', '990101001')
  expect(isNext(u('community', '990101001001'), street)).toBe(true)
  expect(isNext(u('grid', '990101001001'), street)).toBe(false)
  expect(isNext(u('section', '990101001'), street)).toBe(false)
  expect(isNext(u('grid', '990101001001'), u('community', '990101001001'))).toBe(true)
  expect(isNext(u('grid', '990101001002'), u('community', '990101001001'))).toBe(false)
})

it('a plan is called by what it announces', () => {
  expect(planName('关于印发《法律进基层工作方案》的通知')).toBe('法律进基层工作方案')
  expect(planName('街道关于印发《青石街道2026年“法律进基层”工作方案》的通知')).toBe('“法律进基层”工作方案')
  expect(planName('青石街道办事处关于做好冬季消防工作的通知')).toBe('冬季消防工作')
  expect(planName('2026年方案')).toBe('2026年方案')
  expect(planName('今冬明春火灾防控通知')).toBe('今冬明春火灾防控通知')
})
