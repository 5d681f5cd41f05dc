import { ExprError } from './error'
import { choose, functions, type Signature } from './functions'
import { masks } from './library/mask'
import { parse, type Literal, type Node } from './parse'
import { readPattern, type Pattern } from './pattern'
import { parseDay } from './day'
import { scan } from './scan'
import * as T from './types'
import type { Type } from './types'

/** What a node means: the same in both engines, with types resolved. */
export interface Core {
  op: string // "literal", "pattern", "variable" of a macro, "call", "&&", "||", "?:", "list", "all", "exists", "filter", "map"
  at: number // offset in the source, for errors
  fn: string // of a call
  name: string // of the variable of a macro
  value?: Literal | Pattern
  args: Core[]
  nodes: number // in it and below, by which work is counted
}

interface Typed {
  core: Core
  type: Type
}

interface Binding {
  name: string
  inner: string
  type: Type
}

function core(op: string, at: number, args: Core[], rest: Partial<Core> = {}): Core {
  return { op, at, fn: '', name: '', args, nodes: args.reduce((n, a) => n + a.nodes, 1), ...rest }
}
const call = (fn: string, at: number, ...args: Core[]) => core('call', at, args, { fn })
const literal = (at: number, value: Literal) => core('literal', at, [], { value })

/** Makes the integers in t decimals. */
const widened = (t: Typed, to: Type): Core =>
  T.widens(t.type, to) ? call('widen', t.core.at, t.core) : t.core

function widenAll(sig: Signature, args: Typed[]): Core[] {
  return args.map((a, i) => {
    const p = sig.params[i]!
    return p.kind === 'list' && p.elem!.kind === 'any' ? a.core : widened(a, p)
  })
}

const mismatch = (name: string, at: number, types: Type[]) =>
  new ExprError('expr_type', name, at, types.map(T.short).join(', '))
const typesOf = (ts: Typed[]) => ts.map((t) => t.type)

const callOf = (fn: string, at: number, type: Type, ...args: Core[]): Typed => ({
  core: call(fn, at, ...args),
  type,
})

/** Finds the type of every part and what it means. The first fault ends it. */
export class Checker {
  readonly uses = new Set<string>()
  private readonly bound: Binding[] = [] // variables of the macros around
  private count = 0 // of all of them so far

  constructor(private readonly vars: Map<string, Type>) {}

  /** Reads and checks a whole expression; without a wanted type any that can be a result will do. */
  source(source: string[], want?: Type): Typed {
    const t = this.check(parse(scan(source)))
    const leaves = T.comparable(t.type) && t.type.kind !== 'nothing'
    if (!want && leaves) return t
    if (!leaves || !want || !T.fits(want, t.type).ok)
      throw new ExprError('expr_result', want ? T.short(want) : '', t.core.at, T.short(t.type))
    return { core: widened(t, want), type: want }
  }

  private check(n: Node): Typed {
    switch (n.op) {
      case 'literal':
        return this.literal(n)
      case 'name':
        return this.variable(n)
      case 'call':
        return this.call(n)
      case 'method':
        return this.method(n)
      case 'select':
      case '?select':
        return this.column(n)
      case 'index':
      case '?index':
        return this.index(n)
      case 'list':
        return this.list(n.at, n.args)
      case 'map':
        throw new ExprError('expr_refused', '{', n.at) // only index takes one
      case '?:':
        return this.conditional(n)
      case '&&':
      case '||':
        return this.logical(n)
      case '==':
      case '!=':
        return this.equal(n)
      case 'in':
        return this.among(n)
    }
    return this.operator(n)
  }

  private all(ns: Node[]): Typed[] {
    return ns.map((n) => this.check(n))
  }

  private literal(n: Node): Typed {
    const value = n.value as Literal
    const types = { string: T.text, bigint: T.integer, number: T.decimal, boolean: T.boolean }
    return { core: literal(n.at, value), type: types[typeof value as keyof typeof types] }
  }

  private variable(n: Node): Typed {
    const b = this.bound.find((b) => b.name === n.name)
    if (b) return { core: core('variable', n.at, [], { name: b.inner }), type: b.type }
    const type = this.vars.get(n.name)
    if (!type) throw new ExprError('expr_unknown', n.name, n.at)
    this.uses.add(n.name)
    return callOf('value', n.at, type, literal(n.at, n.name))
  }

