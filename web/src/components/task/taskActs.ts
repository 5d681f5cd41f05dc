// What one may do with a task now, the likely thing last and filled.
import type { Key } from '@/i18n'
import { isOpenPart, leadsDone, type Part, type Task } from './types'

export type Act =
  | 'sign'
  | 'report'
  | 'return'
  | 'hand'
  | 'split'
  | 'urge'
  | 'supervise'
  | 'edit'
  | 'close'
  | 'drop'
  | 'reopen'
  | 'resend'
  | 'duty'

export interface Choices {
  main?: Act
  others: Act[] // as buttons
  more: Act[] // behind 更多
}

/** The part that the reader works on: the first that is still open, or else the first. */
export function myPart(t: Task, wanted?: string): Part | undefined {
  const mine = t.parts.filter((p) => t.may.parts.includes(p.id))
  return mine.find((p) => p.id === wanted) ?? mine.find(isOpenPart) ?? mine[0]
}

export function choicesOf(t: Task, part: Part | undefined): Choices {
  if (t.state !== 'open')
    return t.may.reopen ? { main: 'reopen', others: [], more: [] } : { others: [], more: [] }
  const unit: Act[] = []
  const canWork = part && isOpenPart(part)
  if (canWork) {
    unit.push('return', 'hand')
    if (part.role === 'lead' && !t.parent) unit.push('split')
    unit.push('report')
    if (part.state === 'assigned') unit.push('sign')
  }
  const office: Act[] = []
  if (t.may.urge) office.push('urge', 'supervise')
  if (t.may.edit) office.push('edit')
  if (t.may.close) office.push('close')
  const more: Act[] = [
    ...(t.may.edit ? (['duty'] as const) : []),
    ...(t.may.close ? (['drop'] as const) : []),
  ]

  const ready = t.may.close && leadsDone(t)
  const main: Act | undefined = ready
    ? 'close'
    : canWork
      ? part.state === 'assigned'
        ? 'sign'
        : 'report'
      : undefined
  const all = ready ? [...unit, ...office] : [...office, ...unit]
  return { main, others: all.filter((a) => a !== main), more }
}

/** Why there is nothing to do, or what now can be done: one sentence over the facts. */
export function noteOf(t: Task, part: Part | undefined): Key | undefined {
  if (t.state === 'closed') return 'task.view.closed_note'
  if (t.state === 'dropped') return 'task.view.dropped_note'
  if (t.may.close && leadsDone(t)) return 'task.view.ready_to_close'
  if (part?.state === 'returned') return 'task.view.waiting_office'
  if (part?.state === 'done') return 'task.view.finished_part'
}
