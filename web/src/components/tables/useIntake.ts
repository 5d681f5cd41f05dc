import { computed, ref, shallowRef, watch } from 'vue'
import { useQueryClient } from '@tanstack/vue-query'
import { api, ok } from '@/api/client'
import { ifMatch } from '@/api/headers'
import { asProblem, type ApiProblem } from '@/api/problem'
import { useKeys } from '@/components/task/useDo'
import { useLoad } from '@/composables/useLoad'
import { assigned } from './intake'
import { isSubjectKind } from './columns'
import type { Intake } from './types'

export type Doing = 'check' | 'run'
const every = 1000 // ms between looks at a run

/**
 * One workbook: what is said of it is kept here until the dry run, which saves it first. While a run writes, the
 * page looks how far it is.
 */
export function useIntake(id: () => string) {
  const client = useQueryClient()
  const load = (signal?: AbortSignal) =>
    ok(api.GET('/api/v1/intakes/{id}', { params: { path: { id: id() } }, signal }))
  const loaded = useLoad<Intake>(() => ['intake', id()], load)
  const intake = shallowRef<Intake>()
  const problem = shallowRef<ApiProblem>()
  const dirty = ref(false)
  const doing = ref<Doing>()
  watch(
    loaded.data,
    (i) => {
      if (i && !dirty.value && !doing.value) intake.value = i
    },
    { immediate: true },
  )
  const take = (i: Intake) => {
    intake.value = i
    client.setQueryData(['intake', i.id], i)
  }

  function change(part: Partial<Pick<Intake, 'kind' | 'as_of' | 'makes'>>) {
    if (!intake.value) return
    intake.value = { ...intake.value, ...part }
    dirty.value = true
  }
  function assign(letter: string, element: string) {
    if (!intake.value) return
    intake.value = { ...intake.value, columns: assigned(intake.value.columns, letter, element) }
    dirty.value = true
  }

  const key = useKeys()
  const params = (i: Intake, what: string) => ({
    path: { id: i.id },
    header: { ...ifMatch(i.version), ...key({ what, id: i.id, version: i.version }) },
  })
  async function save() {
    const i = intake.value!
    // a kind is needed by the server; without one the dry run says so in its own words
    if (!isSubjectKind(i.kind)) return
    take(
      await ok(
        api.PUT('/api/v1/intakes/{id}', {
          params: { path: { id: i.id }, header: ifMatch(i.version) },
          body: {
            kind: i.kind,
            as_of: i.as_of,
            makes: i.makes,
            columns: Object.fromEntries(i.columns.map((c) => [c.letter, c.element])),
          },
        }),
      ),
    )
    dirty.value = false
  }

  /** Runs one step; false where it failed: problem says why. */
  async function act(what: Doing, step: () => Promise<Intake>): Promise<boolean> {
    if (doing.value || !intake.value) return false
    doing.value = what
    problem.value = undefined
    try {
      take(await step())
      return true
    } catch (e) {
      problem.value = asProblem(e)
      // how far it got is what one has to know now
      await load().then(
        (i) => !dirty.value && take(i),
        () => {},
      )
      return false
    } finally {
      doing.value = undefined
      for (const name of ['intakes', 'intake-faults']) void client.invalidateQueries({ queryKey: [name] })
    }
  }
  const check = () =>
    act('check', async () => {
      if (dirty.value) await save()
      return ok(api.POST('/api/v1/intakes/{id}/check', { params: params(intake.value!, 'check') }))
    })

  const at = ref(0)
  async function run(): Promise<boolean> {
    at.value = intake.value?.done_row ?? 0
    const look = setInterval(() => {
      load().then(
        (i) => (at.value = Math.max(at.value, i.done_row)),
        () => {}, // the next look may do better
      )
    }, every)
    try {
      return await act('run', () =>
        ok(api.POST('/api/v1/intakes/{id}/run', { params: params(intake.value!, 'run') })),
      )
    } finally {
      clearInterval(look)
    }
  }

  return {
    intake: computed(() => intake.value),
    loading: loaded.loading,
    loadProblem: loaded.problem,
    reload: async () => {
      dirty.value = false
      problem.value = undefined
      await loaded.reload()
    },
    problem,
    dirty,
    doing,
    at,
    change,
    assign,
    check,
    run,
  }
}
