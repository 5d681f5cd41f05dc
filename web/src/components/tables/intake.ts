// A workbook of base data on its way in: what is said of it, and what became of its rows.
import { certaintyOf } from './columns'
import type { Intake } from './types'

export { subjectKinds } from './columns'

export const figures = ['rows', 'new', 'changed', 'same', 'older', 'bad', 'made'] as const

/** Where each element stands already: one element may stand in one column only. */
export function usedIn(columns: { letter: string; element: string }[], except: string): Map<string, string> {
  return new Map(columns.filter((c) => c.element && c.letter !== except).map((c) => [c.element, c.letter]))
}

/** Rows that a run would write, or look at: what the dry run found good. */
export const goodRows = (i: Pick<Intake, 'tally'>) => i.tally.rows - i.tally.bad

/** An element taken for another column leaves the one that it stood in. */
export function assigned<C extends { letter: string; element: string; score: number }>(
  columns: C[],
  letter: string,
  element: string,
): C[] {
  return columns.map((c) => {
    if (c.letter === letter) return { ...c, element, score: 1 }
    return element && c.element === element ? { ...c, element: '', score: 1 } : c
  })
}

/** The header of a column, its paths apart; a column without one is called by its letter. */
export const headerOf = (c: { header: string; letter: string }) => c.header.replaceAll('/', ' / ') || c.letter

export const openColumns = (i: Pick<Intake, 'columns'>) =>
  i.columns.filter((c) => ['none', 'unsure'].includes(certaintyOf(c)))
