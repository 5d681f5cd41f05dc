// A notice under correction: what a clerk can do to it, as plain functions over one document. Each changes the
// sheet that it is given; useSheet hands it a copy and keeps the history.
import type { components } from '@/api/schema'

type S = components['schemas']
export type Sheet = S['Sheet']
export type SheetTask = S['SheetTask']
export type SheetStage = S['SheetStage']
export type Named = S['Named']
export type Quota = S['SheetQuota']
export type Block = S['Block']
export type Span = S['Span']
export type Role = 'lead' | 'support'

export const taskOf = (s: Sheet, key: string) => s.tasks.find((t) => t.key === key)
export const live = (s: Sheet) => s.tasks.filter((t) => !t.dropped)

/** The units that will be told when the sheet is published. */
export const unitsOf = (s: Sheet) =>
  new Set(live(s).flatMap((t) => [...t.lead, ...t.support].flatMap((n) => n.units)))

/** Names that mean no unit yet, once each, in the order of the notice. */
export const unmatched = (s: Sheet) => [
  ...new Set(
    live(s).flatMap((t) => [...t.lead, ...t.support].filter((n) => n.units.length === 0).map((n) => n.name)),
  ),
]

function freshKey(s: Sheet): string {
  for (let i = s.tasks.length + 1; ; i++) if (!taskOf(s, `n${i}`)) return `n${i}`
}

const emptyDuty = (): SheetTask['duty'] => ({ matches: [], listed: false, item: '', class: '' })

/** A heading for a text that has none: its first clause. */
export function headingOf(text: string): string {
  const first = text.trim().split(/[。；;\n]/)[0] ?? ''
  return first.length > 30 ? `${first.slice(0, 29)}…` : first
}

/** Cuts a task in two at a place of its text. False: nothing would be left on one side. */
export function split(s: Sheet, key: string, at: number, blocks: Block[]): string | undefined {
  const i = s.tasks.findIndex((t) => t.key === key)
  const task = s.tasks[i]
  if (!task) return
  const [head, tail] = [task.text.slice(0, at).trimEnd(), task.text.slice(at).trimStart()]
  if (!head || !tail) return
  const [before, after] = splitSpans(task.at, tail, blocks)
  const second: SheetTask = {
    ...structuredClone(task),
    key: freshKey(s),
    path: `${task.path}+`,
    heading: headingOf(tail),
    text: tail,
    quotas: task.quotas.filter((q) => tail.includes(q.text) && !head.includes(q.text)),
    at: after,
    duty: emptyDuty(),
    checked: false,
  }
  task.text = head
  task.at = before
  task.quotas = task.quotas.filter((q) => !second.quotas.some((x) => x.text === q.text))
  s.tasks.splice(i + 1, 0, second)
  return second.key
}

/** Where the second part stands in the document; both keep the whole where it cannot be told. */
function splitSpans(at: Span[], tail: string, blocks: Block[]): [Span[], Span[]] {
  const probe = tail.slice(0, 8)
  for (const [i, span] of at.entries()) {
    const found = (blocks[span.block]?.text ?? '').indexOf(probe, span.start)
    if (found < 0 || found >= span.end) continue
    const before = [...at.slice(0, i), { ...span, end: found }].filter((x) => x.end > x.start)
    return [before, [{ ...span, start: found }, ...at.slice(i + 1)]]
  }
  return [at, at]
}

/** Puts a task behind the one above it and takes over what it asks for. */
export function mergeUp(s: Sheet, key: string): string | undefined {
  const i = s.tasks.findIndex((t) => t.key === key)
  const task = s.tasks[i]
  let j = i - 1
  while (j >= 0 && s.tasks[j]!.dropped) j--
  const above = s.tasks[j]
  if (!task || !above) return
  above.text = `${above.text}\n${task.text}`
  const known = new Set([...above.lead, ...above.support].map((n) => n.name))
  above.lead.push(...task.lead.filter((n) => !known.has(n.name)))
  above.support.push(...task.support.filter((n) => !known.has(n.name)))
  above.quotas.push(...task.quotas)
  above.at.push(...task.at)
  if (task.due > above.due) above.due = task.due
  if (task.from && (!above.from || task.from < above.from)) above.from = task.from
  above.checked = false
  s.tasks.splice(i, 1)
  return above.key
}

/** Makes a task of a piece of the document, or an empty one at the end. */
export function add(s: Sheet, from?: { block: number; start: number; end: number; text: string }): string {
  const task: SheetTask = {
    key: freshKey(s),
    path: '',
    section: '',
    heading: from ? headingOf(from.text) : '',
    text: from?.text.trim() ?? '',
    stage: '',
    lead: [],
    support: [],
    quotas: [],
    from: '',
    due: '',
    due_text: '',
    year_assumed: false,
    at: from ? [{ block: from.block, start: from.start, end: from.end }] : [],
    duty: emptyDuty(),
    checked: false,
    dropped: false,
  }
  let i = s.tasks.length
  if (from) {
    const behind = s.tasks.findIndex(
      (t) => t.at[0] && (t.at[0].block - from.block || t.at[0].start - from.start) > 0,
    )
    if (behind >= 0) i = behind
  }
  task.section = (s.tasks[i - 1] ?? s.tasks[i])?.section ?? ''
  s.tasks.splice(i, 0, task)
  return task.key
}

/** Says which units a name means, in every task where the same name is still open. */
export function settle(s: Sheet, name: string, units: string[]) {
  for (const n of s.tasks.flatMap((t) => [...t.lead, ...t.support])) {
    if (n.name === name && (n.units.length === 0 || n.how === 'guess')) {
      n.units = [...units]
      n.how = 'settled'
    }
  }
}

/** Says which units are meant in one place, or takes the name away where none are. */
export function setUnits(s: Sheet, key: string, role: Role, index: number, units: string[]) {
  const n = taskOf(s, key)?.[role][index]
  if (!n) return
  n.units = [...units]
  n.how = units.length ? 'settled' : ''
}

export function removeName(s: Sheet, key: string, role: Role, index: number) {
  taskOf(s, key)?.[role].splice(index, 1)
}

/** From lead to support or back; also to another task. */
export function moveName(
  s: Sheet,
  from: { key: string; role: Role; index: number },
  to: { key: string; role: Role },
) {
  const source = taskOf(s, from.key)
  const target = taskOf(s, to.key)
  if (!source || !target || (from.key === to.key && from.role === to.role)) return
  const [n] = source[from.role].splice(from.index, 1)
  if (n && !target[to.role].some((x) => x.name === n.name)) target[to.role].push(n)
}
