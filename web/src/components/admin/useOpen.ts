import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** What is open on a page stands in its address: a link opens it too, and Back closes it. */
export function useOpen(key: string) {
  const route = useRoute()
  const router = useRouter()
  const open = computed(() => {
    const v = route.query[key]
    return typeof v === 'string' && v ? v : undefined
  })
  return {
    open,
    to: (id: string) => ({ query: { ...route.query, [key]: id } }),
    show: (id: string) => router.push({ query: { ...route.query, [key]: id } }),
    /** On to another, without a step for Back. */
    swap: (id: string) => router.replace({ query: { ...route.query, [key]: id } }),
    close: () => router.replace({ query: { ...route.query, [key]: undefined } }),
  }
}
