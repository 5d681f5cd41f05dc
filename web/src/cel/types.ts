import { isName } from './scan'
import { ExprError } from './error'

/** The type of a variable, a column or an expression. */
export interface Type {
  kind:
    | 'text'
    | 'integer'
    | 'decimal'
    | 'boolean'
    | 'date'
    | 'list'
    | 'row'
    | 'map'
    | 'optional'
    | 'nothing' // elements of []
    | 'any' // elements that a function takes of any type
  elem?: Type
  cols?: Record<string, Type>
}

/** A type as data files and the server write it. */
export type TypeSpec =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | { list: TypeSpec }
  | { row: Record<string, TypeSpec> }
  | { table: Record<string, TypeSpec> }

export const text: Type = { kind: 'text' }
export const integer: Type = { kind: 'integer' }
export const decimal: Type = { kind: 'decimal' }
export const boolean: Type = { kind: 'boolean' }
export const date: Type = { kind: 'date' }
export const nothing: Type = { kind: 'nothing' }
export const listOf = (elem: Type): Type => ({ kind: 'list', elem })
export const optionalOf = (elem: Type): Type => ({ kind: 'optional', elem })
export const anyList = listOf({ kind: 'any' })

export const isPlain = (t: Type) => ['text', 'integer', 'decimal', 'boolean', 'date'].includes(t.kind)
const isTable = (t: Type) => t.kind === 'list' && t.elem!.kind === 'row'
/** The word by which errors name a type. */
export const short = (t: Type): string => (isTable(t) ? 'table' : t.kind)

export function sameType(a: Type, b: Type): boolean {
  if (a.kind !== b.kind || !a.elem !== !b.elem) return false
  if (a.elem && !sameType(a.elem, b.elem!)) return false
  const as = Object.keys(a.cols ?? {})
  const bs = Object.keys(b.cols ?? {})
  return (
    as.length === bs.length &&
    as.every((k) => Object.hasOwn(b.cols!, k) && sameType(a.cols![k]!, b.cols![k]!))
  )
}

/** The short form for people: list(text), table(a: date, b: text). */
export function typeText(t: Type): string {
  if (isTable(t)) return 'table' + typeText(t.elem!).slice('row'.length)
  if (t.elem) return `${t.kind}(${typeText(t.elem)})`
  if (t.kind !== 'row') return t.kind
  const cols = Object.keys(t.cols!).sort((a, b) => (a < b ? -1 : 1))
  return `row(${cols.map((c) => `${c}: ${typeText(t.cols![c]!)}`).join(', ')})`
}

const maxTypeDepth = 6

/** Reads a written type; it fails with expr_declaration. */
export function typeOf(spec: TypeSpec, name: string, depth = maxTypeDepth): Type {
  const fail = () => new ExprError('expr_declaration', name)
  if (depth <= 0) throw fail()
  if (typeof spec === 'string') {
    if (!isPlain({ kind: spec })) throw fail()
    return { kind: spec }
  }
  if (!spec || Object.keys(spec).length !== 1) throw fail()
  if ('list' in spec) return listOf(typeOf(spec.list, name, depth - 1))
  const columns = 'row' in spec ? spec.row : spec.table
  if (!columns) throw fail()
  const names = Object.keys(columns)
  const inner = 'row' in spec ? depth - 1 : depth - 2
  if (names.length === 0 || !names.every(isName)) throw fail()
  const cols: Record<string, Type> = Object.create(null)
  for (const c of names) cols[c] = typeOf(columns[c]!, name, inner)
  return 'row' in spec ? { kind: 'row', cols } : listOf({ kind: 'row', cols })
}

/** The type that holds the values of both. */
export function meet(a: Type, b: Type): Type | undefined {
  if (sameType(a, b)) return a
  if ((a.kind === 'integer' && b.kind === 'decimal') || (a.kind === 'decimal' && b.kind === 'integer'))
    return decimal
  if (a.kind === 'nothing') return b
  if (b.kind === 'nothing') return a
  if (a.kind === 'list' && b.kind === 'list') {
    const elem = meet(a.elem!, b.elem!)
    return elem && listOf(elem)
  }
  return undefined
}

/** Whether integers become decimals on the way from one type to the other, which holds it. */
export function widens(from: Type, to: Type): boolean {
  if (from.elem && to.elem) return widens(from.elem, to.elem)
  return from.kind === 'integer' && to.kind === 'decimal'
}

/** Whether a value of one type may be given where another is declared, and whether it must be made a decimal for it. */
export function fits(want: Type, have: Type): { ok: boolean; widen: boolean } {
  if (want.kind === 'list' && have.kind === 'list' && want.elem!.kind === 'any')
    return { ok: true, widen: false }
  const t = meet(want, have)
  if (!t || !sameType(t, want)) return { ok: false, widen: false }
  return { ok: true, widen: widens(have, want) }
}

/** What == takes: values, and lists of them. */
export const comparable = (t: Type): boolean =>
  isPlain(t) || t.kind === 'nothing' || (t.kind === 'list' && comparable(t.elem!))
