import type { Page } from '@playwright/test'
import { desk, phone } from '../browser'
import { asUser, expect, expectNoAxeViolations, test } from '../test'

// What is done with an entry of the base ledger: entered, moved, left, made one with another, seen as of a day.

async function made(page: Page, body: object): Promise<string> {
  const answer = await page.request.post('/api/v1/subjects', { data: body })
  expect(answer.ok(), await answer.text()).toBeTruthy()
  return ((await answer.json()) as { id: string }).id
}
const place = '990101001001'
const menu = async (page: Page, item: string) => {
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('group', { name: '更多' }).getByText(item, { exact: true }).click()
}

test('a household with a member is entered from a dwelling, with what is wrong said at its field', async ({
  page,
}) => {
  await asUser(page, 'clerk')
  const dwelling = await made(page, {
    kind: 'dwelling',
    place,
    values: { 'dwelling.room_number': '9单元901', 'dwelling.address': '试验路9号9单元901室' },
  })
  await page.goto(`/ledger/subjects/${dwelling}`)
  await expectNoAxeViolations(page)
  await menu(page, '登记户')
  await expect(page.getByRole('heading', { level: 1, name: '登记户' })).toBeVisible()
  await expect(page.getByText('试验路9号9单元901室')).toBeVisible()
  await page.getByLabel('户号').fill('SY0901')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByText('已登记')).toBeVisible()
  await menu(page, '登记人员')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByText('请填写', { exact: true })).toBeVisible()
  await page.getByLabel('姓名', { exact: true }).fill('新来客')
  await page.getByLabel('公民身份号码').fill('990101199001011234')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.locator('.form-field', { hasText: '公民身份号码' }).locator('.error')).toBeVisible()
  await expectNoAxeViolations(page)
  await page.getByLabel('公民身份号码').fill('')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '新来客' })).toBeVisible()
  await expect(page.getByText('试验路9号9单元901室').first()).toBeVisible()
})

test('a person moves, leaves, and is still there on an earlier day', async ({ page }) => {
  await asUser(page, 'clerk')
  const since = '2020-01-01'
  const home = (number: string) =>
    made(page, { kind: 'household', place, values: { 'household.number': number }, since })
  const from = await home('YI001')
  await home('YI002')
  const id = await made(page, {
    kind: 'person',
    place,
    values: { 'person.name': '易居人', 'person.relation_to_head': '02' },
    links: { household: from },
    since,
  })
  await page.goto(`/ledger/subjects/${id}`)
  await menu(page, '迁居（换户）')
  let form = page.getByRole('region', { name: '迁居（换户）' })
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form.getByText('请查找并选择')).toBeVisible()
  await form.getByRole('searchbox').fill('YI002')
  await form.getByRole('button', { name: /YI002/ }).click()
  await form.getByLabel('自何日起').fill('2026-09-01')
  await expectNoAxeViolations(page)
  await form.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已变更，自 2026-09-01 起生效')).toBeVisible()
  await expect(page.getByText('YI002')).toBeVisible()

  await menu(page, '迁出或注销')
  form = page.getByRole('region', { name: '迁出或注销' })
  await form.getByLabel('日期', { exact: true }).fill('2026-10-01')
  await form.getByLabel('原因').fill('迁往外地')
  await form.getByRole('button', { name: '确认' }).click()
  await expect(page.getByText('已于 2026-10-01 迁出或注销')).toBeVisible()

  await page.getByLabel('截至').fill('2026-08-01')
  await expect(page.getByText('以下为 2026-08-01 的情况，只供查阅')).toBeVisible()
  await expect(page.getByText('YI001')).toBeVisible()
  await expectNoAxeViolations(page)
  await page.goto('/ledger?on=2026-08-01&in=990101001001')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  const rows = (await (
    await page.request.get(`/api/v1/subjects?kind=person&household=${from}&on=2026-08-01`)
  ).json()) as { items: { name: string }[] }
  expect(rows.items.map((r) => r.name)).toEqual(['易居人'])
})

test('two records of the same are made one, and taken apart again', async ({ page }) => {
  await asUser(page, 'clerk')
  const id = await made(page, { kind: 'person', place, values: { 'person.name': '双名录' } })
  const twin = await made(page, {
    kind: 'person',
    place,
    values: { 'person.name': '双名录乙', 'person.work_unit': '第二工厂' },
  })
  await page.goto(`/ledger/subjects/${id}`)
  await menu(page, '合并重复记录')
  const form = page.getByRole('region', { name: '合并重复记录' })
  await form.getByRole('searchbox').fill('双名录乙')
  await form.getByRole('button', { name: /双名录乙/ }).click()
  await expect(form.getByRole('row', { name: /姓名/ })).toContainText('不一致，以本条为准')
  await expectNoAxeViolations(page)
  await form.getByRole('button', { name: '合并', exact: true }).click()
  await expect(page.getByText('“双名录乙”已并入本条')).toBeVisible()
  await expect(page.getByText('第二工厂').first()).toBeVisible()
  await page.goto(`/ledger/subjects/${twin}`)
  await expect(page.getByRole('link', { name: '本条已并入另一条记录' })).toBeVisible()
  await page.getByRole('button', { name: '拆分' }).click()
  await expect(page.getByText('已拆分')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: '双名录乙' })).toBeVisible()
})

for (const [size, viewport] of Object.entries({ desk, phone })) {
  for (const lang of ['zh-CN', 'en']) {
    test(`axe is content with entering, ${size} ${lang}`, async ({ page }) => {
      await page.setViewportSize(viewport)
      await page.addInitScript((l) => localStorage.setItem('gewu.lang', l), lang)
      await asUser(page, 'clerk')
      const id = await made(page, { kind: 'person', place, values: { 'person.name': '可达性' } })
      const kinds = ['person', 'household', 'dwelling', 'building', 'organisation', 'vehicle']
      const paths = [
        ...kinds.map((k) => `/ledger/new?kind=${k}`),
        `/ledger/subjects/${id}`,
        '/ledger?on=2026-08-01',
      ]
      for (const path of paths) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('.skeleton')).toHaveCount(0)
        await expectNoAxeViolations(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${path} sticks out sideways`).toBeLessThanOrEqual(0)
        const shots = process.env.GEWU_SHOTS
        const name = path.includes('subjects') ? 'acts-subject' : path.replace(/[^a-z]+/g, '-')
        if (shots) await page.screenshot({ path: `${shots}/${name}-${size}-${lang}.png` })
      }
    })
  }
}
