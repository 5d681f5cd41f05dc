import type { Browser, Page } from '@playwright/test'
import { desk, phone } from '../browser'
import { asUser, expect, expectNoAxeViolations, test } from '../test'

// Units work on the tasks of the demo office; the office urges, explains and closes out.

/** Signs somebody else in, in this page. */
async function open(page: Page, heading: string) {
  const { tasks } = (await (
    await page.request.get(`/api/v1/search?q=${encodeURIComponent(heading)}`)
  ).json()) as {
    tasks: { id: string; heading: string }[]
  }
  await page.goto(`/tasks/${tasks.find((t) => t.heading === heading)!.id}`)
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
}
const actions = (page: Page) => page.getByRole('group', { name: '可办理的操作' })
const act = (page: Page, name: string) => actions(page).getByRole('button', { name, exact: true }).click()
const history = (page: Page) => page.getByRole('complementary', { name: '办理记录' })
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

test('a late task: signed, reported on, answered for, finished, closed out: red turns green', async ({
  page,
}) => {
  const name = '培育法治带头人'
  await asUser(page, 'sifa')
  await page.goto('/tasks/mine')
  await expect(row(page, name)).toContainText('已超期')
  await row(page, name).getByRole('button', { name: '签收' }).click()
  await expect(page.getByText(`已签收“${name}”`)).toBeVisible()
  await expect(row(page, name)).toContainText('办理中')

  await row(page, name).getByRole('link', { name: '报告进展' }).click()
  await page.getByLabel('进展情况').fill('已完成登记，培训课件一并报送')
  await page.getByLabel(/^本次完成/).fill('1')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '名册.txt', mimeType: 'text/plain', buffer: Buffer.from('名册') })
  await expect(page.getByRole('button', { name: '移除“名册.txt”' })).toBeVisible()
  await page.reload() // a draft lasts
  await expect(page.getByLabel('进展情况')).toHaveValue('已完成登记，培训课件一并报送')
  await expectNoAxeViolations(page)
  await page.getByLabel('进展情况').press('Control+Enter')
  await expect(page.getByText('已报送进展')).toBeVisible()
  await expect(row(page, '合计')).toContainText('7/30')
  await expect(history(page)).toContainText('司法所报告进展：完成 1名；附件 1 份')
  const link = page.getByRole('link', { name: /下载“名册.txt”/ })
  const file = await page.request.get((await link.getAttribute('href'))!)
  expect(await file.text()).toBe('名册')

  await page.goto('/')
  const urges = page.getByRole('region', { name: /待答复的催办督办/ })
  await urges.getByRole('button', { name: '答复' }).first().click()
  await urges.getByRole('button', { name: '提交答复' }).click()
  await expect(urges.getByText('请填写答复内容')).toBeVisible()
  await urges.getByLabel('答复内容').fill('名册已齐，本周办结')
  await urges.getByRole('button', { name: '提交答复' }).click()
  await expect(page.getByText('答复已提交')).toBeVisible()

  await open(page, name)
  await expect(page.getByText('名册已齐，本周办结').first()).toBeVisible()
  await act(page, '报告进展')
  await page.getByLabel(/本单位任务已办结/).check()
  await page.getByRole('button', { name: '报送并办结' }).click()
  await expect(page.getByText('已报送进展，本单位任务已办结')).toBeVisible()
  await expect(actions(page)).toHaveCount(0)

  await asUser(page, 'clerk')
  await page.goto('/')
  await page
    .getByRole('region', { name: /待销号/ })
    .getByRole('link', { name })
    .click()
  await expect(page.getByText('牵头单位已全部办结，可以销号')).toBeVisible()
  await act(page, '销号')
  await page.getByRole('dialog').getByRole('button', { name: '销号' }).click()
  await expect(page.getByText('任务已销号')).toBeVisible()
  await page.goto('/tasks?state=closed')
  await expect(row(page, name)).toContainText('已办结')
})

test('a unit returns a task; the office explains and sends it again', async ({ page }) => {
  const name = '用好人民调解'
  await asUser(page, 'qingfeng')
  await open(page, name)
  await act(page, '退回')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '退回' }).click() // without a reason nothing happens
  await expect(dialog).toBeVisible()
  await dialog.getByLabel('退回理由').fill('调解成功率应由司法所统计')
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: '退回' }).click()
  await expect(page.getByText('本单位已退回，等待下达方说明或调整')).toBeVisible()

  await asUser(page, 'clerk')
  await page.goto('/')
  const returned = page.getByRole('region', { name: /单位退回/ })
  await expect(returned).toContainText('调解成功率应由司法所统计')
  await returned
    .getByRole('listitem')
    .filter({ hasText: '调解成功率' })
    .getByRole('button', { name: '重新下达' })
    .click()
  await page.getByRole('dialog').getByLabel('说明').fill('司法所汇总，社区报送受理件数即可')
  await page.getByRole('dialog').getByRole('button', { name: '重新下达' }).click()
  await expect(page.getByText('已重新下达给清风社区')).toBeVisible()

  await asUser(page, 'qingfeng')
  await page.goto('/')
  await page.getByRole('button', { name: /^消息/ }).click()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: /退回的任务重新下达/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await act(page, '签收')
  await expect(history(page)).toContainText('清风社区签收')
})

