import { flushPromises, mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it } from 'vitest'
import { setLang } from '@/i18n'
import ChoicePicker from './ChoicePicker.vue'
import CodeSteps from './CodeSteps.vue'
import { emptyYear, monthsOf } from './days'
import GrantRows from './GrantRows.vue'
import HolidayRows from './HolidayRows.vue'
import MonthTable from './MonthTable.vue'
import NameChips from './NameChips.vue'
import NoticePaste from './NoticePaste.vue'
import SecretShow from './SecretShow.vue'

beforeAll(() => setLang('zh-CN'))

const units = [
  { value: 'u1', label: '青石街道党政办公室', note: '青石街道' },
  { value: 'u2', label: '青石司法所', note: '青石街道' },
  { value: 'u3', label: '清风社区居民委员会', note: '清风社区' },
]

describe('ChoicePicker', () => {
  const show = () => mount(ChoicePicker, { props: { choices: units, modelValue: 'u1', label: '单位' } })
  it('shows what is chosen, finds by a part of the name or the note, picks by the keyboard', async () => {
    const w = show()
    const input = w.find('input')
    expect(input.element.value).toBe('青石街道党政办公室')
    await input.setValue('清风')
    expect(w.findAll('[role=option]').map((o) => o.text())).toEqual(['清风社区居民委员会清风社区'])
    await input.trigger('keydown', { key: 'Enter' })
    expect(w.emitted('update:modelValue')).toEqual([['u3']])
    expect(input.attributes('aria-expanded')).toBe('false')
  })
  it('walks with the arrows, round the end', async () => {
    const w = show()
    const input = w.find('input')
    await input.trigger('keydown', { key: 'Down' })
    await input.trigger('keydown', { key: 'Up' })
    await flushPromises()
    expect(w.find('[aria-selected=true]').text()).toContain('清风社区')
    expect(input.attributes('aria-activedescendant')).toBe(w.find('[aria-selected=true]').attributes('id'))
  })
  it('forgets on Esc what was typed, and says when nothing fits', async () => {
    const w = show()
    await w.find('input').setValue('民政')
    expect(w.find('[role=status]').text()).toBe('没有“民政”')
    await w.find('input').trigger('keydown', { key: 'Esc' })
    expect(w.find('input').element.value).toBe('青石街道党政办公室')
    expect(w.emitted('update:modelValue')).toBeUndefined()
  })
})

describe('GrantRows', () => {
  it('staff begin with their own unit, other roles ask for a place', async () => {
    const w = mount(GrantRows, {
      props: { modelValue: [{ role: '', scope: '' }], places: [], units, errors: [], unit: 'u2' },
    })
    await w.find('select').setValue('staff')
    expect(w.emitted('update:modelValue')![0]).toEqual([[{ role: 'staff', scope: 'u2', everywhere: false }]])
    await w.setProps({ modelValue: [{ role: 'staff', scope: 'u2' }] })
    expect(w.text()).toContain('签收并办理本单位的任务')
    await w.find('select').setValue('leader')
    expect(w.emitted('update:modelValue')!.at(-1)).toEqual([
      [{ role: 'leader', scope: '', everywhere: false }],
    ])
    await w.find('[aria-label^=移除角色]').trigger('click')
    expect(w.emitted('update:modelValue')!.at(-1)).toEqual([[]])
  })
})

describe('small parts', () => {
  it('a code is taken apart', () => {
    const names = new Map([['990101', '云溪县']])
    const w = mount(CodeSteps, { props: { code: '990101001', names } })
    expect(w.findAll('li').map((l) => l.text())).toEqual([
      '99省',
      '01市',
      '01县（区）云溪县',
      '001街道（镇）本级',
    ])
    expect(w.text()).toContain('9 位，级别：街道（镇）')
  })
  it('names become chips on Enter, and go one by one', async () => {
    const w = mount(NameChips, { props: { modelValue: ['甲'], typed: '乙、丙' } })
    await w.find('input').trigger('keydown', { key: 'Enter' })
    expect(w.emitted('update:modelValue')).toEqual([[['甲', '乙', '丙']]])
    await w.find('li button').trigger('click')
    expect(w.emitted('update:modelValue')!.at(-1)).toEqual([['乙', '丙']])
  })
  it('a month says in words what its colours mean', () => {
    const known = { off: [{ name: '元旦', first: '2026-01-01', last: '2026-01-03' }], work: ['2026-01-04'] }
    const w = mount(MonthTable, { props: { month: monthsOf(2026, [known])[0]! } })
    expect(w.find('.off').text()).toBe('1休')
    expect(w.find('.off').attributes('title')).toBe('2026-01-01 元旦 放假')
    expect(w.find('.work').text()).toBe('4班')
  })
  it('the end of a holiday follows its beginning until it is given', async () => {
    const y = emptyYear(2027)
    const w = mount(HolidayRows, { props: { off: y.off, work: [], year: 2027, wrongs: [] } })
    await w.find('input[type=date]').setValue('2027-01-01')
    const after = (w.emitted('update:off')![0] as [typeof y.off])[0]
    expect(after[0]).toEqual({ name: '元旦', first: '2027-01-01', last: '2027-01-01' })
  })
  it('a pasted notice of another year is refused with a sentence', async () => {
    const w = mount(NoticePaste, { props: { year: 2027 } })
    await w.find('textarea').setValue('关于2026年部分节假日安排的通知\n一、元旦：1月1日放假，共1天。')
    await w.find('button').trigger('click')
    expect(w.find('[role=status]').text()).toContain('2026 年')
    expect(w.emitted('read')).toBeUndefined()
  })
  it('a password is shown with its user name', async () => {
    const w = mount(SecretShow, {
      props: { modelValue: true, title: '账号已开通', username: 'wenry', password: 'abcd-efgh-jkmn' },
      attachTo: document.body,
    })
    await new Promise((r) => setTimeout(r))
    expect(w.find('dl').text()).toContain('wenry')
    expect(w.find('.password').text()).toBe('abcd-efgh-jkmn')
    w.unmount()
  })
})
