import { computed, ref, watch, type Ref } from 'vue'

/** A long list that is all here: its first rows, and more of them when asked. */
export function useStep<Row>(rows: Ref<Row[]>, step = 200) {
  const limit = ref(step)
  watch(
    () => rows.value.length,
    () => (limit.value = step),
  )
  return {
    shown: computed(() => rows.value.slice(0, limit.value)),
    hasMore: computed(() => rows.value.length > limit.value),
    more: () => (limit.value += step),
  }
}
