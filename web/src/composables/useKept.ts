import { ref, watch, type Ref } from 'vue'

/** A value that lasts in this browser: folded menus, chosen columns. Works without storage too. */
export function useKept<T>(key: string, initial: T): Ref<T> {
  const name = `gewu.${key}`
  let start = initial
  try {
    const raw = localStorage.getItem(name)
    if (raw !== null) start = JSON.parse(raw) as T
  } catch {
    // storage switched off or its content damaged: begin anew
  }
  const value = ref(start) as Ref<T>
  watch(
    value,
    (v) => {
      try {
        localStorage.setItem(name, JSON.stringify(v))
      } catch {
        // full or switched off: it lasts as long as the page
      }
    },
    { deep: true },
  )
  return value
}
