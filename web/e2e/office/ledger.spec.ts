import type { Page } from '@playwright/test'
import { desk, phone } from '../browser'
import { asUser, expect, expectNoAxeViolations, test } from '../test'

// The base ledger of the demo's made-up town.

interface Line {
  id: string
  name: string
  phone: string
}
async function somebody(page: Page): Promise<Line> {
  const list = (await (
    await page.request.get('/api/v1/subjects?kind=person&age_min=30&limit=200')
  ).json()) as {
    items: Line[]
  }
  return list.items.find((l) => l.phone && l.name.length >= 2)!
}
const history = (page: Page) => page.getByRole('region', { name: '变更记录' })
const looks = (page: Page) => page.getByRole('region', { name: '查看记录' })

test('somebody is found, their number shown for a purpose, corrected at the source', async ({ page }) => {
  await asUser(page, 'clerk')
  const one = await somebody(page)
  await page.goto('/ledger')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await expectNoAxeViolations(page)
  await page.getByRole('searchbox').fill(one.name)
  await expect(page).toHaveURL(/q=/)
  await page.getByRole('link', { name: one.name, exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: one.name })).toBeVisible()

  await page.goto(`/ledger/subjects/${one.id}`)
  await expect(page.getByText(one.phone).first()).toBeVisible() // masked
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: '查看完整号码' }).click()
  const form = page.getByRole('region', { name: '查看完整号码' })
  await form.getByRole('button', { name: '查看', exact: true }).click()
  await expect(form.getByText('请写明用途，至少 4 个字')).toBeVisible()
  await form.getByRole('button', { name: '电话联系本人' }).click()
  await expectNoAxeViolations(page)
  await form.getByRole('button', { name: '查看', exact: true }).click()
  await expect(page.getByText(/154\d{8}/).first()).toBeVisible()
  await page.reload()
  await expect(page.getByText(/154\d{8}/)).toHaveCount(0)
  await expect(looks(page)).toContainText('电话联系本人')

  await page.getByRole('button', { name: '更正“联系电话”' }).click()
  const correct = page.getByRole('region', { name: '更正台账' })
  await correct.getByLabel('更正为').fill('1234')
  await correct.getByRole('button', { name: '保存' }).click()
  await expect(correct.getByRole('alert')).toContainText('联系电话')
  await correct.getByLabel('更正为').fill('15400007788')
  await correct.getByLabel('依据').fill('本人电话告知')
  await expectNoAxeViolations(page)
  await correct.getByLabel('依据').press('Control+Enter')
  await expect(page.getByText('已更正“联系电话”，今后填表均用新值')).toBeVisible()
  await expect(history(page)).toContainText('本人电话告知')
  await page.goto('/ledger?q=7788')
  await expect(page.getByRole('link', { name: one.name, exact: true })).toBeVisible()

  await asUser(page, 'leader')
  const day = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)
  const digest = (await (await page.request.get(`/api/v1/digest?day=${day}`)).json()) as {
    items: { purpose: string; count: number }[]
  }
  expect(digest.items.some((d) => d.purpose === '电话联系本人' && d.count >= 1)).toBeTruthy()
})

test('a community sees its own people alone, other staff none', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.goto('/ledger?kind=building')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await asUser(page, 'qingfeng')
  const own = (await (await page.request.get('/api/v1/subjects?kind=person&limit=200')).json()) as {
    items: { place: string }[]
  }
  expect(own.items.length).toBeGreaterThan(0)
  expect(own.items.every((l) => l.place.startsWith('990101001001'))).toBeTruthy()
  await asUser(page, 'sifa')
  await page.goto('/ledger')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const none = (await (await page.request.get('/api/v1/subjects?kind=person')).json()) as { items: unknown[] }
  expect(none.items).toHaveLength(0)
})

for (const [size, viewport] of Object.entries({ desk, phone })) {
  for (const lang of ['zh-CN', 'en']) {
    test(`axe is content with the ledger, ${size} ${lang}`, async ({ page }) => {
      await page.setViewportSize(viewport)
      await page.addInitScript((l) => localStorage.setItem('gewu.lang', l), lang)
      await asUser(page, 'clerk')
      const one = await somebody(page)
      const kinds = ['person', 'household', 'dwelling', 'building', 'organisation', 'vehicle']
      for (const path of [
        '/ledger/stale',
        ...kinds.map((k) => `/ledger?kind=${k}`),
        `/ledger/subjects/${one.id}`,
      ]) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('.skeleton')).toHaveCount(0)
        await expectNoAxeViolations(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${path} sticks out sideways`).toBeLessThanOrEqual(0)
        const shots = process.env.GEWU_SHOTS
        const name = path.includes('subjects') ? 'subject' : path.replace(/[^a-z]+/g, '-')
        if (shots) await page.screenshot({ path: `${shots}/${name}-${size}-${lang}.png` })
      }
    })
  }
}

test('whoever was not confirmed for long is verified on a round', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.goto('/ledger/stale?kind=household')
  const rows = page.getByRole('row')
  await expect(rows.nth(1)).toBeVisible()
  const days = await page.getByRole('cell', { name: /^20\d\d-\d\d-\d\d$/ }).allTextContents()
  expect(days.length).toBeGreaterThan(1)
  expect(days).toEqual([...days].sort())
  const first = await rows.nth(1).getByRole('link').textContent()
  await rows.nth(1).getByRole('checkbox').check()
  await rows.nth(2).getByRole('checkbox').check()
  await page.getByLabel('核实方式').selectOption('电话核实')
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: '核实无误' }).click()
  await expect(page.getByText('已记录 2 条核实无误')).toBeVisible()
  await expect(page.getByRole('link', { name: first!, exact: true })).toHaveCount(0)
})

test('somebody is found from any page by initials, and by nobody who keeps no ledger', async ({ page }) => {
  await asUser(page, 'clerk')
  const one = await somebody(page)
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox')
  await box.fill(one.name)
  await expect(page.getByRole('option', { name: new RegExp(one.name) }).first()).toBeVisible()
  await expect(page.locator('.palette [role="status"]')).toContainText('找到') // and nothing went wrong on the way
  await expectNoAxeViolations(page)
  await page
    .getByRole('option', { name: new RegExp(one.name) })
    .first()
    .click()
  await expect(page).toHaveURL(/\/ledger\/subjects\//)
  await asUser(page, 'sifa')
  const answer = await page.request.get(`/api/v1/search?q=${encodeURIComponent(one.name)}`)
  expect(((await answer.json()) as { subjects: unknown[] }).subjects).toHaveLength(0)
})
