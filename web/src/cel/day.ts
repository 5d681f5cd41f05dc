// Days without a time, counted as the server counts them (calendar/date.go): 1 is 0001-01-01, 0 is none.

export const lastDay = 3652059 // 9999-12-31

/** The day of the proleptic Gregorian calendar; months and days out of range roll over. */
export function dayOf(year: number, month: number, day: number): number {
  const y = year + Math.floor((month - 1) / 12)
  const m = ((((month - 1) % 12) + 12) % 12) + 1
  // Years from March, so that the leap day is the last.
  const shifted = m <= 2 ? y - 1 : y
  const ofYear = Math.floor((153 * ((m + 9) % 12) + 2) / 5) + day - 1
  const n =
    365 * shifted +
    Math.floor(shifted / 4) -
    Math.floor(shifted / 100) +
    Math.floor(shifted / 400) +
    ofYear -
    305
  return inRange(n)
}

export const inRange = (n: number) => (n < 1 || n > lastDay ? 0 : n)

export function partsOf(n: number): [year: number, month: number, day: number] {
  const z = n + 305 // days since 0000-03-01
  const era = Math.floor(z / 146097)
  const ofEra = z - era * 146097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * ofYear + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return [year, month, ofYear - Math.floor((153 * mp + 2) / 5) + 1]
}

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (n: number) => ((n + 6) % 7) + 1

/** Reads 2026-01-05 and nothing else; 0 for what is no date. */
export function parseDay(s: string): number {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(s)
  if (!m) return 0
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])]
  const n = year < 1 || month < 1 || month > 12 || day < 1 ? 0 : dayOf(year, month, day)
  return n !== 0 && partsOf(n)[1] === month ? n : 0
}

const pad = (n: number, width: number) => String(n).padStart(width, '0')

export function dayText(n: number): string {
  const [y, m, d] = partsOf(n)
  return `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`
}

/** The matching day n months later, or that month's last day where it has no such day. */
export function addMonths(day: number, n: number): number {
  if (n > 12 * 9999 || n < -12 * 9999) return 0
  const [y, m, d] = partsOf(day)
  const first = dayOf(y, m + n, 1)
  if (first === 0) return 0
  const [fy, fm] = partsOf(first)
  const next = dayOf(fy, fm + 1, 1)
  const last = (next === 0 ? lastDay + 1 : next) - first
  return first + Math.min(d, last) - 1
}

/** Full years; -1 where the birth lies after the day. Born on 29 February: full on 1 March in common years. */
export function ageOn(birth: number, on: number): number {
  if (birth > on) return -1
  const [by, bm, bd] = partsOf(birth)
  const [y, m, d] = partsOf(on)
  return y - by - (m < bm || (m === bm && d < bd) ? 1 : 0)
}
