import type { RouteLocationRaw } from 'vue-router'

/** A column of a DataTable. Its cell shows `text`, unless the page fills the slot `cell-<key>`. */
export interface Column<Row> {
  key: string
  label: string
  hint?: string // what the column counts, on hover
  text?: (row: Row) => string | number | null | undefined
  number?: boolean // right-aligned, tabular
  sort?: boolean // the server can sort by this key
  width?: string // a token or a CSS width; the first column takes what is left
  off?: boolean // hidden until chosen
  wrap?: boolean // long text may take two lines
}

/** How a page names a row and where its link leads. */
export interface RowNames<Row> {
  id: (row: Row) => string
  name: (row: Row) => string
  to?: (row: Row) => RouteLocationRaw
}

export const textOf = <Row>(c: Column<Row>, row: Row) => {
  const v = c.text ? c.text(row) : (row as Record<string, unknown>)[c.key]
  return v === null || v === undefined || v === '' ? '—' : String(v)
}
