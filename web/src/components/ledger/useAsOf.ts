import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { formatDay } from '@/components/base/dates'

/** The past day as of which a page shows the ledger, kept in its address; today where none is named. */
export function useAsOf() {
  const route = useRoute()
  const router = useRouter()
  const today = formatDay(new Date())
  const day = computed(() => {
    const d = String(route.query.on ?? '')
    return /^\d{4}-\d{2}-\d{2}$/.test(d) && d >= '1900' && d < today ? d : undefined
  })
  /** What was entered or corrected after the day is left out. */
  const recorded = computed(() => (day.value && route.query.recorded === '1') || undefined)
  return {
    today,
    day,
    recorded,
    /** For the API. */
    query: computed(() => ({ on: day.value, recorded: recorded.value })),
    /** For a link to another page of the same day. */
    link: computed(() => ({ on: day.value, recorded: recorded.value ? '1' : undefined })),
    set: (d: string | undefined, asRecorded?: boolean) =>
      router.replace({
        query: {
          ...route.query,
          on: d && d >= '1900' && d < today ? d : undefined,
          recorded: d && asRecorded ? '1' : undefined,
        },
      }),
  }
}
