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

/** To which kinds something of a kind can belong, the usual first. */
export const movesTo: Partial<Record<Kind, Kind[]>> = {
  person: ['household'],
  household: ['dwelling'],
  dwelling: ['building'],
  organisation: ['building'],
  vehicle: ['household', 'person', 'organisation'],
}
/** The link under which that is kept. */
export const linkOf: Partial<Record<Kind, 'household' | 'dwelling' | 'building' | 'owner'>> = {
  person: 'household',
  household: 'dwelling',
  dwelling: 'building',
  organisation: 'building',
  vehicle: 'owner',
}
/** What is entered from the page of something, as belonging to it. */
export const below: Partial<Record<Kind, Kind[]>> = {
  building: ['dwelling', 'organisation'],
  dwelling: ['household'],
  household: ['person', 'vehicle'],
}
