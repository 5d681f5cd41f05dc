// A scale of days: where a day lies between the first and the last, in percent.
const day = 86_400_000
const ms = (iso: string) => Date.parse(`${iso}T00:00:00Z`)
const iso = (t: number) => new Date(t).toISOString().slice(0, 10)

export interface Bar {
  left: number // percent
  width: number // percent; a single day has the width of a day
}
export interface Tick {
  day: string
  left: number
}
export interface Scale {
  from: string
  to: string
  days: number
  bar(from: string, to: string): Bar
  at(day: string): number
  ticks(unit: 'month' | 'week'): Tick[]
}

/** The scale that holds all the days, and today, with whole months around them. Undefined without days. */
export function scaleOf(days: string[], today: string): Scale | undefined {
  const known = days.filter(Boolean)
  if (known.length === 0) return
  const all = [...known, today].sort()
  const from = `${all[0]!.slice(0, 7)}-01`
  const last = new Date(ms(all.at(-1)!))
  const end = Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 1) // the day after
  const start = ms(from)
  const span = end - start
  const at = (d: string) => ((ms(d) - start) / span) * 100
  return {
    from,
    to: iso(end - day),
    days: Math.round(span / day),
    at,
    // both ends belong to it; an open end is a day
    bar(a, b) {
      const [x, y] = [ms(a || b), ms(b || a)]
      return { left: ((x - start) / span) * 100, width: ((y - x + day) / span) * 100 }
    },
    ticks(unit) {
      const out: Tick[] = []
      if (unit === 'month') {
        for (let t = start; t < end;) {
          out.push({ day: iso(t), left: ((t - start) / span) * 100 })
          const d = new Date(t)
          t = Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 1)
        }
      } else {
        const offset = (8 - new Date(start).getUTCDay()) % 7 // the first Monday
        for (let t = start + offset * day; t < end; t += 7 * day)
          out.push({ day: iso(t), left: ((t - start) / span) * 100 })
      }
      return out
    },
  }
}
