import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, ok } from '@/api/client'
import { useLoad } from '@/composables/useLoad'

/** The units that the office of a place deals with, its own first. */
export function useUnits(place: MaybeRefOrGetter<string | undefined>) {
  const { data, problem, loading } = useLoad(
    () => ['units', toValue(place)],
    (signal) => ok(api.GET('/api/v1/units', { params: { query: { place: toValue(place)! } }, signal })),
    { enabled: () => Boolean(toValue(place)) },
  )
  return { units: computed(() => data.value?.items ?? []), problem, loading }
}
