import { beforeAll, describe, expect, it } from 'vitest'
import { setLang } from '@/i18n'
import { emptyYear, monthsOf, wrongsOf, type HolidayYear } from './days'
import { grantOf, grantWords, holds, rowErrors, rowOf } from './grants'
import { readNotice, yearIn } from './holidayNotice'
import { ancestorsOf, depthIn, levelOf, nextCode, rootsOf, stepsOf } from './places'
import { byKind, matches, reorder, settledNames, withTyped, type Unit } from './units'

beforeAll(() => setLang('zh-CN'))

describe('places', () => {
  it('have a level by their length, ancestors by their prefixes', () => {
    expect(levelOf('990101001')).toBe('street')
    expect([levelOf('9901010'), levelOf(''), levelOf('99a')]).toEqual([undefined, undefined, undefined])
    expect(ancestorsOf('990101001002')).toEqual(['99', '9901', '990101', '990101001'])
    expect(rootsOf(['990101001', '00', '99', '9901'])).toEqual(['00', '99'])
    expect(depthIn('990101001002', new Set(['990101', '990101001']))).toBe(2)
  })
  it('get the next code that is free', () => {
    expect(nextCode('990101001', ['990101001001', '990101001006', '990101002009'])).toBe('990101001007')
    expect(nextCode('990101', [])).toBe('990101001')
    expect(nextCode('99', ['9999'])).toBe('99') // full: the clerk says
    expect(nextCode('', ['99'])).toBe('')
  })
  it('are explained while they are typed', () => {
    const names = new Map([
      ['99', '云州省'],
      ['9901', '云中市'],
    ])
    expect(stepsOf('990101001', names).map((s) => [s.digits, s.level, s.name])).toEqual([
      ['99', 'province', '云州省'],
      ['01', 'city', '云中市'],
      ['01', 'county', undefined],
      ['001', 'street', undefined],
    ])
    expect(stepsOf('99010', names).at(-1)).toMatchObject({ digits: '0', level: undefined })
    expect(stepsOf('', names)).toEqual([])
  })
})

describe('grants', () => {
  const names = {
    place: (c: string) => (c === '990101001' ? '青石街道' : undefined),
    unit: (id: string) => (id === 'u1' ? '司法所' : undefined),
  }
  it('read as words', () => {
    expect(grantWords({ role: 'clerk', place: '990101001' }, names)).toBe('办公室经办人 · 青石街道')
    expect(grantWords({ role: 'staff', unit: 'u1' }, names)).toBe('单位工作人员 · 司法所')
    expect(grantWords({ role: 'staff', unit: 'u9' }, names)).toContain('停用')
    expect(grantWords({ role: 'admin' }, names)).toBe('系统管理员 · 全部地方')
  })
  it('hold for a place and all below it', () => {
    const g = [
      { role: 'clerk', place: '990101001' },
      { role: 'staff', unit: 'u1' },
    ]
    expect(holds(g, '990101001002', 'clerk', 'admin')).toBe(true)
    expect(holds(g, '990101', 'clerk')).toBe(false)
    expect(holds([{ role: 'staff', unit: 'u1' }], '99', 'staff')).toBe(false)
    expect(holds([{ role: 'admin' }], '99', 'admin')).toBe(true)
  })
  it('go to the form and back', () => {
    for (const g of [{ role: 'staff', unit: 'u1' }, { role: 'leader', place: '99' }, { role: 'admin' }]) {
      expect(grantOf(rowOf(g))).toEqual(g)
    }
  })
  it('say what a row lacks', () => {
    const errors = rowErrors([
      { role: '', scope: '' },
      { role: 'staff', scope: '' },
      { role: 'clerk', scope: '99' },
      { role: 'clerk', scope: '99' },
      { role: 'admin', scope: '', everywhere: true },
    ])
    expect(errors.map(Boolean)).toEqual([true, true, false, true, false])
  })
})

describe('units', () => {
  const unit = (id: string, seq: number, more: Partial<Unit> = {}): Unit => ({
    id,
    name: id,
    short: '',
    kind: 'section',
    place: '990101001',
    seq,
    version: 1,
    aliases: [],
    ...more,
  })
  it('stand by kind, place and number; an unknown kind is another', () => {
    const groups = byKind([
      unit('b', 20),
      unit('a', 10),
      unit('x', 5, { kind: 'troupe' }),
      unit('o', 1, { kind: 'office' }),
    ])
    expect(groups.map((g) => [g.kind, g.units.map((u) => u.id).join('')])).toEqual([
      ['office', 'o'],
      ['section', 'ab'],
      ['other', 'x'],
    ])
  })
  it('change places with their neighbour', () => {
    const list = [unit('a', 10), unit('b', 20), unit('c', 30)]
    expect(reorder(list, 'b', -1).map((m) => [m.unit.id, m.seq])).toEqual([
      ['b', 10],
      ['a', 20],
    ])
    expect(reorder(list, 'a', -1)).toEqual([])
    expect(reorder(list, 'c', 1)).toEqual([])
    const same = [unit('a', 7), unit('b', 7), unit('c', 7)]
    expect(reorder(same, 'a', 1).map((m) => [m.unit.id, m.seq])).toEqual([
      ['a', 17],
      ['c', 27],
    ])
  })
  it('are found by any of their names', () => {
    const u = unit('青石司法所', 1, { short: '司法所', aliases: ['普法办'] })
    expect(['普法', '司法', ' '].map((w) => matches(u, w))).toEqual([true, true, true])
    expect(matches(u, '民政')).toBe(false)
  })
  it('take names as they are typed', () => {
    expect(withTyped(['甲'], ' 乙、甲，丙 ')).toEqual(['甲', '乙', '丙'])
    expect(withTyped([], '  ')).toEqual([])
  })
  it('share a settled name', () => {
    const list = [unit('a', 1, { aliases: ['各有关社区', '甲'] }), unit('b', 2, { aliases: ['各有关社区'] })]
    expect(
      settledNames(list)
        .map((s) => `${s.name}:${s.units.map((u) => u.id).join('')}`)
        .sort(),
    ).toEqual(['各有关社区:ab', '甲:a'])
  })
})

