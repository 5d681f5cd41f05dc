// What is looked at, as the address bar has it: a link shows the same to whoever opens it, reloading loses nothing.
import { computed, onBeforeUnmount } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { bases, type Base } from './base'
import { degrees, mercator, type Crs, type Point } from './proj'
import { layers, tops, type Layer } from './shapes'
import { session } from '@/session'

export function useWhere() {
  const route = useRoute()
  const router = useRouter()
  const text = (key: string) =>
    typeof route.query[key] === 'string' ? (route.query[key] as string) : undefined

  // Two changes at the same moment, a move and a choice, must not undo each other.
  let pending: LocationQueryRaw = {}
  let going = false
  let gone = false
  onBeforeUnmount(() => (gone = true))
  async function set(change: LocationQueryRaw) {
    pending = { ...pending, ...change }
    if (going) return
    going = true
    try {
      await Promise.resolve()
      while (Object.keys(pending).length > 0 && !gone) {
        const query = { ...route.query, ...pending }
        pending = {}
        await router.replace({ query })
      }
    } finally {
      going = false
    }
  }

  /** The places that are looked at: the chosen one, or all that this person has. */
  const areas = computed(() =>
    text('place') ? [text('place')!] : tops((session.value?.places ?? []).map((p) => p.code)),
  )
  const shown = computed<Layer[]>(() => {
    const on = text('on')
    return on === undefined ? [...layers] : layers.filter((l) => on.split('.').includes(l))
  })
  const show = (layer: Layer, on: boolean) => {
    const next = layers.filter((l) => (l === layer ? on : shown.value.includes(l)))
    return set({ on: next.length === layers.length ? undefined : next.join('.') })
  }
  const crs = computed<Crs>(() => (text('crs') === '3857' ? mercator : degrees))
  const base = computed<Base>(() => bases.find((b) => b === text('base')) ?? 'none')
  /** Where the map was left: the middle and the zoom. */
  const at = computed<{ at: Point; zoom: number } | undefined>(() => {
    const [x, y, zoom] = (text('at') ?? '').split(',').map(Number)
    return Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(zoom) && text('at')
      ? { at: [x!, y!], zoom: zoom! }
      : undefined
  })
  return {
    areas,
    shown,
    show,
    crs,
    base,
    at,
    pick: computed(() => text('pick')),
    set,
  }
}
