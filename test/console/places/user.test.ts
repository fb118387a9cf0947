import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { GAMER, LARGE_TITLE, listOf, STRANGER } from '../../helper.ts'
import { requireAccessible } from '../accessibility.ts'
import { browserTest, openConsole, type Console } from '../browser.ts'
import { copyBy } from '../clipboard.ts'
import { canRun, runLine, statusOfLine } from '../shell-lines.ts'
import { until } from '../until.ts'

/** The place of a user: each deed is looked at where a game looks, in the list of the service. */

const AT = `#/users/${GAMER}/titles/${LARGE_TITLE}`

interface ServiceAchievement { id: string, name: string, progressState: string, isRevoked: boolean, progression: { timeUnlocked: string, requirements: null | Array<{ current: string | null }> } }

/** What the service tells of an achievement of the gamer. */
async function askService ({ emulator }: Console, id: number, session = 'demo;gamer', xuid = GAMER): Promise<ServiceAchievement> {
  const response = await emulator.get(listOf(xuid, `?titleId=${LARGE_TITLE}&maxItems=1000`), { session })
  return response.json().achievements.find((each: ServiceAchievement) => each.id === String(id))
}

const stateOf = async (opened: Console, id: number): Promise<string> => {
  const { progressState, isRevoked } = await askService(opened, id)
  return `${progressState}${isRevoked ? ', revoked' : ''}`
}

const rowOf = (page: Page, name: string) => page.getByRole('row', { name })

/** The world as it is; what differs says what a change has left behind. */
const exportOf = ({ emulator }: Console): string => JSON.stringify(emulator.store.world.export())

async function requireUndone (t: Test, opened: Console, before: string): Promise<void> {
  await opened.page.locator('main').focus()
  await opened.page.keyboard.press('z')
  await until(t, () => exportOf(opened) === before, true, 'the world is as it was before')
}

/** Presses keys before any time goes by: what stands still between two of them would be written, and be a change of its own. */
async function pressAtOnce (page: Page, ...keys: readonly string[]): Promise<void> {
  await page.evaluate(async (keys) => {
    for (const key of keys) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      // The page draws what a key has changed in a microtask that was planned before.
      await Promise.resolve()
    }
  }, keys)
}

browserTest('a click unlocks and locks, and z takes it back to the letter', async (t) => {
  const opened = await openConsole(t, { at: AT })
  const { page } = opened
  const before = exportOf(opened)
  await rowOf(page, 'Harbor Regular').getByRole('button', { name: 'Unlock Harbor Regular' }).click()
  await until(t, async () => await stateOf(opened, 9), 'Achieved')
  await rowOf(page, 'Harbor Regular').getByRole('button', { name: /^Lock Harbor Regular/ }).waitFor()
  t.match(await page.locator('.last-action').textContent(), /curl -X PATCH .*"percentComplete":100/)
  await requireUndone(t, opened, before)
  t.equal(await stateOf(opened, 9), 'InProgress')

  await rowOf(page, 'Tea with Maren').getByRole('button', { name: 'Lock Tea with Maren' }).click()
  await until(t, async () => await stateOf(opened, 2), 'NotStarted')
  await rowOf(page, 'Tea with Maren').getByText('Not started').waitFor()
  await requireUndone(t, opened, before)

  await rowOf(page, 'Sea Legs').getByRole('button', { name: 'Revoke Sea Legs' }).click()
  await until(t, async () => await stateOf(opened, 3), 'Achieved, revoked')
  await rowOf(page, 'Sea Legs').getByText('Revoked', { exact: true }).waitFor()
  await requireUndone(t, opened, before)
})

browserTest('the keyboard alone: j, u, x, arrows and z', async (t) => {
  const opened = await openConsole(t, { at: `${AT}?state=inProgress` })
  const { page } = opened
  const before = exportOf(opened)
  await rowOf(page, 'Harbor Regular').waitFor()
  await page.keyboard.press('j')
  await pressAtOnce(page, 'ArrowRight', 'ArrowRight')
  await until(t, async () => (await askService(opened, 9)).progression.requirements?.[0]?.current, '8')
  await rowOf(page, 'Harbor Regular').getByText('68 %').waitFor()
  await requireUndone(t, opened, before)

  await rowOf(page, 'Harbor Regular').getByText('58 %').waitFor()
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
  await page.getByRole('group', { name: 'Selected achievements' }).getByText('2 of 8 selected').waitFor()
  await page.keyboard.press('u')
  await until(t, () => opened.emulator.store.userTitles.find({ person: 1, sandbox: 'RETAIL', titleId: LARGE_TITLE })?.unlocked, 20)
  await requireUndone(t, opened, before)
})

