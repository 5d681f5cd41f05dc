// The patterns of matches: what expr/pattern.go allows, matched here without backtracking, so that no pattern
// takes more than length × states steps and none means something else than in Go.

const maxPattern = 200 // characters
const maxCount = 100 // in {n,m}
const maxStates = 1000 // with counts written out

type Test = (c: string) => boolean

type Part =
  | { op: 'test'; test: Test }
  | { op: 'start' | 'end' }
  | { op: 'all' | 'any'; parts: Part[] } // one after another; one of them
  | { op: 'count'; part: Part; least: number; most: number } // most -1: no end

/** One step of the machine: a test of a character, an assertion, or ways to go on. */
type Step = { test: Test } | { assert: 'start' | 'end' } | { ways: number[] } | { found: true }

export interface Pattern {
  states: number // its size, by which its work is counted
  matches(s: string): boolean
}

class Refused extends Error {}

const oneOf = (set: string) => {
  const chars = new Set(set)
  return (c: string) => chars.has(c)
}
const digit: Test = (c) => c >= '0' && c <= '9' && c.length === 1
const sets: Record<string, Test> = {
  d: digit,
  w: (c) => /^[0-9A-Za-z_]$/.test(c),
  s: oneOf('\t\n\f\r '),
}
const code = (c: string) => c.codePointAt(0)!

class Reader {
  private i = 0
  constructor(private readonly src: string[]) {}

  get done() {
    return this.i >= this.src.length
  }

  private peek(): string {
    return this.src[this.i] ?? ''
  }

  private isOneOf(set: string) {
    return !this.done && set.includes(this.peek())
  }

  alternatives(depth: number): [Part, number] {
    const [first, size] = this.sequence(depth)
    const parts = [first]
    let n = size
    while (this.peek() === '|') {
      this.i++
      const [next, size] = this.sequence(depth)
      parts.push(next)
      n += size + 1
    }
    return [parts.length > 1 ? { op: 'any', parts } : first, n]
  }

  private sequence(depth: number): [Part, number] {
    const parts: Part[] = []
    let n = 0
    while (!this.done && !this.isOneOf('|)')) {
      const [part, size] = this.part(depth)
      parts.push(part)
      n += size
      if (n > maxStates) throw new Refused()
    }
    if (parts.length === 0) throw new Refused()
    return [{ op: 'all', parts }, n]
  }

  /** One thing and its count. */
  private part(depth: number): [Part, number] {
    const c = this.peek()
    if (c === '^' || c === '$') {
      this.i++
      if (this.isOneOf('*+?{')) throw new Refused()
      return [{ op: c === '^' ? 'start' : 'end' }, 1]
    }
    if (c === '(') return this.count(...this.group(depth))
    if (c === '[') return this.count({ op: 'test', test: this.class() }, 1)
    if (c === '\\') {
      const e = this.escape()
      return this.count({ op: 'test', test: typeof e === 'string' ? (x) => x === e : e }, 1)
    }
    if (this.isOneOf('*+?{}]')) throw new Refused()
    this.i++
    return this.count({ op: 'test', test: c === '.' ? (x) => x !== '\n' : (x) => x === c }, 1)
  }

  private group(depth: number): [Part, number] {
    this.i++
    if (depth === 20) throw new Refused()
    if (this.peek() === '?') {
      this.i++
      if (this.peek() !== ':') throw new Refused()
      this.i++
    }
    const found = this.alternatives(depth + 1)
    if (this.peek() !== ')') throw new Refused()
    this.i++
    return found
  }

  private count(part: Part, n: number): [Part, number] {
    const c = this.peek()
    let least = 0
    let most = -1
    let size = n + 1
    if (c === '*' || c === '+' || c === '?') {
      this.i++
      if (c === '+') least = 1
      if (c === '?') most = 1
    } else if (c === '{') {
      ;[least, most] = this.braces()
      size = n * Math.max(least, most, 1) + (most < 0 ? 1 : 0)
    } else return [part, n]
    if (this.isOneOf('*+?{') || size > maxStates) throw new Refused()
    return [{ op: 'count', part, least, most }, size]
  }

  /** {n}, {n,} and {n,m}. */
  private braces(): [number, number] {
    this.i++
    const least = this.digits()
    let most = least
    if (this.peek() === ',') {
      this.i++
      most = this.peek() === '}' ? -1 : this.digits()
    }
    if (this.peek() !== '}' || least > maxCount || most > maxCount || (most >= 0 && most < least))
      throw new Refused()
    this.i++
    return [least, most]
  }

