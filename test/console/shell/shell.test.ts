import type { Page, Request } from 'playwright-core'
import { browserTest, openConsole } from '../browser.ts'
import { requireAccessible } from '../accessibility.ts'
import { until } from '../until.ts'

const untilConnected = async (page: Page): Promise<void> => { await page.getByRole('status').getByText('connected', { exact: true }).waitFor() }
const paneOf = (page: Page) => page.getByRole('region', { name: 'Live requests' })
const heightOf = async (page: Page): Promise<number> => (await paneOf(page).boundingBox())?.height ?? 0
const placeOf = (page: Page) => page.getByRole('navigation', { name: 'Places' }).locator('[aria-current=page]')

browserTest('keys lead to the places, and the focus goes with them', async (t) => {
  const { page } = await openConsole(t)
  await untilConnected(page)
  for (const [key, name] of [['r', 'Requests'], ['e', 'Weather'], ['w', 'World'], ['g', 'Users']] as const) {
    // Elsewhere than where it has to go.
    await page.getByRole('link', { name, exact: true }).focus()
    await page.keyboard.press(key)
    await until(t, async () => await placeOf(page).textContent(), name)
    await until(t, async () => await page.evaluate(() => document.activeElement?.closest('main') !== null), true)
    t.match(await page.getByRole('link', { name, exact: true }).getAttribute('title'), `(${key})`, 'the control says its key')
  }
})

browserTest('? shows the keys; Escape closes that, and the focus is where it was', async (t) => {
  const { page } = await openConsole(t)
  const link = page.getByRole('link', { name: 'World' })
  await link.focus()
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keys' })
  for (const words of ['Requests', 'World', 'Search', 'All keys', 'Live requests: taller, hidden, shown', 'On an achievement: five percent less, more']) await dialog.getByText(words, { exact: true }).waitFor()
  await page.keyboard.press('r')
  t.equal(await page.evaluate(() => window.location.hash), '', 'a dialog has the keys for itself')
  t.equal(await placeOf(page).textContent(), 'Users')
  await requireAccessible(t, page, 'the list of keys')
  await page.keyboard.press('Escape')
  await until(t, async () => await dialog.count(), 0)
  t.ok(await link.evaluate((element) => element === document.activeElement))
})

browserTest('the lower pane is made taller, lower and hidden by keys and by a drag, and stays so', async (t) => {
  const { page } = await openConsole(t)
  const usual = 220
  await until(t, async () => await heightOf(page), usual)
  const line = page.getByRole('separator', { name: 'Height of the live requests' })
  await line.press('ArrowUp')
  await until(t, async () => await heightOf(page), usual + 24)
  t.equal(await line.getAttribute('aria-valuenow'), String(usual + 24))
  const box = await line.boundingBox()
  await page.mouse.move(400, (box?.y ?? 0) + 4)
  await page.mouse.down()
  await page.mouse.move(400, 400, { steps: 3 })
  await page.mouse.up()
  await until(t, async () => await heightOf(page), 400)
  await page.reload()
  await until(t, async () => await heightOf(page), 400)
  await page.keyboard.press('l')
  await until(t, async () => await heightOf(page) > 600, true)
  await page.keyboard.press('l')
  await until(t, async () => await paneOf(page).count(), 0)
  await page.reload()
  await page.getByRole('button', { name: 'Show the live requests' }).click()
  await until(t, async () => await heightOf(page), 400)
})

browserTest('narrow, the places are a bar at the bottom and the journal a sheet', async (t) => {
  const { page } = await openConsole(t, { viewport: { width: 360, height: 740 } })
  await untilConnected(page)
  const bar = await page.getByRole('navigation', { name: 'Places' }).boundingBox()
  t.ok(bar !== null && bar.y > 640 && bar.width === 360)
  t.equal(await paneOf(page).count(), 0)
  const button = page.getByRole('button', { name: 'Live requests' })
  t.equal(await button.getAttribute('aria-expanded'), 'false')
  await button.click()
  await paneOf(page).waitFor()
  t.equal(await button.getAttribute('aria-expanded'), 'true')
  await requireAccessible(t, page, 'the sheet')
  await button.click()
  await until(t, async () => await paneOf(page).count(), 0)
  t.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, 'nothing is wider than the window')
})

