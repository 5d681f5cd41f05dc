import { computed, onBeforeUnmount, onMounted, ref, watch } from 'vue'
import { useKept } from '@/composables/useKept'

const idle = 120 // seconds without a hand on the page: somebody is at the counter or on the phone
const remembered = 50 // tables

/** Adds a second to a table; the oldest of too many is forgotten. */
export function addSecond(all: Record<string, number>, id: string): Record<string, number> {
  const { [id]: had = 0, ...others } = all
  const rest = Object.entries(others).slice(-(remembered - 1))
  return { ...Object.fromEntries(rest), [id]: had + 1 }
}

/**
 * Minutes that a person spends on a table: counted while the page is seen, in use, and may be edited. What was
 * counted lasts over a reload. A person's own figure goes before it.
 */
export function useMinutes(id: () => string, editable: () => boolean, before: () => number) {
  const seconds = useKept<Record<string, number>>('fill.seconds', {})
  const own = ref<number>()
  let touched = Date.now()
  const touch = () => (touched = Date.now())
  const tick = () => {
    const there = document.visibilityState === 'visible' && Date.now() - touched < idle * 1000
    if (there && editable()) seconds.value = addSecond(seconds.value, id())
  }
  let timer: ReturnType<typeof setInterval> | undefined
  const events = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
  onMounted(() => {
    timer = setInterval(tick, 1000)
    for (const e of events) addEventListener(e, touch, { passive: true })
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    for (const e of events) removeEventListener(e, touch)
  })
  watch(id, () => (own.value = undefined))
  const counted = computed(() => Math.ceil((seconds.value[id()] ?? 0) / 60))
  return computed({
    get: () => own.value ?? Math.max(before(), counted.value),
    set: (n: number) => (own.value = Math.min(10_000, Math.max(0, Math.round(n) || 0))),
  })
}
