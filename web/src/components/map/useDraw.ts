// The line that is being drawn: its corners, its shape, and the way back.
import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { Point } from './proj'
import { startDrawing, type Drawing } from './draw'
import type { OfficeMap } from './olMap'
import { formatCoordinates, parseCoordinates, shapeOf, tidy, type Shape, type Wrong } from './shapes'

const pause = 300 // ms without a key before typed coordinates are drawn

export function useDraw(map: OfficeMap, cancel: () => void) {
  const shape = shallowRef<Shape>()
  const corners = shallowRef<Point[]>([]) // of a line that is not closed yet
  const before = shallowRef<(Shape | undefined)[]>([])
  const text = ref('')
  const wrong = shallowRef<Wrong>()
  let drawing: Drawing | undefined

  const changed = (to: Shape | undefined) => {
    before.value = [...before.value, shape.value]
    shape.value = to
    corners.value = []
  }
  const write = () => {
    text.value = shape.value ? formatCoordinates(shape.value) : ''
    wrong.value = undefined
  }
  onMounted(() => {
    drawing = startDrawing(map, {
      sketch: (points) => (corners.value = points),
      shape: (s) => (changed(s), write()),
    })
  })
  onBeforeUnmount(() => (clearTimeout(wait), drawing?.end()))

  /** Begins with the line that there is, or with none. */
  function begin(from: Shape | undefined) {
    before.value = []
    shape.value = from && tidy(from)
    corners.value = []
    drawing?.put(shape.value)
    write()
  }
  function again() {
    if (shape.value) changed(undefined)
    corners.value = []
    drawing?.put(undefined)
    write()
  }
  function back() {
    if (corners.value.length > 0) return drawing?.back()
    if (before.value.length === 0) return
    shape.value = before.value.at(-1)
    before.value = before.value.slice(0, -1)
    drawing?.put(shape.value)
    write()
  }

  let wait: ReturnType<typeof setTimeout> | undefined
  function typed() {
    clearTimeout(wait)
    wait = setTimeout(settle, pause)
  }
  /** What was typed becomes the line. */
  function settle() {
    clearTimeout(wait)
    const said = text.value.trim() ? parseCoordinates(text.value) : {}
    wrong.value = said.wrong
    if (said.wrong || JSON.stringify(said.shape) === JSON.stringify(shape.value)) return
    changed(said.shape)
    drawing?.put(said.shape)
  }

  function keys(e: KeyboardEvent) {
    const at = e.target as HTMLElement
    if (at.closest('textarea, input, .el-overlay')) return
    const undo = (e.key === 'z' && (e.ctrlKey || e.metaKey)) || e.key === 'Backspace'
    if (undo) {
      e.preventDefault()
      back()
    } else if (e.key === 'Escape' && !at.closest('.act')) {
      // the first throws away the open line, the next ends drawing
      if (corners.value.length > 0) drawing?.again()
      else cancel()
    }
  }
  onMounted(() => document.addEventListener('keydown', keys))
  onBeforeUnmount(() => document.removeEventListener('keydown', keys))

  return {
    shape,
    corners,
    text,
    wrong,
    begin,
    again,
    back,
    typed,
    settle,
    finish: () => drawing?.finish(),
    canBack: computed(() => corners.value.length > 0 || before.value.length > 0),
    /** What the figures count: the shape, or the corners so far. */
    counted: computed<Shape | undefined>(() =>
      corners.value.length >= 3
        ? shapeOf([corners.value])
        : corners.value.length > 0
          ? undefined
          : shape.value,
    ),
  }
}
