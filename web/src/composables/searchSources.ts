// What Ctrl-K asks the server for: plans and tasks that hold the word, one request for both.
import { api, ok } from '@/api/client'
import type { components } from '@/api/schema'
import { shortDay } from '@/components/base/dates'
import { tt } from '@/i18n'
import { addSource } from './usePalette'

type Found = components['schemas']['Found']

let last: { q: string; signal: AbortSignal; answer: Promise<Found> } | undefined
/** Two sources ask the same question at the same time: the second shares the answer. */
function ask(q: string, signal: AbortSignal): Promise<Found> {
  if (last?.q !== q || last.signal !== signal) {
    const answer = ok(api.GET('/api/v1/search', { params: { query: { q } }, signal }))
    last = { q, signal, answer }
  }
  return last.answer
}

const join = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' · ')

addSource({
  key: 'plans',
  label: () => tt('frame.palette.plans'),
  search: async (q, signal) =>
    (await ask(q, signal)).plans.map((p) => ({
      id: `plan-${p.id}`,
      title: p.title,
      note: join(p.number, p.state === 'draft' ? tt('ui.status.draft') : undefined),
      icon: 'plan' as const,
      to: `/plans/${p.id}`,
    })),
})
addSource({
  key: 'tasks',
  label: () => tt('frame.palette.tasks'),
  search: async (q, signal) =>
    (await ask(q, signal)).tasks.map((t) => ({
      id: `task-${t.id}`,
      title: t.heading || t.text,
      note: join(t.number, t.due && shortDay(t.due)),
      icon: 'task' as const,
      to: `/tasks/${t.id}`,
    })),
})
