import { dates } from './dates'
import { lists } from './lists'
import { numbers } from './numbers'
import { texts } from './texts'
import { values } from './values'
import type { Run, Value } from '../run'

/** A function of the library: at is the place in the source that its errors name. */
export type Fn = (run: Run, at: number, ...args: never[]) => Value

/** All that an expression can call, by the names in functions.ts and those that the checker uses by itself. */
export const library: Record<string, Fn> = { ...values, ...lists, ...numbers, ...texts, ...dates }
