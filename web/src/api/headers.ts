// Headers that a change carries.

/**
 * A new key for one intended change: make it when the form opens, send it with every try, and the change
 * happens once. crypto.randomUUID exists only in secure contexts, and offices run on http://10.x.
 */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const b = crypto.getRandomValues(new Uint8Array(16))
  b[6] = (b[6]! & 0x0f) | 0x40
  b[8] = (b[8]! & 0x3f) | 0x80
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export const idempotent = (key: string) => ({ 'Idempotency-Key': key })

/** Change only what I have seen: with the ETag of the answer, or with the version of the thing. */
export const ifMatch = (seen: string | number) => ({
  'If-Match': typeof seen === 'number' ? `"${seen}"` : seen,
})
