import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { usePlaces } from '@/components/admin/useOffices'
import { user } from '@/session'

/** Does this person keep the ledger of a place, or lead it? Both are granted with all that is below. */
export const grantedAs = (role: 'keeper' | 'leader', code: string | undefined) =>
  code !== undefined &&
  (user.value?.grants ?? []).some((g) => g.role === role && !g.unit && code.startsWith(g.place ?? ''))

/** The places that this person keeps, and the one that new work is for: ?place= or the first. */
export function useKeeping() {
  const route = useRoute()
  const places = usePlaces()
  const kept = computed(() =>
    places.places.value.filter((p) => p.code.length >= 6 && grantedAs('keeper', p.code)),
  )
  const home = computed(() => {
    const asked = typeof route.query.place === 'string' ? route.query.place : ''
    return kept.value.find((p) => p.code === asked)?.code ?? kept.value[0]?.code
  })
  const keeps = computed(() => (user.value?.grants ?? []).some((g) => g.role === 'keeper' && !g.unit))
  return { ...places, kept, home, keeps, placeName: (code: string) => places.nameOf(code) ?? code }
}
