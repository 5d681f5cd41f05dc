// What still needs a look before a sheet is published. What is hard stops the publication; the rest is cleared
// by looking and saying so (checked).
import { live, type Named, type Sheet, type SheetTask } from './sheet'

export type Doubt = 'unmatched' | 'no_lead' | 'no_text' | 'guess' | 'year' | 'duty'

const hard: Doubt[] = ['unmatched', 'no_lead', 'no_text']
export const isHard = (d: Doubt) => hard.includes(d)
export const isOpen = (n: Named) => n.units.length === 0

export function doubts(t: SheetTask): Doubt[] {
  if (t.dropped) return []
  const names = [...t.lead, ...t.support]
  const out: Doubt[] = []
  if (!t.text.trim()) out.push('no_text')
  if (t.lead.length === 0) out.push('no_lead')
  if (names.some(isOpen)) out.push('unmatched')
  if (t.checked) return out
  if (names.some((n) => n.how === 'guess')) out.push('guess')
  if (t.year_assumed) out.push('year')
  if (dutyOpen(t)) out.push('duty')
  return out
}

/** The duty list speaks against the task, and nobody has decided yet. */
export function dutyOpen(t: SheetTask): boolean {
  const best = t.duty.matches[0]
  return Boolean(best) && t.duty.class === '' && (!t.duty.listed || best!.class === 'returned')
}

/** Whether the office has a duty list: without one, no task was compared with anything. */
export const hasDutyList = (s: Sheet) => s.tasks.some((t) => t.duty.matches.length > 0)

/** Keys of the tasks that need a look, in order. */
export const doubtful = (s: Sheet) =>
  live(s)
    .filter((t) => doubts(t).length > 0)
    .map((t) => t.key)
/** Keys of those that stop the publication. */
export const stopping = (s: Sheet) =>
  live(s)
    .filter((t) => doubts(t).some(isHard))
    .map((t) => t.key)
export const stops = (s: Sheet) => stopping(s).length
