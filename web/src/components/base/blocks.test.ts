import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import ConfirmDialog from './ConfirmDialog.vue'
import DataTable from './DataTable.vue'
import DateText from './DateText.vue'
import FileDrop from './FileDrop.vue'
import FilterBar from './FilterBar.vue'
import FormField from './FormField.vue'
import SignalLight from './SignalLight.vue'
import StatusTag from './StatusTag.vue'
import UndoToast from './UndoToast.vue'
import { clock, daysBetween, formatDay, shortDay } from './dates'
import { formatSize, refusal } from './files'
import { ApiProblem } from '@/api/problem'

interface Row {
  id: string
  title: string
  n: number
}
const rows: Row[] = [
  { id: 'a', title: '入户走访', n: 3 },
  { id: 'b', title: '消防排查', n: 12 },
]
const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:id?', name: 'row', component: { render: () => null } }],
})
const table = {
  caption: '任务',
  columns: [
    { key: 'title', label: '任务', sort: true },
    { key: 'n', label: '次数', number: true },
    { key: 'note', label: '备注', off: true },
  ],
  rows,
  names: {
    id: (r: Row) => r.id,
    name: (r: Row) => r.title,
    to: (r: Row) => ({ name: 'row', params: { id: r.id } }),
  },
}
const show = (props: Record<string, unknown> = {}, slots = {}) =>
  mount(DataTable<Row>, { props: { ...table, ...props }, slots, global: { plugins: [router] } })

beforeEach(() => localStorage.clear())

describe('DataTable', () => {
  it('links the first column, aligns numbers, leaves out what is off', () => {
    const w = show()
    expect(w.findAll('thead th').map((h) => h.text())).toEqual(['任务', '次数'])
    expect(w.find('tbody th a').attributes('href')).toBe('/a')
    expect(w.find('tbody td').classes()).toContain('num')
  })
  it('shows the four states', async () => {
    const w = show({ rows: [], loading: true })
    expect(w.text()).toContain('正在加载')
    await w.setProps({ loading: false })
    expect(w.text()).toContain('暂无内容')
    await w.setProps({ filtered: true })
    await w.find('button').trigger('click')
    expect(w.emitted('clear')).toHaveLength(1)
    await w.setProps({ problem: new ApiProblem(503, 'down', '数据库正在备份') })
    expect(w.find('[role=alert]').text()).toContain('数据库正在备份')
    await w.find('button').trigger('click')
    expect(w.emitted('retry')).toHaveLength(1)
    await w.setProps({ rows, problem: undefined, hasMore: true })
    await w.find('.foot button').trigger('click')
    expect(w.emitted('more')).toHaveLength(1)
  })
  it('sorts by a heading, then the other way round', async () => {
    const w = show({ sort: { key: 'title', desc: false } })
    expect(w.find('thead th').attributes('aria-sort')).toBe('ascending')
    await w.find('thead button').trigger('click')
    expect(w.emitted('sort')).toEqual([[{ key: 'title', desc: true }]])
  })
  it('ticks rows, offers the bulk bar, forgets what has gone', async () => {
    const w = show({ selectable: true, selected: ['a'] }, { bulk: '<i>催办</i>' })
    expect(w.find('.bulk').text()).toContain('已选 1 项')
    await w.find('thead input').trigger('change')
    expect(w.emitted('update:selected')!.at(-1)).toEqual([['a', 'b']])
    await w.setProps({ rows: [rows[1]!] })
    expect(w.emitted('update:selected')!.at(-1)).toEqual([['b']])
  })
  it('remembers the chosen columns', async () => {
    const w = show({ keep: 'test' })
    await w.find('[aria-label=选择列]').trigger('click')
    await w.findAll('.pop input')[1]!.trigger('change')
    expect(w.findAll('thead th').map((h) => h.text())).toContain('备注')
    expect(
      show({ keep: 'test' })
        .findAll('thead th')
        .map((h) => h.text()),
    ).toContain('备注')
  })
})

describe('FilterBar', () => {
  const defs = [
    { key: 'q', kind: 'search' as const, label: '名称' },
    { key: 'state', kind: 'select' as const, label: '状态', choices: [{ value: 'done', label: '已完成' }] },
    { key: 'mine', kind: 'toggle' as const, label: '本单位牵头' },
  ]
  it('says what is set and clears it in one click', async () => {
    const w = mount(FilterBar, { props: { defs, values: { state: 'done' } } })
    expect(w.find('select').classes()).toContain('set')
    await w.find('.link').trigger('click')
    expect(w.emitted('clear')).toHaveLength(1)
  })
  it('waits for the end of typing, and of an input method', async () => {
    vi.useFakeTimers()
    const w = mount(FilterBar, { props: { defs, values: {} } })
    const input = w.find('input[type=search]')
    ;(input.element as HTMLInputElement).value = 'xiao'
    await input.trigger('input', { isComposing: true })
    vi.advanceTimersByTime(1000)
    expect(w.emitted('set')).toBeUndefined()
    ;(input.element as HTMLInputElement).value = '消防'
    await input.trigger('compositionend')
    vi.advanceTimersByTime(1000)
    expect(w.emitted('set')).toEqual([['q', '消防']])
    vi.useRealTimers()
  })
})

