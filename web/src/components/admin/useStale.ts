import { useQueryClient, type QueryKey } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { ApiProblem } from '@/api/problem'
import { tt } from '@/i18n'

/**
 * Somebody else was faster (412): the list is asked anew, the form begins again from what it is now, and the
 * sentence says so. Other problems stay as they are.
 */
export function useStale(problem: Ref<ApiProblem | undefined>, key: QueryKey) {
  const client = useQueryClient()
  return {
    problem: computed(() => {
      const p = problem.value
      return p?.status === 412 ? new ApiProblem(412, p.code, tt('admin.stale'), p.errors) : p
    }),
    /** True where there was something newer, which is now loaded. */
    renew: async () => {
      if (problem.value?.status !== 412) return false
      await client.invalidateQueries({ queryKey: key })
      return true
    },
  }
}
