import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { desk, phone } from '../browser'
import { startGewu } from '../server'
import { asUser, expect, expectNoAxeViolations, test } from '../test'

// The map of the demo's made-up town: six communities of three grids each, in the desert at 82.9 E, 38.6 N.

type Point = [number, number]
interface Feature {
  id: string
  geometry: { type: string; coordinates: Point[][] }
  properties: { name: string; version: number }
}
const street = '990101001'
const grid = (c: number, g: number) => `${street}00${c}00${g}`

async function onLayer(page: Page, layer: string, place = street): Promise<Feature[]> {
  const answer = await page.request.get(`/api/v1/map?layer=${layer}&place=${place}`)
  return ((await answer.json()) as { features: Feature[] }).features
}
async function inside(page: Page, ring: Point[]) {
  const answer = await page.request.post('/api/v1/map/inside', {
    data: { geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] } },
  })
  expect(answer.ok()).toBeTruthy()
  return (await answer.json()) as Record<string, number>
}
/** Sets a border past the page. */
async function put(page: Page, code: string, ring: Point[]) {
  const old = (await onLayer(page, 'grid')).find((f) => f.id === code)
  const answer = await page.request.put(`/api/v1/places/${code}/border`, {
    headers: old ? { 'If-Match': `"${old.properties.version}"` } : {},
    data: { geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] } },
  })
  expect(answer.ok()).toBeTruthy()
}
const rectangle = (w: number, s: number, e: number, n: number): Point[] => [
  [w, s],
  [e, s],
  [e, n],
  [w, n],
]
/** The border that the demo gives a grid. */
const border = (c: number, g: number) => {
  const w = 82.9 + ((c - 1) % 3) * 0.012 + (g - 1) * 0.004
  const s = 38.6 + Math.floor((c - 1) / 3) * 0.01
  return rectangle(w, s, w + 0.004, s + 0.01)
}

const count = (page: Page, layer: string) => page.locator(`[data-count="${layer}"]`)
const chosen = (page: Page) => page.getByRole('region', { name: '当前选中' })
const list = (page: Page) => page.getByRole('region', { name: '图上内容' })
const drawing = (page: Page) => page.getByRole('region', { name: '绘制边界' })
const corners = (page: Page) => drawing(page).getByLabel('坐标')
const figure = (of: Locator, name: string) => of.locator(`[data-figure="${name}"]`)

async function open(page: Page, path = '/map') {
  await page.goto(path)
  await expect(count(page, 'grid')).toContainText('图上')
  await expect(page).toHaveURL(/[?&]at=/)
}
/** Where a point of the world is on the screen, by what the address bar says of the view (EPSG:4490). */
async function screen(page: Page, [lon, lat]: Point): Promise<{ x: number; y: number }> {
  await page.waitForTimeout(500) // the address follows the map
  const [x, y, zoom] = new URL(page.url()).searchParams.get('at')!.split(',').map(Number)
  const box = (await page.locator('.ol canvas').first().boundingBox())!
  const degrees = 360 / 256 / 2 ** zoom!
  return {
    x: box.x + box.width / 2 + (lon - x!) / degrees,
    y: box.y + box.height / 2 - (lat - y!) / degrees,
  }
}
async function figuresAre(of: Locator, want: Record<string, number>) {
  await expect(figure(of, 'person')).toHaveText(String(want.persons))
  await expect(figure(of, 'household')).toHaveText(String(want.households))
  await expect(figure(of, 'dwelling')).toHaveText(String(want.dwellings))
  await expect(figure(of, 'building')).toHaveText(String(want.buildings))
  await expect(figure(of, 'organisation')).toHaveText(String(want.organisations))
}
const typed = (ring: Point[]) => ring.map((p) => p.join(',')).join('\n')
const read = async (box: Locator): Promise<Point[]> =>
  (await box.inputValue()).split('\n').map((l) => l.split(',').map(Number) as Point)

