import type { Page } from '@playwright/test'
import { desk, phone } from '../browser'
import { asUser, expect, expectNoAxeViolations, test } from '../test'
import { readBook, writeBook } from '../xlsx'

// Entered once, used everywhere: a workbook of people goes into the ledger, a blank table comes out filled.

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const community = '990101001001' // 清风社区 of the demo

/** An id whose last digit is right (GB 11643), of a place that does not exist. */
function withCheck(body: string) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return body + '10X98765432'[weights.reduce((s, w, i) => s + w * Number(body[i]), 0) % 11]
}
const good = withCheck('99010119500101902')
const mistyped = good.slice(0, 17) + (good[17] === '1' ? '2' : '1')

const people = writeBook('人员', [
  ['序号', '姓名', '身份证号', '出生日期', '性别', '电话', '社区', '备用'],
  [1, '柏一舟', good, '1950-01-01', '女', '15400009001', '清风社区', '甲'],
  [2, '错一位', mistyped, '', '', '', '清风社区', ''],
  [3, '季二川', withCheck('99010119600303903'), '1961-03-03', '男', '', '清风社区', ''],
  [4, '无此处', '', '1970-01-01', '男', '', '远方社区', ''],
  [5, '时三秋', '', '1955-05-06', '男', '', '清风社区', ''],
])
const head = ['序号', '姓名', '性别', '公民身份号码', '年龄', '联系电话', '楼道称呼', '备注']
const blankRow = head.map(() => undefined)
const blank = writeBook(
  '花名册',
  [['清风社区60周岁以上老年人花名册', ...blankRow.slice(1)], head, blankRow, blankRow, blankRow],
  ['A1:H1'],
)

/** A file that is let go over the page, as a mouse does it. */
async function drop(page: Page, name: string, file: Buffer) {
  const data = await page.evaluateHandle(
    ({ name, bytes, type }) => {
      const d = new DataTransfer()
      d.items.add(new File([Uint8Array.from(bytes)], name, { type }))
      return d
    },
    { name, bytes: [...file], type: xlsx },
  )
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('.skeleton')).toHaveCount(0)
  await page.locator('.page').dispatchEvent('drop', { dataTransfer: data })
}
const get = async <T>(page: Page, path: string) =>
  (await (await page.request.get(`/api/v1${path}`)).json()) as T
async function fileOf(page: Page, link: string) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const c of await download.createReadStream()) chunks.push(c as Buffer)
  return { name: download.suggestedFilename(), book: readBook(Buffer.concat(chunks)) }
}

test('a workbook with faults is checked, its good rows go in, the bad ones come back', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.goto('/')
  await page.getByRole('link', { name: '导入台账' }).click()
  await drop(page, '人员名册.xlsx', people)
  await expect(page.getByRole('heading', { level: 1, name: '人员名册.xlsx' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^身份证号：.*公民身份号码/ })).toBeVisible()

  // a column that nobody recognised is given its element, by keyboard alone
  await page.getByRole('button', { name: /^备用：.*未识别/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: '输入名称查找数据项' })).toBeFocused()
  await page.keyboard.type('备注')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^备用：.*已确认/ })).toBeFocused()

  await page.getByRole('button', { name: '试运行' }).click()
  const tally = page.locator('.tally')
  await expect(tally).toContainText('总行数5')
  await expect(tally).toContainText('有问题3')
  const faults = page.getByRole('region', { name: '有问题的行' }).getByRole('row')
  await expect(faults.filter({ hasText: '校验不通过' })).toContainText('3')
  await expect(faults.filter({ hasText: '出生日期与身份证号码不一致' })).toBeVisible()
  await expect(faults.filter({ hasText: '没有这个社区' })).toBeVisible()
  const bad = await fileOf(page, '下载有问题的行')
  expect(bad.book.cells.get('B2')).toBe('错一位')
  expect([...bad.book.cells.values()].filter((v) => v.includes('校验不通过'))).toHaveLength(1)

  // a change makes the dry run void
  await page.getByLabel(/一并新建/).check()
  await expect(page.getByText('设置已改，须重新试运行')).toBeVisible()
  await expect(page.getByRole('button', { name: /^导入 \d/ })).toHaveCount(0)
  await page.getByRole('button', { name: '重新试运行' }).click()
  await page.getByRole('button', { name: '导入 2 行' }).click()
  await expect(page.getByText('已导入：新增 2 行，变更 0 行')).toBeVisible()
  await expect(page.getByText('已导入', { exact: true })).toBeVisible()
  const found = await get<{ items: { name: string }[] }>(
    page,
    `/subjects?kind=person&place=${community}&q=${encodeURIComponent('柏一舟')}`,
  )
  expect(found.items.map((p) => p.name)).toEqual(['柏一舟'])

  // the same workbook again changes nothing
  await page.getByRole('link', { name: '导入台账' }).first().click()
  await drop(page, '人员名册.xlsx', people)
  await page.getByRole('button', { name: '试运行' }).click()
  await expect(page.locator('.tally')).toContainText('与台账相同2')
})

