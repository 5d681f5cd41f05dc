import { ref, type Ref } from 'vue'

/** True on a phone; the same border as in the style sheets. */
export function useNarrow(): Ref<boolean> {
  return narrow
}

const query = typeof matchMedia === 'function' ? matchMedia('(max-width: 720px)') : undefined
const narrow = ref(query?.matches ?? false)
query?.addEventListener('change', (e) => (narrow.value = e.matches))
