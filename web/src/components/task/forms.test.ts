import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import ReportForm from './ReportForm.vue'
import SplitShares from './SplitShares.vue'
import TaskActs from './TaskActs.vue'
import TaskUrges from './TaskUrges.vue'
import type { Urge } from './types'
import UnitPicker from './UnitPicker.vue'
import UrgeForm from './UrgeForm.vue'
import { part, tally, task } from './testdata'
import { useToasts } from '@/composables/useToast'

/** What the server was asked, newest last; `answers` are given in turn, the last one for ever. */
const asked: { url: string; headers: Headers; body: unknown }[] = []
function server(...answers: (() => Response | Promise<Response>)[]) {
  let n = 0
  vi.stubGlobal('fetch', async (r: Request) => {
    if (r.method !== 'POST') return new Response('{}', { status: 200 })
    asked.push({
      url: new URL(r.url).pathname,
      headers: r.headers,
      body: JSON.parse((await r.text()) || 'null'),
    })
    return answers[Math.min(n++, answers.length - 1)]!()
  })
}
const created = () =>
  new Response('{"id":"r1"}', { status: 201, headers: { 'Content-Type': 'application/json' } })
const refused = (status: number, code: string, detail: string) => () =>
  new Response(JSON.stringify({ status, code, detail }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })

const show = (c: Component, props: Record<string, unknown>) =>
  mount(c, { props, global: { plugins: [VueQueryPlugin] }, attachTo: document.body })

