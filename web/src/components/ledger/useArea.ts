import { computed } from 'vue'
import { api, ok } from '@/api/client'
import { useLoad } from '@/composables/useLoad'
import { session } from '@/session'

/** The places of somebody's area, grids among them, and their names. */
export function useArea(of?: () => string) {
  const area = computed(() => of?.() ?? session.value?.places[0]?.code ?? '')
  const { data } = useLoad(
    () => ['places', area.value, 'grids'],
    (signal) =>
      ok(api.GET('/api/v1/places', { params: { query: { place: area.value, grids: true } }, signal })),
    { enabled: () => Boolean(area.value) },
  )
  const places = computed(() => data.value?.items ?? [])
  const names = computed(() => new Map(places.value.map((p) => [p.code, p.name])))
  return {
    area,
    places,
    /** The name of a place, or of the community around it. */
    placeName: (code: string) => names.value.get(code) ?? names.value.get(code.slice(0, 12)) ?? code,
  }
}
