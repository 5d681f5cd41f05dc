import { shallowRef, watch, type Ref } from 'vue'
import { api, ok } from '@/api/client'
import { useLoad } from '@/composables/useLoad'
import type { Shape } from './shapes'

const pause = 250 // ms without a change before the server counts

/** How much lies inside a shape; it follows the shape while it is drawn. */
export function useInside(shape: Ref<Shape | undefined>, may: () => boolean = () => true) {
  const settled = shallowRef(shape.value)
  let wait: ReturnType<typeof setTimeout> | undefined
  watch(shape, (s) => {
    clearTimeout(wait)
    wait = setTimeout(() => (settled.value = s), pause)
  })
  const q = useLoad(
    () => ['inside', JSON.stringify(settled.value ?? null)],
    (signal) => ok(api.POST('/api/v1/map/inside', { body: { geometry: settled.value! }, signal })),
    { enabled: () => Boolean(settled.value) && may(), keep: true },
  )
  return { ...q, settled }
}
