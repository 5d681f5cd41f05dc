import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { desk, phone } from '../browser'
import { asUser, expect, expectNoAxeViolations, test } from '../test'

// The main job: a notice goes in as a Word file, is corrected and published; a unit reports, and the light
// changes.

const here = dirname(fileURLToPath(import.meta.url))

/** The notice as a Word file with automatic numbers, made by the program's own fixture writer. */
const word = () =>
  execFileSync('go', ['run', './internal/docxtest/makedocx'], {
    cwd: join(here, '../../..'),
    input: readFileSync(join(here, '../fixtures/notice.txt')),
  })

const saved = (page: Page) => expect(page.getByRole('status').filter({ hasText: '已保存' })).toBeVisible()

test('a Word file goes in, is corrected and published; a unit finishes, and the light turns green', async ({
  page,
}) => {
  await page.goto('/sign-in')
  await page.locator('input[autocomplete=username]').fill('clerk')
  await page.locator('input[type=password]').fill('gewu-demo')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '方案', exact: true }).click()
  await page.getByRole('button', { name: '读入通知' }).first().click()
  await page.locator('input[type=file]').setInputFiles({
    name: '冬季环境整治.docx',
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    buffer: word(),
  })
  await page.getByRole('button', { name: '读入', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: /冬季环境整治的通知/ })).toBeVisible()
  await expect(page.getByText('（一）').first()).toBeVisible() // the number that Word counts
  await expectNoAxeViolations(page)

  // what is not settled stops the publication, and is opened
  await page.getByRole('button', { name: '发布方案' }).click()
  await expect(page.getByText(/还有 \d+ 处须处理后才能发布/)).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('.card.active .doubt.hard').first()).toBeVisible()
  await page.keyboard.press('Alt+n') // the keyboard walks along
  await expect(
    page.locator('.card.active :is(.chip.open .name, input.heading)').and(page.locator(':focus')),
  ).toHaveCount(1)

  // no day and no title are said, not swallowed
  await page.getByLabel('成文日期').fill('昨天')
  await page.getByLabel('成文日期').press('Tab')
  await expect(page.getByText('请按“2026-11-30”或“11月30日”填写')).toBeVisible()
  await page.getByLabel('标题', { exact: true }).fill('')
  await page.getByLabel('标题', { exact: true }).press('Tab')
  await expect(page.getByLabel('标题', { exact: true })).toHaveValue(/冬季环境整治的通知/)

  // pointing at a clause of the document opens its task, and the other way round
  await page.locator('.document .mark', { hasText: '整治占道经营' }).first().click()
  const street = page.locator('.card.active')
  await expect(street.getByLabel('任务内容')).toHaveValue(/劝导流动摊贩/)
  await expect(page.locator('.document .lit', { hasText: '整治占道经营' })).toBeVisible()

  // a name that means nobody yet: the unit is made, once, and remembered
  await expect(street).toContainText('有单位未对应')
  await street.getByRole('button', { name: /^县城市管理局/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /新建/ }).click()
  await dialog.getByRole('button', { name: '新建并选用' }).click()
  await expect(page.getByText('已新建“县城市管理局”')).toBeVisible()
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: '确定' }).click()
  await expect(street).not.toContainText('有单位未对应')

  // a task is split where the cursor stands; undone; split again
  const text = street.getByLabel('任务内容')
  await text.focus()
  await text.evaluate((el: HTMLTextAreaElement) => {
    const at = el.value.indexOf('同时规范')
    el.setSelectionRange(at, at)
  })
  await text.press('Shift') // a key stroke tells where the cursor is
  await street.getByRole('button', { name: '在光标处拆分' }).click()
  await expect(page.getByRole('button', { name: /同时规范店招店牌/ })).toBeVisible()
  await page.getByRole('button', { name: '撤销（Ctrl+Z）' }).click()
  await expect(page.getByRole('button', { name: /同时规范店招店牌/ })).toHaveCount(0)
  await page.getByRole('button', { name: '重做（Ctrl+Y）' }).click()
  await expect(page.getByRole('button', { name: /同时规范店招店牌/ })).toBeVisible()

  // a day as clerks type it
  await street.getByLabel('截止日期').fill('12月15日')
  await street.getByLabel('截止日期').press('Enter')
  await expect(street.getByLabel('截止日期')).toHaveValue('2026-12-15')

  // a task that upper levels may have taken back gets a letter
  await street.getByLabel('履职清单').selectOption('unlisted')
  await street.getByRole('button', { name: '起草复函' }).click()
  await expect(dialog.getByRole('textbox')).toHaveValue(/履行职责事项清单/)
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: '关闭', exact: true }).last().click()

  await saved(page)
  await page.reload() // nothing is lost
  await expect(page.getByRole('button', { name: /同时规范店招店牌/ })).toBeVisible()

  await page.getByRole('button', { name: '发布方案' }).click()
  await dialog.getByRole('button', { name: /^发布 \d 项任务$/ }).click()
  await expect(page.getByText(/已发布，编号 2026-\d{3}，通知 \d+ 个单位/)).toBeVisible()
  await expect(page).toHaveURL(/\/plans\/[^/]+$/)
  const plan = page.url()
  const row = page.getByRole('row').filter({ hasText: '整治占道经营' })
  await expect(row).toContainText('12-15')

  // the unit signs, reports and finishes; the community reports a figure
  const enforcement = await unitAccount(page)
  await asUser(page, enforcement)
  await page.goto('/tasks/mine')
  await page.getByRole('link', { name: '整治占道经营' }).click()
  await page.getByRole('group', { name: '可办理的操作' }).getByRole('button', { name: '签收' }).click()
  await page.getByRole('group', { name: '可办理的操作' }).getByRole('button', { name: '报告进展' }).click()
  await page.getByLabel('进展情况').fill('劝导流动摊贩 36 处，已办结')
  await page.getByLabel(/本单位任务已办结/).check()
  await page.getByRole('button', { name: '报送并办结' }).click()
  await expect(page.getByText('已报送进展，本单位任务已办结')).toBeVisible()

  await asUser(page, 'clerk')
  await page.goto(plan)
  await expect(row).toContainText('正常')
  await row.getByRole('link').click()
  await page.getByRole('group', { name: '可办理的操作' }).getByRole('button', { name: '销号' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '销号' }).click()
  await expect(page.getByText('任务已销号')).toBeVisible()
  await page.goto(plan)
  await expect(row).toContainText('已办结')
})

