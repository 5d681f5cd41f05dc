import { computed } from 'vue'
import { api, ok } from '@/api/client'
import { useLoad } from '@/composables/useLoad'
import { lang } from '@/i18n'

/** The dictionary, loaded once, and the names of its elements in the language in use. */
export function useElements() {
  const { data, problem, reload } = useLoad(
    () => ['elements'],
    (signal) => ok(api.GET('/api/v1/elements', { signal })),
  )
  const all = computed(() => data.value?.items ?? [])
  const byId = computed(() => new Map(all.value.map((e) => [e.id, e])))
  const nameOf = (id: string) => {
    const e = byId.value.get(id)
    return e ? (lang.value === 'en' ? e.en : e.zh) : id
  }
  return { all, nameOf, problem, reload }
}
