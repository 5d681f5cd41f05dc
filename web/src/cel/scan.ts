import { ExprError } from './error'

// Limits of a source, those of the server.
const maxSource = 8000 // characters
const maxTokens = 2000

export interface Token {
  kind: string // "name", "integer", "decimal", "text", "end", or the sign itself
  text: string // as written; of a text, what it means
  at: number // offset in characters
}

/** Reserved words of CEL, and what JavaScript cannot bear as a name. */
export const reserved = new Set(
  (
    'as break const continue else for function if import let loop package namespace return var void while ' +
    '__proto__ prototype in true false null'
  ).split(' '),
)

const signs = '== != <= >= && || + - * / % < > ! ? : . , ( ) [ ] { }'.split(' ')
const escapes: Record<string, string> = { '\\': '\\', '"': '"', "'": "'", n: '\n', r: '\r', t: '\t' }

const isLetter = (c: string) => /^[A-Za-z_]$/.test(c)
const isDigit = (c: string) => c >= '0' && c <= '9'

/** What may be the name of a variable or a column. */
export const isName = (s: string) => /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(s) && !reserved.has(s)

/** Whether a text holds half a character, which UTF-8 has not. */
export const isBroken = (s: string) => /\p{Surrogate}/u.test(s)

/**
 * Divides a source into tokens. Everything that the grammars of CEL implementations treat differently ends
 * here: raw and triple quotes, bytes, hexadecimal and unsigned numbers, rare escapes.
 */
export function scan(source: string[]): Token[] {
  if (source.length > maxSource) throw new ExprError('expr_long')
  if (isBroken(source.join(''))) throw new ExprError('expr_char')
  const s = new Scanner(source)
  const all: Token[] = []
  for (;;) {
    s.skip()
    const t = s.next()
    all.push(t)
    if (t.kind === 'end') return all
    if (all.length > maxTokens) throw new ExprError('expr_long', '', t.at)
  }
}

class Scanner {
  private at = 0
  constructor(private readonly src: string[]) {}

  private peek(ahead = 0): string {
    return this.src[this.at + ahead] ?? ''
  }

  /** Passes blanks and comments. */
  skip() {
    for (;;) {
      const c = this.peek()
      if (c === ' ' || c === '\t' || c === '\n' || c === '\r') this.at++
      else if (c === '/' && this.peek(1) === '/')
        while (this.at < this.src.length && this.peek() !== '\n') this.at++
      else return
    }
  }

  next(): Token {
    const at = this.at
    const c = this.peek()
    if (c === '') return { kind: 'end', text: '', at }
    if (isLetter(c)) {
      while (isLetter(this.peek()) || isDigit(this.peek())) this.at++
      return { kind: 'name', text: this.from(at), at }
    }
    if (isDigit(c)) return this.number()
    if (c === '"' || c === "'") return this.quoted(c)
    const sign = signs.find((s) => c + this.peek(1) === s || c === s)
    if (!sign) throw new ExprError('expr_char', c, at)
    this.at += sign.length
    return { kind: sign, text: sign, at }
  }

  private from(start: number) {
    return this.src.slice(start, this.at).join('')
  }

  private digits() {
    while (isDigit(this.peek())) this.at++
  }

  /** 12, 1.5 and 1.5e3. No letter, digit or dot may follow at once. */
  private number(): Token {
    const at = this.at
    let kind = 'integer'
    this.digits()
    if (this.peek() === '.' && isDigit(this.peek(1))) {
      kind = 'decimal'
      this.at++
      this.digits()
    }
    if (this.peek() === 'e' || this.peek() === 'E') {
      const ahead = this.peek(1) === '+' || this.peek(1) === '-' ? 2 : 1
      if (isDigit(this.peek(ahead))) {
        kind = 'decimal'
        this.at += ahead
        this.digits()
      }
    }
    let whole = true
    for (let c = this.peek(); isLetter(c) || isDigit(c) || c === '.'; c = this.peek()) {
      whole = false
      this.at++
    }
    const text = this.from(at)
    // The parser lets 9223372036854775808 stand behind a minus only.
    if (whole)
      whole = kind === 'decimal' ? Number.isFinite(Number(text)) : BigInt(text) <= 9223372036854775808n
    if (!whole) throw new ExprError('expr_number', text, at)
    return { kind, text, at }
  }

  /** A text in double or single quotes. */
  private quoted(quote: string): Token {
    const at = this.at
    let text = ''
    this.at++
    for (;;) {
      const c = this.peek()
      if (c === quote) {
        this.at++
        return { kind: 'text', text, at }
      }
      if (c === '\\' && this.peek(1) === 'u') {
        const hex = this.src.slice(this.at + 2, this.at + 6).join('')
        const n = /^[0-9a-fA-F]{4}$/.test(hex) ? parseInt(hex, 16) : 0xd800
        if (n >= 0xd800 && n < 0xe000) throw new ExprError('expr_text', '', this.at)
        text += String.fromCharCode(n)
        this.at += 6
      } else if (c === '\\') {
        const meant = escapes[this.peek(1)]
        if (meant === undefined) throw new ExprError('expr_text', '', this.at)
        text += meant
        this.at += 2
      } else if (c === '' || (c < ' ' && c !== '\t')) throw new ExprError('expr_text', '', at)
      else {
        text += c
        this.at++
      }
    }
  }
}