browserTest('a percentage by the slider: arrows, Home and End', async (t) => {
  const opened = await openConsole(t, { at: AT })
  const { page } = opened
  const slider = page.getByRole('slider', { name: 'Percent of Varnish and Brass', exact: true })
  await slider.focus()
  t.equal(await slider.getAttribute('aria-valuetext'), '80 %')
  await page.keyboard.press('ArrowLeft')
  await until(t, async () => await slider.getAttribute('aria-valuetext'), '75 %')
  await until(t, () => opened.emulator.store.world.readUser({ row: 1, xuid: GAMER, privacy: 'everyone' }, null).achievements.find(({ id, percentComplete }) => id === 10 && percentComplete === 75) !== undefined, true)
  await page.keyboard.press('End')
  await until(t, async () => await stateOf(opened, 10), 'Achieved')
  await page.keyboard.press('Home')
  await until(t, async () => await stateOf(opened, 10), 'NotStarted')
})

browserTest('several at once: Shift, all that match, and one event', async (t) => {
  const opened = await openConsole(t, { at: AT })
  const { page } = opened
  const before = exportOf(opened)
  await page.getByRole('checkbox', { name: 'Select First Light' }).click()
  await page.getByRole('checkbox', { name: 'Select Bottle Post' }).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('group', { name: 'Selected achievements' })
  await bar.getByText('4 of 48 selected').waitFor()
  await bar.getByRole('button', { name: 'Lock what is selected', exact: true }).click()
  await until(t, async () => await Promise.all([1, 2, 3, 4, 5].map(async (id) => await stateOf(opened, id))), [...Array(4).fill('NotStarted'), 'Achieved'])
  await requireUndone(t, opened, before)

  await page.getByRole('button', { name: 'Locked: 30' }).click()
  await bar.getByRole('button', { name: 'Select all 30' }).click()
  await bar.getByRole('button', { name: /^Unlock what is selected/ }).click()
  await page.getByText('No achievements that are locked.').waitFor()
  t.equal((await opened.emulator.get(listOf(GAMER, `?titleId=${LARGE_TITLE}&unlockedOnly=true`))).json().pagingInfo.totalRecords, 48)
  await requireUndone(t, opened, before)
})

browserTest('the player data reset of a title, and the way back', async (t) => {
  const opened = await openConsole(t, { at: AT })
  const { page } = opened
  const before = exportOf(opened)
  await page.getByRole('button', { name: /^Player data reset/ }).click()
  await page.getByText('0 of 48').first().waitFor()
  t.equal((await opened.emulator.get(listOf(GAMER, `?titleId=${LARGE_TITLE}&unlockedOnly=true`))).json().pagingInfo.totalRecords, 0)
  await requireUndone(t, opened, before)
  await page.getByText('18 of 48').first().waitFor()
})

browserTest('details: texts of a secret one on demand, window, requirements, another time of unlock', async (t) => {
  const opened = await openConsole(t, { at: AT, viewport: { width: 1280, height: 1400 } })
  const { page } = opened
  await rowOf(page, 'Secret achievement 21').click()
  const details = page.getByRole('article', { name: 'Details of Secret achievement 21' })
  t.notMatch(await details.textContent(), /Curtain/)
  await details.getByRole('button', { name: 'Show the text of this secret achievement' }).click()
  await page.getByRole('article', { name: 'Details of Curtain of Light' }).waitFor()

  await rowOf(page, 'Harbor Regular').click()
  t.match(await page.getByRole('article', { name: 'Details of Harbor Regular' }).textContent(), /7 of 12/)

  await rowOf(page, 'First Light').click()
  const field = page.getByLabel('Unlocked at (your time)')
  t.equal(await field.inputValue(), '2015-03-14T20:42:07.518')
  await field.fill('2019-07-01T12:00:00.000')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await until(t, async () => (await askService(opened, 1)).progression.timeUnlocked, '2019-07-01T10:00:00.0000000Z')
})

browserTest('filter, order, locale, search and sandbox are in the address', async (t) => {
  const opened = await openConsole(t, { at: `${AT}?state=unlocked&orderBy=UnlockTime&locale=de-DE` })
  const { page, url } = opened
  const grid = page.getByRole('grid', { name: 'Achievements of Lantern Archipelago' })
  await grid.locator('b').first().waitFor()
  const served = (await opened.emulator.get(listOf(GAMER, `?titleId=${LARGE_TITLE}&unlockedOnly=true&orderBy=UnlockTime&maxItems=3`), { headers: { 'accept-language': 'de-DE' } })).json().achievements
  t.strictSame(await grid.locator('b').allTextContents().then((names) => names.slice(0, 3)), served.map(({ name }: ServiceAchievement) => name))
  await page.getByRole('searchbox', { name: 'Search achievements' }).fill('cup of tea')
  await until(t, async () => await grid.locator('b').allTextContents(), ['Tee bei Maren'])
  t.equal(page.url(), `${url}/${AT}?state=unlocked&orderBy=UnlockTime&locale=de-DE&q=cup+of+tea`)
  await page.goto(`${url}/${AT}?sandbox=XDKS.1`)
  await page.getByText('Lantern Archipelago is not published in XDKS.1').waitFor()
  await page.getByRole('button', { name: 'Show RETAIL' }).click()
  await rowOf(page, 'First Light').waitFor()
})