  /** The arithmetic, the comparisons and what is unary. */
  private operator(n: Node): Typed {
    const args = this.all(n.args)
    const types = typesOf(args)
    if (n.op === '+') {
      const both = T.meet(types[0]!, types[1]!)
      if (both?.kind === 'list')
        return callOf('add_lists', n.at, both, widened(args[0]!, both), widened(args[1]!, both))
    }
    const key = n.op === 'neg' ? 'unary-' : ['<=', '>', '>='].includes(n.op) ? '<' : n.op
    const sig = choose(functions.get(key) ?? [], types)
    if (!sig) throw mismatch(n.op === 'neg' ? '-' : n.op, n.at, types)
    const cores = widenAll(sig, args)
    // a > b is b < a, but computed in the order written.
    if (n.op === '>') return callOf('greater', n.at, T.boolean, ...cores)
    if (n.op === '<=') return callOf('not', n.at, T.boolean, call('greater', n.at, ...cores))
    if (n.op === '>=') return callOf('not', n.at, T.boolean, call(sig.fn, n.at, ...cores))
    return callOf(sig.fn, n.at, sig.result, ...cores)
  }

  private logical(n: Node): Typed {
    const args = this.all(n.args)
    if (args.some((a) => a.type.kind !== 'boolean')) throw mismatch(n.op, n.at, typesOf(args))
    return {
      core: core(
        n.op,
        n.at,
        args.map((a) => a.core),
      ),
      type: T.boolean,
    }
  }

  private conditional(n: Node): Typed {
    const [cond, yes, no] = this.all(n.args) as [Typed, Typed, Typed]
    if (cond.type.kind !== 'boolean') throw mismatch('?', n.at, [cond.type])
    const both = T.meet(yes.type, no.type)
    if (!both) throw mismatch('?', n.at, [yes.type, no.type])
    return { core: core('?:', n.at, [cond.core, widened(yes, both), widened(no, both)]), type: both }
  }

  private equal(n: Node): Typed {
    const args = this.all(n.args)
    const both = T.meet(args[0]!.type, args[1]!.type)
    if (!both || !T.comparable(both)) throw mismatch(n.op, n.at, typesOf(args))
    const eq = call('equal', n.at, widened(args[0]!, both), widened(args[1]!, both))
    return { core: n.op === '!=' ? call('not', n.at, eq) : eq, type: T.boolean }
  }

  private among(n: Node): Typed {
    const [value, list] = this.all(n.args) as [Typed, Typed]
    const both = list.type.kind === 'list' ? T.meet(value.type, list.type.elem!) : undefined
    if (!both || !T.comparable(both)) throw mismatch('in', n.at, [value.type, list.type])
    return callOf('among', n.at, T.boolean, widened(value, both), widened(list, T.listOf(both)))
  }

  private list(at: number, ns: Node[]): Typed {
    const args = this.all(ns)
    let elem = T.nothing
    args.forEach((a, i) => {
      const both = T.meet(elem, a.type)
      if (!both || a.type.kind === 'optional') throw mismatch('[', ns[i]!.at, [elem, a.type])
      elem = both
    })
    return {
      core: core(
        'list',
        at,
        args.map((a) => widened(a, elem)),
      ),
      type: T.listOf(elem),
    }
  }

  /** row.name and row.?name, which is optional and stays so. */
  private column(n: Node): Typed {
    const left = this.check(n.args[0]!)
    let row = left.type
    let fn = 'column'
    if (row.kind === 'optional') {
      row = row.elem!
      fn = 'column_of_optional'
    } else if (n.op === '?select') fn = 'optional_column'
    if (row.kind !== 'row') throw mismatch('.' + n.name, n.at, [left.type])
    const type = row.cols![n.name]
    if (!type) throw new ExprError('expr_column', n.name, n.at)
    return callOf(fn, n.at, fn === 'column' ? type : T.optionalOf(type), left.core, literal(n.at, n.name))
  }

