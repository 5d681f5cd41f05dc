import type { Locator, Page } from '@playwright/test'
import { desk, phone } from '../browser'
import { startGewu } from '../server'
import { asUser, expect, expectNoAxeViolations, test } from '../test'

// What administrators and clerks keep: places, units, accounts, holidays, the duty list. And help, and Ctrl-K.

/** Signs somebody in, in this page. */
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })
/** Chooses in a combobox: types a part of the name, and Enter. */
async function pick(inside: Locator, label: string, word: string) {
  const box = inside.getByRole('combobox', { name: label })
  await box.click()
  await box.fill(word)
  await box.press('Enter')
  await expect(box).toHaveValue(new RegExp(word))
}

test('an account is opened; its person signs in and must choose a password', async ({
  page,
  browser,
  gewu,
}) => {
  await asUser(page, 'admin')
  await page.goto('/admin/accounts')
  await expect(row(page, '方小满')).toContainText('办公室经办人 · 青石街道')
  await page.getByRole('button', { name: '新增账号' }).click()
  const form = dialog(page, '新增账号')
  await form.getByRole('button', { name: '新增账号' }).click()
  await expect(form.getByText('请填写姓名')).toBeVisible()
  await form.getByLabel('姓名').fill('温如玉')
  await form.getByLabel('账号', { exact: true }).fill('clerk')
  await pick(form, '所属单位', '公共服务')
  await form.getByRole('button', { name: '添加角色' }).click()
  await form.getByRole('combobox', { name: '角色' }).selectOption('clerk')
  await pick(form, '管辖地方', '青石')
  await expectNoAxeViolations(page)
  await form.getByRole('button', { name: '新增账号' }).click()
  await expect(form.getByRole('alert')).toContainText('已被使用')
  await form.getByLabel('账号', { exact: true }).fill('wenry')
  await form.getByLabel('姓名').press('Control+Enter')

  const shown = dialog(page, '账号已开通')
  await expect(shown).toContainText('wenry')
  await expectNoAxeViolations(page)
  const password = (await shown.locator('.password').textContent())!.trim()
  await page.keyboard.press('Escape') // does not lose it
  await expect(shown).toBeVisible()
  await shown.getByRole('button', { name: '已记下，关闭' }).click()
  await expect(row(page, '温如玉')).toContainText('办公室经办人 · 青石街道')
  await expect(page.locator('body')).not.toContainText(password)

  const context = await browser.newContext({ baseURL: gewu.url, locale: 'zh-CN' })
  const theirs = await context.newPage()
  await theirs.goto('/')
  await theirs.getByLabel('账号').fill('wenry')
  await theirs.getByLabel('密码', { exact: true }).fill(password)
  await theirs.keyboard.press('Enter')
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('修改密码')
  await theirs.goto('/duties')
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('修改密码')
  await theirs.getByLabel('原密码').fill(password)
  await theirs.getByLabel('新密码', { exact: true }).fill('qingshi-2026-ok')
  await theirs.getByLabel('再次输入新密码').fill('qingshi-2026-ok')
  await theirs.keyboard.press('Enter')
  await expect(theirs.getByRole('heading', { level: 1 })).toContainText('履职事项清单')
  await context.close()

  await row(page, '温如玉').getByRole('button', { name: '编辑' }).click()
  const edit = dialog(page, '编辑账号')
  await edit.getByLabel('账号可以登录').uncheck()
  await edit.getByRole('button', { name: '保存' }).click()
  await expect(row(page, '温如玉')).toContainText('已停用')
  await row(page, '温如玉').getByRole('button', { name: '重置密码' }).click()
  await dialog(page, '重置“温如玉”的密码').getByRole('button', { name: '重置密码' }).click()
  await expect(dialog(page, '密码已重置')).toContainText('wenry')
  await dialog(page, '密码已重置').getByRole('button', { name: '已记下，关闭' }).click()
})

