import { computed, ref, type ComputedRef } from 'vue'
import { api, ok } from '@/api/client'
import { unitLabel, type Unit } from '@/components/task/types'
import { useUnits } from '@/components/task/useUnits'
import { done } from '@/composables/useToast'
import { doubtful } from '@/draft/doubts'
import * as ops from '@/draft/sheet'
import type { Role, Sheet, SheetTask } from '@/draft/sheet'
import type { useSheet } from '@/draft/useSheet'
import { tt } from '@/i18n'

type Draft = ReturnType<typeof useSheet>

/** Tasks as they are shown: in the order of the notice, under their headings. */
export function sections(s: Sheet | undefined): { name: string; tasks: SheetTask[] }[] {
  const out: { name: string; tasks: SheetTask[] }[] = []
  for (const t of s?.tasks ?? []) {
    const last = out.at(-1)
    if (last && last.name === t.section) last.tasks.push(t)
    else out.push({ name: t.section, tasks: [t] })
  }
  return out
}

/** What the correcting page does: which task is open, and every gesture on it as one step of the draft. */
export function useCorrect(draft: Draft) {
  const { plan, sheet, change } = draft
  const active = ref<string>()
  const over = ref<string>()
  const place = computed(() => plan.value?.place)
  const { units } = useUnits(place)
  const made = ref<Unit[]>([])
  const known: ComputedRef<Unit[]> = computed(() => [
    ...units.value,
    ...made.value.filter((m) => !units.value.some((u) => u.id === m.id)),
  ])
  const unitName = (id: string) => {
    const u = known.value.find((x) => x.id === id)
    return u ? unitLabel(u) : id
  }
  const year = computed(
    () =>
      Number((sheet.value?.issued || plan.value?.created_at || '').slice(0, 4)) || new Date().getFullYear(),
  )
  const left = computed(() => (sheet.value ? doubtful(sheet.value) : []))

  const edit = (key: string, what: Partial<SheetTask>) => {
    const name = task(key)?.heading ?? ''
    change((s) => Object.assign(ops.taskOf(s, key) ?? {}, what))
    if (what.dropped) done(tt('draft.task.said_drop', { name }), draft.undo)
  }
  const task = (key?: string) => (key && sheet.value ? ops.taskOf(sheet.value, key) : undefined)

  function next() {
    const all = sheet.value?.tasks.map((t) => t.key) ?? []
    const from = active.value ? all.indexOf(active.value) : -1
    active.value = left.value.find((k) => all.indexOf(k) > from) ?? left.value[0] ?? active.value
  }
  function split(key: string, at: number) {
    const second = change((s) => ops.split(s, key, at, plan.value?.blocks ?? []))
    if (second) done(tt('draft.task.said_split'), draft.undo)
  }
  function merge(key: string) {
    const above = change((s) => ops.mergeUp(s, key))
    if (!above) return
    active.value = above
    done(tt('draft.task.said_merge'), draft.undo)
  }
  const add = (from?: Parameters<typeof ops.add>[1]) => (active.value = change((s) => ops.add(s, from)))
  function unit(key: string, act: 'remove' | 'swap', role: Role, index: number) {
    change((s) =>
      act === 'remove'
        ? ops.removeName(s, key, role, index)
        : ops.moveName(s, { key, role, index }, { key, role: role === 'lead' ? 'support' : 'lead' }),
    )
  }
  function moved(key: string, role: Role, data: string) {
    const from = JSON.parse(data) as { key: string; role: Role; index: number }
    change((s) => ops.moveName(s, from, { key, role }))
  }

  // The name that is being settled: a place in a task, or a new one (index -1).
  const asked = ref<{ key: string; role: Role; index: number }>()
  const named = computed(() => asked.value && task(asked.value.key)?.[asked.value.role][asked.value.index])
  async function settle(chosen: string[], remember: boolean) {
    const at = asked.value
    if (!at) return
    const name = named.value?.name
    change((s) => {
      if (!name) {
        const n = { name: chosen.map(unitName).join('、'), units: chosen, how: 'settled' as const }
        ops.taskOf(s, at.key)?.[at.role].push(n)
        return
      }
      ops.setUnits(s, at.key, at.role, at.index, chosen)
      if (remember) ops.settle(s, name, chosen)
    })
    asked.value = undefined
    // The server keeps the name for the notices to come; its copy of the draft must be ours first.
    if (name && remember && place.value) {
      await ok(
        api.PUT('/api/v1/places/{code}/names', {
          params: { path: { code: place.value } },
          body: { name, units: chosen },
        }),
      )
      done(tt('draft.unit.said', { name, n: chosen.length }))
    }
  }
  return {
    active,
    over,
    known,
    made,
    unitName,
    year,
    left,
    edit,
    task,
    next,
    split,
    merge,
    add,
    unit,
    moved,
    asked,
    named,
    settle,
  }
}
