import { anyList, fits, listOf, type Type } from './types'

// Operators and functions with their types: the list of the server (expr/functions.txt), which says how to
// read it. functions.test.ts holds the two together.
export const functionsText = `
+(integer, integer): integer = add_integer
+(decimal, decimal): decimal = add_decimal
+(text, text): text = add_text
+(date, integer): date = add_days
-(integer, integer): integer = subtract_integer
-(decimal, decimal): decimal = subtract_decimal
-(date, integer): date = subtract_days
-(date, date): integer = subtract_dates
*(integer, integer): integer = multiply_integer
*(decimal, decimal): decimal = multiply_decimal
/(integer, integer): integer = divide_integer
/(decimal, decimal): decimal = divide_decimal
%(integer, integer): integer = remainder
unary-(integer): integer = negate_integer
unary-(decimal): decimal = negate_decimal
!(boolean): boolean = not
<(integer, integer): boolean = less
<(decimal, decimal): boolean = less
<(text, text): boolean = less
<(date, date): boolean = less
size(text): integer = size_text
size(list): integer = size_list
.size(text): integer = size_text
.size(list): integer = size_list
.contains(text, text): boolean = contains
.startsWith(text, text): boolean = starts_with
.endsWith(text, text): boolean = ends_with
.matches(text, text): boolean = matches
.trim(text): text = trim
.lowerAscii(text): text = lower_ascii
.upperAscii(text): text = upper_ascii
.substring(text, integer): text = substring_from
.substring(text, integer, integer): text = substring
.indexOf(text, text): integer = index_of
.replace(text, text, text): text = replace
.split(text, text): list(text) = split
.join(list(text), text): text = join
int(decimal): integer = integer_of_decimal
int(text): integer = integer_of_text
double(decimal): decimal = same
double(text): decimal = decimal_of_text
string(text): text = same
string(integer): text = text_of_integer
string(decimal): text = text_of_decimal
string(boolean): text = text_of_boolean
string(date): text = text_of_date
abs(integer): integer = abs_integer
abs(decimal): decimal = abs_decimal
round(decimal): integer = round_integer
round(decimal, integer): decimal = round_places
floor(decimal): integer = floor
ceil(decimal): integer = ceil
sum(list(integer)): integer = sum_integer
sum(list(decimal)): decimal = sum_decimal
min(list(integer)): integer = least
min(list(decimal)): decimal = least
min(list(text)): text = least
min(list(date)): date = least
max(list(integer)): integer = greatest
max(list(decimal)): decimal = greatest
max(list(text)): text = greatest
max(list(date)): date = greatest
distinct(list(integer)): list(integer) = distinct
distinct(list(decimal)): list(decimal) = distinct
distinct(list(text)): list(text) = distinct
distinct(list(date)): list(date) = distinct
date(text): date = date_of_text
date(integer, integer, integer): date = date_of_parts
.year(date): integer = year
.month(date): integer = month
.day(date): integer = day
.weekday(date): integer = weekday
.addMonths(date, integer): date = add_months
age(date, date): integer = age
days(date, date): integer = days
workdays(date, date): integer = workdays
isWorkday(date): boolean = is_workday
addWorkdays(date, integer): date = add_workdays
within(text, text): boolean = within
masked(text): text = masked_all
masked(text, text): text = masked
`

/** One way to call a function or an operator. */
export interface Signature {
  params: Type[]
  result: Type
  fn: string // of the library
}

function named(s: string): Type {
  if (s === 'list') return anyList
  const elem = /^list\((.*)\)$/.exec(s)?.[1]
  return elem === undefined ? { kind: s as Type['kind'] } : listOf(named(elem))
}

/** The signatures by name, methods with a dot before it. */
export const functions: Map<string, Signature[]> = (() => {
  const all = new Map<string, Signature[]>()
  for (const line of functionsText.trim().split('\n')) {
    const [, name, params, result, fn] = /^([^(]+)\((.*)\): (\S+) = (\w+)$/.exec(line) as RegExpExecArray
    const list = all.get(name!) ?? []
    list.push({ params: params!.split(', ').map(named), result: named(result!), fn: fn! })
    all.set(name!, list)
  }
  return all
})()

/** The first signature that takes the types as they are, else the first that takes them with integers made decimals. */
export function choose(sigs: Signature[], types: Type[]): Signature | undefined {
  for (const widening of [false, true]) {
    const found = sigs.find(
      (s) =>
        s.params.length === types.length &&
        s.params.every((p, i) => {
          const f = fits(p, types[i]!)
          return f.ok && (!f.widen || widening)
        }),
    )
    if (found) return found
  }
  return undefined
}
