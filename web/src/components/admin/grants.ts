// Who may do what where: a role for a place and all below it, or for one unit.
import type { components } from '@/api/schema'
import { tt } from '@/i18n'

export type Grant = components['schemas']['Grant']
export type Account = components['schemas']['Account']

export const roles = ['clerk', 'staff', 'leader', 'auditor', 'keeper', 'admin'] as const
export type Role = (typeof roles)[number]
export const isRole = (r: string): r is Role => (roles as readonly string[]).includes(r)
export const byUnit = (role: string) => role === 'staff'

/** Does one of the roles hold for a place? Staff are granted a unit and hold no place. */
export const holds = (grants: Grant[], place: string, ...some: Role[]) =>
  grants.some((g) => !g.unit && isRole(g.role) && some.includes(g.role) && place.startsWith(g.place ?? ''))

/** Names of places and units, as far as they are known. */
export interface Names {
  place: (code: string) => string | undefined
  unit: (id: string) => string | undefined
}

export const roleWord = (role: string) => (isRole(role) ? tt(`admin.role.${role}`) : role)

/** '青石街道', '党政办公室', or '全部地方' for a role that holds everywhere. */
export function scopeWord(g: Grant, names: Names): string {
  if (g.unit) return names.unit(g.unit) ?? tt('admin.account.unit_gone')
  if (!g.place) return tt('admin.account.everywhere')
  return names.place(g.place) ?? g.place
}

/** '办公室经办人 · 青石街道' */
export const grantWords = (g: Grant, names: Names) => `${roleWord(g.role)} · ${scopeWord(g, names)}`

/** A row of the form: one scope, a unit or a place as the role asks. `everywhere`: a role of the first administrator. */
export interface GrantRow {
  role: Role | ''
  scope: string
  everywhere?: boolean
}

export const rowOf = (g: Grant): GrantRow => ({
  role: isRole(g.role) ? g.role : '',
  scope: (byUnit(g.role) ? g.unit : g.place) ?? '',
  everywhere: !byUnit(g.role) && !g.place,
})

export const grantOf = (r: GrantRow): Grant =>
  byUnit(r.role) ? { role: r.role, unit: r.scope } : { role: r.role, ...(r.scope ? { place: r.scope } : {}) }

/** What is missing in each row, by its place in the list. */
export function rowErrors(rows: GrantRow[]): (string | undefined)[] {
  const key = (r: GrantRow) => `${r.role}/${r.scope}`
  return rows.map((r, i) => {
    if (!r.role) return tt('admin.account.need_role')
    if (!r.scope && !r.everywhere) {
      return tt(byUnit(r.role) ? 'admin.account.need_unit_scope' : 'admin.account.need_place_scope')
    }
    return rows.findIndex((o) => key(o) === key(r)) < i ? tt('admin.account.grant_twice') : undefined
  })
}
