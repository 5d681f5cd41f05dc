// Filters and sorting live in the address: links can be sent, Back works, a reload loses nothing.
import { computed } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'

export interface Choice {
  value: string
  label: string
}

/** One filter of a list. Its key is its name in the address. */
export interface FilterDef {
  key: string
  label: string
  /** 'dates' has two keys: `${key}_from` and `${key}_to`. */
  kind: 'search' | 'select' | 'dates' | 'toggle'
  choices?: Choice[]
}

/** '-due': by due, last first. */
export interface Sort {
  key: string
  desc: boolean
}

const keysOf = (d: FilterDef) => (d.kind === 'dates' ? [`${d.key}_from`, `${d.key}_to`] : [d.key])

export function useFilters(defs: () => FilterDef[], defaultSort?: string) {
  const route = useRoute()
  const router = useRouter()
  const one = (key: string) => {
    const v = route.query[key]
    return (Array.isArray(v) ? v[0] : v) || undefined
  }
  const values = computed(() => {
    const set: Record<string, string> = {}
    for (const key of defs().flatMap(keysOf)) {
      const v = one(key)
      if (v) set[key] = v
    }
    return set
  })
  const sort = computed<Sort | undefined>(() => {
    const s = one('sort') ?? defaultSort
    return s ? { key: s.replace(/^-/, ''), desc: s.startsWith('-') } : undefined
  })
  const go = (change: LocationQueryRaw) =>
    router.replace({ query: { ...route.query, ...change }, hash: route.hash })
  return {
    values,
    sort,
    /** Filters and sort together, as the API's query and as part of the key of useList. */
    query: computed(() => ({ ...values.value, sort: one('sort') ?? defaultSort })),
    active: computed(() => Object.keys(values.value).length),
    set: (key: string, value: string | undefined) => go({ [key]: value || undefined }),
    setSort: (s: Sort) => go({ sort: `${s.desc ? '-' : ''}${s.key}` }),
    clear: () =>
      go(
        Object.fromEntries(
          defs()
            .flatMap(keysOf)
            .map((k) => [k, undefined]),
        ),
      ),
  }
}
