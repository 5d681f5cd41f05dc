// Files of the server, in the language of the page: a plain link would ask in the browser's.
import { lang } from '@/i18n'
import { problemFrom } from './problem'

/** Loads a file down and has the browser keep it under the name that the server gives. Throws ApiProblem. */
export async function download(path: string): Promise<void> {
  const response = await globalThis.fetch(path, { headers: { 'Accept-Language': lang.value } })
  if (!response.ok) throw problemFrom(response, await response.json().catch(() => undefined))
  keep(
    await response.blob(),
    nameIn(response.headers.get('Content-Disposition')) ?? path.split(/[/?]/).at(-1) ?? '',
  )
}

/** Has the browser keep a file that was made in the page. */
export function keep(content: Blob, name: string) {
  const url = URL.createObjectURL(content)
  const a = document.createElement('a')
  a.href = url
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000) // the browser may still be reading
}

/** The name of a file in a Content-Disposition (RFC 6266): the encoded one first. */
export function nameIn(disposition: string | null): string | undefined {
  const encoded = /filename\*=(?:UTF-8|utf-8)''([^;\s]+)/.exec(disposition ?? '')?.[1]
  if (encoded) {
    try {
      return decodeURIComponent(encoded)
    } catch {
      // not encoded as it says: the plain name has to do
    }
  }
  return /filename="((?:[^"\\]|\\.)*)"|filename=([^;\s]+)/
    .exec(disposition ?? '')
    ?.slice(1)
    .find(Boolean)
}
