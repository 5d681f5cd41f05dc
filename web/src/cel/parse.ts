import { ExprError } from './error'
import { reserved, type Token } from './scan'

const maxHeight = 120 // of the tree, and of brackets in brackets

export type Literal = string | bigint | number | boolean

/** A part of a source as written. */
export interface Node {
  op: string // "literal", "name", "call", "method", "select", "?select", "index", "?index", "list", "map", "neg", or the sign of an operator, "?:" among them
  at: number // of the sign, or of the name of what is called or selected
  name: string
  value?: Literal
  args: Node[]
  height: number
}

export const node = (op: string, at: number, args: Node[] = [], name = ''): Node => ({
  op,
  at,
  name,
  args,
  height: 0,
})
const literalNode = (at: number, value: Literal): Node => ({ ...node('literal', at), value })

/** Measures a node, unless it is too high. */
function grow(n: Node): Node {
  n.height = n.args.reduce((h, a) => Math.max(h, a.height + 1), 0)
  if (n.height > maxHeight) throw new ExprError('expr_deep', '', n.at)
  return n
}

/** The operators from the loosest to the tightest. */
const levels = [['||'], ['&&'], ['==', '!=', '<', '<=', '>', '>=', 'in'], ['+', '-'], ['*', '/', '%']]

/** Reads the grammar that expr/parse.go gives. */
export function parse(tokens: Token[]): Node {
  const p = new Parser(tokens)
  if (p.is('end')) throw new ExprError('expr_empty')
  const n = p.expr()
  if (!p.is('end')) throw p.unexpected()
  return n
}

class Parser {
  private i = 0
  private depth = 0 // of brackets
  constructor(private readonly tokens: Token[]) {}

  private get token(): Token {
    return this.tokens[this.i]!
  }

  is(kind: string) {
    return this.token.kind === kind
  }

  private isAny(kinds: string[]) {
    return (
      kinds.includes(this.token.kind) || (this.is('name') && this.token.text === 'in' && kinds.includes('in'))
    )
  }

  private take(): Token {
    const t = this.token
    if (t.kind !== 'end') this.i++
    return t
  }

  private skip(kind: string) {
    if (!this.is(kind)) return false
    this.take()
    return true
  }

  private expect(kind: string) {
    if (!this.skip(kind)) throw this.unexpected()
  }

  unexpected() {
    return new ExprError('expr_syntax', this.token.text, this.token.at)
  }

  expr(): Node {
    this.depth++
    if (this.depth > maxHeight) throw new ExprError('expr_deep', '', this.token.at)
    const n = this.ternary()
    this.depth--
    return n
  }

  private ternary(): Node {
    const cond = this.binary(0)
    if (!this.is('?')) return cond
    const { at } = this.take()
    const yes = this.binary(0)
    this.expect(':')
    const no = this.expr()
    return grow(node('?:', at, [cond, yes, no]))
  }

  private binary(level: number): Node {
    const ops = levels[level]
    if (!ops) return this.unary()
    let left = this.binary(level + 1)
    while (this.isAny(ops)) {
      const op = this.take()
      const right = this.binary(level + 1)
      left = grow(node(op.text, op.at, [left, right]))
    }
    return left
  }

  private unary(): Node {
    if (!this.is('!') && !this.is('-')) return this.part()
    const op = this.take()
    if (op.kind === '-' && this.is('integer') && this.token.text === '9223372036854775808') {
      this.take()
      return this.literal(literalNode(op.at, -9223372036854775808n))
    }
    const arg = this.unary()
    if (op.kind === '!') return grow(node('!', op.at, [arg]))
    if (arg.op === 'literal' && typeof arg.value === 'bigint' && arg.value > 0n)
      return literalNode(op.at, -arg.value)
    return grow(node('neg', op.at, [arg], '-'))
  }

  private part(): Node {
    let n = this.primary()
    while (this.is('.') || this.is('[')) n = this.is('.') ? this.dot(n) : this.bracket(n)
    return n
  }

  private dot(left: Node): Node {
    this.take()
    const n = node('select', 0, [left])
    if (this.skip('?')) n.op = '?select'
    if (!this.is('name')) throw this.unexpected()
    const name = this.take()
    n.name = name.text
    n.at = name.at
    if (n.op === 'select' && this.skip('(')) {
      n.op = 'method'
      n.args = [left, ...this.list(')', false)]
    }
    return grow(n)
  }

  private bracket(left: Node): Node {
    const n = node('index', this.take().at)
    if (this.skip('?')) n.op = '?index'
    n.args = [left, this.expr()]
    this.expect(']')
    return grow(n)
  }

  /** Reads up to the closing bracket; only in lists a comma may stand before it. */
  private list(end: string, comma: boolean): Node[] {
    const all: Node[] = []
    while (!this.skip(end)) {
      if (all.length > 0) {
        this.expect(',')
        if (comma && this.skip(end)) break
      }
      all.push(this.expr())
    }
    return all
  }

  private primary(): Node {
    const t = this.token
    switch (t.kind) {
      case 'name':
        return this.named(this.take())
      case 'text':
        this.take()
        return literalNode(t.at, t.text)
      case 'integer':
        if (BigInt(t.text) > 9223372036854775807n) throw new ExprError('expr_number', t.text, t.at)
        this.take()
        return this.literal(literalNode(t.at, BigInt(t.text)))
      case 'decimal':
        this.take()
        return this.literal(literalNode(t.at, Number(t.text)))
      case '(': {
        this.take()
        const n = this.expr()
        this.expect(')')
        return n
      }
      case '[':
        this.take()
        return grow(node('list', t.at, this.list(']', true)))
      case '{':
        this.take()
        return this.pairs(t.at)
    }
    throw this.unexpected()
  }

  /** Refuses -1.abs(), which CEL reads as (-1).abs() and most people do not. */
  private literal(n: Node): Node {
    if (this.is('.') || this.is('[')) throw this.unexpected()
    return n
  }

  private named(t: Token): Node {
    if (t.text === 'true' || t.text === 'false') return literalNode(t.at, t.text === 'true')
    if (t.text === 'null') throw new ExprError('expr_refused', t.text, t.at)
    if (t.text === 'in') throw new ExprError('expr_syntax', t.text, t.at)
    if (reserved.has(t.text)) throw new ExprError('expr_reserved', t.text, t.at)
    if (!this.skip('(')) return node('name', t.at, [], t.text)
    return grow(node('call', t.at, this.list(')', false), t.text))
  }

  private pairs(at: number): Node {
    const n = node('map', at)
    while (!this.skip('}')) {
      if (n.args.length > 0) {
        this.expect(',')
        if (this.skip('}')) break
      }
      const key = this.expr()
      this.expect(':')
      n.args.push(key, this.expr())
    }
    return grow(n)
  }
}
