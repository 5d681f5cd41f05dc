// `test` for pages of the running program: each worker has one, freshly made. A page that logs an error fails.
import { test as base } from '@playwright/test'
import { startGewu, type Gewu } from './server'

export { expect } from '@playwright/test'
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
