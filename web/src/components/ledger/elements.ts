// The dictionary of data elements, as pages use it: labels, types, names of codes.
import { computed } from 'vue'
import { api, ok } from '@/api/client'
import type { components } from '@/api/schema'
import { useLoad } from '@/composables/useLoad'
import { lang } from '@/i18n'

type S = components['schemas']
export type Element = S['ElementView']
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

export function useElements() {
  const { data, problem } = useLoad(['elements'], (signal) => ok(api.GET('/api/v1/elements', { signal })))
  const byId = computed(() => new Map((data.value?.items ?? []).map((e) => [e.id, e])))
  const inEnglish = () => lang.value === 'en'
  const label = (id: string) => {
    const e = byId.value.get(id)
    return e ? (inEnglish() ? e.en : e.zh) : id
  }
  /** A value as people read it: a code by its name, yes and no in words. */
  const words = (id: string, value: string, yes: string, no: string) => {
    const e = byId.value.get(id)
    if (!e || !value) return value
    if (e.type === 'boolean') return value === '1' ? yes : no
    const code = e.codes.find((c) => c.code === value)
    if (code) return (inEnglish() && code.en) || code.zh
    return e.unit && !inEnglish() && /^[\d.]+$/.test(value) ? `${value} ${e.unit}` : value
  }
  const codes = (id: string) =>
    (byId.value.get(id)?.codes ?? []).map((c) => ({
      value: c.code,
      label: (inEnglish() && c.en) || c.zh,
    }))
  return { elements: computed(() => data.value?.items ?? []), byId, problem, label, words, codes }
}
