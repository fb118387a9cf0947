import type { Locator, Page } from 'playwright-core'
import { command } from '../../control/client.ts'
import { GAMER, LARGE_TITLE, listOf } from '../../helper.ts'
import { browserTest, openConsole } from '../browser.ts'
import { until } from '../until.ts'

/** A day's work without a mouse: Tab, Enter, the keys of the page, and what is typed. What each step has done is asked of the service. */

/** More controls than lie between any two. */
const MOST_TABS = 150

const hasFocus = async (control: Locator): Promise<boolean> => await control.evaluate((element) => element === document.activeElement)

/** Waits for a control, and goes there with Tab. */
async function tabTo (page: Page, control: Locator): Promise<void> {
  await control.waitFor()
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if (await hasFocus(control)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${control}`)
}

/** Goes down a list by `j` to the row that has a text, and opens it. */
async function openRow (page: Page, text: RegExp): Promise<void> {
  await page.getByRole('row').getByText(text).first().waitFor()
  const here = page.locator('[role=row]:focus').getByText(text)
  for (let rows = 0; rows < MOST_TABS && await here.count() === 0; rows++) await page.keyboard.press('j')
  await page.keyboard.press('Enter')
}

async function press (page: Page, control: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, control)
  await page.keyboard.press(key)
}

async function type (page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

browserTest('a day of work by the keyboard alone', async (t) => {
  const { page, emulator } = await openConsole(t)
  const dialog = page.getByRole('dialog')
  const said = async (text: string): Promise<void> => { await page.getByRole('region', { name: 'Messages' }).getByText(text, { exact: true }).waitFor() }
  const statusOf = async (): Promise<number> => (await emulator.get(listOf(GAMER))).statusCode
  const unlocked = async (): Promise<number[]> =>
    (await emulator.get(listOf(GAMER, `?titleId=${LARGE_TITLE}&unlockedOnly=true&maxItems=100`))).json().achievements.map(({ id }: { id: string }) => Number(id)).sort((a: number, b: number) => a - b)

  // Somebody new.
  await page.getByRole('link', { name: 'gamer', exact: true }).waitFor()
  await press(page, page.getByRole('button', { name: /^New user/ }))
  await type(page, dialog.getByLabel('Gamertag'), 'night shift')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  const { users } = await command(emulator, 'GET', '/users?search=night')
  t.match(users, [{ gamertag: 'night shift' }])

  // A user is searched and opened, gets an achievement, loses it again by z, and gets it after all.
  await page.keyboard.press('/')
  await page.keyboard.type('gamer')
  await page.getByRole('status').getByText(/^1 found$/).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[role=row]:focus').getByRole('link', { name: 'gamer', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`#/users/${GAMER}$`))
  await openRow(page, /^Lantern Archipelago$/)
  await page.waitForURL(new RegExp(`/titles/${LARGE_TITLE}$`))
  const before = await unlocked()
  const after = [...before, 9].sort((a, b) => a - b)
  const [unlock, lock] = [page.getByRole('button', { name: /^Unlock Harbor Regular/ }), page.getByRole('button', { name: /^Lock Harbor Regular/ })]
  await press(page, unlock)
  await until(t, unlocked, after, 'unlocked by Enter')
  await lock.waitFor()
  await page.keyboard.press('z')
  await unlock.waitFor()
  t.strictSame(await unlocked(), before, 'taken back by z')
  await press(page, unlock, 'Space')
  await lock.waitFor()
  t.strictSame(await unlocked(), after, 'unlocked by Space')

  // Something goes wrong on purpose, and is ended where it is shown.
  await page.keyboard.press('f')
  await dialog.waitFor()
  await tabTo(page, dialog.getByLabel('Answer with'))
  await page.keyboard.type('503')
  await type(page, dialog.getByLabel('User'), 'gamer')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  t.equal(await statusOf(), 503, 'a fault is made')
  await press(page, page.getByRole('banner').getByRole('button', { name: /fault/ }))
  await page.getByRole('banner').getByRole('link', { name: '1 fault' }).waitFor({ state: 'detached' })
  t.equal(await statusOf(), 200, 'the fault is ended')

  // The clock is moved, and goes back.
  await page.keyboard.press('e')
  await press(page, page.getByRole('button', { name: '+1 d', exact: true }))
  await said('Shifted the clock by +1 d')
  t.equal((await command(emulator, 'GET', '/clock')).now.slice(0, 10), '2020-06-16')
  await page.keyboard.press('z')
  await said('Undone: Shifted the clock by +1 d')

  // What was asked is looked at.
  await page.keyboard.press('r')
  await page.waitForURL(/#\/requests/)
  await openRow(page, /\b503\b/)
  const details = page.getByRole('region', { name: /^Request \d+$/ })
  await details.getByRole('link', { name: 'Fault 1' }).waitFor()
  await page.keyboard.press('Escape')
  await details.waitFor({ state: 'detached' })

  // At the end all is as it was at the start.
  await page.keyboard.press('w')
  await press(page, page.getByRole('button', { name: /^Reset/ }))
  await press(page, dialog.getByRole('button', { name: /^Reset/ }))
  await said('The world is as at the start')
  t.strictSame(await unlocked(), before)
  t.strictSame((await command(emulator, 'GET', '/users?search=night')).users, [])
})