test('a task is handed to a colleague, and split among the communities with shares that add up', async ({
  page,
}) => {
  const name = '开展普法宣传'
  await asUser(page, 'fazhi')
  await open(page, name)
  await act(page, '转办')
  const form = page.getByRole('region', { name: '转办' })
  await form.getByRole('button', { name: '转办' }).click()
  await expect(form.locator('.error')).toHaveText('请选择承办人')
  await page.getByLabel('转给').selectOption({ index: 1 })
  const to = await page.getByLabel('转给').locator('option:checked').textContent()
  await form.getByRole('button', { name: '转办' }).click()
  await expect(page.getByText(`已转给${to}办理`)).toBeVisible()
  await expect(row(page, '平安法治办')).toContainText(to!)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(row(page, '平安法治办')).toContainText('柳青青')

  await act(page, '拆分子任务')
  await page.getByRole('button', { name: '全选下级单位' }).click()
  await page.getByRole('button', { name: '平均分配' }).click()
  await expect(page.getByText('与要求一致')).toBeVisible()
  await page
    .getByRole('group', { name: /指标分解/ })
    .getByLabel('清风社区')
    .fill('2')
  await expect(page.getByText('多出 1 场')).toBeVisible()
  await page
    .getByRole('group', { name: /指标分解/ })
    .getByLabel('明月社区')
    .fill('0')
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: '拆分给 6 个单位' }).click()
  await expect(page.getByText('已拆分，通知 6 个单位')).toBeVisible()
  await expect(page.getByRole('region', { name: '子任务' }).getByRole('link')).toHaveCount(6)
  await expect(history(page)).toContainText('平安法治办拆分给 6 个单位')

  await asUser(page, 'qingfeng')
  await page.goto('/tasks/mine')
  await row(page, name).getByRole('link', { name }).click()
  await expect(page.getByRole('link', { name: `上级任务：${name}` })).toBeVisible()
  await expect(row(page, '清风社区').first()).toContainText('0/2')
})

test('a leader supervises, the unit answers', async ({ page }) => {
  const name = '定期排查纠纷'
  await asUser(page, 'leader')
  await open(page, name)
  await act(page, '督办')
  await page.getByLabel(/答复时限/).press('Escape') // closed; the keyboard is back at the button
  await expect(page.getByLabel(/答复时限/)).toHaveCount(0)
  await expect(page.getByRole('button', { name: '督办', exact: true })).toBeFocused()
  await act(page, '督办')
  await page.getByLabel(/答复时限/).fill('99')
  await page.getByRole('button', { name: /^督办 \d+ 个单位/ }).click()
  await expect(page.getByText('请填写 1 至 60 的整数')).toBeVisible()
  await page.getByLabel(/答复时限/).fill('3')
  await page.getByRole('button', { name: '督办 1 个单位' }).click()
  await expect(page.getByText('已督办，通知 1 个单位')).toBeVisible()
  await expect(history(page)).toContainText('督办平安法治办')

  await asUser(page, 'fazhi')
  await open(page, name)
  await page.getByRole('button', { name: '答复' }).click()
  await page.getByLabel('答复内容').fill('本月排查已布置，月底汇总')
  await page.getByLabel('答复内容').press('Control+Enter')
  await expect(page.getByText('答复已提交')).toBeVisible()
  await expect(history(page)).toContainText('平安法治办答复')
})

test('the clerk moves a day; the history says so; it can be taken back', async ({ page }) => {
  await asUser(page, 'clerk')
  await open(page, '开展法治体检')
  await act(page, '修改')
  const due = page.getByLabel('完成时限')
  const before = await due.inputValue()
  await due.fill('2027-01-08')
  await page.getByLabel('修改理由').fill('等待检测报告')
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: '保存修改' }).click()
  await expect(history(page)).toContainText(/将完成时限由 .+ 改为 (2027-)?01-08/)
  await expect(history(page)).toContainText('理由：等待检测报告')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('已撤销')).toBeVisible()
  await act(page, '修改')
  await expect(page.getByLabel('完成时限')).toHaveValue(before)
})

test('the clerk decides on the duty list, closes out early, opens again, drops', async ({ page }) => {
  await asUser(page, 'clerk')
  await open(page, '排查校园周边安全')
  const more = async (name: string) => {
    await actions(page).getByRole('button', { name: '更多操作' }).click()
    await act(page, name)
  }
  await more('履职清单')
  await page.getByLabel('类别').selectOption({ label: '清单外事项' })
  await page.getByRole('button', { name: '保存认定结果' }).click()
  await expect(history(page)).toContainText('改为清单外事项')

  const dialog = page.getByRole('dialog')
  await act(page, '销号')
  await expect(dialog).toContainText('派出所尚未办结')
  await dialog.getByLabel('销号理由').fill('并入专项行动')
  await dialog.getByRole('button', { name: '销号' }).click()
  await expect(page.getByText('任务已销号')).toBeVisible()
  await act(page, '重新办理')
  await dialog.getByLabel('理由').fill('专项行动未覆盖')
  await dialog.getByRole('button', { name: '重新办理' }).click()
  await expect(history(page)).toContainText('恢复办理')
  await more('作废')
  await dialog.getByLabel('作废理由').fill('上级取消')
  await dialog.getByRole('button', { name: '作废 1 项任务' }).click()
  await expect(page.getByText('任务已作废，不再计入统计')).toBeVisible()
  await expect(actions(page)).toHaveCount(0)
})

