// The dictionary of data elements, loaded once, as pages use it: labels, types, names of codes.
import { computed } from 'vue'
import { api, ok } from '@/api/client'
import type { components } from '@/api/schema'
import { useLoad } from '@/composables/useLoad'
import { lang } from '@/i18n'

export type Element = components['schemas']['ElementView']

export function useElements() {
  const { data, problem, reload } = useLoad(['elements'], (signal) =>
    ok(api.GET('/api/v1/elements', { signal })),
  )
  const all = computed(() => data.value?.items ?? [])
  const byId = computed(() => new Map(all.value.map((e) => [e.id, e])))
  const inEnglish = () => lang.value === 'en'
  const label = (id: string) => {
    const e = byId.value.get(id)
    return e ? (inEnglish() ? e.en : e.zh) : id
  }
  /** A value as people read it: a code by its name, yes and no in words. */
  const words = (id: string, value: string, yes: string, no: string) => {
    const e = byId.value.get(id)
    if (!e || !value) return value
    if (e.type === 'boolean') return value === '1' ? yes : no
    const code = e.codes.find((c) => c.code === value)
    if (code) return (inEnglish() && code.en) || code.zh
    return e.unit && !inEnglish() && /^[\d.]+$/.test(value) ? `${value} ${e.unit}` : value
  }
  const codes = (id: string) =>
    (byId.value.get(id)?.codes ?? []).map((c) => ({
      value: c.code,
      label: (inEnglish() && c.en) || c.zh,
    }))
  return { all, byId, label, words, codes, problem, reload }
}
