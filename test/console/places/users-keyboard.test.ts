import type { Page } from 'playwright-core'
import { GAMER } from '../../helper.ts'
import { user } from '../../world-parts.ts'
import { browserTest, openConsole } from '../browser.ts'

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
const focusedRow = (page: Page) => page.locator('[role=row]:focus')

/** Presses Tab until a row has the focus. @returns how often. */
async function tabToRow (page: Page): Promise<number> {
  for (let tabs = 1; tabs <= 5; tabs++) {
    await page.keyboard.press('Tab')
    if (await focusedRow(page).count() === 1) return tabs
  }
  throw new Error('Tab does not lead to a row')
}

browserTest('a user is searched and opened by the keyboard alone', async (t) => {
  const { page } = await openConsole(t)
  await rowOf(page, 'banned').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('gamer')
  // On a slow machine the first letters are searched, too, and find the same user.
  await page.waitForURL(/\?search=gamer$/)
  await page.getByRole('status').getByText(/^1 found$/).waitFor()
  await tabToRow(page)
  t.match(await focusedRow(page).innerText(), /^\s*gamer\s/)
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`#/users/${GAMER}$`))
})

for (const key of ['Enter', 'ArrowDown']) {
  browserTest(`${key} while a search is on its way leads to the first who is found`, async (t) => {
    const { page } = await openConsole(t)
    await rowOf(page, 'banned').waitFor()
    let release = (): void => {}
    const released = new Promise<void>((resolve) => { release = resolve })
    await page.route('**/_emulator/users?*search=*', async (route) => {
      await released
      await route.continue()
    })
    await page.keyboard.press('/')
    await page.keyboard.type('gamer')
    await page.keyboard.press(key)
    await page.waitForURL(/\?search=gamer$/)
    await rowOf(page, 'banned').waitFor({ state: 'detached' })
    t.equal(await page.getByRole('searchbox', { name: 'Search users' }).evaluate((field) => field === document.activeElement), true, 'there is no row yet')
    release()
    await focusedRow(page).waitFor()
    t.match(await focusedRow(page).innerText(), /^\s*gamer\s/)
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`#/users/${GAMER}$`))
  })
}

browserTest('Tab leads to a row that is seen when the one that is chosen is scrolled away', async (t) => {
  const users = Array.from({ length: 90 }, (_, index) => user({ xuid: String(index + 1), gamertag: `user ${String(index + 1).padStart(2, '0')}` }))
  const { page } = await openConsole(t, { world: { users } })
  await rowOf(page, 'user 01').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('/')
  await page.getByRole('grid', { name: 'Users' }).evaluate((grid) => { grid.scrollTop = grid.scrollHeight })
  await rowOf(page, 'user 90').waitFor()
  await rowOf(page, 'user 01').waitFor({ state: 'detached' })
  await tabToRow(page)
  t.ok(Number(/user (\d\d)/.exec(await focusedRow(page).innerText())?.[1]) > 50, await focusedRow(page).innerText())
})
