import { shallowRef } from 'vue'
import { api, ok } from '@/api/client'
import { ifMatch } from '@/api/headers'
import { useDo } from '@/components/task/useDo'
import { failed } from '@/composables/useToast'
import { tt } from '@/i18n'
import type { Fill } from './types'

/** A leader's word on a large table: yes at once, no with a reason. */
export function useAnswer() {
  const { busy, problem, run, clear } = useDo()
  const refusing = shallowRef<Fill>()
  const send = (f: Fill, yes: boolean, why?: string) =>
    run(
      () =>
        ok(
          api.POST('/api/v1/fills/{id}/answer', {
            params: { path: { id: f.id }, header: ifMatch(f.version) },
            body: { yes, why },
          }),
        ),
      tt(yes ? 'tables.answer.said_yes' : 'tables.answer.said_no'),
    )
  async function give(f: Fill, yes: boolean) {
    clear()
    if (!yes) return void (refusing.value = f)
    if (!(await send(f, true)) && problem.value) failed(problem.value)
  }
  async function refuse(why: string) {
    if (refusing.value && (await send(refusing.value, false, why))) refusing.value = undefined
  }
  return { busy, problem, refusing, give, refuse }
}
