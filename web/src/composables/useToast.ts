// Messages at the foot of the page: what happened, and for ten seconds a way back.
import { ref } from 'vue'
import { asProblem } from '@/api/problem'

export interface Toast {
  id: number
  text: string
  kind: 'done' | 'failed'
  undo?: () => Promise<void> | void
  seconds: number
}

const undoSeconds = 10
const plainSeconds = 6

const toasts = ref<Toast[]>([])
let last = 0

function show(toast: Omit<Toast, 'id'>) {
  toasts.value = [...toasts.value.slice(-2), { ...toast, id: ++last }]
}

export const dismiss = (id: number) => (toasts.value = toasts.value.filter((t) => t.id !== id))

/** done('已发布，通知 12 个单位', () => unpublish(id)) */
export const done = (text: string, undo?: Toast['undo']) =>
  show({ text, kind: 'done', undo, seconds: undo ? undoSeconds : plainSeconds })

/** For what fails away from any form: the sentence stays until it is dismissed. */
export const failed = (e: unknown) => show({ text: asProblem(e).detail, kind: 'failed', seconds: 0 })

/** For what cannot be done yet, with what is to be done first. */
export const refused = (text: string) => show({ text, kind: 'failed', seconds: undoSeconds })

export const useToasts = () => toasts
