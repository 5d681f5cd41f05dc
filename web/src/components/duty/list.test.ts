import { describe, expect, it } from 'vitest'
import { categories, chosen, countBy, difference, faultText, type Class, type Item } from './list'

const item = (no: string, cls: Class, name: string, more: Partial<Item> = {}): Item => ({
  id: `${cls}-${no}`,
  no,
  class: cls,
  category: '',
  name,
  higher_unit: '',
  higher_duty: '',
  local_duty: '',
  taken_back_by: '',
  method: '',
  note: '',
  ...more,
})
const items = [
  item('1', 'basic', '基层党组织建设', { category: '党的建设' }),
  item('1', 'supporting', '征地拆迁', { category: '城乡建设', local_duty: '协助入户调查' }),
  item('1', 'returned', '能耗核查', { category: '城乡建设', taken_back_by: '县发展和改革局' }),
]

describe('the duty list', () => {
  it('is chosen from by category and by words anywhere in the item', () => {
    expect(chosen(items, {}).length).toBe(3)
    expect(chosen(items, { category: '城乡建设' }).map((i) => i.name)).toEqual(['征地拆迁', '能耗核查'])
    expect(chosen(items, { q: '入户  征地' }).map((i) => i.name)).toEqual(['征地拆迁'])
    expect(chosen(items, { q: '发展', category: '党的建设' })).toEqual([])
    expect(categories(items)).toEqual(['党的建设', '城乡建设'])
    expect(countBy(items)).toEqual({ basic: 1, supporting: 1, returned: 1 })
  })
  it('says what an import changes', () => {
    const after = [items[0]!, item('2', 'basic', '新事项')]
    expect(difference(items, after)).toEqual({ added: 1, gone: 2 })
  })
  it('shows faults without what has its own column', () => {
    const f = (sentence: string) => faultText({ sheet: '基本', row: 3, sentence })
    expect(f('“基本”第3行：没有事项名称，未导入。')).toBe('没有事项名称，未导入。')
    expect(f('“基本”：没有找到清单表头，整张表未导入。')).toBe('没有找到清单表头，整张表未导入。')
    expect(f('Sheet 基本, row 3: no name; left out.')).toBe('No name; left out.')
    expect(f('事项“甲”与前面的重复')).toBe('事项“甲”与前面的重复')
  })
})
