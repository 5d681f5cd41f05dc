import { useQueryClient } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { api, ok } from '@/api/client'
import { ifMatch } from '@/api/headers'
import { asProblem, type ApiProblem } from '@/api/problem'
import type { components } from '@/api/schema'
import type { Sheet } from './sheet'

export type Full = components['schemas']['Full']
export type Saving = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict'

const pause = 800 // ms without a change before it is saved
const depth = 100 // steps that can be taken back

/**
 * A draft that saves itself. Every change is a step that can be taken back; what is not on the server yet is
 * kept in the browser, so that neither a reload nor a conflict loses it.
 */
export function useSheet(id: () => string) {
  const client = useQueryClient()
  const plan = shallowRef<Full>()
  const sheet = shallowRef<Sheet>()
  const problem = shallowRef<ApiProblem>()
  const saving = ref<Saving>('saved')
  const past = shallowRef<string[]>([])
  const future = shallowRef<string[]>([])
  let version = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<boolean> | undefined
  const kept = () => `gewu.draft.${id()}`

  async function load() {
    problem.value = undefined
    try {
      show(await ok(api.GET('/api/v1/plans/{id}', { params: { path: { id: id() } } })))
    } catch (e) {
      problem.value = asProblem(e)
    }
  }
  function show(p: Full) {
    plan.value = p
    version = p.version
    past.value = []
    future.value = []
    saving.value = 'saved'
    sheet.value = p.draft
    const mine = recall()
    if (p.draft && mine?.version === p.version) change((s) => Object.assign(s, mine.sheet))
  }
  function recall(): { version: number; sheet: Sheet } | undefined {
    try {
      return JSON.parse(localStorage.getItem(kept()) ?? 'null') ?? undefined
    } catch {
      return undefined
    }
  }
  function remember() {
    try {
      if (saving.value === 'saved') localStorage.removeItem(kept())
      else localStorage.setItem(kept(), JSON.stringify({ version, sheet: sheet.value }))
    } catch {
      // storage is full or switched off: the server's copy has to do
    }
  }

  /** Changes the draft, as one step. */
  function change<T>(f: (s: Sheet) => T): T | undefined {
    if (!sheet.value || !plan.value?.may.correct) return
    const before = JSON.stringify(sheet.value)
    const next = JSON.parse(before) as Sheet
    const out = f(next)
    if (JSON.stringify(next) === before) return out
    past.value = [...past.value.slice(-depth + 1), before]
    future.value = []
    put(next)
    return out
  }
  function put(next: Sheet) {
    sheet.value = next
    if (saving.value !== 'conflict') {
      saving.value = 'waiting'
      clearTimeout(timer)
      timer = setTimeout(save, pause)
    }
    remember()
  }
  function step(from: typeof past, to: typeof past) {
    const state = from.value.at(-1)
    if (!state || !sheet.value) return
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, JSON.stringify(sheet.value)]
    put(JSON.parse(state) as Sheet)
  }

  /** Saves now; true if the server has everything. */
  async function save(): Promise<boolean> {
    clearTimeout(timer)
    if (running) {
      await running
      return save()
    }
    if (saving.value === 'saved') return true
    if (saving.value === 'conflict' || !sheet.value) return false
    running = send(sheet.value)
    const fine = await running
    running = undefined
    return fine
  }
  async function send(sent: Sheet): Promise<boolean> {
    saving.value = 'saving'
    try {
      const answer = await ok(
        api.PUT('/api/v1/plans/{id}/draft', {
          params: { path: { id: id() }, header: ifMatch(version) },
          body: sent,
        }),
      )
      version = answer.version
      problem.value = undefined
      if (sheet.value === sent) saving.value = 'saved'
      else timer = setTimeout(save, pause)
      remember()
      return true
    } catch (e) {
      problem.value = asProblem(e)
      saving.value = problem.value.status === 412 ? 'conflict' : 'failed'
      remember()
      return false
    }
  }
  /** Takes the server's state after something else changed the draft there; what was typed was saved before. */
  function replaced(p: Full) {
    const steps = past.value
    show(p)
    past.value = steps
    void client.invalidateQueries({ queryKey: ['units'] })
  }
  /** Gives one's own changes up for what is on the server. */
  function giveUp() {
    saving.value = 'saved'
    remember()
    return load()
  }

  const leave = (e: BeforeUnloadEvent) => {
    if (saving.value !== 'saved') e.preventDefault()
  }
  const again = () => {
    if (saving.value === 'failed') void save()
  }
  addEventListener('beforeunload', leave)
  addEventListener('online', again)
  onBeforeUnmount(() => {
    removeEventListener('beforeunload', leave)
    removeEventListener('online', again)
    if (saving.value === 'waiting') void save()
  })
  watch(id, load, { immediate: true })

  return {
    plan,
    sheet,
    problem,
    saving,
    change,
    save,
    load,
    giveUp,
    replaced,
    version: () => version,
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
  }
}
