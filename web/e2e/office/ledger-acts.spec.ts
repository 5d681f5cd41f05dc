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
// the town is shared with tests that fill tables from all of its people
const born = { 'person.birth_date': '1980-01-01' }
const menu = async (page: Page, item: string) => {
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('group', { name: '更多' }).getByText(item, { exact: true }).click()
}

test('a household with two members is entered from a dwelling, with what is wrong said at its field', async ({
  page,
}) => {
  await asUser(page, 'clerk')
  const dwelling = await made(page, {
    kind: 'dwelling',
    place,
    values: { 'dwelling.room_number': '9单元901', 'dwelling.address': '试验路9号9单元901室' },
  })
  await page.goto(`/ledger/subjects/${dwelling}`)
  await expect(page.getByRole('heading', { level: 1, name: '9单元901' })).toBeVisible()
  await expect(page.locator('.skeleton')).toHaveCount(0)
  await expectNoAxeViolations(page)
  await menu(page, '登记户')
  await expect(page.getByRole('heading', { level: 1, name: '登记户' })).toBeVisible()
  await expect(page.getByText('试验路9号9单元901室')).toBeVisible()
  await page.getByLabel('户号').fill('SY0901')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByText('已登记')).toBeVisible()
  const home = page.url()
  await menu(page, '登记成员')
  await expect(page.getByRole('heading', { level: 1, name: '登记成员' })).toBeVisible()
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByText('请填写', { exact: true })).toBeVisible()
  await expect(page.getByLabel('姓名', { exact: true })).toBeFocused()
  await page.getByLabel('姓名', { exact: true }).fill('新来客')
  await page.getByLabel('与户主关系').selectOption('02')
  await page.getByLabel('公民身份号码').fill('990101199001011234')
  await page.getByLabel('公民身份号码').press('Control+Enter')
  await expect(page.locator('.form-field', { hasText: '公民身份号码' }).locator('.error')).toBeVisible()
  await expect(page.getByLabel('公民身份号码')).toBeFocused()
  await expectNoAxeViolations(page)
  await page.getByLabel('公民身份号码').fill('')
  await page.getByText(/^更多信息/).click()
  await page.getByLabel('津贴金额').fill('很多')
  await page.getByText(/^更多信息/).click()
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByLabel('津贴金额')).toBeFocused() // what is folded opens where it is wrong
  await page.getByLabel('津贴金额').fill('')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '新来客' })).toBeVisible()
  await expect(page.getByText('试验路9号9单元901室').first()).toBeVisible()
  await page.goto(home)
  await expect(page.getByRole('heading', { level: 1, name: '新来客' })).toBeVisible() // called by its head
  await menu(page, '登记成员')
  await page.getByLabel('姓名', { exact: true }).fill('新来客之女')
  await page.getByLabel('与户主关系').selectOption('30')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '新来客之女' })).toBeVisible()
  await page.goto(home)
  await expect(page.getByRole('link', { name: '新来客', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: '新来客之女' })).toBeVisible()
})

test('a vehicle is entered with its owner and sold, found with the keyboard alone', async ({ page }) => {
  await asUser(page, 'clerk')
  await made(page, { kind: 'person', place, values: { ...born, 'person.name': '车主甲某' } })
  await made(page, { kind: 'organisation', place, values: { 'organisation.name': '车主丙商行' } })
  await page.goto('/ledger/new?kind=vehicle')
  await page.getByLabel('号牌号码').fill('京A12340')
  await page.getByRole('searchbox', { name: '所有人' }).fill('车主甲某')
  await expect(page.getByRole('button', { name: /车主甲某/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('所属社区（村）、网格')).toHaveValue(place)
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '京A12340' })).toBeVisible()

  // the same plate again is refused at its field
  const url = page.url()
  await page.goto('/ledger/new?kind=vehicle')
  await page.getByLabel('号牌号码').fill('京A12340')
  await page.getByLabel('所属社区（村）、网格').selectOption(place)
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.locator('.form-field', { hasText: '号牌号码' }).locator('.error')).toContainText(
    '已有相同',
  )

  await page.goto(url)
  await menu(page, '变更所有人')
  const form = page.getByRole('region', { name: '变更所有人' })
  await form.getByLabel('查找的类别').selectOption('organisation')
  await form.getByRole('searchbox').fill('车主丙')
  await form.getByRole('button', { name: /车主丙商行/ }).click()
  await form.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText(/^已变更，自/)).toBeVisible()
  await page.getByRole('link', { name: '车主丙商行' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '车主丙商行' })).toBeVisible()

  await menu(page, '变更所属区域')
  const area = page.getByRole('region', { name: '变更所属区域' })
  await area.getByRole('button', { name: '保存' }).click()
  await expect(area.getByText('请选择社区（村）或网格').last()).toBeVisible()
  await area.getByLabel('所属社区（村）、网格').selectOption('990101001002')
  await area.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('region', { name: '变更记录' })).toContainText('所属区域')
})

