import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** The page as it stands has no violation of WCAG 2.1 A and AA that axe can find. */
export async function expectNoAxeViolations(page: Page) {
  // a fade halfway through has the contrast of neither end
  await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {}))))
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'])
    .analyze()
  const said = violations.map(
    (v) =>
      `${v.id}: ${v.help}\n${v.nodes.map((n) => `   ${n.target.join(' ')}  ${n.failureSummary}`).join('\n')}`,
  )
  expect(said, said.join('\n\n')).toEqual([])
}