test('a unit is made, gets a name, moves, is closed and comes back', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.goto('/admin/units')
  await page.getByRole('button', { name: '新增单位' }).click()
  const form = dialog(page, '新增单位')
  await form.getByLabel('名称', { exact: true }).fill('青石街道退役军人服务站')
  await form.getByLabel('简称').fill('退役军人站')
  await form.getByLabel('类别').selectOption('station')
  await form.getByLabel('通知中的叫法').fill('军人站、双拥办')
  await form.getByRole('button', { name: '新增单位' }).click()
  await expect(page.getByText('已新增“退役军人站”')).toBeVisible()
  await page.getByRole('searchbox').fill('双拥办')
  await expect(row(page, '青石街道退役军人服务站')).toContainText('军人站、双拥办')
  await page.getByRole('button', { name: '清除筛选' }).click()
  await page.getByRole('button', { name: '上移“退役军人站”' }).click()
  await expect(page.getByText('已调整“退役军人站”的位置')).toBeVisible()
  const order = await page.getByRole('rowheader').allTextContents()
  expect(order.indexOf('青石街道退役军人服务站')).toBe(order.indexOf('青石市场监督管理所') - 1)

  await page.getByRole('link', { name: '通知中的叫法' }).click()
  await row(page, '双拥办').getByRole('button', { name: '编辑' }).click()
  const means = dialog(page, '修改“双拥办”所指单位')
  await means.getByLabel('便民服务中心').check()
  await expectNoAxeViolations(page)
  await means.getByRole('button', { name: '保存' }).click()
  await expect(row(page, '双拥办')).toContainText('便民服务中心、退役军人站')
  await row(page, '双拥办').getByRole('button', { name: '删除' }).click()
  await expect(row(page, '双拥办')).toHaveCount(0)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(row(page, '双拥办')).toContainText('便民服务中心、退役军人站')

  await page.getByRole('link', { name: '单位', exact: true }).last().click()
  await row(page, '退役军人服务站').getByRole('button', { name: '停用' }).click()
  await dialog(page, '停用“退役军人站”').getByRole('button', { name: '停用' }).click()
  await expect(row(page, '退役军人服务站')).toHaveCount(0)
  await page.getByRole('button', { name: '撤销' }).last().click()
  await expect(row(page, '退役军人服务站')).toHaveCount(1)
})

test('a place is added below another: its code is explained', async ({ page }) => {
  await asUser(page, 'admin')
  await page.goto('/admin/units?tab=places')
  await page.getByRole('button', { name: '加下级：青石街道' }).click()
  const form = dialog(page, '新增地方')
  await expect(form.getByLabel('代码')).toHaveValue('990101001007')
  await expect(form.getByRole('status')).toContainText('12 位，级别：社区（村）')
  await form.getByLabel('代码').fill('9901010')
  await expect(form.getByRole('status')).toContainText('位数不够')
  await form.getByLabel('代码').fill('990101001001')
  await form.getByLabel('名称').fill('杏花社区')
  await form.getByRole('button', { name: '新增地方' }).click()
  await expect(form.getByText('代码 990101001001 已登记为“清风社区”')).toBeVisible()
  await form.getByLabel('代码').fill('990101001007')
  await form.getByRole('button', { name: '新增地方' }).click()
  await expect(row(page, '杏花社区')).toContainText('990101001007')
  await page.getByRole('button', { name: '改名：杏花社区' }).click()
  await dialog(page, '修改地方名称').getByLabel('名称').fill('杏林社区')
  await page.keyboard.press('Control+Enter')
  await expect(row(page, '杏林社区')).toHaveCount(1)
})

