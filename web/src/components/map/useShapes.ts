// What is on the map: borders whole as long as they are not too many, buildings around what is seen.
import { computed, reactive, ref, watch, type Ref } from 'vue'
import { api, ok } from '@/api/client'
import { useLoad } from '@/composables/useLoad'
import {
  boxFor,
  layerOf,
  layers,
  type Box,
  type Collection,
  type Feature,
  type Layer,
  type Place,
} from './shapes'

const ask = (layer: Layer, place: string, box?: Box, signal?: AbortSignal) =>
  ok(
    api.GET('/api/v1/map', {
      params: {
        query: { layer, place, ...(box && { west: box[0], south: box[1], east: box[2], north: box[3] }) },
      },
      signal,
    }),
  )
const together = (all: Collection[]): Collection => ({
  type: 'FeatureCollection',
  features: all.flatMap((c) => c.features),
  more: all.some((c) => c.more),
})

export function useShapes(areas: Ref<string[]>, shown: Ref<Layer[]>, view: Ref<Box | undefined>) {
  const loaded = ref<Box>()
  // with too many for one answer, less of a box would do once the map comes nearer
  watch(
    view,
    (v) => v && (loaded.value = boxFor(v, byLayer.building.data.value?.more ? undefined : loaded.value)),
  )

  const crowded = reactive<Partial<Record<Layer, boolean>>>({})
  watch(areas, () => layers.forEach((l) => (crowded[l] = false)))
  function load(layer: Layer) {
    const boxed = () => layer === 'building' || Boolean(crowded[layer])
    const box = () => (boxed() ? loaded.value : undefined)
    const q = useLoad(
      () => ['map', layer, areas.value, box()],
      async (signal) => together(await Promise.all(areas.value.map((a) => ask(layer, a, box(), signal)))),
      {
        keep: true,
        enabled: () =>
          areas.value.length > 0 &&
          (layer !== 'building' || (shown.value.includes(layer) && Boolean(loaded.value))),
      },
    )
    watch(q.data, (c) => c?.more && layer !== 'building' && (crowded[layer] = true))
    return q
  }
  const byLayer = Object.fromEntries(layers.map((l) => [l, load(l)])) as Record<
    Layer,
    ReturnType<typeof load>
  >

  const places = useLoad(
    () => ['places', 'map', areas.value],
    async (signal) =>
      (
        await Promise.all(
          areas.value.map((place) =>
            ok(api.GET('/api/v1/places', { params: { query: { place, grids: true } }, signal })),
          ),
        )
      ).flatMap((a) => (a.items ?? []) as Place[]),
    { enabled: () => areas.value.length > 0, keep: true },
  )
  const features = (l: Layer): Feature[] => byLayer[l].data.value?.features ?? []
  return {
    features,
    places: computed(() => places.data.value ?? []),
    more: computed(() => layers.some((l) => shown.value.includes(l) && byLayer[l].data.value?.more)),
    /** Whether all borders of a layer are here, so that one which is not does not exist. */
    known: (l: Layer) => byLayer[l].data.value !== undefined && !crowded[l] && !byLayer[l].problem.value,
    /** Borders are here; buildings may still be on their way. */
    ready: computed(() => layers.every((l) => l === 'building' || byLayer[l].data.value !== undefined)),
    busy: computed(() => layers.some((l) => byLayer[l].refreshing.value)),
    problem: computed(
      () => layers.map((l) => byLayer[l].problem.value).find(Boolean) ?? places.problem.value,
    ),
    reload: () => Promise.all([...layers.map((l) => byLayer[l].reload()), places.reload()]),
    find: (id: string | undefined) => (id ? layers.flatMap(features).find((f) => f.id === id) : undefined),
  }
}

/** The border of one place as it is now, null where there is none. */
export const useBorder = (code: Ref<string | undefined>) =>
  useLoad(
    () => ['map', 'one', code.value],
    async (signal) => {
      const layer = layerOf(code.value!)
      if (!layer) return null
      const { features } = await ask(layer, code.value!, undefined, signal)
      return features.find((f) => f.id === code.value) ?? null
    },
    { enabled: () => Boolean(code.value) },
  )

/** All of a layer at a place: where that is too much for one answer, the places below it are asked one by one. */
export async function whole(layer: Layer, place: string, places: Place[]): Promise<Feature[]> {
  const all = await ask(layer, place)
  if (!all.more) return all.features
  const below = places.filter((p) => p.code.startsWith(place) && p.code !== place)
  const next = below.filter((p) => !below.some((o) => o !== p && p.code.startsWith(o.code)))
  if (next.length === 0) return all.features
  const own = all.features.filter((f) => f.id === place) // its own border is in none of those below
  const parts: Feature[] = []
  for (const p of next) parts.push(...(await whole(layer, p.code, places)))
  return [...own, ...parts]
}
