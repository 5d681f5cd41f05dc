// The one door to the server, typed by the generated schema: a renamed field fails the build, not the clerk.
import createClient, { type Middleware } from 'openapi-fetch'
import { lang } from '@/i18n'
import { asProblem, isAbort, problemFrom } from './problem'
import type { paths } from './schema'

let signedOut = () => {}
/** Says what to do when the server no longer knows us (401). */
export const onSignedOut = (f: () => void) => (signedOut = f)

const language: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', lang.value)
    return request
  },
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  // looked up at each call, so that a test may put its own in place
  fetch: (request) => globalThis.fetch(request),
})
api.use(language)

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The data of an answer together with its ETag, which the next change sends back by ifMatch. Throws ApiProblem. */
export async function tagged<T>(call: Promise<Answer<T>>, quiet = false): Promise<{ data: T; etag: string }> {
  let answer: Answer<T>
  try {
    answer = await call
  } catch (e) {
    if (isAbort(e)) throw e
    throw asProblem(e)
  }
  const { data, error, response } = answer
  if (!response.ok) {
    const problem = problemFrom(response, error)
    if (response.status === 401 && !quiet) signedOut()
    throw problem
  }
  return { data: data as T, etag: response.headers.get('ETag') ?? '' }
}

/** The data of an answer. Throws ApiProblem. `quiet`: a 401 is an answer like others, as when signing in. */
export const ok = async <T>(call: Promise<Answer<T>>, quiet = false): Promise<T> =>
  (await tagged(call, quiet)).data
