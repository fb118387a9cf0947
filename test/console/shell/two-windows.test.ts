import type { Locator, Page } from 'playwright-core'
import { DEMO, GAMER, SAMPLE_SCID, SAMPLE_TITLE, singleOf } from '../../helper.ts'
import { browserTest, openConsole } from '../browser.ts'
import { LANTERN } from '../lively.ts'
import { until } from '../until.ts'

const rowOf = (page: Page, name: string): Locator => page.getByRole('grid', { name: 'Achievements' }).getByRole('row').filter({ hasText: name })
/** Without its name: it is secret, and shown once it is unlocked. */
const onlyRow = (page: Page): Locator => page.getByRole('grid', { name: 'Achievements' }).getByRole('row').nth(1)
const untilSays = async (page: Page, name: string, words: RegExp): Promise<void> => { await rowOf(page, name).filter({ hasText: words }).waitFor() }

browserTest('what is done in one window is seen in the other, undone too', async (t) => {
  const { page, open, emulator } = await openConsole(t, { at: `#/users/${GAMER}/titles/${LANTERN.titleId}` })
  const second = await open(`#/users/${GAMER}/titles/${LANTERN.titleId}`)
  const unlock = page.getByRole('grid', { name: 'Achievements' }).getByRole('button', { name: /^Unlock / }).first()
  const name = (await unlock.getAttribute('title') ?? '').replace(/^Unlock /, '').replace(/ \(u\)$/, '')
  const state = async (): Promise<string> => (await emulator.get(singleOf(GAMER, LANTERN.scid, idOf(name)))).json().achievement.progressState
  const before = await state()
  await rowOf(second, name).first().waitFor()
  t.not(before, 'Achieved')
  await unlock.click()
  for (const window of [page, second]) await untilSays(window, name, /Achieved/)
  t.equal(await state(), 'Achieved', 'the service says so, too')
  await page.keyboard.press('z')
  for (const window of [page, second]) await rowOf(window, name).filter({ hasNotText: /Achieved/ }).waitFor()
  await until(t, state, before)
})

browserTest('what a client does through the service is seen in every window', async (t) => {
  const at = `#/users/${GAMER}/titles/${SAMPLE_TITLE}`
  const { page, open, emulator } = await openConsole(t, { at })
  const windows = [page, await open(at), await open('#/users')]
  for (const window of windows.slice(0, 2)) await onlyRow(window).filter({ hasText: /Achieved/ }).waitFor()
  await emulator.app.inject({ method: 'DELETE', url: `/_emulator/users/${GAMER}/achievements/${SAMPLE_SCID}` })
  for (const percent of [40, 100]) {
    const { statusCode } = await emulator.app.inject({
      method: 'POST',
      url: `/users/xuid(${GAMER})/achievements/${SAMPLE_SCID}/update`,
      headers: { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' },
      payload: { action: 'progressUpdate', serviceConfigId: SAMPLE_SCID, titleId: String(SAMPLE_TITLE), userId: GAMER, achievements: [{ id: '3', percentComplete: String(percent) }] }
    })
    t.equal(statusCode, 200)
    for (const window of windows.slice(0, 2)) await onlyRow(window).filter({ hasText: percent === 100 ? /Achieved/ : /40\s?%/ }).waitFor()
  }
  for (const window of windows) await window.getByRole('region', { name: 'Live requests' }).getByText(/\/update/).first().waitFor()
})

const nameOf = (text: unknown): string => typeof text === 'string' ? text : (text as Record<string, string>)['en-US'] ?? ''

function idOf (name: string): number {
  const found = DEMO.titles.flatMap(({ achievements }) => achievements).find((achievement) => nameOf(achievement.name) === name)
  if (found === undefined) throw new Error(`There is no achievement ${name}.`)
  return found.id
}
