// Days as clerks type them.

const forms = [
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^()(\d{1,2})[-/.月](\d{1,2})日?$/,
]

/** '2026-11-30' for what was typed, '' for nothing, undefined for what is no day. Without a year: the given one. */
export function parseDay(typed: string, year: number): string | undefined {
  const text = typed.replace(/\s/g, '')
  if (!text) return ''
  for (const form of forms) {
    const m = form.exec(text)
    if (!m) continue
    const [y, mo, d] = [Number(m[1] || year), Number(m[2]), Number(m[3])]
    const date = new Date(Date.UTC(y, mo - 1, d))
    if (date.getUTCMonth() !== mo - 1 || date.getUTCDate() !== d) return undefined
    return `${String(y).padStart(4, '0')}-${String(mo).padStart(2, '0')}-${String(d).padStart(2, '0')}`
  }
  return undefined
}
