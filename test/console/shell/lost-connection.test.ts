import type { Page } from 'playwright-core'
import { build } from '../../helper.ts'
import { startRelay } from '../../relay.ts'
import { browserTest, killEmulator, listenFor, openConsole } from '../browser.ts'
import { until } from '../until.ts'

/** What a browser writes to its console when nobody answers. */
const GONE = [/net::ERR_/]

const say = async (page: Page, words: string): Promise<void> => { await page.getByRole('status').getByText(words).first().waitFor() }

const USER = { xuid: '2533274790412999', gamertag: 'another gamer' }

browserTest('a lost connection is said, and mended by itself', async (t) => {
  const relay = await startRelay(t)
  const { page, context, url, emulator, expect } = await openConsole(t, { otherOrigins: [relay.url] })
  relay.leadTo(url)
  const second = await context.newPage()
  await page.goto(relay.url)
  await second.goto(`${relay.url}/#/world`)
  for (const window of [page, second]) await window.getByRole('status').getByText('connected', { exact: true }).waitFor()
  for (const words of GONE) expect(words)
  relay.leadTo(null)
  await killEmulator(emulator)
  for (const window of [page, second]) await say(window, 'connection lost')
  await until(t, async () => /lost|✕|⚠/i.test(await page.title()), true, 'the tab says it, too')

  // Another world, as after a change of its file.
  relay.leadTo(await listenFor(t, build(t, { world: { users: [USER] } })))
  for (const window of [page, second]) await window.getByRole('status').getByText('connected', { exact: true }).waitFor()
  await page.getByText(USER.gamertag).first().waitFor()
  t.equal(await page.getByText('stranger', { exact: true }).count(), 0, 'nothing is left of the world before')
})