test('the map shows the layers; nothing outside is asked; a click and the list select', async ({ page }) => {
  const outside: string[] = []
  page.on('request', (r) => {
    if (!r.url().startsWith('http://127.0.0.1') && !/^(data|blob):/.test(r.url())) outside.push(r.url())
  })
  await asUser(page, 'clerk')
  const buildings = await onLayer(page, 'building')
  expect(buildings.length).toBeGreaterThan(5)
  await open(page)
  await expect(count(page, 'community')).toHaveText('图上 6 个社区（村）')
  await expect(count(page, 'grid')).toHaveText('图上 18 个网格')
  await expect(count(page, 'building')).toHaveText(`图上 ${buildings.length} 幢楼`)
  const colours = await page.evaluate(() => {
    const seen = new Set<string>()
    for (const c of document.querySelectorAll<HTMLCanvasElement>('.ol canvas')) {
      const { data } = c.getContext('2d')!.getImageData(0, 0, c.width, c.height)
      for (let i = 0; i < data.length; i += 4)
        seen.add(`${data[i]} ${data[i + 1]} ${data[i + 2]} ${data[i + 3]}`)
    }
    return seen.size
  })
  expect(colours, 'something is drawn').toBeGreaterThan(20)

  await page.getByLabel('网格', { exact: true }).uncheck()
  await expect(page).toHaveURL(/on=street\.community\.building/)
  await expect(count(page, 'grid')).toHaveText('')
  await page.getByLabel('网格', { exact: true }).check()
  await expect(page).not.toHaveURL(/[?&]on=/)

  // a click takes the smallest: the building, beside it the grid
  const all = await inside(page, border(1, 1))
  const at = await screen(page, [82.9 + 0.002, 38.6095])
  await page.mouse.click(at.x, at.y)
  await expect(chosen(page)).toContainText('清风社区第1网格')
  await figuresAre(chosen(page), all)

  // by keyboard: the list has it all, and the map goes there
  await list(page).getByLabel('类别').selectOption('building')
  await expect(list(page).getByRole('button').first()).toBeVisible()
  const one = buildings.find((b) => b.geometry.coordinates[0]![0]![0] < 82.904)!
  await list(page).getByRole('button').first().press('Enter')
  await expect(chosen(page)).toContainText('楼栋')
  await expect(figure(chosen(page), 'building')).toHaveText('1')
  const corner = one.geometry.coordinates[0]![0]!
  await page.goto(`/map?at=${corner[0] + 0.0002},${corner[1] + 0.00008},18`)
  await expect(count(page, 'building')).toContainText('图上')
  const on = await screen(page, [corner[0] + 0.0002, corner[1] + 0.00008])
  await page.mouse.click(on.x, on.y)
  await expect(chosen(page).getByRole('link', { name: '查看台账' })).toHaveAttribute(
    'href',
    new RegExp(one.id),
  )
  await page.reload()
  await expect(chosen(page).getByRole('link', { name: '查看台账' })).toBeVisible()
  expect(outside).toEqual([])
})

test('in Web Mercator the same is found', async ({ page }) => {
  await asUser(page, 'clerk')
  await open(page)
  const at = () => new URL(page.url()).searchParams.get('at')!.split(',').map(Number)
  await page.waitForTimeout(500)
  const before = at()
  await page.getByLabel('坐标系').selectOption('EPSG:3857')
  await expect(page).toHaveURL(/crs=3857/)
  await page.waitForTimeout(500)
  at().forEach((n, i) => expect(Math.abs(n - before[i]!)).toBeLessThan(0.01)) // the same middle and zoom
  const shots = process.env.GEWU_SHOTS
  if (shots) await page.screenshot({ path: `${shots}/map-mercator.png` })
  await page.goto(`/map?crs=3857&at=82.906,38.6055,17`) // in the second grid
  await expect(count(page, 'grid')).toHaveText('图上 18 个网格')
  await page.waitForTimeout(500)
  const box = (await page.locator('.ol canvas').first().boundingBox())!
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await expect(chosen(page)).toContainText('清风社区第2网格')
  await figuresAre(chosen(page), await inside(page, border(1, 2)))
  // drawn in Mercator, kept in degrees
  await chosen(page).getByRole('button', { name: '修改边界' }).click()
  await expect(corners(page)).toHaveValue(/^82\.904,38\.6\n82\.908,38\.6\n82\.908,38\.61\n82\.904,38\.61$/)
})

