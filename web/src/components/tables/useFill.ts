import { computed, ref, shallowRef, watch } from 'vue'
import { useQueryClient } from '@tanstack/vue-query'
import { api, ok } from '@/api/client'
import { ifMatch } from '@/api/headers'
import { asProblem, type ApiProblem } from '@/api/problem'
import { useKeys } from '@/components/task/useDo'
import { useLoad } from '@/composables/useLoad'
import { atOf, settled, settledRows, type Slot } from './columns'
import type { Fill, RowsSaid, Scope, Settled } from './types'

export type Saving = 'saved' | 'saving' | 'failed' | 'conflict'

export const scopeOf = (f: Fill): Scope => ({
  title: f.title,
  sender: f.sender,
  due: f.due,
  within: f.within,
  as_of: f.as_of,
  recorded: f.recorded,
  age_min: f.age_min,
  age_max: f.age_max,
  only: f.only,
  about: f.about,
})

/**
 * One table that is being settled. Every change is shown at once and saves itself, one request after the other;
 * what could not be saved stays and goes along with the next try.
 */
export function useFill(id: () => string) {
  const client = useQueryClient()
  const loaded = useLoad<Fill>(
    () => ['fill', id()],
    (signal) => ok(api.GET('/api/v1/fills/{id}', { params: { path: { id: id() } }, signal })),
  )
  const fill = shallowRef<Fill>()
  const problem = shallowRef<ApiProblem>()
  const saving = ref<Saving>('saved')
  let scope: Partial<Scope> = {}
  let columns: Settled[] = []
  let rows: RowsSaid[] = []
  let running: Promise<boolean> | undefined
  const dirty = () => Object.keys(scope).length > 0 || columns.length > 0 || rows.length > 0

  watch(
    loaded.data,
    (f) => {
      if (f && !dirty() && !running) fill.value = f
    },
    { immediate: true },
  )
  watch(id, () => {
    scope = {}
    columns = []
    rows = []
    fill.value = undefined
  })

  /** Takes an answer of the server, with what was changed in the meantime on top. */
  function take(f: Fill) {
    client.setQueryData(['fill', f.id], f)
    fill.value = rows.reduce(settledRows, columns.reduce(settled, { ...f, ...scope }))
  }
  function change(part: Partial<Scope>) {
    if (!fill.value) return
    scope = { ...scope, ...part }
    fill.value = { ...fill.value, ...part }
    void save()
  }
  function settle(slot: Slot, element: string, format?: string) {
    if (!fill.value) return
    const x = { sheet: slot.sheet, table: slot.table, at: atOf(slot.column), element, format }
    columns = [...columns.filter((c) => !(c.sheet === x.sheet && c.table === x.table && c.at === x.at)), x]
    fill.value = settled(fill.value, x)
    void save()
  }

  function settleRows(x: RowsSaid) {
    if (!fill.value) return
    rows = [...rows.filter((r) => !(r.sheet === x.sheet && r.table === x.table)), x]
    fill.value = settledRows(fill.value, x)
    void save()
  }

  const save = () => (running ??= send().finally(() => (running = undefined)))
  async function send(): Promise<boolean> {
    while (dirty() && fill.value) {
      const now = { scope, columns, rows }
      scope = {}
      columns = []
      rows = []
      saving.value = 'saving'
      try {
        const f = await ok(
          api.PUT('/api/v1/fills/{id}', {
            params: { path: { id: id() }, header: ifMatch(fill.value.version) },
            body: { ...scopeOf(fill.value), ...now.scope, columns: now.columns, rows: now.rows },
          }),
        )
        problem.value = undefined
        take(f)
      } catch (e) {
        scope = { ...now.scope, ...scope }
        columns = [...now.columns, ...columns]
        rows = [...now.rows, ...rows]
        problem.value = asProblem(e)
        saving.value = problem.value.status === 412 ? 'conflict' : 'failed'
        return false
      }
    }
    saving.value = 'saved'
    void client.invalidateQueries({ queryKey: ['fills'] })
    void client.invalidateQueries({ queryKey: ['already', id()] })
    return true
  }
  /** Drops what could not be saved and shows how the table stands now. */
  async function giveUp() {
    scope = {}
    columns = []
    rows = []
    problem.value = undefined
    saving.value = 'saved'
    const { data } = await loaded.reload()
    if (data) fill.value = data
  }

  const key = useKeys()
  const filling = ref(false)
  /** Fills the table; undefined where it failed: problem says why. */
  async function run(purpose: string, minutes: number): Promise<Fill | undefined> {
    if (filling.value || !(await save()) || !fill.value) return undefined
    filling.value = true
    problem.value = undefined
    const version = fill.value.version
    try {
      const f = await ok(
        api.POST('/api/v1/fills/{id}/run', {
          params: {
            path: { id: id() },
            header: { ...ifMatch(version), ...key({ id: id(), version, purpose, minutes }) },
          },
          body: { purpose, minutes },
        }),
      )
      take(f)
      for (const name of ['fills', 'burden', 'filled']) void client.invalidateQueries({ queryKey: [name] })
      return f
    } catch (e) {
      problem.value = asProblem(e)
      if (problem.value.status === 412) saving.value = 'conflict'
      return undefined
    } finally {
      filling.value = false
    }
  }

  return {
    fill: computed(() => fill.value),
    loading: loaded.loading,
    loadProblem: loaded.problem,
    reload: loaded.reload,
    problem,
    saving,
    filling,
    change,
    settle,
    settleRows,
    save,
    giveUp,
    run,
  }
}