browserTest('what others do is seen; a foreign unlock moves the bar', async (t) => {
  const { page, emulator } = await openConsole(t, { at: AT })
  await rowOf(page, 'Harbor Regular').getByText('58 %').waitFor()
  emulator.run('progress.set', { xuid: GAMER, scid: '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764', id: 9, sandbox: null, percentComplete: 100, timeUnlocked: null, isRevoked: false, requirements: null, now: 0 })
  await rowOf(page, 'Harbor Regular').getByText('Achieved').waitFor()
  await page.getByText('19 of 48').first().waitFor()
  t.pass('seen')
})

browserTest('the titles of a user, the time line, and what a client sends', async (t) => {
  const { page, context, emulator, url } = await openConsole(t, { at: `#/users/${GAMER}` })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const grid = page.getByRole('grid', { name: 'Titles' })
  await grid.getByRole('row', { name: 'Lantern Archipelago 1660944384' }).getByRole('meter').waitFor()
  t.match(await page.getByRole('figure', { name: 'Unlocks over time' }).textContent(), /unlocks, from 1[0-9]\/0?\d\/20|unlocks, from/)
  const authorization = await copyBy(t, page, page.getByRole('button', { name: 'Copy token' }))
  const response = await emulator.app.inject({ url: listOf(GAMER), headers: { authorization, 'x-xbl-contract-version': '2' } })
  t.equal(response.statusCode, 200)
  await grid.getByText('Turbo Haymaker').click()
  await page.getByRole('grid', { name: 'Achievements of Turbo Haymaker' }).waitFor()
  t.equal(page.url(), `${url}/#/users/${GAMER}/titles/1297290392`)
})

browserTest('the copied curl line asks the service for what is shown, as the user', async (t) => {
  const { page, context, emulator, url } = await openConsole(t, { at: `${AT}?state=unlocked&orderBy=UnlockTime&locale=de-DE` })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  if (!await canRun(t, 'curl', '--version')) return
  const copyLine = async (): Promise<string> => await copyBy(t, page, page.getByTitle(/^Copy a curl line/))
  await page.getByRole('grid', { name: 'Achievements of Lantern Archipelago' }).waitFor()
  const served = await emulator.get(listOf(GAMER, `?titleId=${LARGE_TITLE}&unlockedOnly=true&orderBy=UnlockTime`), { headers: { 'accept-language': 'de-DE' } })
  t.strictSame(JSON.parse(await runLine(`${await copyLine()} -s`)).achievements, served.json().achievements)
  for (const [at, name] of [[`#/users/${GAMER}`, 'Titles'], [`#/users/${GAMER}/titles/1297290392`, 'Achievements of Turbo Haymaker'], [`#/users/${STRANGER}/titles/${LARGE_TITLE}`, 'Achievements of Lantern Archipelago']] as const) {
    await page.goto(`${url}/${at}`)
    await page.getByRole('grid', { name, exact: true }).waitFor()
    t.equal(await statusOfLine(await copyLine()), 200, at)
  }
})

browserTest('a user who has done nothing, and one who is not there', async (t) => {
  const { page, url } = await openConsole(t, { at: `#/users/${STRANGER}/titles/1740002817` })
  await page.getByRole('heading', { level: 1, name: 'stranger' }).waitFor()
  await page.goto(`${url}/#/users/1/titles/2`)
  await page.getByText('There is no user 1.').waitFor()
  t.pass('said')
})

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`the place of a user has no violations of accessibility in the ${colorScheme} scheme`, async (t) => {
    const { page, url } = await openConsole(t, { at: AT, colorScheme, context: { reducedMotion: 'reduce' } })
    const untilRead = async (): Promise<void> => { await page.getByText('Loading …').first().waitFor({ state: 'detached' }) }
    await rowOf(page, 'Harbor Regular').click()
    await page.getByRole('article', { name: 'Details of Harbor Regular' }).waitFor()
    await untilRead()
    await requireAccessible(t, page, 'a title')
    await page.goto(`${url}/#/users/${GAMER}`)
    await page.getByRole('grid', { name: 'Titles' }).waitFor()
    await untilRead()
    await requireAccessible(t, page, 'the titles')
  })
}
