import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { desk, phone } from '../browser'
import { asUser, expect, expectNoAxeViolations, test } from '../test'
import { readBook } from '../xlsx'

// What is asked about data, what was shown, and what is counted.

async function enter(page: Page, name: string): Promise<string> {
  const answer = await page.request.post('/api/v1/subjects', {
    data: {
      kind: 'person',
      place: '990101001001',
      values: { 'person.name': name, 'person.phone': '15400001234' },
      source: '窗口登记',
    },
  })
  expect(answer.ok()).toBeTruthy()
  return ((await answer.json()) as { id: string }).id
}

test('what was shown for a purpose stands in the digest of the day', async ({ page }) => {
  await asUser(page, 'clerk')
  const id = await enter(page, '简素心')
  await page.goto(`/ledger/subjects/${id}`)
  await page.getByRole('button', { name: '查看完整号码' }).click()
  const form = page.getByRole('region', { name: '查看完整号码' })
  await form.getByLabel('用途').fill('上门前电话预约')
  await form.getByRole('button', { name: '查看', exact: true }).click()
  await expect(page.getByText('15400001234').first()).toBeVisible()

  await asUser(page, 'leader')
  await page.goto('/ledger/digest')
  const row = page.getByRole('row', { name: /上门前电话预约/ })
  await expect(row).toContainText('方小满')
  await expect(row).toContainText('查看完整号码')
  await expect(row).toContainText('1')
  await expect(page.getByText(/简素心/)).toHaveCount(0)
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: '前一天' }).click()
  await expect(page.getByText('当天没有人查看完整号码或导出信息')).toBeVisible()
  await asUser(page, 'clerk')
  await page.goto('/ledger/digest')
  await expect(page.getByRole('row', { name: /上门前电话预约/ })).toHaveCount(0)
})

test('a request is entered, answered with a copy, and another one erases', async ({ page }) => {
  await asUser(page, 'clerk')
  const id = await enter(page, '安知非')
  await page.goto(`/ledger/subjects/${id}`)
  const here = page.getByRole('region', { name: '本人的申请' })
  const ask = async (kind: string) => {
    await here.getByRole('button', { name: '登记申请' }).click()
    const form = page.getByRole('region', { name: '登记申请', exact: true })
    await form.getByLabel('申请事项').selectOption(kind)
    await form.getByLabel('申请内容').fill('请提供我的登记信息')
    await expectNoAxeViolations(page)
    await form.getByRole('button', { name: '登记申请' }).click()
    await expect(page.getByText(/已登记，请于 \d{4}-\d\d-\d\d 前答复/).first()).toBeVisible()
  }
  await ask('查阅')
  await expect(here).toContainText('答复期限')
  await page.goto('/ledger/requests')
  await page.getByRole('button', { name: '答复安知非的查阅申请' }).click()
  let form = page.getByRole('region', { name: '答复安知非的查阅申请' })
  const coming = page.waitForEvent('download')
  await form.getByRole('link', { name: '下载个人信息副本' }).click()
  const { cells } = readBook(await readFile(await (await coming).path()))
  expect([...cells.values()]).toContain('安知非')
  expect([...cells.values()]).toContain('15400001234')
  await form.getByRole('button', { name: '办结' }).click()
  await expect(form.getByText('请填写答复内容；不予办理的，写明理由')).toBeVisible()
  await form.getByLabel('答复内容').fill('已当面提供副本')
  await expectNoAxeViolations(page)
  await form.getByRole('button', { name: '办结' }).click()
  await expect(page.getByText('已办结').first()).toBeVisible()

  await page.goto(`/ledger/subjects/${id}`)
  await ask('删除')
  await page.goto('/ledger/requests')
  await page.getByRole('button', { name: '答复安知非的删除申请' }).click()
  form = page.getByRole('region', { name: '答复安知非的删除申请' })
  await form.getByLabel('答复内容').fill('已删除')
  await form.getByRole('button', { name: '办结' }).click()
  await expect(page.getByRole('dialog')).toContainText('密钥同时销毁')
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: '删除并办结' }).click()
  await expect(page.getByRole('button', { name: '答复安知非的删除申请' })).toHaveCount(0)
  await page.goto('/ledger/requests?state=done')
  await expect(page.getByText('（已删除）').first()).toBeVisible()
  expect((await page.request.get(`/api/v1/subjects/${id}`)).status()).toBe(404)
})

test('counts on the page, in the workbook and behind the figure agree', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.goto('/ledger/counts')
  const rows = page.getByRole('row')
  await expect(rows.nth(1)).toBeVisible()
  const answer = await page.request.get('/api/v1/counts?place=990101001&level=12')
  const { items } = (await answer.json()) as { items: { counts: Record<string, number> }[] }
  const first = await rows.nth(1).getByRole('cell').allTextContents()
  expect(first[0]!.trim()).toBe(String(items[0]!.counts['count.persons']))
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: '导出表格' }).click()
  const { cells } = readBook(await readFile(await (await coming).path()))
  expect(cells.get('B2')).toBe(String(items[0]!.counts['count.persons']))
  const [homes] = items.map((i) => i.counts['count.dwellings.vacant'])
  await rows.nth(1).getByRole('cell').nth(4).getByRole('link').click()
  await expect(page).toHaveURL(/state=3/)
  await expect(page.getByRole('row')).toHaveCount(homes! + 1)
})

for (const [size, viewport] of Object.entries({ desk, phone })) {
  for (const lang of ['zh-CN', 'en']) {
    test(`axe is content with requests, digest and counts, ${size} ${lang}`, async ({ page }) => {
      await page.setViewportSize(viewport)
      await page.addInitScript((l) => localStorage.setItem('gewu.lang', l), lang)
      await asUser(page, 'clerk')
      const id = await enter(page, '宁静远')
      await page.request.post(`/api/v1/subjects/${id}/requests`, {
        data: { kind: 'correct', asker: 'self', asked: '2026-01-02', words: '工作单位有误' },
      })
      await page.request.post(`/api/v1/subjects/${id}/unmask`, {
        data: { elements: ['person.phone'], purpose: '核对联系电话' },
      })
      const look = async (path: string) => {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('.skeleton')).toHaveCount(0)
        await expectNoAxeViolations(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${path} sticks out sideways`).toBeLessThanOrEqual(0)
        const shots = process.env.GEWU_SHOTS
        if (shots)
          await page.screenshot({ path: `${shots}/${path.replace(/[^a-z]+/g, '-')}-${size}-${lang}.png` })
      }
      await look('/ledger/requests')
      await look('/ledger/requests?state=done')
      await look('/ledger/counts')
      await asUser(page, 'leader')
      await look('/ledger/digest')
      await look('/')
    })
  }
}