  /** list[i], {…}[key] and both with a ? before the index. */
  private index(n: Node): Typed {
    if (n.args[0]!.op === 'map') return this.lookup(n)
    const [list, i] = this.all(n.args) as [Typed, Typed]
    if (list.type.kind !== 'list' || list.type.elem!.kind === 'nothing' || i.type.kind !== 'integer')
      throw mismatch('[', n.at, [list.type, i.type])
    const elem = list.type.elem!
    if (n.op === '?index') return callOf('optional_element', n.at, T.optionalOf(elem), list.core, i.core)
    return callOf('element', n.at, elem, list.core, i.core)
  }

  /** {"a": 1, "b": 2}[key]: a table of cases, whose keys are written out. */
  private lookup(n: Node): Typed {
    const { args: entries, at } = n.args[0]!
    const keys: Node[] = []
    const values: Node[] = []
    const seen = new Set<unknown>()
    for (let i = 0; i < entries.length; i += 2) {
      const k = entries[i]!
      if (k.op !== 'literal' || typeof k.value === 'boolean') throw new ExprError('expr_constant', '{', k.at)
      if (seen.has(k.value))
        throw new ExprError('expr_taken', typeof k.value === 'number' ? '' : String(k.value), k.at)
      seen.add(k.value)
      keys.push(k)
      values.push(entries[i + 1]!)
    }
    const keyList = this.list(at, keys)
    const valueList = this.list(at, values)
    const key = this.check(n.args[1]!)
    const keyType = keyList.type.elem!
    const valueType = valueList.type.elem!
    if (keyType.kind === 'decimal' || !T.sameType(keyType, key.type) || valueType.kind === 'nothing')
      throw mismatch('[', n.at, [{ kind: 'map' }, key.type])
    const parts = [keyList.core, valueList.core, key.core]
    if (n.op === '?index') return callOf('optional_lookup', n.at, T.optionalOf(valueType), ...parts)
    return callOf('lookup', n.at, valueType, ...parts)
  }

  private call(n: Node): Typed {
    if ((n.name === 'min' || n.name === 'max') && n.args.length > 1) return this.extreme(n)
    if (n.name === 'has') return this.has(n)
    if (n.name === 'or') return this.or(n)
    return this.apply(n, n.name)
  }

  /** Checks a call by the list of functions. */
  private apply(n: Node, key: string): Typed {
    const sigs = functions.get(key)
    if (!sigs) throw new ExprError('expr_function', n.name, n.at)
    if (!sigs.some((s) => s.params.length === n.args.length))
      throw new ExprError('expr_arguments', n.name, n.at)
    const args = this.all(n.args)
    const sig = choose(sigs, typesOf(args))
    if (!sig) throw mismatch(n.name, n.at, typesOf(args))
    const cores = widenAll(sig, args)
    constants(n, cores)
    return callOf(sig.fn, n.at, sig.result, ...cores)
  }

  /** min(a, b, …), which is min([a, b, …]). */
  private extreme(n: Node): Typed {
    const args = this.all(n.args)
    let elem: Type | undefined = T.nothing
    for (const a of args) {
      elem = T.meet(elem, a.type)
      if (!elem) throw mismatch(n.name, n.at, typesOf(args))
    }
    const sig = choose(functions.get(n.name)!, [T.listOf(elem)])
    if (!sig) throw mismatch(n.name, n.at, typesOf(args))
    const list = core(
      'list',
      n.at,
      args.map((a) => widened(a, elem)),
    )
    return callOf(sig.fn, n.at, sig.result, list)
  }

  /** has(e) tells whether e touches no missing value. */
  private has(n: Node): Typed {
    if (n.args.length !== 1) throw new ExprError('expr_arguments', n.name, n.at)
    const t = this.check(n.args[0]!)
    if (t.type.kind === 'optional') throw mismatch(n.name, n.at, [t.type])
    return callOf('has', n.at, T.boolean, t.core)
  }

  /** or(e, f, …) is the first that touches no missing value. */
  private or(n: Node): Typed {
    if (n.args.length < 2) throw new ExprError('expr_arguments', n.name, n.at)
    const args = this.all(n.args)
    let both: Type | undefined = args[0]!.type
    for (const a of args) {
      both = T.meet(both, a.type)
      if (!both || both.kind === 'optional') throw mismatch(n.name, n.at, typesOf(args))
    }
    const type = both
    const core = args.map((a) => widened(a, type)).reduceRight((last, a) => call('or', n.at, a, last))
    return { core, type }
  }

