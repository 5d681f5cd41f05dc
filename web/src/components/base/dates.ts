// Dates as offices write them. Days come as '2026-11-23', moments as RFC 3339 UTC and are shown in Shanghai,
// wherever the browser stands.
import { lang } from '@/i18n'

const shanghai = 'Asia/Shanghai'
const isDay = (v: string) => /^\d{4}-\d{2}-\d{2}$/.test(v)

interface Parts {
  year: string
  month: string
  day: string
  hour: string
  minute: string
}

function parts(at: Date): Parts {
  const list = new Intl.DateTimeFormat('en-CA', {
    timeZone: shanghai,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at)
  return Object.fromEntries(list.map((p) => [p.type, p.value])) as unknown as Parts
}

/** '2026-11-23' in Shanghai. */
export function formatDay(at: Date | string): string {
  if (typeof at === 'string' && isDay(at)) return at
  const p = parts(new Date(at))
  return `${p.year}-${p.month}-${p.day}`
}

/** '11-23'; with the year where it is not this one: '2025-11-23'. */
export function shortDay(at: string, today = formatDay(new Date())): string {
  const day = formatDay(at)
  return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day
}

/** '09:12' */
export function clock(at: string): string {
  const p = parts(new Date(at))
  return `${p.hour}:${p.minute}`
}

/** '2026年11月23日 星期一', with the time for a moment: what hovering shows. */
export function fullDate(at: string): string {
  const day = formatDay(at)
  const words = new Intl.DateTimeFormat(lang.value, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
  }).format(new Date(`${day}T00:00:00Z`))
  return isDay(at) ? words : `${words} ${clock(at)}`
}

/** '2026-11-22' for -1 from '2026-11-23'. */
export const addDays = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)

/** Days from one day to another; negative where it has passed. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
