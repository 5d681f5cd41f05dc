import { round } from '../decimal'
import { ExprError } from '../error'
import type { Fn } from '.'

/** An integer of 64 bits, or the failure of what has become none. */
function integer(at: number, n: bigint): bigint {
  if (BigInt.asIntN(64, n) !== n) throw new ExprError('expr_overflow', '', at)
  return n
}

export const addIntegers = (at: number, x: bigint, y: bigint) => integer(at, x + y)

/** A decimal, or the failure of what has become none. */
export function finite(at: number, x: number): number {
  if (!Number.isFinite(x)) throw new ExprError('expr_overflow', '', at)
  return x
}

/** Makes a decimal without a fraction an integer; the least one is out of reach, as in all CEL. */
function whole(at: number, x: number): bigint {
  if (x <= -9223372036854775808) throw new ExprError('expr_overflow', '', at)
  return integer(at, BigInt(x))
}

const divisor = <T extends bigint | number>(at: number, y: T): T => {
  if (y == 0) throw new ExprError('expr_division', '', at)
  return y
}

const maxPlaces = 15n

function convert(at: number, s: string, form: RegExp): string {
  if (!form.test(s)) throw new ExprError('expr_convert', '', at)
  return s
}

export const numbers: Record<string, Fn> = {
  add_integer: (_, at, x: bigint, y: bigint) => addIntegers(at, x, y),
  subtract_integer: (_, at, x: bigint, y: bigint) => integer(at, x - y),
  multiply_integer: (_, at, x: bigint, y: bigint) => integer(at, x * y),
  divide_integer: (_, at, x: bigint, y: bigint) => integer(at, x / divisor(at, y)),
  remainder(_, at, x: bigint, y: bigint) {
    integer(at, x / divisor(at, y)) // the least integer by -1 has none, as in all CEL
    return x % y
  },
  negate_integer: (_, at, x: bigint) => integer(at, -x),
  abs_integer: (_, at, x: bigint) => integer(at, x < 0n ? -x : x),
  add_decimal: (_, at, x: number, y: number) => finite(at, x + y),
  subtract_decimal: (_, at, x: number, y: number) => finite(at, x - y),
  multiply_decimal: (_, at, x: number, y: number) => finite(at, x * y),
  divide_decimal: (_, at, x: number, y: number) => finite(at, x / divisor(at, y)),
  negate_decimal: (_, __, x: number) => -x,
  abs_decimal: (_, __, x: number) => Math.abs(x),
  round_integer: (_, at, x: number) => whole(at, round(x, 0)),
  round_places(_, at, x: number, n: bigint) {
    if (n < -maxPlaces || n > maxPlaces) throw new ExprError('expr_range', 'round', at)
    return finite(at, round(x, Number(n)))
  },
  floor: (_, at, x: number) => whole(at, Math.floor(x)),
  ceil: (_, at, x: number) => whole(at, Math.ceil(x)),
  integer_of_decimal: (_, at, x: number) => whole(at, Math.trunc(x)),
  integer_of_text(_, at, s: string) {
    const n = BigInt(convert(at, s, /^-?[0-9]{1,19}$/))
    if (BigInt.asIntN(64, n) !== n) throw new ExprError('expr_convert', '', at)
    return n
  },
  decimal_of_text: (_, at, s: string) => Number(convert(at, s, /^-?[0-9]{1,30}(\.[0-9]{1,30})?$/)),
  text_of_integer: (_, __, n: bigint) => String(n),
  text_of_decimal: (_, __, x: number) => String(x),
  text_of_boolean: (_, __, b: boolean) => String(b),
}