test('a border is taken off, drawn by mouse and counted on the way, kept', async ({ page }) => {
  await asUser(page, 'clerk')
  await put(page, grid(1, 1), border(1, 1))
  await open(page)
  await list(page).getByRole('button', { name: '清风社区第1网格' }).click()
  await chosen(page).getByRole('button', { name: '移除边界' }).click()
  const dialog = page.getByRole('dialog', { name: '移除“清风社区第1网格”的边界' })
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: '移除边界' }).click()
  await expect(count(page, 'grid')).toHaveText('图上 17 个网格')
  await expect(chosen(page)).toContainText('尚未绘制边界')
  await expect(list(page).getByRole('button', { name: '清风社区第1网格' })).toContainText('未绘边界')

  await page.goto('/map?at=82.906,38.605,16')
  await expect(count(page, 'grid')).toHaveText('图上 17 个网格')
  await page.getByRole('button', { name: '绘制边界' }).click()
  const panel = drawing(page)
  await panel.getByLabel('为哪里绘制').selectOption(grid(1, 1))
  const ring = rectangle(82.9003, 38.6003, 82.9036, 38.6097)
  const spots = []
  for (const p of ring) spots.push(await screen(page, p))
  for (const s of spots.slice(0, 3)) {
    await page.mouse.move(s.x, s.y, { steps: 3 })
    await page.mouse.click(s.x, s.y)
    await page.waitForTimeout(300) // no double click
  }
  await page.mouse.move(spots[3]!.x, spots[3]!.y, { steps: 3 })
  await expect(panel).toContainText('已点 3 个点')
  await expect(figure(panel, 'person')).toBeVisible() // counted before the line is closed
  await page.mouse.click(spots[3]!.x, spots[3]!.y)
  await page.mouse.move(spots[0]!.x + 60, spots[0]!.y - 60, { steps: 3 })
  await expect(panel).toContainText('已点 4 个点')
  await page.waitForTimeout(300)
  await page.mouse.click(spots[0]!.x + 60, spots[0]!.y - 60) // one too many
  await page.mouse.move(spots[3]!.x + 20, spots[3]!.y + 20)
  await expect(panel).toContainText('已点 5 个点')
  await page.keyboard.press('Control+z')
  await expect(panel).toContainText('已点 4 个点')
  await page.waitForTimeout(300)
  await page.mouse.move(spots[0]!.x, spots[0]!.y, { steps: 3 })
  await page.mouse.click(spots[0]!.x, spots[0]!.y) // the first corner closes the line
  await expect(panel).toContainText('拖动拐点可修改')
  const drawn = await read(corners(page))
  expect(drawn).toHaveLength(4)
  drawn.forEach((p, i) => {
    expect(Math.abs(p[0] - ring[i]![0])).toBeLessThan(0.0001)
    expect(Math.abs(p[1] - ring[i]![1])).toBeLessThan(0.0001)
  })
  const want = await inside(page, drawn)
  expect(want.persons).toBeGreaterThan(0)
  await figuresAre(panel, want)
  await expect(panel.getByRole('group', { name: '线内实时数量' })).toHaveAttribute('aria-busy', 'false')
  const shots = process.env.GEWU_SHOTS
  if (shots) await page.screenshot({ path: `${shots}/map-drawing.png` })
  await expectNoAxeViolations(page)

  // a corner is dragged, and back again
  await page.mouse.move(spots[2]!.x, spots[2]!.y)
  await page.mouse.down()
  await page.mouse.move(spots[2]!.x - 40, spots[2]!.y + 40, { steps: 6 })
  await page.mouse.up()
  await expect.poll(() => corners(page).inputValue()).not.toBe(typed(drawn))
  expect(await read(corners(page))).toHaveLength(4)
  await page.keyboard.press('Backspace')
  await expect(corners(page)).toHaveValue(typed(drawn))

  await panel.getByRole('button', { name: '保存边界' }).click()
  await expect(page.getByText('已保存“清风社区第1网格”的边界')).toBeVisible()
  await expect(count(page, 'grid')).toHaveText('图上 18 个网格')
  await figuresAre(chosen(page), want)
  await page.reload()
  await expect(count(page, 'grid')).toHaveText('图上 18 个网格')
  await expect(chosen(page)).toContainText('清风社区第1网格')
  await figuresAre(chosen(page), want)
  const kept = (await onLayer(page, 'grid')).find((f) => f.id === grid(1, 1))!
  expect(kept.geometry.coordinates[0]!.slice(0, 4)).toEqual(drawn)
})

