// From what somebody entered to what is sent.
import type { components } from '@/api/schema'
import { tt } from '@/i18n'
import { readFigure } from './shares'
import type { Attachment, Tally } from './types'

export interface Draft {
  words: string
  figures: Record<string, { value: string; day: string }> // by quota
  files: Attachment[]
  done: boolean
}
export const emptyDraft = (): Draft => ({ words: '', figures: {}, files: [], done: false })

export const isEmpty = (d: Draft) =>
  !d.words.trim() && d.files.length === 0 && !d.done && Object.values(d.figures).every((f) => !f.value.trim())

export interface Faults {
  all?: string
  figures: Record<string, string>
}

/** The report to be sent, or what has to be corrected first. Figures of quotas that are gone are left out. */
export function build(
  d: Draft,
  quotas: Pick<Tally, 'id'>[],
  today: string,
): { body: components['schemas']['NewReport'] } | { faults: Faults } {
  const faults: Faults = { figures: {} }
  const figures: components['schemas']['NewFigure'][] = []
  for (const q of quotas) {
    const f = d.figures[q.id]
    const v = readFigure(f?.value)
    if (v === undefined) continue
    if (v === 'wrong') faults.figures[q.id] = tt('task.report.figure_wrong')
    else if (f!.day > today) faults.figures[q.id] = tt('task.report.day_future')
    else figures.push({ quota: q.id, value: v, day: f!.day || today })
  }
  if (Object.keys(faults.figures).length > 0) return { faults }
  const words = d.words.trim()
  if (!words && figures.length === 0 && d.files.length === 0 && !d.done) {
    return { faults: { figures: {}, all: tt('task.report.empty') } }
  }
  return { body: { words, done: d.done, figures, files: d.files.map((f) => f.id) } }
}
