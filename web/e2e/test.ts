// `test` for pages of the running program: each worker has one, freshly made. A page that logs an error fails.
import { expect, test as base, type Page } from '@playwright/test'
import { startGewu, type Gewu } from './server'

export { expect }
export { expectNoAxeViolations } from './axe'

export const test = base.extend<{ quiet: void }, { gewu: Gewu }>({
  gewu: [
    async ({}, use) => {
      const gewu = await startGewu()
      await use(gewu)
      await gewu.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ gewu }, use) => use(gewu.url),
  quiet: [
    async ({ page }, use) => {
      const bad: string[] = []
      page.on('pageerror', (e) => bad.push(String(e)))
      await use()
      if (bad.length > 0) throw new Error(`errors on the page:\n${bad.join('\n')}`)
    },
    { auto: true },
  ],
})

/** Signs somebody of the demo in, past the page. */
export async function asUser(page: Page, username: string) {
  await page.request.delete('/api/v1/session')
  const answer = await page.request.post('/api/v1/session', { data: { username, password: 'gewu-demo' } })
  expect(answer.ok()).toBeTruthy()
}
