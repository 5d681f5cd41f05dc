import { useQueryClient } from '@tanstack/vue-query'
import { ref, shallowRef } from 'vue'
import { ApiProblem, asProblem } from '@/api/problem'
import { newKey } from '@/api/headers'
import { done } from '@/composables/useToast'
import { tt } from '@/i18n'
import { refresh } from '@/session'

/**
 * One change at a time: runs it, says what happened, and has everything on show asked anew, since a report
 * moves lights on five pages. A refusal stays in `problem`; one because somebody else was faster (412) also
 * loads the newest state, and what was entered is kept by the form.
 */
export function useDo() {
  const client = useQueryClient()
  const busy = ref(false)
  const problem = shallowRef<ApiProblem>()

  async function run(
    act: () => Promise<unknown>,
    said?: string | (() => string),
    undo?: () => Promise<void>,
  ): Promise<boolean> {
    if (busy.value) return false // the second half of a double click
    busy.value = true
    problem.value = undefined
    try {
      await act()
      if (said) done(typeof said === 'string' ? said : said(), undo && (() => undo().then(again)))
      void again() // the form closes at once; the page behind it follows
      return true
    } catch (e) {
      const p = asProblem(e)
      problem.value = p.status === 412 ? new ApiProblem(412, p.code, tt('task.stale'), p.errors) : p
      if (p.status === 412) await again()
      return false
    } finally {
      busy.value = false
    }
  }
  async function again() {
    await client.invalidateQueries()
    void refresh().catch(() => {}) // only the number in the bar
  }
  return { busy, problem, run, clear: () => (problem.value = undefined) }
}

/**
 * A key for what is sent: the same content sent again, after a double click or a lost answer, has one effect;
 * changed content is another request and gets another key.
 */
export function useKeys() {
  let last = ''
  let key = ''
  return (content: unknown) => {
    const now = JSON.stringify(content)
    if (now !== last || !key) {
      last = now
      key = newKey()
    }
    return { 'Idempotency-Key': key }
  }
}
