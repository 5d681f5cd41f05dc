// The document, cut into pieces: which belong to which task.
import type { Block, Span } from './sheet'

export interface Piece {
  start: number // in the block's text, UTF-16
  text: string
  task?: string // key of the task that it belongs to
}

/** Cuts a block at the edges of the tasks' spans. Where two tasks share a piece, the later one has it. */
export function pieces(text: string, marks: { task: string; start: number; end: number }[]): Piece[] {
  const cuts = new Set([0, text.length])
  for (const m of marks) {
    cuts.add(Math.max(0, Math.min(text.length, m.start)))
    cuts.add(Math.max(0, Math.min(text.length, m.end)))
  }
  const at = [...cuts].sort((a, b) => a - b)
  const out: Piece[] = []
  for (let i = 0; i + 1 < at.length; i++) {
    const [start, end] = [at[i]!, at[i + 1]!]
    const owner = marks.filter((m) => m.start <= start && end <= m.end).at(-1)?.task
    const last = out.at(-1)
    if (last && last.task === owner) last.text += text.slice(start, end)
    else out.push({ start, text: text.slice(start, end), task: owner })
  }
  return out
}

/** The marks of each block. */
export function marksByBlock(
  tasks: { key: string; at: Span[] }[],
): Map<number, { task: string; start: number; end: number }[]> {
  const out = new Map<number, { task: string; start: number; end: number }[]>()
  for (const t of tasks) {
    for (const s of t.at) {
      const list = out.get(s.block) ?? []
      list.push({ task: t.key, start: s.start, end: s.end })
      out.set(s.block, list)
    }
  }
  return out
}

export interface Line {
  index: number
  level: number
  cells: Piece[][] // one for a paragraph
  row: boolean
}

/** The lines to show: a table row falls into cells at its tabs. */
export function lines(blocks: Block[], marks: ReturnType<typeof marksByBlock>): Line[] {
  return blocks.map((b, index) => {
    const all = pieces(b.text, marks.get(index) ?? [])
    if (!b.table) return { index, level: b.level ?? 0, cells: [all], row: false }
    const cells: Piece[][] = [[]]
    for (const p of all) {
      let start = p.start
      for (const [i, part] of p.text.split('\t').entries()) {
        if (i > 0) cells.push([])
        if (part) cells.at(-1)!.push({ start, text: part, task: p.task })
        start += part.length + 1
      }
    }
    return { index, level: 0, cells, row: true }
  })
}
