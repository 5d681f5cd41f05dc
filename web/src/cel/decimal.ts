/** The shortest digits that read as x, and where the point stands: x is 0.digits × 10^point. */
function digitsOf(x: number): { negative: boolean; digits: string; point: number } {
  const [mantissa, exponent] = Math.abs(x).toExponential().split('e') as [string, string]
  return {
    negative: x < 0,
    digits: mantissa.replace('.', '').replace(/0+$/, ''),
    point: Number(exponent) + 1,
  }
}

/**
 * x with n decimal places, halves away from zero. What is rounded are the digits as people see them: 1.005
 * gives 1.01 at two places, though the double is a little less.
 */
export function round(x: number, n: number): number {
  const { negative, digits, point } = digitsOf(x)
  const keep = point + n
  if (keep >= digits.length) return x
  if (keep < 0) return 0
  let kept = BigInt('0' + digits.slice(0, keep))
  if (digits[keep]! >= '5') kept += 1n
  const v = Number(`${kept}e${point - keep}`)
  return negative ? -v : v
}

/** No -0, which has no form on paper. */
export const unsigned0 = (x: number) => (x === 0 ? 0 : x)
