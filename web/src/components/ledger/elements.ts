// What pages of the ledger know of its kinds.
import type { components } from '@/api/schema'

type S = components['schemas']
export type Subject = S['Card']
export type Line = S['Line']

export const kinds = ['person', 'household', 'dwelling', 'building', 'organisation', 'vehicle'] as const
export type Kind = (typeof kinds)[number]
export const needs = ['alone', 'disabled', 'aid', 'guardian'] as const

/** The element by which a subject of a kind is named; without it it cannot be entered. */
export const naming: Record<Kind, string> = {
  person: 'person.name',
  household: 'household.number',
  dwelling: 'dwelling.room_number',
  building: 'building.name',
  organisation: 'organisation.name',
  vehicle: 'vehicle.plate',
}
/** The element that a list shows as the state of a subject. */
export const stateOf: Partial<Record<Kind, string>> = {
  person: 'person.residence_kind',
  dwelling: 'dwelling.occupancy',
  organisation: 'organisation.operating_status',
}

/** What a search hands over, or the page from which something is entered. */
export type Taken = Pick<Line, 'id' | 'name' | 'code' | 'address' | 'place'>

export type LinkName = 'household' | 'dwelling' | 'building' | 'owner'
export interface LinkTo {
  link: LinkName
  kinds: readonly Kind[] // the usual first
}
const owners: LinkTo = { link: 'owner', kinds: ['person', 'household', 'organisation'] }
const inBuilding: LinkTo = { link: 'building', kinds: ['building'] }
/** To what something of a kind can belong. */
export const linksOf: Record<Kind, readonly LinkTo[]> = {
  person: [{ link: 'household', kinds: ['household'] }],
  household: [{ link: 'dwelling', kinds: ['dwelling'] }],
  dwelling: [inBuilding, owners],
  building: [],
  organisation: [inBuilding],
  vehicle: [owners],
}
/** The link by which something of a kind belongs to something of another. */
export const linkBetween = (kind: Kind, to: Kind) => linksOf[kind].find((l) => l.kinds.includes(to))?.link
/** What can be put in another community or grid by itself; the others go where they belong. */
export const goesAlone = (kind: Kind) => kind === 'organisation' || kind === 'vehicle'
/** What is entered from the page of something, as belonging to it. */
export const below: Partial<Record<Kind, Kind[]>> = {
  building: ['dwelling', 'organisation'],
  dwelling: ['household'],
  household: ['person', 'vehicle'],
  person: ['vehicle'],
  organisation: ['vehicle'],
}
/** Who is entered from a household's page is one of its members. */
export const titleOfNew = (kind: Kind, from?: Kind) =>
  kind === 'person' && from === 'household' ? ('member' as const) : kind