const y2026: HolidayYear = {
  year: 2026,
  notice: '国办发明电〔2025〕7号',
  issued: '2025-11-04',
  off: [
    { name: '元旦', first: '2026-01-01', last: '2026-01-03' },
    { name: '春节', first: '2026-02-15', last: '2026-02-23' },
  ],
  work: ['2026-01-04', '2026-02-14'],
}

describe('the calendar', () => {
  it('has twelve months with their marks', () => {
    const months = monthsOf(2026, [y2026])
    expect(months).toHaveLength(12)
    expect(months[0]).toMatchObject({ month: 1, lead: 3 }) // 2026-01-01 is a Thursday
    expect(months[0]!.days.slice(0, 5).map((d) => d.mark)).toEqual(['off', 'off', 'off', 'work', 'plain'])
    expect(months[0]!.days[9]!.mark).toBe('weekend')
    expect(months[0]!.working).toBe(31 - 9 - 2 + 1) // nine weekend days, two weekdays off, one Sunday worked
    expect(months[1]!.days).toHaveLength(28)
  })
  it('takes December from the notice of the year after', () => {
    const next = { off: [{ name: '元旦', first: '2026-12-31', last: '2027-01-02' }], work: [] }
    expect(monthsOf(2026, [y2026, next])[11]!.days[30]).toMatchObject({ mark: 'off', name: '元旦' })
  })
  it('finds what is mistyped, with its row', () => {
    expect(wrongsOf(y2026)).toEqual([])
    const bad: HolidayYear = {
      year: 2027,
      notice: ' ',
      issued: '',
      off: [
        { name: '元旦', first: '2027-01-03', last: '2027-01-01' },
        { name: '春节', first: '2026-02-05', last: '2026-02-11' },
        { name: '清明节', first: '2027-04-03', last: '2027-04-05' },
        { name: '', first: '', last: '' },
        { name: '劳动节', first: '', last: '' },
        { name: '又一节', first: '2027-04-05', last: '2027-04-06' },
      ],
      work: ['2027-04-07', '2027-04-03', '', '2026-11-29'],
    }
    expect(wrongsOf(bad).map((w) => `${w.at}${w.row ?? ''} ${w.code}`)).toEqual([
      'notice notice',
      'issued issued',
      'off0 order',
      'off1 year',
      'off3 name',
      'off4 dates',
      'off5 twice',
      'work0 not_weekend',
      'work1 work_twice',
      'work2 work_date',
      'work3 work_year',
    ])
    expect(wrongsOf(emptyYear(2027)).length).toBeGreaterThan(7)
  })
})

describe('a pasted notice', () => {
  const text = `国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
各省、自治区、直辖市人民政府：
经国务院批准，现将2027年元旦、春节放假调休日期的具体安排通知如下。
一、元旦：2026年12月31日（周四）至1月2日（周六）放假调休，共3天。1月3日（周日）上班。
二、春节：2月5日（周五、除夕）至 11日（周四）放假调休，共7天。1月31日（周日）、2月14日(周日)上班。
三、清明节：４月5日（周一）放假，共1天。
四、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2026年11月10日`
  it('fills the form', () => {
    expect(yearIn(text)).toBe(2027)
    const y = readNotice(text, 2027)!
    expect(y).toMatchObject({ notice: '国办发明电〔2026〕9号', issued: '2026-11-10' })
    expect(y.off).toEqual([
      { name: '元旦', first: '2026-12-31', last: '2027-01-02' },
      { name: '春节', first: '2027-02-05', last: '2027-02-11' },
      { name: '清明节', first: '2027-04-05', last: '2027-04-05' },
      { name: '国庆节', first: '2027-10-01', last: '2027-10-07' },
    ])
    expect(y.work).toEqual(['2027-01-03', '2027-01-31', '2027-02-14', '2027-09-26', '2027-10-09'])
    expect(wrongsOf(y)).toEqual([])
  })
  it('may be something else', () => {
    expect(readNotice('关于开展消防检查的通知', 2027)).toBeUndefined()
    expect(readNotice('一、消防：13月45日放假', 2027)).toBeUndefined()
    expect(yearIn('')).toBeUndefined()
  })
})
