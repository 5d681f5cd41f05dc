/** The same keys, all the way down, each holding a text: what a translation must satisfy. */
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> }

/** 'frame.menu.plans' and every other path that ends in a text. */
export type Leaf<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaf<T[K], `${P}${K}.`>
}[keyof T & string]