beforeEach(() => {
  localStorage.clear()
  asked.length = 0
  useToasts().value = []
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

describe('what was urged', () => {
  const urge = (id: string, unit: string, more: Partial<Urge> = {}): Urge =>
    ({
      id,
      task: 't1',
      heading: '开展法治讲座',
      unit,
      unit_name: `${unit}社区`,
      kind: 'supervise',
      words: '请说明原因',
      author: '方小满',
      at: '2026-11-20T01:00:00Z',
      answer_by: '2026-11-26',
      answer: '',
      answered_at: '',
      ...more,
    }) as Urge
  const entries = (urges: Urge[], mine: string[] = []) =>
    mount(TaskUrges, { props: { urges, mine, today: '2026-11-23' }, global: { stubs: ['RouterLink'] } })
      .findAll('li')
      .map((li) => li.find('b').text())

  it('names all who were asked the same and are silent in one entry', () => {
    expect(
      entries([
        urge('1', '甲'),
        urge('2', '乙', { at: '2026-11-20T01:00:00.004Z' }),
        urge('3', '丙', { words: '请加快' }),
      ]),
    ).toEqual(['甲社区、乙社区', '丙社区'])
  })
  it('keeps apart who has answered and puts first what I have to answer', () => {
    const answered = { answered_at: '2026-11-21T01:00:00Z', answer: '已完成' }
    const all = [urge('1', '甲', answered), urge('2', '乙'), urge('3', '丙'), urge('4', '丁')]
    expect(entries(all, ['丙'])).toEqual(['丙社区', '甲社区', '乙社区、丁社区'])
  })
})

describe('the report form', () => {
  const open = () => show(ReportForm, { task: task(), part: part() })

  it('asks for something to say before it sends anything', async () => {
    server(created)
    const w = open()
    await w.find('form').trigger('submit')
    expect(w.text()).toContain('请填写进展情况、完成数，或上传附件')
    expect(asked).toHaveLength(0)
  })
  it('sends words and figures once, with the version and a key, and says so', async () => {
    server(created)
    const w = open()
    await w.find('textarea').setValue('办了两场')
    await w.find('input[inputmode=decimal]').setValue('2')
    void w.find('form').trigger('keydown', { key: 'Enter', ctrlKey: true })
    await w.find('form').trigger('submit') // the second half of a double click
    await flushPromises()
    expect(asked).toHaveLength(1)
    expect(asked[0]!.url).toBe('/api/v1/parts/p1/reports')
    expect(asked[0]!.headers.get('If-Match')).toBe('"3"')
    expect(asked[0]!.headers.get('Idempotency-Key')).toBeTruthy()
    expect(asked[0]!.body).toMatchObject({
      words: '办了两场',
      done: false,
      figures: [{ quota: 'q1', value: 2 }],
    })
    expect(w.emitted('done')).toHaveLength(1)
    expect(useToasts().value.map((t) => t.text)).toEqual(['已报送进展'])
    expect(localStorage.getItem('gewu.draft.report.p1')).toBeNull()
  })
  it('tries again with the same key after a lost answer, with another after a change', async () => {
    server(() => Promise.reject(new TypeError('lost')))
    const w = open()
    await w.find('textarea').setValue('办了两场')
    const send = async () => {
      await w.find('form').trigger('submit')
      await flushPromises()
    }
    await send()
    await send()
    expect(w.find('[role=alert]').text()).toContain('连接不上服务器')
    await w.find('textarea').setValue('办了三场')
    await send()
    const keys = asked.map((a) => a.headers.get('Idempotency-Key'))
    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[1])
  })
  it('keeps what was entered where somebody else was faster', async () => {
    server(refused(412, 'stale', 'changed'))
    const w = open()
    await w.find('textarea').setValue('办了两场')
    await w.find('form').trigger('submit')
    await flushPromises()
    expect(w.find('[role=alert]').text()).toContain('您填写的内容保留')
    expect(w.find('textarea').element.value).toBe('办了两场')
    expect(w.emitted('done')).toBeUndefined()
  })
  it('brings a draft back after a reload, and can forget it', async () => {
    server(created)
    const first = open()
    await first.find('textarea').setValue('写到一半')
    first.unmount()
    const w = open()
    expect(w.find('textarea').element.value).toBe('写到一半')
    await w.find('.kept button').trigger('click')
    expect(w.find('textarea').element.value).toBe('')
    expect(localStorage.getItem('gewu.draft.report.p1')).toBeNull()
  })
  it('says that it will finish', async () => {
    server(created)
    const w = open()
    await w.find('input[type=checkbox]').setValue(true)
    expect(w.find('button[type=submit]').text()).toBe('报送并办结')
    await w.find('form').trigger('submit')
    await flushPromises()
    expect(asked[0]!.body).toMatchObject({ done: true })
  })
})

describe('shares', () => {
  const units = ['清风', '明月', '松涛', '荷塘', '石桥', '望江'].map((name) => ({ id: name, name }))
  it('are equal at one click, and a changed one shows what is missing', async () => {
    const w = show(SplitShares, {
      quota: tally({ value: 294, unit: '户' }),
      units,
      modelValue: {},
      'onUpdate:modelValue': (v: unknown) => w.setProps({ modelValue: v }),
    })
    expect(w.find('.sum').text()).toContain('还差 294 户')
    await w.find('.sum button').trigger('click')
    expect(w.findAll('input').map((i) => i.element.value)).toEqual(Array(6).fill('49'))
    expect(w.find('.sum').text()).toContain('合计 294 / 294 户')
    await w.find('input').setValue('60')
    expect(w.find('.sum').text()).toContain('多出 11 户')
  })
})

describe('the picker of units', () => {
  it('filters, ticks, and takes all below at once', async () => {
    const units = Array.from({ length: 12 }, (_, i) => ({ id: `u${i}`, name: `单位${i}`, lower: i < 3 }))
    const w = show(UnitPicker, {
      label: '承办单位',
      units,
      modelValue: [],
      'onUpdate:modelValue': (v: unknown) => w.setProps({ modelValue: v }),
    })
    await w.find('input[type=search]').setValue('单位11')
    expect(w.findAll('.list label')).toHaveLength(1)
    await w.find('.list input').setValue(true)
    expect(w.props('modelValue')).toEqual(['u11'])
    await w.findAll('.tools button')[0]!.trigger('click')
    expect(w.props('modelValue')).toEqual(['u0', 'u1', 'u2'])
  })
})

describe('supervising', () => {
  it('wants a limit in working days and tells how many units were told', async () => {
    server(() => new Response('{"told":2}', { status: 201, headers: { 'Content-Type': 'application/json' } }))
    const parts = [
      part(),
      part({ id: 'p2', unit: 'u2', role: 'support' }),
      part({ id: 'p3', unit: 'u3', state: 'done' }),
    ]
    const w = show(UrgeForm, { task: task({ parts }), kind: 'supervise' })
    expect(w.findAll('.list label')).toHaveLength(2)
    await w.find('.days').setValue('0')
    await w.find('form').trigger('submit')
    expect(w.text()).toContain('请填写 1 至 60 的整数')
    await w.find('.days').setValue('3')
    await w.find('form').trigger('submit')
    await flushPromises()
    expect(asked[0]!.body).toMatchObject({ kind: 'supervise', units: ['u1'], workdays: 3 })
    expect(useToasts().value[0]!.text).toBe('已督办，通知 2 个单位')
  })
})

it('the buttons of a task: the likely one is filled', async () => {
  const w = show(TaskActs, { choices: { main: 'sign', others: ['return'], more: [] } })
  expect(w.find('.el-button--primary').text()).toBe('签收')
  await w.find('.el-button--primary').trigger('click')
  expect(w.emitted('act')).toEqual([['sign']])
})