test('a year of holidays is pasted, corrected and saved', async ({ page }) => {
  await asUser(page, 'admin')
  await page.goto('/admin/holidays?edit=2040')
  await page.getByRole('button', { name: '保存 2040 年' }).click()
  await expect(page.getByText('请填写通知的文号')).toBeVisible()
  await expect(page.getByRole('textbox', { name: '文号', exact: true })).toBeFocused()
  await page.getByText('粘贴通知正文，自动填写').click()
  await page.getByLabel(/^粘贴国务院办公厅通知全文/).fill(
    `国务院办公厅关于2040年部分节假日安排的通知
国办发明电〔2039〕8号
一、元旦：1月1日（周日）至2日（周一）放假，共2天。
二、春节：2月11日（周六）至17日（周五）放假调休，共7天。2月18日（周六）上班。
国务院办公厅
2039年11月8日`,
  )
  await page.getByRole('button', { name: '读取' }).click()
  await expect(page.getByText('已填写 2 个假期、1 个调休上班日，请核对')).toBeVisible()
  await expect(page.getByRole('textbox', { name: '文号', exact: true })).toHaveValue('国办发明电〔2039〕8号')
  await page.getByLabel('第 1 个上班日').fill('2040-02-16')
  await page.getByRole('button', { name: '保存 2040 年' }).click()
  await expect(page.getByText('2040-02-16 已列为放假或上班，请核对')).toBeVisible()
  await page.getByLabel('第 1 个上班日').fill('2040-02-18')
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: '保存 2040 年' }).click()
  await expect(page.getByText('已保存 2040 年放假安排')).toBeVisible()
  await page.goto('/admin/holidays?year=2040')
  const facts = page.getByRole('region', { name: '放假安排' })
  await expect(facts).toContainText('02-11 至 02-17')
  await expect(page.getByRole('table', { name: /^2 月/ }).getByTitle('2040-02-18 上班')).toHaveText('18班')
})

test('the duty list goes out as a workbook and comes back', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.goto('/duties?class=supporting')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('共 69 条')
  await page.getByRole('searchbox').fill('入户')
  await expect(page.getByRole('link', { name: /^配合履职事项/ })).not.toContainText('22')
  await page.getByRole('rowheader').first().getByRole('link').click()
  const item = page.getByRole('complementary')
  await expect(item).toContainText('本级配合职责')
  await expect(page).toHaveURL(/item=/)
  await expectNoAxeViolations(page)
  await page.keyboard.press('Escape')
  await expect(item).toHaveCount(0)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '导出清单' }).click(),
  ])
  const path = await download.path()
  await page.getByRole('button', { name: '导入清单' }).click()
  const form = dialog(page, '导入履职事项清单')
  await form.locator('input[type=file]').setInputFiles({
    name: '坏了.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('不是工作簿'),
  })
  await expect(form.getByRole('alert')).toContainText('另存为')
  await form.getByRole('button', { name: '换一个文件' }).click()
  const { readFile } = await import('node:fs/promises')
  await form.locator('input[type=file]').setInputFiles({
    name: '清单.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await readFile(path),
  })
  await expect(form).toContainText('可导入 69 项')
  await expect(form).toContainText('新增 0 项，减少 0 项')
  await expect(form).toContainText('没有发现问题')
  await expectNoAxeViolations(page)
  await form.getByRole('button', { name: '导入 69 项，替换现有清单' }).click()
  await expect(page.getByText('已导入履职事项清单 69 项')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('共 69 条')
})

test('Ctrl-K finds a plan, a task and a page, by the keyboard alone', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.goto('/help')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('法律')
  const list = page.getByRole('listbox')
  await expect(list.getByRole('group', { name: '方案' }).getByRole('option')).not.toHaveCount(0)
  await expect(list.getByRole('group', { name: '任务' }).getByRole('option').first()).toBeVisible()
  await expectNoAxeViolations(page)
  const task = list.getByRole('group', { name: '任务' }).getByRole('option').first()
  for (let i = 0; i < 20 && (await task.getAttribute('aria-selected')) !== 'true'; i++) {
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/tasks\/[0-9a-f-]{36}/)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('履职')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/duties/)
})

test('who may not keep them does not see them', async ({ page }) => {
  await asUser(page, 'qingfeng')
  await page.goto('/duties')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('共 69 条')
  await expect(page.getByRole('button', { name: '导入清单' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: '账号', exact: true })).toHaveCount(0)
  for (const path of ['/admin/accounts', '/admin/units', '/admin/holidays']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有权限')
  }
  await asUser(page, 'clerk')
  await page.goto('/admin/holidays?edit=2030')
  await expect(page.getByRole('button', { name: /^(修改|录入|保存)/ })).toHaveCount(0)
})

const pages = [
  '/duties',
  '/admin/units',
  '/admin/units?tab=names',
  '/admin/units?tab=places',
  '/admin/accounts',
  '/admin/holidays',
  '/help',
]
for (const lang of ['zh-CN', 'en']) {
  for (const [size, viewport] of Object.entries({ desk, phone })) {
    test(`every page is in order: ${size} ${lang}`, async ({ page }) => {
      await page.setViewportSize(viewport)
      await page.addInitScript((l) => localStorage.setItem('gewu.lang', l), lang)
      await asUser(page, 'admin')
      for (const path of pages) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('.skeleton')).toHaveCount(0)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, path).toBeLessThanOrEqual(0)
        await expectNoAxeViolations(page)
      }
    })
  }
}