describe('small blocks', () => {
  it('a status is a word, a colour and an icon; an unknown one is shown as it came', () => {
    const w = mount(StatusTag, { props: { status: 'overdue' } })
    expect(w.text()).toBe('已超期')
    expect(w.find('.bad svg').exists()).toBe(true)
    expect(mount(StatusTag, { props: { status: 'frozen' } }).text()).toBe('frozen')
  })
  it('a light has its word even where only the number is seen', () => {
    const w = mount(SignalLight, { props: { light: 'red', bare: true, count: 4 } })
    expect(w.find('.sr-only').text()).toBe('已超期 4 项')
  })
  it('a date is short, and whole on hover', () => {
    const w = mount(DateText, { props: { at: `${new Date().getFullYear()}-11-23` } })
    expect(w.text()).toBe('11-23')
    expect(w.find('time').attributes('title')).toContain('11月23日')
    expect(mount(DateText, { props: {} }).text()).toBe('未定')
  })
  it('a field tells its error to those who listen', () => {
    const w = mount(FormField, {
      props: { label: '次数', error: '填整数' },
      slots: {
        default: ({ field }: { field: Record<string, unknown> }) => String(field['aria-describedby']),
      },
    })
    expect(w.text()).toContain(w.find('.error').attributes('id')!)
  })
  it('a confirmation asks for the reason before it goes on', async () => {
    const w = mount(ConfirmDialog, {
      props: { modelValue: true, title: '退回任务', confirm: '退回', reason: '退回理由' },
      attachTo: document.body,
    })
    await new Promise((r) => setTimeout(r)) // the dialog opens a tick later
    const go = w.findAll('button').at(-1)!
    await go.trigger('click')
    expect(w.emitted('confirm')).toBeUndefined()
    await w.find('textarea').setValue(' 非本单位职责 ')
    await go.trigger('click')
    expect(w.emitted('confirm')).toEqual([['非本单位职责']])
    w.unmount()
  })
  it('a toast offers the way back for its seconds', async () => {
    vi.useFakeTimers()
    const undo = vi.fn()
    const w = mount(UndoToast, {
      props: { toast: { id: 1, text: '已签收', kind: 'done', seconds: 10, undo } },
    })
    vi.advanceTimersByTime(9000)
    expect(w.emitted('close')).toBeUndefined()
    vi.advanceTimersByTime(1000)
    expect(w.emitted('close')).toHaveLength(1)
    await w.find('button').trigger('click')
    expect(undo).toHaveBeenCalledOnce()
    vi.useRealTimers()
  })
  it('files that cannot be taken are refused with the reason', async () => {
    const w = mount(FileDrop, { props: { kinds: ['.docx'], max: 10, modelValue: [] } })
    const files = [new File(['0123456789ab'], '长.docx')]
    await w.find('label').trigger('drop', { dataTransfer: { files } })
    expect(w.find('[role=alert]').text()).toContain('超过 10 B 的上限')
    expect(w.emitted('update:modelValue')).toBeUndefined()
    expect(refusal(new File(['x'], 'a.doc'), ['.docx'], 10)).toContain('类型选 .docx')
    expect(refusal(new File(['x'], 'a.PDF'), ['.docx'], 10)).toContain('索取 Word 文件')
    expect(refusal(new File(['x'], 'a.xlsx'), ['.docx'], 10)).toContain('另存为 .docx')
    expect(refusal(new File(['x'], 'a.pdf'), ['.docx', '.pdf'], 10)).toBeUndefined()
    expect(refusal(new File([], 'a.DOCX'), ['.docx'], 10)).toContain('空文件')
    expect(refusal(new File(['x'], 'a.DOCX'), ['.docx'], 10)).toBeUndefined()
    expect([formatSize(1023), formatSize(1234), formatSize(32 << 20)]).toEqual(['1023 B', '1.2 KB', '32 MB'])
  })
})

describe('dates', () => {
  it('are those of Shanghai', () => {
    expect(formatDay('2026-11-22T16:30:00Z')).toBe('2026-11-23')
    expect(clock('2026-11-22T16:05:00Z')).toBe('00:05')
    expect(shortDay('2025-01-02', '2026-11-23')).toBe('2025-01-02')
    expect(shortDay('2026-01-02', '2026-11-23')).toBe('01-02')
    expect(daysBetween('2026-11-23', '2026-12-01')).toBe(8)
  })
})