test('a new line snaps to its neighbour; Esc throws it away, then ends drawing', async ({ page }) => {
  await asUser(page, 'clerk')
  await open(page, '/map?at=82.912,38.615,16')
  await page.getByRole('button', { name: '绘制边界' }).click()
  const corner = await screen(page, [82.912, 38.61])
  await page.mouse.move(corner.x + 5, corner.y + 4, { steps: 3 })
  await page.mouse.click(corner.x + 5, corner.y + 4)
  await page.waitForTimeout(300)
  for (const [dx, dy] of [
    [120, -30],
    [90, -120],
  ] as const) {
    await page.mouse.move(corner.x + dx, corner.y + dy, { steps: 3 })
    await page.mouse.click(corner.x + dx, corner.y + dy)
    await page.waitForTimeout(300)
  }
  await page.mouse.move(corner.x + 30, corner.y - 60, { steps: 2 })
  await drawing(page).getByRole('button', { name: '闭合' }).click()
  const ring = await read(corners(page))
  expect(ring).toHaveLength(3)
  expect(Math.abs(ring[0]![0] - 82.912)).toBeLessThan(1e-8)
  expect(Math.abs(ring[0]![1] - 38.61)).toBeLessThan(1e-8)
  await drawing(page).getByRole('button', { name: '重新绘制' }).click()
  await page.mouse.click(corner.x + 40, corner.y - 40)
  await page.mouse.move(corner.x + 90, corner.y - 40, { steps: 3 })
  await expect(drawing(page)).toContainText('已点 1 个点')
  await page.keyboard.press('Escape')
  await expect(drawing(page)).toContainText('依次点击')
  await page.keyboard.press('Escape')
  await expect(drawing(page)).toHaveCount(0)
})

test('a border is typed; overlaps are told; who was slower is asked again', async ({ page }) => {
  await asUser(page, 'clerk')
  await put(page, grid(2, 1), border(2, 1))
  await open(page)
  await list(page).getByRole('button', { name: '明月社区第1网格' }).click()
  await chosen(page).getByRole('button', { name: '修改边界' }).press('Enter')
  const panel = drawing(page)
  await expect(panel.getByLabel('为哪里绘制')).toHaveValue(grid(2, 1))
  await expect(corners(page)).toHaveValue(
    typed(border(2, 1).map((p) => p.map((n) => Number(n.toFixed(6))) as Point)),
  )
  await corners(page).fill('38.6,82.912\n38.6,82.916\n38.61,82.916')
  await expect(panel.getByText('第 1 行：经度和纬度写反了')).toBeVisible()
  await corners(page).fill('82.912,38.6\n82.916,38.61\n82.916,38.6\n82.912,38.61')
  await expect(panel.getByText('不自相交')).toBeVisible() // as the server says it
  const wide = rectangle(82.912, 38.6, 82.9175, 38.61) // over a third of the next one
  await corners(page).fill(typed(wide))
  await figuresAre(panel, await inside(page, wide))
  await corners(page).press('Control+Enter')
  await expect(chosen(page)).toContainText('“明月社区第1网格”的边界与“明月社区第2网格”重叠超过其面积的 1%')
  await expectNoAxeViolations(page)

  await chosen(page).getByRole('button', { name: '修改边界' }).click()
  await put(page, grid(2, 1), border(2, 1)) // somebody else
  const narrow = rectangle(82.9125, 38.6005, 82.9155, 38.6095)
  await corners(page).fill(typed(narrow))
  await panel.getByRole('button', { name: '保存边界' }).click()
  await expect(panel.getByText('这条边界刚被他人修改')).toBeVisible()
  await expect(corners(page)).toHaveValue(typed(narrow))
  await panel.getByRole('button', { name: '保存边界' }).click()
  await expect(page.getByText('已保存“明月社区第1网格”的边界').last()).toBeVisible()
  await expect(drawing(page)).toHaveCount(0)
  const kept = (await onLayer(page, 'grid')).find((f) => f.id === grid(2, 1))!
  expect(kept.geometry.coordinates[0]!.slice(0, 4)).toEqual(narrow)
})