/** An account for the unit that leads, which the demo office has none for, made by the administrator. */
async function unitAccount(page: Page): Promise<string> {
  await asUser(page, 'admin')
  const { items } = (await (await page.request.get('/api/v1/units?place=990101001')).json()) as {
    items: { id: string; short: string }[]
  }
  const unit = items.find((u) => u.short === '综合行政执法队')!.id
  const made = (await (
    await page.request.post('/api/v1/accounts', {
      data: { username: 'zhifa', name: '程秉正', unit, grants: [{ role: 'staff', unit }] },
    })
  ).json()) as { password: string }
  await page.request.delete('/api/v1/session')
  await page.request.post('/api/v1/session', { data: { username: 'zhifa', password: made.password } })
  const changed = await page.request.put('/api/v1/session/password', {
    data: { old: made.password, new: 'gewu-demo' },
  })
  expect(changed.ok()).toBeTruthy()
  return 'zhifa'
}

test('what cannot be read is refused with a sentence, and nothing is made', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.goto('/plans')
  await page.getByRole('button', { name: '读入通知' }).first().click()
  const take = (name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await take('通知.docx', Buffer.from('d0cf11e0a1b11ae1', 'hex'))
  await page.getByRole('button', { name: '读入', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('另存为')
  await take('通知.pdf', Buffer.from('%PDF-1.7'))
  await expect(page.getByRole('alert').filter({ hasText: '请向发文单位索取 Word 文件' })).toBeVisible()
  await take('通知.xlsx', Buffer.from('PK'))
  await expect(page.getByRole('alert').filter({ hasText: '格式不支持' })).toBeVisible()
})

test('a plan is seen in five ways and taken along as a workbook', async ({ page }) => {
  await asUser(page, 'leader')
  await page.goto('/plans')
  await page.getByRole('link', { name: /法律进基层/ }).click()
  for (const way of ['看板', '甘特图', '单位', '原文', '列表']) {
    await page.getByRole('link', { name: way, exact: true }).last().click()
    await expect(page.getByText(/今天 \d\d-\d\d。绿/)).toBeVisible()
    await expectNoAxeViolations(page)
  }
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '导出任务分解表' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^2026-001.*\.xlsx$/)
  await page.goto(`${page.url().split('?')[0]}?light=overdue`)
  await expect(page.getByRole('row').filter({ hasText: '已超期' }).first()).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: '已超期' })).toHaveCount(
    await page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader').getByRole('link') })
      .count(),
  )
})

for (const [size, viewport] of Object.entries({ desk, phone })) {
  for (const lang of ['zh-CN', 'en']) {
    test(`axe is content with plans, ${size} ${lang}`, async ({ page }) => {
      await page.setViewportSize(viewport)
      await page.addInitScript((l) => localStorage.setItem('gewu.lang', l), lang)
      await asUser(page, 'clerk')
      const { items } = (await (await page.request.get('/api/v1/plans')).json()) as {
        items: { id: string; state: string; title: string }[]
      }
      const draft = items.find((p) => p.title.includes('火灾防控'))!.id
      const plan = items.find((p) => p.title.includes('法律进基层'))!.id
      const paths = ['/plans', `/plans/${draft}/correct`, `/plans/${draft}/correct?side=document`]
      for (const path of [
        ...paths,
        ...['table', 'board', 'gantt', 'units', 'document'].map((t) => `/plans/${plan}?tab=${t}`),
      ]) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('.skeleton')).toHaveCount(0)
        if (path.endsWith('/correct')) await page.keyboard.press('Alt+n')
        await expectNoAxeViolations(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${path} sticks out sideways`).toBeLessThanOrEqual(0)
      }
    })
  }
}
