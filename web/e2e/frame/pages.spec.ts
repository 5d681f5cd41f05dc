import { expectNoAxeViolations } from '../axe'
import { desk, phone } from '../browser'
import { expect, mockOffice, session, test } from './office'

// Every page of the frame in both languages and both sizes: axe is content, nothing sticks out sideways.
const pages: Record<string, { path: string; signedIn?: boolean; forced?: boolean }> = {
  'sign-in': { path: '/sign-in', signedIn: false },
  expired: { path: '/sign-in?expired=1&to=/', signedIn: false },
  'first-password': { path: '/', forced: true },
  password: { path: '/me/password' },
  workbench: { path: '/' },
  me: { path: '/me' },
  missing: { path: '/no/such/page' },
  denied: { path: '/dev/locked' },
  list: { path: '/dev/blocks?part=list' },
  record: { path: '/dev/blocks?part=record' },
}

for (const [name, p] of Object.entries(pages)) {
  for (const [size, viewport] of Object.entries({ desk, phone })) {
    for (const lang of ['zh-CN', 'en']) {
      test(`${name} ${size} ${lang}`, async ({ page }) => {
        await page.setViewportSize(viewport)
        await page.addInitScript((l) => localStorage.setItem('gewu.lang', l), lang)
        await mockOffice(
          page,
          { user: { ...session.user, must_change_password: Boolean(p.forced) } },
          p.signedIn ?? true,
        )
        await page.goto(p.path)
        await expect(page.locator('h1')).toBeVisible()
        expect(await page.locator('html').getAttribute('lang')).toBe(lang)
        const shots = process.env.GEWU_SHOTS
        if (shots) await page.screenshot({ path: `${shots}/${name}-${size}-${lang}.png` })
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0)
        await expectNoAxeViolations(page)
      })
    }
  }
}
