// A made-up server for the frame: just enough to sign in.
import { test as base, type Page, type Route } from '@playwright/test'

export { expect } from '@playwright/test'

export const session = {
  user: {
    id: 'u1',
    username: 'wangjb',
    name: '王经办',
    unit: 'dzb',
    unit_name: '党政综合办公室',
    grants: [{ role: 'clerk', place: '990101001' }],
    must_change_password: false,
  },
  office: '青溪县临江街道办事处',
  places: [
    { code: '990101001', name: '临江街道' },
    { code: '990101001001', name: '东门社区' },
    { code: '990101001002', name: '柳园社区' },
  ],
  units: [],
  can: { plans: true, import: false, mine: true, stats: true, duty: true, units: true, admin: true },
  waiting: 7,
}
export type Session = typeof session

const problem = (status: number, code: string, detail: string) => (route: Route) =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ status, code, detail, title: code }),
  })

/** Answers for the session; `signedIn` false begins before the sign-in. */
export async function mockOffice(page: Page, change: Partial<Session> = {}, signedIn = true) {
  let inside = signedIn
  let now = { ...session, ...change }
  // pages ask for more than the session; here there is nothing to be found
  await page.route('**/api/v1/**', problem(404, 'missing', '没有找到'))
  await page.route('**/api/v1/session', async (route) => {
    const method = route.request().method()
    if (method === 'DELETE') {
      inside = false
      return route.fulfill({ status: 204 })
    }
    if (method === 'POST') {
      const { password } = route.request().postDataJSON() as { password: string }
      if (password !== 'right-password') {
        return problem(401, 'sign_in_wrong', '账号或密码不正确，还可以试 4 次')(route)
      }
      inside = true
      return route.fulfill({ status: 201, json: now })
    }
    return inside ? route.fulfill({ json: now }) : problem(401, 'signed_out', '请先登录')(route)
  })
  await page.route('**/api/v1/session/password', (route) => {
    now = { ...now, user: { ...now.user, must_change_password: false } }
    return route.fulfill({ status: 204 })
  })
}

/** Every page of these tests fails on an error, or on a breach of the Content-Security-Policy. */
export const test = base.extend<{ quiet: void }>({
  quiet: [
    async ({ page }, use) => {
      const bad: string[] = []
      page.on('pageerror', (e) => bad.push(String(e)))
      page.on('console', (m) => {
        if (/Content Security Policy|Refused to/.test(m.text())) bad.push(m.text())
      })
      await use()
      if (bad.length > 0) throw new Error(`errors on the page:\n${bad.join('\n')}`)
    },
    { auto: true },
  ],
})
