import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'
import { ApiProblem, asProblem } from '@/api/problem'
import { done, failed } from '@/composables/useToast'
import { tt } from '@/i18n'
import { refresh } from '@/session'
import { sign } from './acts'
import type { Mine } from './types'

/** 签收, of one task or of many, wherever they are listed. */
export function useSign() {
  const client = useQueryClient()
  const busy = ref(false)

  async function many(tasks: Mine[]) {
    if (busy.value || tasks.length === 0) return
    busy.value = true
    let n = 0
    let last: unknown
    // one after the other: some offices' lines are thin, and each is a change of its own
    for (const t of tasks) {
      try {
        await sign(t.part)
        n++
      } catch (e) {
        last = e
      }
    }
    if (n === tasks.length) {
      done(n === 1 ? tt('task.said.sign', { name: tasks[0]!.heading }) : tt('task.mine.bulk_signed', { n }))
    } else if (tasks.length === 1) failed(last)
    else {
      const { status, code, detail } = asProblem(last)
      failed(new ApiProblem(status, code, tt('task.mine.bulk_partly', { n, m: tasks.length - n, detail })))
    }
    await client.invalidateQueries()
    void refresh().catch(() => {})
    busy.value = false
  }
  return { busy, many, one: (t: Mine) => many([t]) }
}
