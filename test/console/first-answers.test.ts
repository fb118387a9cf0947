import type { Page } from 'playwright-core'
import { command } from '../control/client.ts'
import { GAMER, listOf } from '../helper.ts'
import { browserTest, openConsole, type Console } from './browser.ts'
import { LANTERN } from './lively.ts'

/** What changes after the emulator has answered for the first time, and before that answer is there, is asked for again. */

const rename = async ({ emulator }: Console): Promise<void> => { await command(emulator, 'PUT', `/users/${GAMER}`, { gamertag: 'renamed meanwhile' }) }
const play = async ({ emulator }: Console): Promise<void> => { await emulator.get(listOf(GAMER)) }
const reset = async ({ emulator }: Console): Promise<void> => { await command(emulator, 'DELETE', `/users/${GAMER}/achievements/${LANTERN.scid}`) }

interface FirstAnswer {
  /** What has happened before the page is opened. By itself nothing: what is read has to be asked for once. */
  readonly before?: (console: Console) => Promise<void>
  readonly what: string
  readonly at: string
  /** The address of what is read. */
  readonly read: string
  readonly change: (console: Console) => Promise<void>
  /** What is seen of the change. */
  readonly seen: (page: Page) => ReturnType<Page['getByText']>
}

const FIRST_ANSWERS: readonly FirstAnswer[] = [
  { what: 'page of users', at: '#/users', read: '**/_emulator/users?*', change: rename, seen: (page) => page.getByText('renamed meanwhile').first() },
  { what: 'answer about a user', at: `#/users/${GAMER}`, read: '**/_emulator/users?search=*', change: reset, seen: (page) => page.getByTitle('Gamerscore in all sandboxes').getByText('295 G', { exact: true }) },
  { what: 'answer about a gamertag', at: '#/requests', before: play, read: '**/_emulator/users?search=*', change: rename, seen: (page) => page.getByRole('grid', { name: 'Requests' }).getByText('renamed meanwhile').first() },
  { what: 'answer about rate limits', at: '#/requests', before: play, read: '**/_emulator/rate-limits?limit=6', change: play, seen: (page) => page.getByRole('region', { name: 'Rate limits' }).getByRole('meter', { name: 'gamer in title 3051199919: 2 of 3 requests in 15 s' }) }
]

for (const { what, at, before, read, change, seen } of FIRST_ANSWERS) {
  browserTest(`what changes while the first ${what} is on its way is seen`, async (t) => {
    const console = await openConsole(t, { config: { rateLimit: '3,300' } as never })
    await before?.(console)
    const page = await console.context.newPage()
    await console.page.close()
    const [answered, held, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await page.route(read, async (route) => {
      const response = await route.fetch()
      answered.resolve()
      await held.promise
      await route.fulfill({ response })
      arrived.resolve()
    }, { times: 1 })
    await page.goto(`${console.url}/${at}`)
    await answered.promise
    await page.getByRole('status').getByText('connected', { exact: true }).waitFor()
    await change(console)
    // The event has come when a request after it is seen.
    await console.emulator.app.inject({ url: '/nobody/has/this' })
    await page.getByText('/nobody/has/this').first().waitFor()
    held.resolve()
    await arrived.promise
    await seen(page).waitFor()
  })
}

const EMPTY_LISTS = [
  { region: 'Faults of requests', read: '**/_emulator/faults', words: /^Nothing goes wrong\./ },
  { region: 'Real-time connections', read: '**/_emulator/rta?*', words: 'No client is connected to rta.xboxlive.com.' }
]

for (const { region, read, words } of EMPTY_LISTS) {
  browserTest(`nobody is told that there are none before the answer is there: ${region}`, async (t) => {
    const console = await openConsole(t)
    const page = await console.context.newPage()
    const held = Promise.withResolvers<void>()
    await page.route(read, async (route) => {
      await held.promise
      await route.continue()
    })
    await page.goto(`${console.url}/#/weather`)
    const section = page.getByRole('region', { name: region })
    await section.getByText('Loading …').waitFor()
    t.equal(await section.getByText(words).count(), 0)
    held.resolve()
    await section.getByText(words).waitFor()
    t.equal(await section.getByText('Loading …').count(), 0)
  })
}
