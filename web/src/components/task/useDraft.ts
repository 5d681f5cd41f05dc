import { ref, watch, type Ref } from 'vue'

/** What is being entered, kept in this browser until it is sent. `drop` forgets it. */
export function useDraft<T extends object>(
  key: string,
  initial: () => T,
): { draft: Ref<T>; kept: Ref<boolean>; drop: () => void } {
  const name = `gewu.draft.${key}`
  const found = read<T>(name)
  const draft = ref({ ...initial(), ...found }) as Ref<T>
  const kept = ref(found !== undefined)
  let dropping = false
  watch(
    draft,
    (v) => {
      if (dropping) return void (dropping = false)
      try {
        localStorage.setItem(name, JSON.stringify(v))
        kept.value = true
      } catch {
        kept.value = false // full or switched off: it lasts as long as the page
      }
    },
    { deep: true, flush: 'sync' },
  )
  function drop() {
    dropping = true
    draft.value = initial()
    dropping = false
    kept.value = false
    try {
      localStorage.removeItem(name)
    } catch {
      // nothing was kept
    }
  }
  return { draft, kept, drop }
}

function read<T>(name: string): Partial<T> | undefined {
  try {
    const raw = localStorage.getItem(name)
    const v: unknown = raw === null ? undefined : JSON.parse(raw)
    return typeof v === 'object' && v !== null ? (v as Partial<T>) : undefined
  } catch {
    return undefined // switched off, or its content is damaged
  }
}
