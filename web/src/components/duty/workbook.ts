import { api, ok } from '@/api/client'
import { idempotent } from '@/api/headers'
import type { Import } from './list'

export const kinds = ['.xlsx']
export const maxSize = 8 << 20 // as the server has it

/** Reads a workbook: on trial it only says what it would do. */
export const importList = (file: File, place: string, dry: boolean, key?: string): Promise<Import> =>
  ok(
    api.POST('/api/v1/duties', {
      headers: key ? idempotent(key) : undefined,
      body: { file: '', place, dry }, // what the schema knows; the form below is what goes out
      bodySerializer: () => {
        const form = new FormData()
        form.append('file', file, file.name)
        form.append('place', place)
        form.append('dry', String(dry))
        return form
      },
    }),
  )

/** Where the workbook of an office is loaded down; one of an office without a list is an empty form. */
export const workbookOf = (place: string) => `/api/v1/duties/workbook.xlsx?place=${encodeURIComponent(place)}`

/** The empty form: no province keeps a list. */
export const templateOf = (place: string) => workbookOf(place.slice(0, 2))
