// Ctrl-K finds tasks.
import { api, ok } from '@/api/client'
import { addSource } from '@/composables/usePalette'
import { tt } from '@/i18n'
import { planName } from './types'

addSource({
  key: 'tasks',
  label: () => tt('task.found.tasks'),
  async search(q, signal) {
    const { tasks } = await ok(api.GET('/api/v1/search', { params: { query: { q } }, signal }))
    return tasks.map((t) => ({
      id: `task-${t.id}`,
      title: t.heading,
      note: `${t.number} ${planName(t.plan_title)}`,
      icon: 'task' as const,
      to: { name: 'task', params: { id: t.id } },
    }))
  },
})
