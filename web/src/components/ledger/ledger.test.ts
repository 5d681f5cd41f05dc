import { mount } from '@vue/test-utils'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Element } from '@/composables/useElements'
import FindSubject from './FindSubject.vue'
import { linkBetween, titleOfNew } from './elements'
import { bodyOf, emptyEntry, fieldsOf, needed } from './entry'
import { pairs } from './merge'

const element = (id: string, more: Partial<Element> = {}) =>
  ({ id, kind: id.split('.')[0]!, zh: id, en: id, type: 'text', codes: [], ...more }) as Element
const ids = (es: readonly Element[]) => es.map((e) => e.id)

describe('a new entry', () => {
  const all = [
    element('person.id_number'),
    element('person.name'),
    element('person.age', { derived: true }),
    element('person.shoe', { extended: true }),
    element('person.relation_to_head'),
    element('household.number'),
    ...Array.from({ length: 8 }, (_, i) => element(`person.x${i}`)),
  ]
  it('begins with what names it and folds what is rarely known', () => {
    const f = fieldsOf(all, 'person', false)
    expect(ids(f.first)).toEqual(['person.name'])
    expect(ids(f.basic).slice(0, 3)).toEqual(['person.id_number', 'person.relation_to_head', 'person.x0'])
    expect(ids(f.folded)).toEqual(['person.x6', 'person.x7'])
  })
  it('asks a member first what they are to the head', () => {
    expect(ids(fieldsOf(all, 'person', true).basic)[0]).toBe('person.relation_to_head')
    expect(titleOfNew('person', 'household')).toBe('member')
    expect(titleOfNew('vehicle', 'household')).toBe('vehicle')
  })
  it('needs what names it, except a household', () => {
    expect(needed('person')).toBe('person.name')
    expect(needed('household')).toBeUndefined()
  })
  it('sends what was filled in and nothing else', () => {
    const e = emptyEntry()
    e.values = { 'person.name': ' 王试 ', 'person.phone': ' ' }
    e.place = '990101001001'
    expect(bodyOf('person', e)).toEqual({
      kind: 'person',
      place: '990101001001',
      values: { 'person.name': '王试' },
      links: undefined,
      since: undefined,
      source: undefined,
    })
    e.links.household = { id: 'h', name: '', code: '1', address: '', place: '990101001001' }
    expect(bodyOf('person', e).links).toEqual({ household: 'h' })
  })
  it('knows by which link it belongs to the page it was entered from', () => {
    expect(linkBetween('person', 'household')).toBe('household')
    expect(linkBetween('vehicle', 'organisation')).toBe('owner')
    expect(linkBetween('dwelling', 'person')).toBe('owner')
    expect(linkBetween('building', 'person')).toBeUndefined()
  })
})

describe('two records side by side', () => {
  it('says what differs, what one alone knows, and what could not be compared', () => {
    const here = {
      values: { 'person.phone': '154****7788', 'person.name': '甲', 'person.sex': '1', 'street.name': '街' },
      masked: ['person.phone'],
    }
    const there = {
      values: {
        'person.name': '乙',
        'person.phone': '154****7788',
        'person.sex': '1',
        'person.school': '校',
      },
      masked: ['person.phone'],
    }
    const order = ['person.name', 'person.sex', 'person.phone', 'person.school']
    expect(pairs('person', here, there, order).map((p) => [p.id, p.state])).toEqual([
      ['person.name', 'differs'],
      ['person.sex', 'same'],
      ['person.phone', 'masked'],
      ['person.school', 'one'],
    ])
  })
})

describe('the search field', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
    document.body.innerHTML = ''
  })
  it('is worked with the keyboard alone', async () => {
    const items = ['甲', '乙', '丙'].map((name) => ({ id: name, name, code: '', number: '', address: '' }))
    vi.stubGlobal('fetch', () =>
      Promise.resolve(
        new Response(JSON.stringify({ items }), { headers: { 'Content-Type': 'application/json' } }),
      ),
    )
    const w = mount(FindSubject, {
      props: { kind: 'person', label: '人员', not: '丙' },
      global: { plugins: [VueQueryPlugin] },
      attachTo: document.body,
    })
    const input = w.find('input')
    input.element.focus()
    await input.setValue('试')
    await vi.waitFor(() => expect(w.findAll('li')).toHaveLength(2), 3000)
    const press = (key: string) =>
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    press('ArrowDown')
    press('ArrowDown')
    press('ArrowDown') // there is nothing further down
    expect(document.activeElement!.textContent).toContain('乙')
    press('ArrowUp')
    press('ArrowUp')
    expect(document.activeElement).toBe(input.element)
    press('Escape')
    await vi.waitFor(() => expect(w.findAll('li')).toHaveLength(0))
    expect(input.element.value).toBe('')
  })
})
