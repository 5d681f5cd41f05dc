import { addMonths, ageOn, dayOf, dayText, inRange, parseDay, partsOf, weekdayOf } from '../day'
import { ExprError } from '../error'
import { Day, type Run } from '../run'
import { YearMissing } from '../workdays'
import type { Fn } from '.'

/** How many days or months a date can be moved by: a little more than all there are. */
const farthest = 4_000_000n

/** The date, or the failure of one beyond the years 1 to 9999. */
function moved(at: number, n: number): Day {
  if (n === 0) throw new ExprError('expr_date', '', at)
  return new Day(n)
}

function by(at: number, n: bigint): number {
  if (n < -farthest || n > farthest) throw new ExprError('expr_date', '', at)
  return Number(n)
}

const part = (i: 0 | 1 | 2) => (_: Run, __: number, d: Day) => BigInt(partsOf(d.n)[i])

/** Answers from the calendar, or the failure of a year without holidays. */
function known<T>(at: number, answer: () => T): T {
  try {
    return answer()
  } catch (e) {
    if (!(e instanceof YearMissing)) throw e
    throw e.year === 0
      ? new ExprError('expr_date', '', at)
      : new ExprError('expr_calendar', String(e.year), at)
  }
}

export const dates: Record<string, Fn> = {
  add_days: (_, at, d: Day, n: bigint) => moved(at, inRange(d.n + by(at, n))),
  subtract_days: (_, at, d: Day, n: bigint) => moved(at, inRange(d.n - by(at, n))),
  subtract_dates: (_, __, a: Day, b: Day) => BigInt(a.n - b.n),
  days: (_, __, from: Day, to: Day) => BigInt(to.n - from.n),
  date_of_text: (_, at, s: string) => moved(at, parseDay(s)),
  date_of_parts(_, at, y: bigint, m: bigint, d: bigint) {
    if (y < 1n || y > 9999n || m < 1n || m > 12n || d < 1n || d > 31n) return moved(at, 0)
    const n = dayOf(Number(y), Number(m), Number(d))
    return moved(at, n !== 0 && BigInt(partsOf(n)[1]) === m ? n : 0) // 30 February is not 2 March
  },
  text_of_date: (_, __, d: Day) => dayText(d.n),
  year: part(0),
  month: part(1),
  day: part(2),
  weekday: (_, __, d: Day) => BigInt(weekdayOf(d.n)),
  add_months: (_, at, d: Day, n: bigint) => moved(at, addMonths(d.n, by(at, n))),
  age(_, at, birth: Day, on: Day) {
    const n = ageOn(birth.n, on.n)
    if (n < 0) throw new ExprError('expr_range', 'age', at)
    return BigInt(n)
  },
  workdays(run, at, from: Day, to: Day) {
    run.charge(at, Math.abs(to.n - from.n))
    return known(at, () => BigInt(run.days.between(from.n, to.n)))
  },
  is_workday: (run, at, d: Day) => known(at, () => run.days.is(d.n)),
  add_workdays(run, at, d: Day, n: bigint) {
    const count = by(at, n)
    run.charge(at, Math.abs(count))
    return known(at, () => moved(at, run.days.add(d.n, count)))
  },
}
