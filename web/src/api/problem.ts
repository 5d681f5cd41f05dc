// What can go wrong between the page and the server, as one type: RFC 9457 problem+json, or no answer at all.
import { tt } from '@/i18n'

/** One field that the server refused. */
export interface FieldError {
  location: string // 'body.name'; empty where the server named none
  message: string // a sentence in the language in use
}

export class ApiProblem extends Error {
  override name = 'ApiProblem'
  constructor(
    readonly status: number, // 0: no answer came
    readonly code: string, // stable; branch on this, never on the sentence
    readonly detail: string, // a sentence for people, in the language in use
    readonly errors: FieldError[] = [],
  ) {
    super(detail)
  }

  /** The sentence for one field ('name' finds 'body.name'), if the server refused it. */
  field(name: string): string | undefined {
    return this.errors.find((e) => e.location === name || e.location.endsWith(`.${name}`))?.message
  }
}

const text = (v: unknown) => (typeof v === 'string' && v !== '' ? v : undefined)

/** Reads the body of a refusal, whatever it is: a proxy between may have sent a page of its own. */
export function problemFrom(response: Response, body: unknown): ApiProblem {
  const b = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const errors = Array.isArray(b.errors)
    ? b.errors.map((e: Record<string, unknown>) => ({
        location: text(e?.location) ?? '',
        message: text(e?.message) ?? '',
      }))
    : []
  const fallback =
    response.status === 412
      ? tt('ui.problem.stale')
      : response.status === 504
        ? tt('ui.problem.timeout')
        : tt('ui.problem.unknown', { status: response.status })
  const detail = text(b.detail) ?? text(b.title) ?? fallback
  return new ApiProblem(response.status, text(b.code) ?? `http_${response.status}`, detail, errors)
}

/** Turns whatever was thrown into a problem that can be shown. */
export function asProblem(e: unknown): ApiProblem {
  if (e instanceof ApiProblem) return e
  if (e instanceof TypeError) return new ApiProblem(0, 'network', tt('ui.problem.network'))
  const detail = e instanceof Error ? e.message : String(e)
  return new ApiProblem(0, 'unexpected', tt('ui.problem.unexpected', { detail }))
}

export const isAbort = (e: unknown) => e instanceof DOMException && e.name === 'AbortError'
