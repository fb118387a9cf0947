import type { BrowserContext, Page, Request } from 'playwright-core'
import { command } from '../control/client.ts'
import { build, GAMER } from '../helper.ts'
import { startRelay, type Relay } from '../relay.ts'
import { browserTest, killEmulator, listenFor, openConsole, type Console } from './browser.ts'
import { until } from './until.ts'

const GONE = [/net::ERR_/]
const untilConnected = async (page: Page): Promise<void> => { await page.getByRole('status').getByText('connected', { exact: true }).waitFor() }
const rename = async ({ emulator }: Pick<Console, 'emulator'>, gamertag: string): Promise<void> => { await command(emulator, 'PUT', `/users/${GAMER}`, { gamertag }) }
const kill = async ({ emulator }: Pick<Console, 'emulator'>, relay: Relay): Promise<void> => {
  relay.leadTo(null)
  await killEmulator(emulator)
}
const isStream = (request: Request): boolean => new URL(request.url()).pathname === '/_emulator/events'

/** Lets windows of a context have a browser without something. */
async function without (context: BrowserContext, what: 'locks' | 'BroadcastChannel' | 'storage'): Promise<void> {
  await context.addInitScript((what) => {
    const refuse = (): never => { throw new DOMException('It is blocked.', 'SecurityError') }
    if (what === 'locks') Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined })
    else if (what === 'BroadcastChannel') Object.defineProperty(window, 'BroadcastChannel', { value: undefined })
    else {
      // As a browser does that blocks the data of a site.
      for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get: refuse })
      if (typeof LockManager !== 'undefined') Object.defineProperty(LockManager.prototype, 'request', { value: async () => refuse() })
    }
  }, what)
}

browserTest('what changes before the events arrive is seen', async (t) => {
  const console = await openConsole(t)
  const page = await console.context.newPage()
  let letThrough = (): void => {}
  const held = new Promise<void>((resolve) => { letThrough = resolve })
  await console.page.close()
  await page.route('**/_emulator/events', async (route) => {
    await held
    await route.continue()
  })
  await page.goto(`${console.url}/#/users`)
  await page.getByText('stranger', { exact: true }).waitFor()
  await rename(console, 'renamed meanwhile')
  letThrough()
  await page.getByText('renamed meanwhile').first().waitFor()
})

for (const what of ['locks', 'BroadcastChannel', 'storage'] as const) {
  browserTest(`the page works in a browser without ${what}`, async (t) => {
    const console = await openConsole(t)
    await console.page.close()
    await without(console.context, what)
    const [first, second] = [await console.open(), await console.open()]
    for (const window of [first, second]) await untilConnected(window)
    await rename(console, `without ${what}`)
    for (const window of [first, second]) {
      // A window without locks that is not seen waits until it is.
      await window.bringToFront()
      await window.getByText(`without ${what}`).first().waitFor()
    }
    await first.bringToFront()
    await first.getByRole('button', { name: /^Colours: auto/ }).click()
    await first.getByRole('button', { name: /^Colours: light/ }).waitFor()
    await first.getByRole('separator', { name: 'Height of the live requests' }).press('ArrowUp')
    await first.getByRole('link', { name: 'Requests', exact: true }).click()
    await first.getByRole('heading', { level: 1, name: 'Requests' }).waitFor()
  })
}

