import { expect, expectNoAxeViolations, test } from '../test'

// The password is that of the demo office; `gewu serve --demo` prints it.
const password = 'gewu-demo'

test('a clerk signs in and out', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('账号').fill('clerk')
  await page.getByLabel('密码', { exact: true }).fill('not this one')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('不正确')
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('工作台')
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: /^账号/ }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('登录')
})