interface Person {
  id: string
  name: string
  age: number
  sex: string
  number: string
}
async function elderly(page: Page): Promise<Person[]> {
  const out: Person[] = []
  for (let cursor = ''; ;) {
    const part = await get<{ items: Person[]; next: string }>(
      page,
      `/subjects?kind=person&place=${community}&age_min=60&limit=200&cursor=${cursor}`,
    )
    out.push(...part.items)
    if (!part.next) return out
    cursor = encodeURIComponent(part.next)
  }
}

test('a blank table is dropped, corrected, filled, and every cell agrees with the ledger', async ({
  page,
}) => {
  await asUser(page, 'clerk')
  await page.goto('/tables')
  await drop(page, '老年人花名册.xlsx', blank)
  await expect(page.getByRole('heading', { level: 1, name: '清风社区60周岁以上老年人花名册' })).toBeVisible({
    timeout: 20_000,
  })
  await expect(page.getByLabel('填报范围')).toHaveValue('清风社区')
  await expect(page.getByLabel('年龄从').or(page.getByLabel('年龄（周岁）'))).toHaveValue('60')
  await page.getByLabel('来表单位').fill('云溪县民政局')
  await page.getByLabel('报送期限').fill('2026-12-05')
  await page.getByLabel('报送期限').press('Tab')
  await expect(page.getByText('已保存')).toBeVisible()

  // the one column that needs a look
  await expect(page.getByText('1 列要看一下').first()).toBeVisible()
  await page.keyboard.press('Alt+n')
  await expect(page.getByRole('button', { name: /^楼道称呼：.*未识别/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: '输入名称查找数据项' })).toBeFocused()
  await page.keyboard.type('现住')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^楼道称呼：.*已确认/ })).toBeFocused()
  await expect(page.getByText('各列都已对应')).toBeVisible()

  await page.getByRole('button', { name: '填写', exact: true }).click()
  await expect(page.getByText('请写明用途，4 至 100 字')).toBeVisible()
  await page.getByRole('button', { name: '待遇发放对象核对' }).click()
  await page.getByLabel('已用时间（分钟）').fill('7')
  await page.getByRole('button', { name: '填写', exact: true }).click()
  await expect(page.getByText(/^已填写 \d+ 行$/)).toBeVisible()

  const { name, book } = await fileOf(page, '下载填好的表')
  expect(name).toBe('老年人花名册.xlsx')
  expect(book.merged).toContain('A1:H1')
  expect(head.map((_, i) => book.cells.get(`${'ABCDEFGH'[i]}2`))).toEqual(head)
  const known = new Map((await elderly(page)).map((p) => [`${p.name} ${p.number.slice(-4)}`, p]))
  const rows = [...book.cells.keys()].filter((c) => /^B\d+$/.test(c) && Number(c.slice(1)) > 2)
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.length).toBe(known.size)
  for (const [i, at] of rows.entries()) {
    const n = at.slice(1)
    const cell = (l: string) => book.cells.get(`${l}${n}`) ?? ''
    const p = known.get(`${cell('B')} ${cell('D').slice(-4)}`)
    expect(p, `${at} ${cell('B')}`).toBeDefined()
    expect(cell('A')).toBe(String(i + 1))
    expect(cell('C')).toBe(p!.sex === '1' ? '男' : '女')
    expect(Number(cell('E'))).toBe(p!.age)
    // the ledger shows three digits at the front and four at the end
    expect(cell('D').slice(0, 3)).toBe(p!.number.slice(0, 3))
    if (cell('D')) expect(withCheck(cell('D').slice(0, 17))).toBe(cell('D'))
    known.delete(`${cell('B')} ${cell('D').slice(-4)}`)
  }
  expect([...known.keys()]).toEqual([])

  // where a cell came from, and the way to correct it
  await page.locator('[data-cell=B4]').click()
  const origin = page.locator('.origin')
  await expect(origin).toContainText(book.cells.get('B4')!)
  await expect(origin.getByRole('link', { name: '到台账更正' })).toHaveAttribute(
    'href',
    /\/ledger\/subjects\/.+/,
  )
  await page.getByLabel('单元格', { exact: true }).fill('h3')
  await page.getByRole('button', { name: '查看', exact: true }).click()
  await expect(origin).toContainText('H3')
  await expect(
    page.getByRole('row', { name: /备注/ }).filter({ hasText: '台账中没有' }).first(),
  ).toBeVisible()

  // the same table a second time: nothing to correct, and it was reported before
  await page.getByRole('link', { name: '填表' }).first().click()
  await expect(page.getByRole('row').filter({ hasText: '云溪县民政局' })).toContainText(String(rows.length))
  await drop(page, '老年人花名册.xlsx', blank)
  await expect(page.getByText('这份表以前核对过，各列已按上次的对应带出。')).toBeVisible()
  await expect(page.getByText('各列都已对应')).toBeVisible()
  await expect(page.getByText('7 列中有 7 列近一年报送过')).toBeVisible()
  await expect(page.getByText(/报过云溪县民政局/).first()).toBeVisible()

  await page.getByRole('link', { name: '减负统计' }).click()
  const line = page.getByRole('row').filter({ hasText: '云溪县民政局' })
  await expect(line.getByRole('cell').last()).toHaveText('7')
})

