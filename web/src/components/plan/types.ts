import type { components } from '@/api/schema'

export type Stage = components['schemas']['Stage']
export type UnitLights = components['schemas']['UnitLights']
export type { PlanRow, Summary, Full } from './board'