browserTest('a window that reads by itself lets the stream go while it is not seen', async (t) => {
  const console = await openConsole(t)
  await console.page.close()
  await without(console.context, 'locks')
  const page = await console.open()
  await untilConnected(page)
  const ended: Request[] = []
  page.on('requestfailed', (request) => { if (isStream(request)) ended.push(request) })
  const see = async (isHidden: boolean): Promise<void> => {
    await page.evaluate((isHidden) => {
      Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, isHidden)
  }
  await see(true)
  await until(t, () => ended.length, 1)
  await rename(console, 'while nobody looked')
  await see(false)
  await page.getByText('while nobody looked').first().waitFor()
  await untilConnected(page)
})

browserTest('a browser without storage keeps the key until the page is left', async (t) => {
  const console = await openConsole(t, { config: { controlKey: 'a-key-of-16-characters' }, expected: [/status of 401/] })
  await console.page.close()
  await without(console.context, 'storage')
  const page = await console.open()
  await page.getByRole('dialog', { name: 'Control key' }).getByLabel(/^Key/).fill('a-key-of-16-characters')
  await page.keyboard.press('Enter')
  await untilConnected(page)
  await page.getByText('stranger', { exact: true }).waitFor()
})

browserTest('a refusal that was on its way while the key was given asks for no other', async (t) => {
  const console = await openConsole(t, { config: { controlKey: 'a-key-of-16-characters' }, expected: [/status of 401/] })
  const page = await console.context.newPage()
  await console.page.close()
  const [refused, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route('**/_emulator/users?*', async (route) => {
    const response = await route.fetch()
    refused.resolve()
    await held.promise
    await route.fulfill({ response })
  }, { times: 1 })
  await page.goto(`${console.url}/#/users`)
  await refused.promise
  const dialog = page.getByRole('dialog', { name: 'Control key' })
  await dialog.getByLabel(/^Key/).fill('a-key-of-16-characters')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  held.resolve()
  await page.getByText('stranger', { exact: true }).waitFor()
  t.equal(await dialog.count(), 0)
})

browserTest('the same world after a lost connection: the place stays, and what changed meanwhile is seen', async (t) => {
  const relay = await startRelay(t)
  const console = await openConsole(t, { relay, at: `#/users/${GAMER}?state=locked` })
  const { page } = console
  await untilConnected(page)
  for (const words of GONE) console.expect(words)
  await kill(console, relay)
  await page.getByText('connection lost').first().waitFor()
  const emulator = build(t)
  await rename({ emulator }, 'renamed meanwhile')
  const looked = page.waitForResponse('**/_emulator/console')
  relay.leadTo(await listenFor(t, emulator))
  await untilConnected(page)
  await page.getByRole('heading', { level: 1 }).getByText('renamed meanwhile').waitFor()
  t.equal(new URL(page.url()).hash, `#/users/${GAMER}?state=locked`)
  await (await looked).finished()
  await rename({ emulator }, 'renamed again')
  await page.getByRole('heading', { level: 1 }).getByText('renamed again').waitFor()
  t.equal(await page.getByRole('button', { name: 'Reload the page' }).count(), 0, 'the page is the same')
})

browserTest('an emulator with another page offers to load it', async (t) => {
  const relay = await startRelay(t)
  const { page, emulator, expect } = await openConsole(t, { relay })
  await untilConnected(page)
  for (const words of GONE) expect(words)
  await kill({ emulator }, relay)
  await page.getByText('connection lost').first().waitFor()
  await page.route('**/_emulator/console', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replace(/console-[A-Z\d]{8}\.js/, 'console-ZZZZZZZZ.js') })
  })
  relay.leadTo(await listenFor(t, build(t)))
  const offer = page.getByRole('button', { name: 'Reload the page' })
  await offer.waitFor()
  await page.unroute('**/_emulator/console')
  await offer.click()
  await offer.waitFor({ state: 'detached' })
  await untilConnected(page)
})

browserTest('an emulator with another key asks every window; who has none hears nothing', async (t) => {
  const [before, after] = ['a-key-of-16-characters', 'another-key-of-23-chars']
  const relay = await startRelay(t)
  const console = await openConsole(t, { relay, config: { controlKey: before }, expected: [/status of 401/] })
  const { page, url, context, open } = console
  const giveKey = async (window: Page, key: string): Promise<void> => {
    await window.getByRole('dialog', { name: 'Control key' }).getByLabel(/^Key/).fill(key)
    await window.keyboard.press('Enter')
    await untilConnected(window)
  }
  const second = await open()
  for (const window of [page, second]) await giveKey(window, before)
  for (const words of GONE) console.expect(words)
  await kill(console, relay)
  const emulator = build(t, { config: { controlKey: after } })
  relay.leadTo(await listenFor(t, emulator))
  for (const window of [page, second]) await window.getByRole('dialog', { name: 'Control key' }).waitFor()
  await giveKey(page, after)
  // A tab that was duplicated has the key, too.
  const third = await context.newPage()
  await third.addInitScript((key) => { sessionStorage.setItem('controlKey', key) }, after)
  await third.goto(`${url}/#/users`)
  await untilConnected(third)
  await emulator.app.inject({ method: 'PUT', url: `/_emulator/users/${GAMER}`, headers: { authorization: `Bearer ${after}` }, payload: { gamertag: 'secret to others' } })
  for (const window of [page, third]) await window.getByText('secret to others').first().waitFor()
  await emulator.app.inject({ url: '/nobody/may/see/this', headers: { authorization: `Bearer ${after}` } })
  for (const window of [page, third]) await window.getByText('/nobody/may/see/this').first().waitFor()
  t.equal(await second.getByText(/secret to others|nobody\/may/).count(), 0)
  await untilConnected(third)
  await second.getByRole('status').getByText('key needed').waitFor()
})