test('what the rows are and how dates are written can be said by a person', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.goto('/tables')
  const header = ['序号', '名称', '出生日期']
  await drop(page, '情况表.xlsx', writeBook('Sheet1', [['清风社区情况表'], header], ['A1:C1']))
  await expect(page.getByRole('heading', { level: 1, name: '清风社区情况表' })).toBeVisible()
  await page.getByLabel('每行登记的是什么').selectOption('每行一人')
  await page.getByRole('button', { name: /^名称：/ }).click()
  await page.keyboard.type('姓名')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('button', { name: /^出生日期：/ }).click()
  await page.keyboard.type('出生日期')
  await page.keyboard.press('Enter')
  await expect(page.getByText('已保存')).toBeVisible()
  await page.getByRole('button', { name: /^出生日期：/ }).click()
  await page.getByLabel('日期写法').selectOption('2026.06.30')
  await expect(page.getByText('已保存')).toBeVisible()
  await page.getByRole('textbox', { name: '用途' }).fill('核对出生日期')
  await page.getByRole('button', { name: '填写', exact: true }).click()
  await expect(page.getByText(/^已填写 \d+ 行$/)).toBeVisible()
  const { book } = await fileOf(page, '下载填好的表')
  expect(book.cells.get('B3')).toMatch(/^\p{Script=Han}{2,4}$/u)
  expect(book.cells.get('C3')).toMatch(/^\d{4}\.\d\d\.\d\d$/)
})

test('what cannot be read is refused in a sentence', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.goto('/tables')
  await drop(page, '旧表.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'))
  await expect(page.getByRole('alert')).toContainText('.xlsx')
  await drop(page, '坏表.xlsx', Buffer.from('not a workbook'))
  await expect(page.getByRole('alert')).not.toContainText('旧表')
  await expect(page.getByRole('alert')).toContainText(/工作簿|文件|表/)
  await expect(page).toHaveURL(/\/tables$/)
})

for (const [size, viewport] of Object.entries({ desk, phone })) {
  for (const lang of ['zh-CN', 'en']) {
    test(`axe is content with tables, ${size} ${lang}`, async ({ page }) => {
      await page.setViewportSize(viewport)
      await page.addInitScript((l) => localStorage.setItem('gewu.lang', l), lang)
      await asUser(page, 'clerk')
      const form = (file: Buffer) => ({
        multipart: { file: { name: '表.xlsx', mimeType: xlsx, buffer: file }, place: '990101001' },
      })
      const made = async (path: string, file: Buffer) =>
        ((await (await page.request.post(`/api/v1${path}`, form(file))).json()) as { id: string }).id
      const mapped = await made('/fills', blank)
      const filled = await made('/fills', blank)
      const intake = await made('/intakes', people)
      const change = { headers: { 'If-Match': '"1"' } }
      await page.request.post(`/api/v1/fills/${filled}/run`, {
        ...change,
        data: { purpose: '待遇发放对象核对', minutes: 1 },
      })
      await page.request.post(`/api/v1/intakes/${intake}/check`, change)
      const paths = ['/tables', `/tables/${mapped}`, `/tables/${filled}`, '/tables/import']
      for (const path of [
        ...paths,
        `/tables/import/${intake}`,
        '/tables/burden',
        '/tables/burden?by=sender',
      ]) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('.skeleton')).toHaveCount(0)
        await expectNoAxeViolations(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${path} sticks out sideways`).toBeLessThanOrEqual(0)
      }
      await page.goto(`/tables/${mapped}`)
      await page.locator('[data-slot]').first().click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectNoAxeViolations(page)
    })
  }
}