test('a file is read in, what is wrong in it is said; what goes out is what is there', async ({ page }) => {
  await asUser(page, 'clerk')
  await open(page)
  await page.getByRole('button', { name: '导入' }).click()
  const panel = page.getByRole('region', { name: '导入 GeoJSON' })
  await panel.getByRole('button', { name: '导入', exact: true }).click()
  await expect(panel.getByText('请选择文件')).toBeVisible()
  const feature = (properties: object, ring: Point[]) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
  })
  const ring = rectangle(82.924, 38.6, 82.9279, 38.6099)
  const features = [
    feature({ code: grid(3, 1) }, ring),
    feature({ name: '松涛社区第2网格' }, [
      [82.928, 38.6],
      [82.932, 38.61],
      [82.932, 38.6],
      [82.928, 38.61],
    ]),
    feature({ name: '桃源网格' }, ring),
  ]
  await panel.locator('input[type=file]').setInputFiles({
    name: '网格.geojson',
    mimeType: 'application/geo+json',
    buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })),
  })
  await expectNoAxeViolations(page)
  await panel.getByRole('button', { name: '导入', exact: true }).click()
  await expect(panel.getByText('写入 1 个', { exact: true })).toBeVisible()
  await expect(panel).toContainText('图形有误')
  await expect(panel.getByRole('listitem')).toHaveText(['桃源网格', '松涛社区第2网格'])
  await expectNoAxeViolations(page)
  await panel.getByRole('button', { name: '关闭' }).last().click()

  await page.getByRole('button', { name: '导出 GeoJSON' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出网格（GeoJSON）' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('网格.geojson')
  const out = JSON.parse(await readFile(await file.path(), 'utf8')) as { type: string; features: Feature[] }
  const there = await onLayer(page, 'grid')
  expect(out.type).toBe('FeatureCollection')
  expect(out.features.map((f) => [f.id, f.geometry])).toEqual(there.map((f) => [f.id, f.geometry]))
  expect(there.find((f) => f.id === grid(3, 1))!.geometry.coordinates[0]!.slice(0, 4)).toEqual(ring)

  // what went out can be read in again, and changes nothing
  await page.getByRole('button', { name: '导入' }).click()
  await panel.locator('input[type=file]').setInputFiles(
    await file.path().then(async (p) => ({
      name: '网格.geojson',
      mimeType: 'application/geo+json',
      buffer: await readFile(p),
    })),
  )
  await panel.getByRole('button', { name: '导入', exact: true }).click()
  await expect(panel).toContainText(`与现有相同 ${there.length} 个`)
  await expect(panel).toContainText('写入 0 个')
})