  private method(n: Node): Typed {
    switch (n.name) {
      case 'all':
      case 'exists':
      case 'exists_one':
      case 'filter':
      case 'map':
        return this.macro(n)
      case 'orValue':
      case 'hasValue':
      case 'value':
        return this.optional(n)
    }
    return this.apply(n, '.' + n.name)
  }

  /** What can be done with row.?name and list[?i]. */
  private optional(n: Node): Typed {
    if (n.args.length !== (n.name === 'orValue' ? 2 : 1)) throw new ExprError('expr_arguments', n.name, n.at)
    const args = this.all(n.args)
    const opt = args[0]!
    if (opt.type.kind !== 'optional') throw mismatch(n.name, n.at, typesOf(args))
    const elem = opt.type.elem!
    if (n.name === 'hasValue') return callOf('has_value', n.at, T.boolean, opt.core)
    const value = callOf('value_of', n.at, elem, opt.core)
    if (n.name === 'value') return value
    const both = T.meet(elem, args[1]!.type)
    if (!both || both.kind === 'optional') throw mismatch(n.name, n.at, typesOf(args))
    return callOf('or', n.at, both, widened(value, both), widened(args[1]!, both))
  }

  /** list.all(x, …) and its like. */
  private macro(n: Node): Typed {
    const [list, ...args] = n.args as [Node, ...Node[]]
    if (args.length !== 2 && (n.name !== 'map' || args.length !== 3))
      throw new ExprError('expr_arguments', n.name, n.at)
    let over = this.check(list)
    if (over.type.kind !== 'list' || over.type.elem!.kind === 'nothing')
      throw mismatch(n.name, n.at, [over.type])
    const name = args[0]!
    if (name.op !== 'name') throw new ExprError('expr_syntax', n.name, name.at)
    if (this.vars.has(name.name) || this.bound.some((b) => b.name === name.name))
      throw new ExprError('expr_taken', name.name, name.at)
    if (args.length === 3) over = this.over(n, over, name, args[1]!, 'filter') // map(x, condition, value)
    const last = args[args.length - 1]!
    if (n.name !== 'exists_one') return this.over(n, over, name, last, n.name)
    return callOf('one', n.at, T.boolean, this.over(n, over, name, last, 'filter').core)
  }

  /** Checks the body of a macro with its variable bound to the elements. */
  private over(n: Node, list: Typed, name: Node, body: Node, op: string): Typed {
    const inner = `x${++this.count}`
    this.bound.push({ name: name.name, inner, type: list.type.elem! })
    const t = this.check(body)
    this.bound.pop()
    if (op === 'map' ? t.type.kind === 'optional' || t.type.kind === 'nothing' : t.type.kind !== 'boolean')
      throw mismatch(n.name, n.at, [t.type])
    const type = op === 'map' ? T.listOf(t.type) : op === 'filter' ? list.type : T.boolean
    const ranged = call('range', n.at, literal(n.at, BigInt(t.core.nodes)), list.core)
    return { core: core(op, n.at, [ranged, t.core], { name: inner }), type }
  }
}

/** Looks at last arguments that must be written out, and at dates that are. It makes a pattern of that of matches. */
function constants(n: Node, cores: Core[]) {
  const last = cores[cores.length - 1]!
  const text = last.op === 'literal' && typeof last.value === 'string' ? last.value : undefined
  if (n.name === 'matches' || (n.name === 'masked' && n.args.length === 2)) {
    if (text === undefined) throw new ExprError('expr_constant', n.name, last.at)
    if (n.name === 'masked') {
      if (!masks.has(text)) throw new ExprError('expr_mask', text, last.at)
      return
    }
    const pattern = readPattern(text)
    if (!pattern) throw new ExprError('expr_pattern', text, last.at)
    cores[cores.length - 1] = { ...last, op: 'pattern', value: pattern }
  } else if (n.name === 'date' && text !== undefined && parseDay(text) === 0)
    throw new ExprError('expr_date', '', last.at)
}