test('a list that does not come says so, and is asked again', async ({ page }) => {
  await asUser(page, 'admin')
  for (const [path, api] of [
    ['/admin/accounts', '**/api/v1/accounts*'],
    ['/admin/units', '**/api/v1/units*'],
    ['/admin/holidays', '**/api/v1/holidays'],
    ['/duties', '**/api/v1/duties*'],
  ] as const) {
    await page.route(api, (r) =>
      r.fulfill({ status: 500, json: { code: 'internal', detail: '系统出现故障' } }),
    )
    await page.goto(path)
    await expect(page.getByRole('alert')).toContainText('系统出现故障')
    await expectNoAxeViolations(page)
    await page.unroute(api)
    await page.getByRole('button', { name: '重试' }).click()
    await expect(page.getByRole('alert')).toHaveCount(0)
  }
})

test('a first start: own password, then places, units, accounts', async ({ browser }) => {
  const gewu = await startGewu([])
  try {
    const context = await browser.newContext({ baseURL: gewu.url, locale: 'zh-CN' })
    const page = await context.newPage()
    const password = /[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}/.exec(gewu.output())![0]
    await page.goto('/')
    await page.getByLabel('账号').fill('admin')
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByLabel('原密码').fill(password)
    await page.getByLabel('新密码', { exact: true }).fill('first-start-2026')
    await page.getByLabel('再次输入新密码').fill('first-start-2026')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('工作台')

    await page.goto('/duties')
    await expect(page.getByText('还没有街道（镇）')).toBeVisible()
    await page.goto('/admin/accounts')
    await page.getByRole('link', { name: /^登记地方/ }).click()
    const places = [
      ['99', '云州省'],
      ['9901', '云中市'],
      ['990101', '云溪县'],
      ['990101001', '青石街道'],
    ] as const
    await expect(page.getByText('还没有地方')).toBeVisible()
    await expectNoAxeViolations(page)
    for (const [code, name] of places) {
      await page.getByRole('button', { name: '新增地方' }).first().click()
      const form = dialog(page, '新增地方')
      await form.getByLabel('代码').fill(code)
      await form.getByLabel('名称').fill(name)
      await form.getByLabel('名称').press('Control+Enter')
      await expect(row(page, code).filter({ hasText: name })).toHaveCount(1)
      await expect(form).toBeHidden()
    }
    await page.getByRole('link', { name: /^登记单位/ }).click()
    await expect(page.getByText('青石街道还没有单位')).toBeVisible()
    await page.getByRole('button', { name: '新增单位' }).first().click()
    const unit = dialog(page, '新增单位')
    await unit.getByLabel('名称', { exact: true }).fill('青石街道党政办公室')
    await unit.getByLabel('类别').selectOption('section')
    await unit.getByRole('button', { name: '新增单位' }).click()
    await expect(row(page, '青石街道党政办公室')).toHaveCount(1)
    await expect(page.getByText('新系统，按顺序做三件事')).toHaveCount(0)
    await page.goto('/admin/accounts')
    await expect(row(page, '系统管理员')).toContainText('系统管理员 · 全部地方')
    await page.getByRole('button', { name: '新增账号' }).click()
    const account = dialog(page, '新增账号')
    await account.getByLabel('姓名').fill('方小满')
    await account.getByLabel('账号', { exact: true }).fill('fangxm')
    await pick(account, '所属单位', '党政')
    await account.getByRole('button', { name: '添加角色' }).click()
    await account.getByRole('combobox', { name: '角色' }).selectOption('clerk')
    await pick(account, '管辖地方', '青石')
    await account.getByRole('button', { name: '新增账号' }).click()
    await dialog(page, '账号已开通').getByRole('button', { name: '已记下，关闭' }).click()
    await expect(row(page, '方小满')).toContainText('办公室经办人 · 青石街道')
    await context.close()
  } finally {
    await gewu.stop()
  }
})
