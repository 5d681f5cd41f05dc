import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, ok } from '@/api/client'
import { useLoad } from '@/composables/useLoad'
import { session, user } from '@/session'
import { digits, rootsOf, systemPlace, type Place } from './places'
import { holds, type Role } from './grants'

/** The places that this person deals with, and those of their county, whose bureaus they name. */
export function usePlaces() {
  const own = computed(() => (session.value?.places ?? []).map((p) => p.code))
  const roots = computed(() => rootsOf([...new Set(own.value.map((c) => c.slice(0, digits.county)))]))
  const { data, problem, loading, reload } = useLoad<Place[]>(
    () => ['places', roots.value],
    async (signal) => {
      const lists = await Promise.all(
        roots.value.map((place) => ok(api.GET('/api/v1/places', { params: { query: { place } }, signal }))),
      )
      return lists.flatMap((l) => l.items ?? []).sort((a, b) => (a.code < b.code ? -1 : 1))
    },
    { keep: true }, // a new place may be a new root: the list stays while it is asked anew
  )
  const places = computed(() => data.value ?? [])
  const names = computed(() => new Map(places.value.map((p) => [p.code, p.name])))
  return {
    places,
    names,
    roots,
    nameOf: (code: string) => names.value.get(code),
    /** A first start: the program's own place and nothing else. */
    bare: computed(() => Boolean(data.value) && places.value.every((p) => p.code === systemPlace)),
    problem,
    loading,
    reload,
  }
}

/** May this person do it at the place? */
export const may = (place: string | undefined, ...roles: Role[]) =>
  place !== undefined && holds(user.value?.grants ?? [], place, ...roles)

/**
 * The office that a page is about: ?place= in the address, or the person's own. `street`: only streets and towns,
 * which have duty lists.
 */
export function useOffices(street = false) {
  const route = useRoute()
  const router = useRouter()
  const all = usePlaces()
  const choices = computed(() => {
    const own = (session.value?.places ?? []).map((p) => p.code)
    const mine = (code: string) => own.some((o) => code.startsWith(o) || (street && o.startsWith(code)))
    return all.places.value.filter(
      (p) =>
        (street ? p.code.length === digits.street : p.code.length <= digits.street) &&
        mine(p.code) &&
        (p.code !== systemPlace || (!street && all.bare.value)),
    )
  })
  const office = computed<Place | undefined>(() => {
    const asked = typeof route.query.place === 'string' ? route.query.place : ''
    const list = choices.value
    return (
      list.find((p) => p.code === asked) ??
      list.find((p) => asked && p.code === asked.slice(0, digits.street)) ??
      list.find((p) => p.name === session.value?.office) ??
      list.find((p) => p.code.length === digits.street) ??
      list[0]
    )
  })
  return {
    ...all,
    choices,
    office,
    choose: (code: string) => router.replace({ query: { ...route.query, place: code } }),
  }
}
