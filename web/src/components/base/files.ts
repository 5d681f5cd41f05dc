import { tt } from '@/i18n'

/** '1.2 MB' */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const steps = ['kB', 'MB', 'GB']
  const i = Math.min(steps.length - 1, Math.floor(Math.log10(bytes) / 3) - 1)
  const n = bytes / 1000 ** (i + 1)
  return `${n >= 10 ? Math.round(n) : n.toFixed(1)} ${steps[i]}`
}

/** Why a file cannot be taken, in one sentence; nothing where it can. */
export function refusal(file: File, kinds: string[], max: number): string | undefined {
  const named = {
    name: file.name,
    kinds: kinds.join(tt('ui.file.and')),
    size: formatSize(file.size),
    max: formatSize(max),
  }
  if (!kinds.some((k) => file.name.toLowerCase().endsWith(k))) return tt('ui.file.wrong_kind', named)
  if (file.size === 0) return tt('ui.file.empty', named)
  if (file.size > max) return tt('ui.file.too_large', named)
}
