import type { components } from '@/api/schema'

export type Fill = components['schemas']['Fill']
export type Sheet = components['schemas']['TableSheet']
export type Table = components['schemas']['Table']
export type Column = components['schemas']['TableColumn']
export type Settled = components['schemas']['FillSettled']
export type RowsSaid = components['schemas']['FillRows']
export type Correction = components['schemas']['FillCorrection']
export type Empty = components['schemas']['TableEmpty']
export type Reported = components['schemas']['FillReported']
export type Origin = components['schemas']['FillOrigin']
export type Burden = components['schemas']['FillBurden']
export type Element = components['schemas']['ElementView']
export type Intake = components['schemas']['Intake']
export type RowFaults = components['schemas']['IntakeRowFaults']

/** What is said of a table as a whole: everything of a correction but its columns and rows. */
export type Scope = Omit<Correction, 'columns' | 'rows'>
