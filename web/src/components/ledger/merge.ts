// Two records of the same, side by side.

export interface Side {
  values: Record<string, string>
  masked: readonly string[]
}
export interface Pair {
  id: string
  here: string
  there: string
  /** alike in what is shown only: what is masked may differ */
  state: 'same' | 'differs' | 'masked' | 'one'
}

/** What is known of a kind in either record, in the order of the dictionary. */
export function pairs(kind: string, here: Side, there: Side, order: readonly string[]): Pair[] {
  const ids = [...new Set([...Object.keys(here.values), ...Object.keys(there.values)])]
  const place = (id: string) => order.indexOf(id)
  return ids
    .filter((id) => id.startsWith(`${kind}.`))
    .sort((a, b) => place(a) - place(b))
    .map((id) => {
      const [a = '', b = ''] = [here.values[id], there.values[id]]
      const hidden = here.masked.includes(id) || there.masked.includes(id)
      const state = !a || !b ? 'one' : a !== b ? 'differs' : hidden ? 'masked' : 'same'
      return { id, here: a, there: b, state }
    })
}
