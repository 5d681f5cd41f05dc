import { sentences, typeNames, unnamed, type Code } from './sentences'

export type { Code } from './sentences'

/** Why a source is no expression, or why it has no value. It may be shown to people; it never holds a value. */
export class ExprError extends Error {
  line = 0 // from 1, 0 for none
  column = 0 // from 1, in characters

  constructor(
    readonly code: Code,
    /** The variable, column, function, sign or year that it is about. */
    readonly subject = '',
    /** The offset in characters, -1 for none. */
    readonly at = -1,
    /** expr_type, expr_result: the types that were found, "text, integer". */
    readonly types = '',
  ) {
    super(code)
    this.name = 'ExprError'
  }

  /** Tells line and column from the offset. */
  place(source: string[]): this {
    if (this.at < 0) return this
    this.line = 1
    this.column = 1
    for (const c of source.slice(0, this.at)) {
      this.column++
      if (c === '\n') {
        this.line++
        this.column = 1
      }
    }
    return this
  }

  /** What is wrong and what to do about it, without the place. */
  sentence(lang: string): string {
    const s = (this.subject === '' && unnamed[this.code]) || sentences[this.code]
    const en = lang === 'en'
    const called = (type: string) => (en ? type : (typeNames[type] ?? type))
    const types = this.types
      .split(', ')
      .map(called)
      .join(en ? ', ' : '、')
    const name = this.code === 'expr_result' ? called(this.subject) : this.subject
    return s[en ? 1 : 0].split('{types}').join(types).split('{name}').join(name)
  }
}
