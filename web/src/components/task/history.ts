// What happened to a task, in plain sentences: '将完成时限由 11-25 改为 11-30'.
import { shortDay } from '@/components/base/dates'
import type { HistoryEntry } from '@/components/base/HistoryList.vue'
import { tt } from '@/i18n'
import type { Event } from './types'

type Doc = Record<string, unknown>
const text = (v: unknown) => (typeof v === 'string' ? v : '')
const list = (v: unknown): string[] => (Array.isArray(v) ? v.filter((x) => typeof x === 'string') : [])
const names = (v: unknown) => list(v).join(tt('task.history.and'))
const day = (v: unknown) => (text(v) ? shortDay(text(v)) : tt('task.history.no_day'))
const quoted = (v: unknown) => tt('task.history.quoted', { text: text(v) })

const classes = ['basic', 'supporting', 'returned', 'unlisted'] as const
function dutyWord(v: unknown): string {
  const c = classes.find((x) => x === v)
  return c ? tt(`task.duty.${c}`) : tt('task.duty.none')
}

/** What an edit changed, one clause for each thing. */
function changes(before: Doc, after: Doc): string {
  const said: string[] = []
  if ('due' in after) said.push(tt('task.history.due', { from: day(before.due), to: day(after.due) }))
  if ('from' in after) said.push(tt('task.history.from', { from: day(before.from), to: day(after.from) }))
  if ('heading' in after) {
    said.push(tt('task.history.heading', { from: quoted(before.heading), to: quoted(after.heading) }))
  }
  if ('text' in after) said.push(tt('task.history.text'))
  if ('units' in after) {
    const had = list(before.units)
    const has = list(after.units)
    const added = has.filter((u) => !had.includes(u))
    const gone = had.filter((u) => !has.includes(u))
    if (added.length) said.push(tt('task.history.units_added', { units: names(added) }))
    if (gone.length) said.push(tt('task.history.units_gone', { units: names(gone) }))
    if (!added.length && !gone.length) said.push(tt('task.history.units_roles'))
  }
  return said.length > 0 ? said.join(tt('task.history.then')) : tt('task.history.unchanged')
}

/** What a report held, beside its words. */
function reported(after: Doc): string {
  const figures = list(after.figures)
  const files = typeof after.files === 'number' ? after.files : 0
  return [
    figures.length > 0 ? tt('task.history.figures', { figures: figures.join(tt('task.history.and')) }) : '',
    files > 0 ? tt('task.history.files', { n: files }) : '',
    text(after.words) ? quoted(after.words) : '',
  ]
    .filter(Boolean)
    .join(tt('task.history.then'))
}

const colon = (head: string, rest: string) => (rest ? tt('task.history.colon', { head, rest }) : head)

/** The sentence of one event. A verb that this page does not know is shown as it is, never dropped. */
export function sentence(e: Pick<Event, 'verb' | 'before' | 'after'>): { text: string; reason?: string } {
  const before = (e.before ?? {}) as Doc
  const after = (e.after ?? {}) as Doc
  const unit = text(after.unit)
  const units = names(after.units)
  const reason = text(after.reason) || undefined
  switch (e.verb) {
    case 'task.create':
      return { text: tt('task.history.create', { units, due: day(after.due) }) }
    case 'task.sign':
      return { text: tt('task.history.sign', { unit }) }
    case 'task.report':
      return { text: colon(tt('task.history.report', { unit }), reported(after)) }
    case 'task.finish':
      return { text: colon(tt('task.history.finish', { unit }), reported(after)) }
    case 'task.return':
      return { text: tt('task.history.return', { unit }), reason }
    case 'task.resend':
      return { text: colon(tt('task.history.resend', { unit }), quoted(after.words)) }
    case 'task.hand':
      return {
        text: text(before.person)
          ? tt('task.history.hand_from', { unit, from: text(before.person), to: text(after.person) })
          : tt('task.history.hand', { unit, to: text(after.person) }),
      }
    case 'task.split':
      return { text: tt('task.history.split', { unit, units, n: list(after.units).length }) }
    case 'task.edit':
      return { text: changes(before, after), reason }
    case 'task.close':
      return { text: tt('task.history.close'), reason }
    case 'task.drop':
      return { text: tt('task.history.drop'), reason }
    case 'task.reopen':
      return { text: tt('task.history.reopen'), reason }
    case 'task.urge':
    case 'task.supervise': {
      const head = tt(e.verb === 'task.urge' ? 'task.history.urge' : 'task.history.supervise', { units })
      const by = text(after.answer_by) ? tt('task.history.answer_by', { day: day(after.answer_by) }) : ''
      return { text: colon(head + by, quoted(after.words)) }
    }
    case 'task.answer':
      return { text: colon(tt('task.history.answer', { unit }), quoted(after.words)) }
    case 'task.duty':
      return { text: tt('task.history.duty', { from: dutyWord(before.class), to: dutyWord(after.class) }) }
  }
  return { text: e.verb, reason }
}

export const entryOf = (e: Event): HistoryEntry => ({
  id: String(e.id),
  at: e.at,
  who: e.actor,
  ...sentence(e),
})