test('where somebody else was faster, what was entered stays', async ({ page, browser, gewu }) => {
  await asUser(page, 'fazhi')
  await open(page, '定期排查纠纷')
  await act(page, '报告进展')
  await page.getByLabel('进展情况').fill('已排查 12 个网格')
  await reportElsewhere(browser, gewu.url, page.url())
  await page.getByRole('button', { name: '报送', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('您填写的内容保留')
  await expect(page.getByLabel('进展情况')).toHaveValue('已排查 12 个网格')
  await page.getByRole('button', { name: '报送', exact: true }).click()
  await expect(page.getByText('已报送进展')).toBeVisible()
})
/** A colleague reports on the same part. */
async function reportElsewhere(browser: Browser, url: string, at: string) {
  const other = await browser.newContext({ baseURL: url })
  await other.request.post('/api/v1/session', { data: { username: 'fazhi2', password: 'gewu-demo' } })
  const id = new URL(at).pathname.split('/').pop()
  const task = (await (await other.request.get(`/api/v1/tasks/${id}`)).json()) as {
    parts: { id: string; version: number }[]
    may: { parts: string[] }
  }
  const mine = task.parts.find((p) => task.may.parts.includes(p.id))!
  const sent = await other.request.post(`/api/v1/parts/${mine.id}/reports`, {
    headers: { 'If-Match': `"${mine.version}"` },
    data: { words: '同事先报了一次', done: false },
  })
  expect(sent.status()).toBe(201)
  await other.close()
}

test('several tasks are signed for at once, and found by Ctrl-K', async ({ page }) => {
  await asUser(page, 'mingyue')
  await page.goto('/tasks/mine?role=support&state=assigned')
  await page.getByRole('checkbox', { name: '选择本页全部' }).check()
  const button = page.getByRole('button', { name: /^签收 \d+ 项/ })
  const n = Number(/\d+/.exec((await button.textContent())!)![0])
  expect(n).toBeGreaterThan(1)
  await button.click()
  await expect(page.getByText(`已签收 ${n} 项任务`)).toBeVisible()
  await expect(page.getByText('没有待签收的任务')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('法律服务点')
  await page.getByRole('option', { name: /设立法律服务点/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('设立法律服务点')
})

test('counts by unit lead to the tasks behind them', async ({ page }) => {
  await asUser(page, 'leader')
  await page.goto('/stats')
  const counts = page.getByRole('row').filter({ hasText: '公共服务办' })
  await expect(page.getByRole('columnheader', { name: '已超期' })).toHaveAttribute('aria-sort', 'descending')
  await counts.getByRole('link', { name: /已超期/ }).click()
  await expect(page).toHaveURL(/light=overdue/)
  await expect(row(page, '规范劳动用工')).toBeVisible()
})

test('a calendar address is made and serves the deadlines', async ({ page }) => {
  await asUser(page, 'sifa')
  await page.goto('/me')
  await page.getByRole('button', { name: '生成订阅地址' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '生成订阅地址' }).click()
  const address = await page.getByRole('textbox', { name: '订阅地址' }).inputValue()
  await expectNoAxeViolations(page)
  expect(await (await page.request.get(address)).text()).toContain('BEGIN:VCALENDAR')
})

const pages = [
  { who: 'clerk', path: '/' },
  { who: 'qingfeng', path: '/' },
  { who: 'admin', path: '/' },
  { who: 'qingfeng', path: '/tasks/mine?role=support' },
  { who: 'qingfeng', path: '/tasks/mine?state=returned' },
  { who: 'leader', path: '/tasks' },
  { who: 'leader', path: '/stats' },
  { who: 'sifa', path: '/me' },
  { who: 'clerk', path: 'task' },
  { who: 'sifa', path: '/tasks/no-such-task' },
]
for (const [size, viewport] of Object.entries({ desk, phone })) {
  for (const lang of ['zh-CN', 'en']) {
    test(`axe is content with every page, ${size} ${lang}`, async ({ page }) => {
      await page.setViewportSize(viewport)
      await page.addInitScript((l) => localStorage.setItem('gewu.lang', l), lang)
      for (const { who, path } of pages) {
        await asUser(page, who)
        if (path === 'task') await open(page, '设立法律服务点')
        else await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('.skeleton')).toHaveCount(0)
        await expectNoAxeViolations(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${path} sticks out sideways`).toBeLessThanOrEqual(0)
        const shots = process.env.GEWU_SHOTS
        const name = path.replace(/[^a-z]+/g, '-') || 'today'
        if (shots) await page.screenshot({ path: `${shots}/${name}-${who}-${size}-${lang}.png` })
      }
    })
  }
}