  private digits(): number {
    const start = this.i
    while (digit(this.peek()) && this.i < start + 4) this.i++
    if (this.i === start) throw new Refused()
    return Number(this.src.slice(start, this.i).join(''))
  }

  /** \d and its like, or a sign that would mean something else. */
  private escape(): string | Test {
    this.i++
    const c = this.peek()
    this.i++
    if (sets[c]) return sets[c]
    if (c !== '' && '.\\+*?()[]{}|^$/-'.includes(c)) return c
    throw new Refused()
  }

  /** [abc], [^a-z0-9\d]. */
  private class(): Test {
    this.i++
    const negated = this.peek() === '^'
    if (negated) this.i++
    const tests: Test[] = []
    while (tests.length === 0 || this.peek() !== ']') {
      const low = this.member()
      if (this.peek() !== '-') {
        tests.push(typeof low === 'string' ? (c) => c === low : low)
        continue
      }
      this.i++
      const high = this.member()
      if (typeof low !== 'string' || typeof high !== 'string' || code(high) < code(low)) throw new Refused()
      const [from, to] = [code(low), code(high)]
      tests.push((c) => code(c) >= from && code(c) <= to)
    }
    this.i++
    return (c) => tests.some((t) => t(c)) !== negated
  }

  private member(): string | Test {
    if (this.peek() === '\\') return this.escape()
    if (this.done || this.isOneOf('[]^-')) throw new Refused()
    return this.src[this.i++]!
  }
}

/** Appends the steps of a part; what follows it comes behind them. */
function compile(part: Part, steps: Step[]) {
  switch (part.op) {
    case 'test':
      steps.push({ test: part.test })
      return
    case 'start':
    case 'end':
      steps.push({ assert: part.op })
      return
    case 'all':
      for (const p of part.parts) compile(p, steps)
      return
    case 'any': {
      const fork = { ways: [] as number[] }
      const ends: { ways: number[] }[] = []
      steps.push(fork)
      for (const p of part.parts) {
        fork.ways.push(steps.length)
        compile(p, steps)
        const end = { ways: [] as number[] }
        ends.push(end)
        steps.push(end)
      }
      for (const e of ends) e.ways.push(steps.length)
      return
    }
  }
  for (let i = 0; i < part.least; i++) compile(part.part, steps)
  if (part.most < 0) {
    const again = steps.length
    const fork = { ways: [again + 1] }
    steps.push(fork)
    compile(part.part, steps)
    steps.push({ ways: [again] })
    fork.ways.push(steps.length)
    return
  }
  const forks: { ways: number[] }[] = []
  for (let i = part.least; i < part.most; i++) {
    const fork = { ways: [steps.length + 1] }
    forks.push(fork)
    steps.push(fork)
    compile(part.part, steps)
  }
  for (const f of forks) f.ways.push(steps.length)
}

/** Whether the steps find something anywhere in s. */
function search(steps: Step[], s: string): boolean {
  const chars = Array.from(s)
  let now = new Set<number>()
  for (let i = 0; i <= chars.length; i++) {
    const open = [...now, 0] // a match may begin at every place
    const reached = new Set<number>()
    while (open.length > 0) {
      const at = open.pop()!
      if (reached.has(at)) continue
      reached.add(at)
      const step = steps[at]!
      if ('found' in step) return true
      if ('ways' in step) open.push(...step.ways)
      if ('assert' in step && (step.assert === 'start' ? i === 0 : i === chars.length)) open.push(at + 1)
    }
    const next = new Set<number>()
    const c = chars[i]
    if (c !== undefined)
      for (const at of reached) {
        const step = steps[at]!
        if ('test' in step && step.test(c)) next.add(at + 1)
      }
    now = next
  }
  return false
}

/** Undefined for what is no pattern. */
export function readPattern(source: string): Pattern | undefined {
  const src = Array.from(source)
  if (src.length === 0 || src.length > maxPattern) return undefined
  const reader = new Reader(src)
  try {
    const [part, states] = reader.alternatives(0)
    if (!reader.done || states > maxStates) return undefined
    const steps: Step[] = []
    compile(part, steps)
    steps.push({ found: true })
    return { states, matches: (s) => search(steps, s) }
  } catch (e) {
    if (e instanceof Refused) return undefined
    throw e
  }
}
