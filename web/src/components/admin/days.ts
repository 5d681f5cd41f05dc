// The calendar of working days: a year's notice laid over the weeks. Days are '2026-02-15'; no time zones.
import type { components } from '@/api/schema'

export type HolidayYear = components['schemas']['HolidayYear']
export type Span = components['schemas']['DaySpan']

const dayMs = 86_400_000
const longest = 31 // days in one run, as the server has it
const pad = (n: number) => String(n).padStart(2, '0')

export const dayOf = (y: number, m: number, d: number) => `${y}-${pad(m)}-${pad(d)}`
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)
const fromUtc = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** A day that exists: not 2026-02-30. */
export const isDay = (v: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(v) && !Number.isNaN(utc(v)) && fromUtc(utc(v)) === v
/** 0 is Monday. */
export const weekday = (day: string) => (new Date(utc(day)).getUTCDay() + 6) % 7
export const isWeekend = (day: string) => weekday(day) >= 5
export const lengthOf = (s: Span) => Math.round((utc(s.last) - utc(s.first)) / dayMs) + 1

/** The days of a run; of one whose ends are wrong, none. */
export function daysOf(s: Span): string[] {
  if (!isDay(s.first) || !isDay(s.last)) return []
  const n = lengthOf(s)
  return n < 1 || n > longest ? [] : Array.from({ length: n }, (_, i) => fromUtc(utc(s.first) + i * dayMs))
}

export type Mark = 'off' | 'work' | 'weekend' | 'plain'
export interface Day {
  day: string
  date: number
  mark: Mark
  name?: string // of the holiday
  first?: boolean // of its run within the month: where the name may be written
}
export interface Month {
  month: number
  lead: number // empty cells before the first
  days: Day[]
  working: number
}

/** Twelve months of a year under every notice that is known: one may reach into December before. */
export function monthsOf(year: number, known: Pick<HolidayYear, 'off' | 'work'>[]): Month[] {
  const off = new Map<string, string>()
  const work = new Set<string>()
  for (const y of known) {
    for (const s of y.off) for (const d of daysOf(s)) off.set(d, s.name)
    for (const d of y.work) work.add(d)
  }
  return Array.from({ length: 12 }, (_, i) => {
    const month = i + 1
    const count = new Date(Date.UTC(year, month, 0)).getUTCDate()
    const days = Array.from({ length: count }, (_, k): Day => {
      const day = dayOf(year, month, k + 1)
      const name = off.get(day)
      const mark: Mark =
        name !== undefined ? 'off' : work.has(day) ? 'work' : isWeekend(day) ? 'weekend' : 'plain'
      return { day, date: k + 1, mark, name }
    })
    const working = days.filter((d) => d.mark === 'plain' || d.mark === 'work').length
    return { month, lead: weekday(dayOf(year, month, 1)), days, working }
  })
}

/** What is wrong with a year as entered: a code for the sentence, and the row that it is about. */
export interface Wrong {
  code:
    | 'notice'
    | 'issued'
    | 'none'
    | 'name'
    | 'dates'
    | 'order'
    | 'long'
    | 'year'
    | 'twice'
    | 'work_date'
    | 'work_year'
    | 'work_twice'
    | 'not_weekend'
  at: 'notice' | 'issued' | 'off' | 'work'
  row?: number
  day?: string
}

/** The same rules as the server's, each with its row: days of another year, ends exchanged, a day given twice. */
export function wrongsOf(y: HolidayYear): Wrong[] {
  const wrongs: Wrong[] = []
  const belongs = (d: string) => d >= dayOf(y.year - 1, 12, 1) && d <= dayOf(y.year, 12, 31)
  if (!y.notice.trim()) wrongs.push({ code: 'notice', at: 'notice' })
  if (!isDay(y.issued)) wrongs.push({ code: 'issued', at: 'issued' })
  if (y.off.length === 0) wrongs.push({ code: 'none', at: 'off' })
  const seen = new Set<string>()
  y.off.forEach((s, row) => {
    const say = (code: Wrong['code'], day?: string) => wrongs.push({ code, at: 'off', row, day })
    if (!s.name.trim()) return say('name')
    if (!isDay(s.first) || !isDay(s.last)) return say('dates')
    if (s.last < s.first) return say('order')
    if (lengthOf(s) > longest) return say('long')
    const days = daysOf(s)
    const stray = days.find((d) => !belongs(d))
    if (stray) return say('year', stray)
    const twice = days.find((d) => seen.has(d))
    for (const d of days) seen.add(d)
    if (twice) say('twice', twice)
  })
  y.work.forEach((d, row) => {
    const say = (code: Wrong['code']) => wrongs.push({ code, at: 'work', row, day: d })
    if (!isDay(d)) return say('work_date')
    if (!belongs(d)) return say('work_year')
    if (seen.has(d)) return say('work_twice')
    seen.add(d)
    if (!isWeekend(d)) say('not_weekend')
  })
  return wrongs
}

/** The holidays of every year (全国年节及纪念日放假办法), to be given their days. */
export const usual = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节']

export const emptyYear = (year: number): HolidayYear => ({
  year,
  notice: '',
  issued: '',
  off: usual.map((name) => ({ name, first: '', last: '' })),
  work: [],
})