test('a person moves, leaves, and is still there on an earlier day', async ({ page }) => {
  await asUser(page, 'clerk')
  const since = '2020-01-01'
  const home = (number: string) =>
    made(page, { kind: 'household', place, values: { 'household.number': number }, since })
  const from = await home('YI001')
  await made(page, {
    kind: 'person',
    place,
    values: { ...born, 'person.name': '本户主', 'person.relation_to_head': '02' },
    links: { household: await home('YI002') },
    since,
  })
  const id = await made(page, {
    kind: 'person',
    place,
    values: { ...born, 'person.name': '易居人', 'person.relation_to_head': '02' },
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
  await form.getByLabel('与户主关系').selectOption('01')
  await form.getByLabel('自何日起').fill('2026-09-01')
  await expectNoAxeViolations(page)
  await form.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已变更，自 2026-09-01 起生效')).toBeVisible()
  await expect(page.getByText('YI002').first()).toBeVisible()
  await expect(page.getByText('本户主').first()).toBeVisible() // who joins does not become the head

  await menu(page, '迁出或注销')
  form = page.getByRole('region', { name: '迁出或注销' })
  await form.getByLabel('日期', { exact: true }).fill('2026-10-01')
  await form.getByLabel('原因').fill('迁往外地')
  await form.getByRole('button', { name: '确认' }).click()
  await expect(page.getByText('已于 2026-10-01 迁出或注销')).toBeVisible()

  await page.getByLabel('截至').fill('2026-08-01')
  await expect(page.getByText('以下为 2026-08-01 的情况，只供查阅')).toBeVisible()
  await expect(page.getByText('YI001').first()).toBeVisible()
  await expectNoAxeViolations(page)
  await page.getByLabel('只看当日已登记的').check()
  await expect(page.getByText('2026-08-01 尚未登记或已不在册')).toBeVisible()
  await page.getByLabel('只看当日已登记的').uncheck()
  await expect(page.getByText('YI001').first()).toBeVisible()
  await page.goto('/ledger?on=2026-08-01&in=990101001001')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  const rows = (await (
    await page.request.get(`/api/v1/subjects?kind=person&household=${from}&on=2026-08-01`)
  ).json()) as { items: { name: string }[] }
  expect(rows.items.map((r) => r.name)).toEqual(['易居人'])
})

test('two records of the same are made one, and taken apart again', async ({ page }) => {
  await asUser(page, 'clerk')
  const id = await made(page, { kind: 'person', place, values: { ...born, 'person.name': '双名录' } })
  const twin = await made(page, {
    kind: 'person',
    place,
    values: { ...born, 'person.name': '双名录乙', 'person.work_unit': '第二工厂' },
  })
  await page.goto(`/ledger/subjects/${id}`)
  await menu(page, '合并重复记录')
  const form = page.getByRole('region', { name: '合并重复记录' })
  await form.getByRole('searchbox').fill('双名录乙')
  await form.getByRole('button', { name: /双名录乙/ }).click()
  await expect(form.getByRole('row', { name: /姓名/ })).toContainText('不一致，以保留的为准')
  await expectNoAxeViolations(page)
  await form.getByRole('button', { name: '合并', exact: true }).click()
  await expect(page.getByText('“双名录乙”已并入本条')).toBeVisible()
  await expect(page.getByText('第二工厂').first()).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('“双名录乙”已并入本条')).toHaveCount(0)

  // the other way round: the other record stays
  await menu(page, '合并重复记录')
  await form.getByRole('searchbox').fill('双名录乙')
  await form.getByRole('button', { name: /双名录乙/ }).click()
  await form.getByLabel('保留另一条').check()
  await form.getByRole('button', { name: '合并', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '双名录乙' })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(twin))
  await expect(page.getByText('“双名录”已并入本条')).toBeVisible()
  await page.goto(`/ledger/subjects/${id}`)
  await expect(page.getByRole('link', { name: '本条已并入另一条记录' })).toBeVisible()
  await page.getByRole('button', { name: '拆分' }).click()
  await expect(page.getByText('已拆分')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: '双名录' })).toBeVisible()
})

