// Changes to units and their names, as the server takes them.
import { api, ok, tagged } from '@/api/client'
import { ifMatch } from '@/api/headers'
import { isKind, type Kind, type Unit } from './units'

type Change = Partial<Pick<Unit, 'name' | 'short' | 'seq'>> & { kind?: Kind; closed?: boolean }

export const createUnit = (
  headers: Record<string, string>, // the Idempotency-Key
  u: { name: string; short: string; kind: Kind; place: string },
): Promise<Unit> => ok(api.POST('/api/v1/units', { headers, body: u }))

export async function updateUnit(u: Unit, change: Change): Promise<Unit> {
  const kind: Kind = isKind(u.kind) ? u.kind : 'other'
  const { name, short, place, seq } = u
  return (
    await tagged(
      api.PUT('/api/v1/units/{id}', {
        params: { path: { id: u.id }, header: ifMatch(u.version) },
        body: { name, short, kind, place, seq, closed: false, ...change },
      }),
    )
  ).data
}

/** The office of a place means these units by a name; with none it forgets the name. */
export const settle = (place: string, name: string, units: string[]) =>
  ok(api.PUT('/api/v1/places/{code}/names', { params: { path: { code: place } }, body: { name, units } }))
