// What Ctrl-K asks the server for: plans, tasks and ledger entries that hold the word, one request for all.
import { api, ok } from '@/api/client'
import type { components } from '@/api/schema'
import { shortDay } from '@/components/base/dates'
import { tt } from '@/i18n'
import { addSource } from './usePalette'

type Found = components['schemas']['Found']

let last: { q: string; signal: AbortSignal; answer: Promise<Found> } | undefined
/** The sources ask the same question at the same time: the others share the first one's answer. */
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
addSource({
  key: 'subjects',
  label: () => tt('frame.palette.subjects'),
  search: async (q, signal) =>
    (await ask(q, signal)).subjects.map((s) => ({
      id: `subject-${s.id}`,
      title: s.name || s.code || tt('ledger.nameless'),
      note: join(s.age >= 0 ? tt('ledger.aged', { n: s.age }) : undefined, s.address, s.phone),
      icon: s.kind === 'person' ? ('users' as const) : ('unit' as const),
      to: `/ledger/subjects/${s.id}`,
    })),
})
