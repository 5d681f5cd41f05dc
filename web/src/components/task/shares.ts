// A figure shared out over units, so that the shares add up to it exactly.

/** Steps finer than this are noise of floating point. */
const digits = (v: number) => {
  const after = String(v).split('.')[1]
  return Math.min(after?.length ?? 0, 4)
}

/**
 * Equal shares of a total: 294 over 6 gives six times 49, 10 over 4 gives 3, 3, 2, 2. What cannot be shared
 * evenly goes to the first ones. The step is the total's own: 1 for whole numbers, 0.1 for 7.5.
 */
export function distribute(total: number, n: number): number[] {
  if (n <= 0 || !Number.isFinite(total) || total < 0) return []
  const scale = 10 ** digits(total)
  const steps = Math.round(total * scale)
  const each = Math.floor(steps / n)
  const rest = steps - each * n
  return Array.from({ length: n }, (_, i) => (each + (i < rest ? 1 : 0)) / scale)
}

/** The sum without the noise of floating point. */
export const sum = (values: number[]) => Math.round(values.reduce((a, b) => a + b, 0) * 10_000) / 10_000

/** Figures of these measures replace each other; a share of them means nothing. The server has the same list. */
const levels = ['%', '‰', '个工作日', '工作日', '天', '日', '个月', '月', '小时', '分钟', '周', '年']
export const isLevel = (unit: string) => levels.includes(unit.trim())

/** What somebody typed into a field for a figure: a number, nothing, or what cannot be read. */
export function readFigure(text: string | number | null | undefined): number | undefined | 'wrong' {
  const t = String(text ?? '')
    .trim()
    .replace(/[，,\s]/g, '')
    .replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
  if (t === '') return undefined
  const v = Number(t)
  return /^\d+(\.\d+)?$/.test(t) && v <= 1e15 ? v : 'wrong'
}
