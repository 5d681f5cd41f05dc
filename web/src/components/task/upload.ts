// Sends one file and says how far it is: fetch cannot, so this is XMLHttpRequest.
import { ApiProblem, problemFrom } from '@/api/problem'
import { lang, tt } from '@/i18n'
import type { Attachment } from './types'

/** What a report may carry; the server looks at the content as well. */
export const kinds = [
  ...['.jpg', '.jpeg', '.png', '.gif', '.webp', '.bmp', '.pdf', '.ofd', '.doc', '.docx', '.wps', '.xls'],
  ...['.xlsx', '.et', '.ppt', '.pptx', '.txt', '.md', '.csv', '.zip', '.mp4'],
]
export const maxSize = 32 << 20
export const maxFiles = 20

export function upload(
  file: File,
  progress: (portion: number) => void,
  signal?: AbortSignal,
): Promise<Attachment> {
  return new Promise((done, fail) => {
    const x = new XMLHttpRequest()
    x.open('POST', '/api/v1/files')
    x.responseType = 'json'
    x.setRequestHeader('Accept-Language', lang.value)
    x.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
    x.onload = () => {
      if (x.status >= 200 && x.status < 300) done(x.response as Attachment)
      else fail(problemFrom(new Response(null, { status: x.status || 500 }), x.response))
    }
    x.onerror = () => fail(new ApiProblem(0, 'network', tt('ui.problem.network')))
    x.onabort = () => fail(new DOMException('aborted', 'AbortError'))
    signal?.addEventListener('abort', () => x.abort())
    const form = new FormData()
    form.append('file', file)
    x.send(form)
  })
}