test('a failure is said and tried again, and nothing is claimed of what did not come', async ({ page }) => {
  await asUser(page, 'clerk')
  await page.route('**/api/v1/map?**', (route) =>
    route.fulfill({ status: 500, json: { detail: '暂时无法读取' } }),
  )
  await page.goto('/map')
  await expect(page.getByRole('alert')).toContainText('暂时无法读取')
  await expect(list(page).getByRole('button', { name: '清风社区第1网格' })).toBeVisible()
  await expect(page.getByText('未绘边界')).toHaveCount(0)
  await expectNoAxeViolations(page)
  await page.unroute('**/api/v1/map?**')
  await page.getByRole('button', { name: '重试' }).click()
  await expect(count(page, 'grid')).toHaveText('图上 18 个网格')
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('who may not change the map sees no way to; a community has its own', async ({ page }) => {
  await asUser(page, 'leader')
  await open(page)
  await list(page).getByRole('button', { name: '清风社区第2网格' }).click()
  await expect(figure(chosen(page), 'person')).toBeVisible()
  await expect(page.getByRole('button', { name: /绘制边界|修改边界|移除边界/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: '导入' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: '导出 GeoJSON' })).toBeVisible()

  await asUser(page, 'qingfeng')
  await open(page)
  await expect(count(page, 'community')).toHaveText('图上 1 个社区（村）')
  await expect(count(page, 'grid')).toHaveText('图上 3 个网格')
  await page.getByRole('button', { name: '绘制边界' }).click()
  await expect(drawing(page).getByLabel('为哪里绘制').locator('option')).toHaveCount(5) // 3, itself, the prompt

  await asUser(page, 'admin') // keeps borders, sees no ledger
  await open(page)
  await list(page).getByRole('button', { name: '清风社区第2网格' }).click()
  await expect(chosen(page).getByRole('button', { name: '修改边界' })).toBeVisible()
  await expect(page.locator('[data-figure]')).toHaveCount(0)
  await expect(page.getByLabel('楼栋')).toHaveCount(0)

  await asUser(page, 'sifa')
  await page.goto('/map')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('.ol')).toHaveCount(0)
})

test('with a key the background of Tianditu is offered, and asked for only then', async ({ browser }) => {
  const gewu = await startGewu(['--demo', '--residents', '60', '--tianditu-key', 'made-up-key'])
  try {
    const page = await browser.newPage({ baseURL: gewu.url })
    const tiles: URL[] = []
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    await page.route('**tianditu.gov.cn/**', (route) => {
      tiles.push(new URL(route.request().url()))
      return route.fulfill({ contentType: 'image/png', body: pixel })
    })
    const refused: string[] = []
    page.on('console', (m) => /Content Security Policy/i.test(m.text()) && refused.push(m.text()))
    await asUser(page, 'clerk')
    await open(page)
    expect(tiles).toEqual([])
    await page.getByLabel('底图').selectOption('vec')
    await expect
      .poll(() => new Set(tiles.map((t) => t.searchParams.get('layer'))))
      .toEqual(new Set(['vec', 'cva']))
    expect(
      tiles.every((t) => /^t[0-7]\.tianditu\.gov\.cn$/.test(t.host) && t.protocol === 'https:'),
    ).toBeTruthy()
    expect(tiles.every((t) => t.searchParams.get('tk') === 'made-up-key')).toBeTruthy()
    expect(tiles.every((t) => t.searchParams.get('tilematrixset') === 'c')).toBeTruthy()
    await page.getByLabel('底图').selectOption('img')
    await expect.poll(() => tiles.at(-1)!.searchParams.get('layer')).toBe('img')
    await page.getByLabel('坐标系').selectOption('EPSG:3857')
    await expect.poll(() => tiles.at(-1)!.searchParams.get('tilematrixset')).toBe('w')
    expect(refused).toEqual([])
    await page.close()
  } finally {
    await gewu.stop()
  }
})

for (const [size, viewport] of Object.entries({ desk, phone })) {
  for (const lang of ['zh-CN', 'en']) {
    test(`axe is content with the map, ${size} ${lang}`, async ({ page }) => {
      await page.setViewportSize(viewport)
      await page.addInitScript((l) => localStorage.setItem('gewu.lang', l), lang)
      await asUser(page, 'clerk')
      const shots = process.env.GEWU_SHOTS
      const zh = lang === 'zh-CN'
      const look = async (name: string) => {
        await expectNoAxeViolations(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${name} sticks out sideways`).toBeLessThanOrEqual(0)
        if (shots)
          await page.screenshot({
            path: `${shots}/map-${name}-${size}-${lang}.png`,
            fullPage: size === 'phone' && name !== 'draw',
          })
      }
      await page.goto('/map')
      await expect(count(page, 'grid')).toContainText('18')
      await page.waitForTimeout(600)
      await look('whole')
      await page.goto(`/map?pick=${grid(1, 1)}&at=82.902,38.6007,18`)
      await expect(figure(page.locator('body'), 'person')).toBeVisible()
      await page.waitForTimeout(600)
      await look('near')
      await page
        .getByRole('button', { name: zh ? '绘制边界' : 'Draw border', exact: true })
        .first()
        .click()
      await expect(page.locator('textarea')).toBeVisible()
      await expect(page.locator('.ol')).toBeInViewport({ ratio: 0.9 }) // there is something to draw on
      await look('draw')
      await page.getByRole('button', { name: zh ? '取消' : 'Cancel', exact: true }).click()
      await page.getByRole('button', { name: zh ? '导入' : 'Import', exact: true }).click()
      await look('import')
    })
  }
}
