import { tt } from '@/i18n'

/** '1.2 MB': a megabyte is 1024 × 1024 bytes, as Windows and the limits of the server have it. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const steps = ['KB', 'MB', 'GB']
  const i = Math.min(steps.length - 1, Math.floor(Math.log2(bytes) / 10) - 1)
  const n = bytes / 1024 ** (i + 1)
  return `${n >= 10 ? Math.round(n) : n.toFixed(1)} ${steps[i]}`
}

/** What to do with a kind of file that many notices come in and that has to be saved anew. */
const advice = (name: string) =>
  /\.(doc|wps)$/.test(name) ? 'ui.file.old_word' : name.endsWith('.pdf') ? 'ui.file.pdf' : undefined

/** Why a file cannot be taken, in one sentence; nothing where it can. */
export function refusal(file: File, kinds: string[], max: number): string | undefined {
  const named = {
    name: file.name,
    kinds: kinds.join(tt('ui.file.and')),
    size: formatSize(file.size),
    max: formatSize(max),
  }
  const name = file.name.toLowerCase()
  if (!kinds.some((k) => name.endsWith(k))) {
    return tt((kinds.includes('.docx') && advice(name)) || 'ui.file.wrong_kind', named)
  }
  if (file.size === 0) return tt('ui.file.empty', named)
  if (file.size > max) return tt('ui.file.too_large', named)
}
