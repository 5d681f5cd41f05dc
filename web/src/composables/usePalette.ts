// What Ctrl-K searches. Pages are always there; tasks and plans register a source of their own.
import { computed, ref, watch, type Ref } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import type { IconName } from '@/components/base/icons'
import { asProblem, isAbort } from '@/api/problem'
import { tt } from '@/i18n'
import { useNav } from '@/nav'

export interface Hit {
  id: string
  title: string
  note?: string
  icon: IconName
  to: RouteLocationRaw
}
export interface Source {
  key: string
  label: () => string
  /** Rejects with what went wrong; the other sources still show theirs. */
  search: (q: string, signal: AbortSignal) => Promise<Hit[]>
}

const sources: Source[] = []
export const addSource = (s: Source) => void sources.push(s)

const pause = 200 // ms without a key before the server is asked

/** The hits for a word, by source, newest question winning. */
export function usePalette(q: Ref<string>) {
  const nav = useNav()
  const pages = computed<Hit[]>(() =>
    nav.value
      .flatMap((g) => g.items.map((i) => ({ ...i, group: g.label })))
      .map((i) => ({
        id: `page-${i.route}`,
        title: tt(i.label),
        note: i.group && tt(i.group),
        icon: i.icon,
        to: { name: i.route },
      }))
      .filter((h) => `${h.title} ${h.note ?? ''}`.toLowerCase().includes(q.value.trim().toLowerCase())),
  )
  const found = ref<Record<string, Hit[]>>({})
  const problem = ref<string>()
  const busy = ref(false)

  watch(q, (word, _, onCleanup) => {
    const stop = new AbortController()
    const w = word.trim()
    busy.value = w !== '' && sources.length > 0
    const wait = setTimeout(async () => {
      problem.value = undefined
      if (!w) return void (found.value = {})
      const answers = await Promise.allSettled(sources.map((s) => s.search(w, stop.signal)))
      if (stop.signal.aborted) return
      busy.value = false
      found.value = Object.fromEntries(
        answers.map((a, i) => [sources[i]!.key, a.status === 'fulfilled' ? a.value : []]),
      )
      const bad = answers.find((a) => a.status === 'rejected' && !isAbort(a.reason))
      if (bad?.status === 'rejected') problem.value = asProblem(bad.reason).detail
    }, pause)
    onCleanup(() => {
      clearTimeout(wait)
      stop.abort()
    })
  })

  const groups = computed(() =>
    [
      ...sources.map((s) => ({ key: s.key, label: s.label(), hits: found.value[s.key] ?? [] })),
      { key: 'pages', label: tt('frame.palette.pages'), hits: pages.value },
    ].filter((g) => g.hits.length > 0),
  )
  return { groups, problem, busy, hits: computed(() => groups.value.flatMap((g) => g.hits)) }
}
