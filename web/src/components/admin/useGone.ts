import { watch } from 'vue'
import { done } from '@/composables/useToast'

/** A link may open what is no longer there: say so, and forget it. */
export function useGone(missing: () => boolean, text: () => string, close: () => unknown) {
  watch(
    missing,
    (gone) => {
      if (!gone) return
      done(text())
      void close()
    },
    { immediate: true },
  )
}
