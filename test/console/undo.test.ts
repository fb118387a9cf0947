import type { Page, Route } from 'playwright-core'
import { command, worldText } from '../control/client.ts'
import { GAMER } from '../helper.ts'
import { browserTest, openConsole, type Console } from './browser.ts'
import { LANTERN } from './lively.ts'
import { until } from './until.ts'

const AT = `#/users/${GAMER}/titles/${LANTERN.titleId}`
const rows = (page: Page) => page.getByRole('grid', { name: 'Achievements' }).getByRole('row')
const unlockButtons = (page: Page) => rows(page).getByRole('button', { name: /^Unlock / })
const percentOf = async ({ emulator }: Pick<Console, 'emulator'>, id: number): Promise<number> => {
  const { achievements } = await command(emulator, 'GET', `/users/${GAMER}/titles/${LANTERN.titleId}/achievements?limit=1000`)
  return achievements.find((achievement: { id: number }) => achievement.id === id).percentComplete
}

/** The first achievement that is not unlocked. */
async function firstLocked ({ emulator }: Pick<Console, 'emulator'>): Promise<{ readonly id: number, readonly name: string }> {
  const { achievements } = await command(emulator, 'GET', `/users/${GAMER}/titles/${LANTERN.titleId}/achievements?state=locked&limit=1000`)
  return achievements[0]
}

/** Holds the changes of a window until they are let through. */
async function holdChanges (page: Page): Promise<{ readonly held: Route[], readonly release: () => Promise<void> }> {
  const held: Route[] = []
  let isOpen = false
  await page.route('**/_emulator/users/*/achievements', async (route) => {
    if (isOpen || route.request().method() === 'GET') await route.continue()
    else held.push(route)
  })
  const release = async (): Promise<void> => {
    isOpen = true
    for (const route of held.splice(0)) await route.continue()
  }
  return { held, release }
}

browserTest('what is done fast is done in its order, and taken back in the reverse one', async (t) => {
  const console = await openConsole(t, { at: AT })
  const { page, emulator } = console
  const before = await worldText(emulator)
  const { name } = await firstLocked(console)
  await unlockButtons(page).first().waitFor()
  const { held, release } = await holdChanges(page)
  await unlockButtons(page).nth(0).dblclick()
  await unlockButtons(page).nth(1).click()
  await unlockButtons(page).nth(2).click()
  await until(t, () => held.length, 1, 'the second waits for the first')
  // It is on its way: it is what is taken back, and not what was done before it.
  for (let count = 0; count < 3; count++) await page.keyboard.press('z')
  const answers: number[] = []
  page.on('response', (response) => { if (response.request().method() === 'PATCH') answers.push(response.status()) })
  await release()
  // Three changes, each with a look at what it has made, and three that take them back.
  await until(t, () => answers.length, 9)
  t.equal(await worldText(emulator), before)
  await page.getByRole('region', { name: 'Messages' }).getByText(`Undone: Unlocked ${name}`, { exact: true }).waitFor()
  t.equal(await page.getByRole('contentinfo', { name: 'Last action' }).getByRole('button', { name: 'Undo' }).count(), 0, 'nothing is left to be undone')
})

browserTest('what another window has made of it since is not lost by an undo', async (t) => {
  const console = await openConsole(t, { at: AT })
  const { page, emulator } = console
  await unlockButtons(page).first().waitFor()
  const { id } = await firstLocked(console)
  const before = await worldText(emulator)
  await unlockButtons(page).first().click()
  await page.getByRole('region', { name: 'Messages' }).getByText(/^Unlocked /).waitFor()
  await command(emulator, 'PATCH', `/users/${GAMER}/achievements`, { achievements: [{ serviceConfigId: LANTERN.scid, id, sandbox: 'RETAIL', percentComplete: 42, requirements: [] }] })
  const made = await worldText(emulator)
  await page.keyboard.press('z')
  await page.getByText(/Somebody else had changed it since/).first().waitFor()
  t.equal(await worldText(emulator), before)
  await page.keyboard.press('z')
  await page.getByText(/^Undone: Undone: /).first().waitFor()
  t.equal(await worldText(emulator), made)
  t.equal(await percentOf(console, id), 42)
})

browserTest('what was done in a merged world is not lost by taking back the merge', async (t) => {
  const { page, emulator } = await openConsole(t, { at: '#/world' })
  await page.getByRole('heading', { name: 'Where and how' }).waitFor()
  const before = await worldText(emulator)
  await page.getByLabel('Files to import').setInputFiles([{ name: 'new.json', mimeType: 'application/json', buffer: Buffer.from('{"users":[{"xuid":"5","gamertag":"five"}]}') }])
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByText('Merged new.json').first().waitFor()
  await command(emulator, 'PUT', `/users/${GAMER}`, { gamertag: 'somebody else' })
  const made = await worldText(emulator)
  await page.keyboard.press('z')
  await page.getByText(/Somebody else had changed it since/).first().waitFor()
  t.equal(await worldText(emulator), before)
  await page.keyboard.press('z')
  await until(t, async () => await worldText(emulator), made)
})
