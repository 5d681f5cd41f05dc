import { computed, ref, shallowRef } from 'vue'
import { api, ok } from '@/api/client'
import { idempotent, newKey } from '@/api/headers'
import { ApiProblem, asProblem } from '@/api/problem'
import { refusal } from '@/components/base/files'
import { tt } from '@/i18n'

/** A form with a workbook and the place that it is for. The schema knows both as texts. */
const sending = (file: File, place: string) => ({
  headers: idempotent(newKey()),
  body: { file: '', place },
  bodySerializer: () => {
    const form = new FormData()
    form.append('file', file, file.name)
    form.append('place', place)
    return form
  },
})
export const tableKinds = ['.xlsx']
export const dataKinds = ['.xlsx', '.csv', '.txt']
export const sendTable = (file: File, place: string) => ok(api.POST('/api/v1/fills', sending(file, place)))
export const sendData = (file: File, place: string) => ok(api.POST('/api/v1/intakes', sending(file, place)))

/**
 * A workbook that is dropped anywhere on a page, or chosen: what cannot be taken is refused in a sentence, the rest
 * is sent at once and `then` gets the answer.
 */
export function useUpload<T>(
  kinds: string[],
  max: number,
  send: (file: File) => Promise<T>,
  then: (answer: T) => unknown,
) {
  const over = ref(0) // dragenter and dragleave also fire for children: count them
  const name = ref('')
  const busy = ref(false)
  const problem = shallowRef<ApiProblem>()

  async function take(files: FileList | File[] | null | undefined) {
    over.value = 0
    const file = [...(files ?? [])][0]
    if (!file || busy.value) return
    const no = refusal(file, kinds, max)
    if (no) return void (problem.value = new ApiProblem(422, 'refused', no))
    name.value = file.name
    busy.value = true
    problem.value = undefined
    try {
      await then(await send(file))
    } catch (e) {
      problem.value = asProblem(e)
    } finally {
      busy.value = false
    }
  }
  function choose() {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = kinds.join(',')
    input.addEventListener('change', () => void take(input.files))
    input.click()
  }
  return {
    busy,
    name,
    problem,
    choose,
    over: computed(() => over.value > 0),
    words: computed(() => (over.value > 0 ? tt('tables.drop') : undefined)),
    /** For the element that is the page. */
    listeners: {
      dragenter: (e: DragEvent) => (e.preventDefault(), over.value++),
      dragover: (e: DragEvent) => e.preventDefault(),
      dragleave: (e: DragEvent) => (e.preventDefault(), over.value--),
      drop: (e: DragEvent) => (e.preventDefault(), void take(e.dataTransfer?.files)),
    },
  }
}