const zh = {
  more: '更多',
  household: '迁居（换户）',
  leave: '迁出或注销',
  merge: '合并重复记录',
  owner: '变更所有人',
  place: '变更所属区域',
}
const en = {
  more: 'More',
  household: 'Move to another household',
  leave: 'Moved away or died',
  merge: 'Merge two records of the same',
  owner: 'Change the owner',
  place: 'Change the area',
}
const nth = (size: string, lang: string) =>
  '甲乙丙丁'[['deskzh-CN', 'desken', 'phonezh-CN', 'phoneen'].indexOf(size + lang)]!
for (const [size, viewport] of Object.entries({ desk, phone })) {
  for (const lang of ['zh-CN', 'en']) {
    test(`axe is content with entering, ${size} ${lang}`, async ({ page }) => {
      await page.setViewportSize(viewport)
      await page.addInitScript((l) => localStorage.setItem('gewu.lang', l), lang)
      await asUser(page, 'clerk')
      const id = await made(page, { kind: 'person', place, values: { ...born, 'person.name': '可达性' } })
      const kinds = ['person', 'household', 'dwelling', 'building', 'organisation', 'vehicle']
      const paths = [
        ...kinds.map((k) => `/ledger/new?kind=${k}`),
        `/ledger/subjects/${id}`,
        '/ledger?on=2026-08-01',
      ]
      const shots = process.env.GEWU_SHOTS
      for (const path of paths) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('.skeleton')).toHaveCount(0)
        await expectNoAxeViolations(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${path} sticks out sideways`).toBeLessThanOrEqual(0)
        const name = path.includes('subjects') ? 'acts-subject' : path.replace(/[^a-z]+/g, '-')
        if (shots) await page.screenshot({ path: `${shots}/${name}-${size}-${lang}.png` })
      }
      // each form of the page of an entry, open
      const words = lang === 'en' ? en : zh
      const car = await made(page, {
        kind: 'vehicle',
        place,
        values: { 'vehicle.plate': `京B0000${'甲乙丙丁'.indexOf(nth(size, lang))}` },
      })
      await made(page, {
        kind: 'person',
        place,
        values: { ...born, 'person.name': `并${nth(size, lang)}某` },
      })
      for (const [at, item] of [
        [id, words.household],
        [id, words.leave],
        [id, words.merge],
        [car, words.owner],
        [car, words.place],
      ] as const) {
        await page.goto(`/ledger/subjects/${at}`)
        await page.getByRole('button', { name: words.more, exact: true }).click()
        await page.getByRole('group', { name: words.more }).getByText(item, { exact: true }).click()
        const form = page.getByRole('region', { name: item })
        if (item === words.merge) {
          await form.getByRole('searchbox').fill(`并${nth(size, lang)}某`)
          await form.getByRole('listitem').getByRole('button').click()
          await expect(form.getByRole('table')).toBeVisible()
        }
        await expectNoAxeViolations(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${item} sticks out sideways`).toBeLessThanOrEqual(0)
        if (shots) await page.screenshot({ path: `${shots}/acts-${item}-${size}-${lang}.png` })
      }
    })
  }
}
