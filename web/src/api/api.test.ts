import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, ok, onSignedOut, tagged } from './client'
import { download, nameIn } from './download'
import { idempotent, ifMatch, newKey } from './headers'
import { ApiProblem, problemFrom } from './problem'

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () =>
      status === 204
        ? new Response(null, { status, headers })
        : new Response(JSON.stringify(body), {
            status,
            headers: { 'Content-Type': 'application/problem+json', ...headers },
          }),
    ),
  )
afterEach(() => vi.unstubAllGlobals())

describe('an answer', () => {
  it('comes with its data and its ETag', async () => {
    answer(200, { office: '临江街道' }, { ETag: '"7"', 'Content-Type': 'application/json' })
    const { data, etag } = await tagged(api.GET('/api/v1/session'))
    expect(data.office).toBe('临江街道')
    expect(etag).toBe('"7"')
  })
  it('is asked for in the language in use', async () => {
    answer(204, null)
    await ok(api.DELETE('/api/v1/session'))
    const request = vi.mocked(fetch).mock.calls[0]![0] as Request
    expect(request.headers.get('Accept-Language')).toBe('zh-CN')
  })
})

describe('a file', () => {
  it('is asked for in the language in use and kept under the name that the server gives', async () => {
    const name = '2026-001 任务分解表.xlsx'
    answer(200, {}, { 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` })
    const kept: string[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      kept.push(this.download)
    })
    await download('/api/v1/plans/1/table.xlsx')
    expect(vi.mocked(fetch).mock.calls[0]![1]).toEqual({ headers: { 'Accept-Language': 'zh-CN' } })
    expect(kept).toEqual([name])
    vi.restoreAllMocks()
  })
  it('that is refused throws the sentence of the server', async () => {
    answer(404, { code: 'not_found', detail: '没有找到' })
    await expect(download('/api/v1/plans/2/table.xlsx')).rejects.toThrow('没有找到')
  })
  it('has the name of its header, encoded or plain', () => {
    expect(nameIn('attachment; filename="x.xlsx"; filename*=UTF-8\'\'%E8%A1%A8.xlsx')).toBe('表.xlsx')
    expect(nameIn('attachment; filename="a b.xlsx"')).toBe('a b.xlsx')
    expect(nameIn("attachment; filename*=UTF-8''%E8%; filename=b.xlsx")).toBe('b.xlsx')
    expect(nameIn(null)).toBeUndefined()
  })
})

describe('a refusal', () => {
  it('is thrown with code, sentence and fields', async () => {
    answer(422, {
      code: 'password_short',
      detail: '新密码太短',
      errors: [{ location: 'body.new', message: '至少 10 位' }],
    })
    const problem = await ok(api.DELETE('/api/v1/session')).catch((e: unknown) => e as ApiProblem)
    expect(problem).toMatchObject({ status: 422, code: 'password_short', detail: '新密码太短' })
    expect((problem as ApiProblem).field('new')).toBe('至少 10 位')
  })
  it('of a proxy, without a body, still has a sentence', () => {
    expect(problemFrom(new Response(null, { status: 502 }), '<html>').detail).toContain('502')
    expect(problemFrom(new Response(null, { status: 412 }), undefined).detail).toContain('已被他人修改')
  })
  it('401 leads to the sign-in page, but not while signing in', async () => {
    const left = vi.fn()
    onSignedOut(left)
    answer(401, { code: 'signed_out', detail: '请先登录' })
    await ok(api.GET('/api/v1/session'), true).catch(() => {})
    expect(left).not.toHaveBeenCalled()
    await ok(api.GET('/api/v1/session')).catch(() => {})
    expect(left).toHaveBeenCalledOnce()
  })
  it('no answer at all is said as such', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn(() => Promise.reject(new TypeError('Failed to fetch'))),
    )
    await expect(ok(api.GET('/api/v1/session'))).rejects.toMatchObject({ status: 0, code: 'network' })
  })
})

describe('headers of a change', () => {
  it('a key is a UUID, also where crypto.randomUUID is missing', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect(newKey()).toMatch(uuid)
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
    expect(newKey()).toMatch(uuid)
    expect(newKey()).not.toBe(newKey())
  })
  it('name what was seen', () => {
    expect(ifMatch(3)).toEqual({ 'If-Match': '"3"' })
    expect(ifMatch('"abc"')).toEqual({ 'If-Match': '"abc"' })
    expect(idempotent('k')).toEqual({ 'Idempotency-Key': 'k' })
  })
})
