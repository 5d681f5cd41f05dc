// What the pages of tasks speak of: the types of the wire, and what follows from them.
import type { components } from '@/api/schema'
import type { Status } from '@/components/base/status'
import type { Key } from '@/i18n'

type S = components['schemas']
export type Task = S['Task']
export type Row = S['Row']
export type Mine = S['Mine']
export type Part = S['Part']
export type Tally = S['Tally']
export type Urge = S['Urge']
export type Report = S['Report']
export type Attachment = S['Attachment']
export type Rule = S['Rule']
export type Unit = S['Unit']
export type UnitLights = S['UnitLights']
export type Today = S['Today']
export type Message = S['Message']
export type Event = S['Event']
export type Light = Row['light']

/** How a unit's part is shown: the tag of the frame and the trade's word. */
export const partLook: Record<Part['state'], { status: Status; word: Key }> = {
  assigned: { status: 'unsigned', word: 'task.part.assigned' },
  signed: { status: 'active', word: 'task.part.signed' },
  returned: { status: 'returned', word: 'task.part.returned' },
  done: { status: 'done', word: 'task.part.done' },
  withdrawn: { status: 'draft', word: 'task.part.withdrawn' },
}

export const roleWord: Record<Part['role'], Key> = { lead: 'task.role.lead', support: 'task.role.support' }

/** The unit may still work on it. */
export const isOpenPart = (p: Part) => p.state === 'assigned' || p.state === 'signed'

/** Every lead unit has finished: the office can close the task out. */
export function leadsDone(t: Pick<Row, 'parts'>): boolean {
  const leads = t.parts.filter((p) => p.role === 'lead')
  return leads.length > 0 && leads.every((p) => p.state === 'done')
}

/** 2 of 7 units have finished. */
export const partsDone = (t: Pick<Row, 'parts'>) => t.parts.filter((p) => p.state === 'done').length

/** A unit one level below: a community's are its grids, everybody else's the communities and villages. */
export function isNext(u: Unit, of: Pick<Unit, 'place' | 'kind'>): boolean {
  const home = of.kind === 'community' || of.kind === 'village'
  if (home) return u.kind === 'grid' && u.place.startsWith(of.place)
  return (
    (u.kind === 'community' || u.kind === 'village') &&
    u.place.startsWith(of.place) &&
    u.place.length > of.place.length
  )
}

export const unitLabel = (u: { short: string; name: string }) => u.short || u.name

/** What a notice is about: the title that it announces, without whose it is and of which year. */
export function planName(title: string): string {
  const whole = /《(.+)》/.exec(title)?.[1] ?? title
  const rest = whole
    .replace(/^.{0,20}?关于(印发|转发|做好|开展)?/, '')
    .replace(/的(通知|意见|函)$/, '')
    .replace(/^[^《》“”]{0,15}?\d{4}年度?/, '')
  return rest.length >= 4 ? rest : whole
}