browserTest('colours are those of the system until a person wants others', async (t) => {
  const { page } = await openConsole(t, { colorScheme: 'dark' })
  const paper = async (): Promise<string> => await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const dark = await paper()
  await page.getByRole('button', { name: /^Colours: auto/ }).click()
  const light = await paper()
  t.not(light, dark)
  await page.reload()
  await page.getByRole('button', { name: /^Colours: light/ }).click()
  await until(t, paper, dark)
  await page.getByRole('button', { name: /^Colours: dark/ }).click()
  await page.emulateMedia({ colorScheme: 'light' })
  await until(t, paper, light)
})

const isStream = (request: Request): boolean => new URL(request.url()).pathname === '/_emulator/events'

browserTest('of many windows one reads the stream; when it is closed, another goes on', async (t) => {
  const { page, open, context } = await openConsole(t)
  await untilConnected(page)
  const streams: Request[] = []
  context.on('request', (request) => { if (isStream(request)) streams.push(request) })
  const others = []
  // A browser keeps six connections to an origin: a stream for each window would leave none for what they read.
  for (let window = 0; window < 7; window++) others.push(await open('#/world'))
  for (const window of others) await untilConnected(window)
  t.equal(streams.length, 0, 'the first window has the stream')
  await page.close()
  await until(t, () => streams.length, 1)
  t.match((await streams[0]?.allHeaders())?.['last-event-id'], /^[\da-f]{8}(-\d+){3}$/, 'after what the first one has told')
  for (const window of others) await untilConnected(window)
})

browserTest('a computer that slept connects anew', async (t) => {
  const { page, context } = await openConsole(t)
  await page.clock.install()
  await page.reload()
  await untilConnected(page)
  const streams: Request[] = []
  context.on('request', (request) => { if (isStream(request)) streams.push(request) })
  await page.clock.fastForward(60_000)
  await until(t, () => streams.length, 1)
  await untilConnected(page)
})

browserTest('what the page does, it shows as a curl line', async (t) => {
  const { page, url, emulator, context } = await openConsole(t, { at: '#/weather' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  t.equal(await page.getByRole('contentinfo', { name: 'Last action' }).count(), 0)
  await page.getByRole('button', { name: 'Real time' }).first().or(page.getByRole('button', { name: 'Freeze' })).first().waitFor()
  await page.getByRole('button', { name: 'Freeze' }).click()
  const line = page.getByRole('contentinfo', { name: 'Last action' })
  await line.getByRole('button', { name: 'Copy' }).click()
  const wanted = new RegExp(`^curl -X PUT -H 'content-type: application/json' ${url}/_emulator/clock -d '{"now":"2020-|^curl -X PUT ${url}/_emulator/clock -d '{"now":"`)
  await until(t, async () => {
    const copied = await page.evaluate(async () => await navigator.clipboard.readText())
    return wanted.test(copied) ? 'the line' : copied
  }, 'the line')
  await until(t, async () => (await emulator.app.inject({ url: '/_emulator/clock' })).json().isFrozen, true)
})

browserTest('a refusal is said in the words of the emulator, above an open dialog, too, and can be dismissed', async (t) => {
  const { page } = await openConsole(t, { at: '#/weather', expected: [/503/] })
  await page.route('**/_emulator/clock', async (route) => {
    if (route.request().method() === 'GET') return await route.continue()
    await route.fulfill({ status: 503, json: { errorCode: null, errorMessage: 'The database is in use.' } })
  })
  await page.getByRole('button', { name: 'Freeze' }).click()
  const messages = page.getByRole('region', { name: 'Messages' })
  await messages.getByRole('alert').getByText('The database is in use.').waitFor()
  // It goes after a while, unless somebody is at it.
  await messages.getByRole('alert').hover()
  await requireAccessible(t, page, 'with a message')
  await messages.getByRole('button', { name: 'Dismiss' }).click()
  await until(t, async () => await messages.getByRole('alert').count(), 0)
})
