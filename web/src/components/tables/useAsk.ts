import { computed, nextTick, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { isOpen, nextOpen, rowKind, type Slot } from './columns'
import type { Fill } from './types'

/**
 * Which column somebody is choosing an element for. The keyboard comes back to the column, and Alt+N goes on to
 * the next that needs a look.
 */
export function useAsk(
  fill: Ref<Fill | undefined>,
  slots: Ref<Slot[]>,
  settle: (slot: Slot, element: string, format?: string) => void,
) {
  const asked = ref<Slot>()
  const last = ref<string>()
  const asking = computed({ get: () => Boolean(asked.value), set: (on) => on || (asked.value = undefined) })
  const left = computed(() => slots.value.filter((s) => isOpen(s.column)).length)
  const empty = computed(() => slots.value.filter((s) => !s.column.element && isOpen(s.column)).length)
  /** The kind of elements that stands first. */
  const first = computed(() => {
    const sheet = fill.value?.mapping.sheets?.find((s) => s.name === asked.value?.sheet)
    const t = sheet?.tables?.[asked.value?.table ?? 0]
    if (!t || asked.value?.line) return 'form'
    const kind = rowKind(t)
    return kind === 'form' ? t.about : kind === 'place' ? 'count' : kind
  })

  function focusOn(key: string) {
    const b = document.querySelector<HTMLElement>(`[data-slot="${CSS.escape(key)}"]`)
    b?.focus({ preventScroll: true })
    b?.scrollIntoView({ block: 'center', inline: 'center' })
  }
  function ask(s: Slot) {
    last.value = s.key
    asked.value = s
  }
  async function pick(element: string) {
    const s = asked.value
    if (!s) return
    asked.value = undefined
    settle(s, element)
    await nextTick()
    focusOn(s.key)
  }
  /** Has the column write its values in another form. */
  async function write(format: string) {
    const s = asked.value
    if (!s) return
    asked.value = undefined
    settle(s, s.column.element, format)
    await nextTick()
    focusOn(s.key)
  }
  function next() {
    const s = nextOpen(slots.value, last.value)
    if (!s) return
    last.value = s.key
    focusOn(s.key)
  }
  function keys(e: KeyboardEvent) {
    if (!e.altKey || e.key.toLowerCase() !== 'n' || asked.value) return
    e.preventDefault()
    next()
  }
  onMounted(() => addEventListener('keydown', keys))
  onBeforeUnmount(() => removeEventListener('keydown', keys))
  return { asked, asking, left, empty, first, ask, pick, write, next }
}
