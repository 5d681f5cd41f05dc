import { tt, type Key } from '@/i18n'

const known = ['not_known', 'not_mapped', 'no_choice', 'not_exact', 'no_unit', 'no_place', 'not_written']

/** Why a cell was left empty, in words; a reason that this page does not know yet is shown by its code. */
export const reasonWord = (code: string) =>
  known.includes(code) ? tt(`tables.reason.${code}` as Key) : tt('tables.reason.other', { code })
