import { inRange, parseDay, partsOf, weekdayOf } from './day'

/** What the server says of a year (GET /api/v1/holidays). */
export interface HolidayYear {
  year: number
  off: { first: string; last: string }[]
  work: string[]
}

/** A year without holidays was touched, or a day beyond the calendar (year 0). */
export class YearMissing extends Error {
  constructor(readonly year: number) {
    super(`no holidays for ${year}`)
  }
}

/** Working days with the days that are moved around the holidays, as the server counts them (calendar/). */
export class Workdays {
  private readonly years = new Set<number>()
  private readonly off = new Map<number, boolean>() // false: a weekend that is worked

  constructor(years: HolidayYear[]) {
    // In order, so that a notice that reaches back into December wins.
    for (const y of [...years].sort((a, b) => a.year - b.year)) {
      this.years.add(y.year)
      for (const s of y.off)
        for (let d = parseDay(s.first), last = parseDay(s.last); d <= last; d++) this.off.set(d, true)
      for (const d of y.work) this.off.set(parseDay(d), false)
    }
  }

  private know(day: number) {
    if (day === 0) throw new YearMissing(0)
    const [year] = partsOf(day)
    if (!this.years.has(year)) throw new YearMissing(year)
  }

  is(day: number): boolean {
    this.know(day)
    const off = this.off.get(day)
    return off === undefined ? weekdayOf(day) < 6 : !off
  }

  /** Counts those after from up to and including to; negative where to is earlier. */
  between(from: number, to: number): number {
    this.know(from)
    this.know(to)
    const step = to < from ? -1 : 1
    let n = 0
    for (let d = from; d !== to;) {
      d += step
      if (this.is(d)) n += step
    }
    return n
  }

  /** The n-th working day after a day, before it for negative n. */
  add(day: number, n: number): number {
    this.know(day)
    const step = n < 0 ? -1 : 1
    let d = day
    for (let left = Math.abs(n); left > 0;) {
      d = inRange(d + step)
      if (this.is(d)) left--
    }
    return d
  }
}
