import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { WebSocket } from 'ws'
import { command, sentBy } from '../../control/client.ts'
import { FRIEND, GAMER, LARGE_TITLE, listOf } from '../../helper.ts'
import { browserTest, openConsole, type Console } from '../browser.ts'
import { copyBy } from '../clipboard.ts'
import { canRun, statusOfLine } from '../shell-lines.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const LIST = listOf(GAMER)
const UPDATE = `${LIST}/${SCID}/update`
const body = (percentComplete: number): string =>
  JSON.stringify({ action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '9', percentComplete }] })

/** Asks the service as a title does. */
async function ask ({ url }: Pick<Console, 'url'>, path: string, { session = 'demo;gamer', ...init }: RequestInit & { session?: string | null } = {}): Promise<number> {
  const response = await fetch(`${url}${path}`, { ...init, headers: { ...session !== null && sentBy(session), ...init.headers } })
  await response.arrayBuffer()
  return response.status
}

const rowsOf = (page: Page) => page.getByRole('grid', { name: 'Requests, the newest first' }).getByRole('row').filter({ hasNot: page.getByRole('columnheader') })
const details = (page: Page, id: number) => page.getByRole('region', { name: `Request ${id}` })

/** Waits until the events arrive. What was read before is read again then, and takes the place of what is shown. */
const untilConnected = async (page: Page): Promise<void> => { await page.getByRole('banner').getByText('connected', { exact: true }).waitFor() }

/** Waits until the list has so many rows. */
async function untilRows (page: Page, count: number): Promise<void> {
  if (count === 0) await rowsOf(page).first().waitFor({ state: 'detached' })
  else {
    await rowsOf(page).nth(count - 1).waitFor()
    await rowsOf(page).nth(count).waitFor({ state: 'detached' })
  }
}

browserTest('what is asked shows in the lower pane of every place, explains itself, and opens', async (t) => {
  const console = await openConsole(t)
  const { page, errors } = console
  const pane = page.getByRole('region', { name: 'Live requests' })
  await pane.getByText('Nothing was asked yet').waitFor()
  await ask(console, `${LIST}?maxItems=5`)
  await ask(console, listOf(FRIEND), { session: 'demo;friend', headers: { 'x-xbl-contract-version': '1' } })
  await ask(console, '/<img src=x onerror=alert(1)>/nope', { session: null })
  await command(console.emulator, 'POST', '/faults', { status: 503, times: 1 })
  await ask(console, LIST)
  await untilRows(page, 4)
  // The journal has XUIDs; whose they are is read once they are shown.
  for (const [index, gamertag] of [[0, 'gamer'], [2, 'friend'], [3, 'gamer']] as const) await rowsOf(page).nth(index).getByText(gamertag, { exact: true }).waitFor()
  t.match(await rowsOf(page).nth(0).innerText(), /503[^]*GET[^]*gamer[^]*On purpose:[^]*Fault 1: A fault that a test has set up\./)
  t.match(await rowsOf(page).nth(1).innerText(), /404[^]*<img|404[^]*%3Cimg/)
  t.match(await rowsOf(page).nth(2).innerText(), /200[^]*friend/)
  t.match(await rowsOf(page).nth(3).innerText(), /200\s+answered[^]*xuid\(…2952\)\/achievements\s*\?maxItems=5[^]*gamer/)
  t.equal(await page.locator('img[src=x]').count(), 0)
  await rowsOf(page).nth(3).click()
  await details(page, 1).getByText('maxItems').waitFor()
  t.match(new URL(page.url()).hash, '#/requests?id=1')
  t.strictSame(errors, [])
})

browserTest('an empty list that a hint explains says what to send instead', async (t) => {
  const world = {
    titles: [{ titleId: 1, name: 'One', serviceConfigId: SCID, achievements: [{ id: 1, name: 'a' }] }],
    users: [{ xuid: GAMER, gamertag: 'gamer' }],
    sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER, titleId: 1 }]
  }
  const console = await openConsole(t, { world, at: '#/requests' })
  const { page } = console
  await ask(console, LIST, { headers: { 'x-xbl-contract-version': '1' } })
  await rowsOf(page).getByText('send 2 for the world\'s titles').waitFor()
  await rowsOf(page).first().click()
  await details(page, 1).getByText('Send 2 for the world\'s titles.').waitFor()
})

browserTest('details have everything; answers are kept from then on', async (t) => {
  const console = await openConsole(t, { at: '#/requests' })
  const { page, emulator, errors } = console
  await ask(console, UPDATE, { method: 'POST', session: 'demo;titleless', body: body(75) })
  await ask(console, `${LIST}?maxItems=1&titleId=${LARGE_TITLE}`)
  await untilRows(page, 2)
  await rowsOf(page).nth(1).click()
  const first = details(page, 1)
  await first.getByText('"percentComplete": 75').waitFor()
  await first.getByRole('table', { name: 'Headers' }).getByText('XBL3.0 x=…').waitFor()
  await first.getByText('Answers are not kept.').waitFor()
  await first.getByRole('button', { name: 'Keep answers from now on' }).click()
  await first.getByText('the request came before answers were').waitFor()
  t.strictSame(await command(emulator, 'GET', '/requests/settings'), { answers: true, size: 1000 })
  await page.getByRole('contentinfo', { name: 'Last action' }).getByText('/_emulator/requests/settings').waitFor()
  await ask(console, `${LIST}?maxItems=1`)
  await untilRows(page, 3)
  await page.keyboard.press('k')
  await details(page, 2).getByText('titleId', { exact: true }).waitFor()
  await page.keyboard.press('k')
  await details(page, 3).getByRole('region', { name: 'Answer' }).getByText('"achievements"').waitFor()
  await page.keyboard.press('j')
  await details(page, 2).waitFor()
  await page.reload()
  await details(page, 2).getByText('the request came before answers were').waitFor()
  await page.keyboard.press('Escape')
  await details(page, 2).waitFor({ state: 'detached' })
  t.equal(new URL(page.url()).hash, '#/requests')
  await page.goto(`${console.url}/#/requests?id=77`)
  await page.getByText('Request 77 is not in the journal').waitFor()
  t.strictSame(errors, [])
})

browserTest('anything filters, and the address has it', async (t) => {
  const console = await openConsole(t, { at: '#/requests' })
  const { page } = console
  await ask(console, LIST)
  await ask(console, listOf(FRIEND), { session: 'demo;friend' })
  await ask(console, UPDATE, { method: 'POST', body: body(10) })
  await ask(console, '/nope', { session: null })
  await untilRows(page, 4)
  await page.getByRole('group', { name: 'Status' }).getByRole('button', { name: '4xx' }).click()
  await untilRows(page, 2)
  await page.getByRole('group', { name: 'Why' }).getByRole('button', { name: 'Not served' }).click()
  await untilRows(page, 1)
  t.equal(new URL(page.url()).hash, '#/requests?status=4xx&matched=no')
  await page.reload()
  await untilRows(page, 1)
  await page.getByText('1 of 4').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await untilRows(page, 4)
  await page.getByRole('combobox', { name: 'User' }).selectOption(FRIEND)
  await untilRows(page, 1)
  await page.getByRole('combobox', { name: 'User' }).selectOption('')
  await page.getByRole('combobox', { name: 'Method' }).selectOption('POST')
  await untilRows(page, 1)
  await page.getByRole('combobox', { name: 'Method' }).selectOption('')
  await page.keyboard.press('/')
  await page.keyboard.type('friend -nothing')
  await untilRows(page, 1)
  await page.keyboard.type('x zebra')
  await page.getByText('No request is like that.').waitFor()
  t.match(new URL(page.url()).hash, /q=friend/)
})

browserTest('pause counts what waits; clear says how many, and tells every window', async (t) => {
  const console = await openConsole(t, { at: '#/requests' })
  const { page, emulator } = console
  const other = await console.open('#/users')
  await untilConnected(page)
  await ask(console, LIST)
  await untilRows(page, 1)
  await page.keyboard.press('p')
  await ask(console, LIST)
  await ask(console, '/nope')
  await page.getByRole('button', { name: 'Go on' }).getByText('2 wait').waitFor()
  await untilRows(page, 1)
  await untilRows(other, 3)
  await page.keyboard.press('p')
  await untilRows(page, 3)
  await page.getByRole('button', { name: 'Clear …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Clear the journal?' })
  await dialog.getByRole('button', { name: 'Keep them' }).click()
  await dialog.waitFor({ state: 'detached' })
  t.equal((await command(emulator, 'GET', '/requests')).requests.length, 3, 'asking is not clearing')
  await page.getByRole('button', { name: 'Clear …' }).click()
  await dialog.getByRole('button', { name: 'Clear 3 requests' }).click()
  await page.getByText('Nothing was asked yet').waitFor()
  await other.getByText('Nothing was asked yet').waitFor()
  t.strictSame(await command(emulator, 'GET', '/requests'), { requests: [], newest: 3 })
})

browserTest('a request is sent again, by a shell or by the page', async (t) => {
  const console = await openConsole(t, { at: '#/requests', context: { permissions: ['clipboard-read', 'clipboard-write'] } })
  const { page, emulator } = console
  await ask(console, UPDATE, { method: 'POST', session: 'demo;titleless', body: body(70), headers: { 'accept-language': 'de-DE' } })
  await untilRows(page, 1)
  await rowsOf(page).first().click()
  const line = await copyBy(t, page, details(page, 1).getByRole('button', { name: 'Copy as curl' }))
  t.match(line, /^curl -X POST -H 'authorization: XBL3\.0 x=\S+;\S+'.* -H 'accept-language: de-DE'.*http:\/\/127\.0\.0\.1:\d+\/users\/xuid.* -d '\{/)
  await command(emulator, 'DELETE', `/users/gamer/achievements/${SCID}/9`)
  await details(page, 1).getByRole('button', { name: 'Send again' }).click()
  await page.getByText('Sent again: POST').getByText('200').getByText('may have changed the world').waitFor()
  await details(page, 2).waitFor()
  await untilRows(page, 2)
  const { requests: [first, second] } = await command(emulator, 'GET', '/requests')
  t.strictSame([second.status, second.body, second.claims, second.headers['accept-language']], [200, first.body, first.claims, 'de-DE'])
  const user = await command(emulator, 'GET', `/users/gamer?serviceConfigId=${SCID}`)
  t.match(JSON.stringify(user), /"percentComplete":70/)
  if (!await canRun(t, 'curl', '--version')) return
  await command(emulator, 'DELETE', `/users/gamer/achievements/${SCID}/9`)
  t.equal(await statusOfLine(line), 200)
  t.match(JSON.stringify(await command(emulator, 'GET', `/users/gamer?serviceConfigId=${SCID}`)), /"percentComplete":70/, 'a shell has done it')
})

browserTest('a request is sent again as it was: a text, none, a HEAD, and what no browser sends', async (t) => {
  const console = await openConsole(t, { at: '#/requests', context: { permissions: ['clipboard-read', 'clipboard-write'] }, expected: [/status of 40[04]/] })
  const { page, emulator } = console
  await ask(console, UPDATE, { method: 'POST', body: '"a \'text\'"', headers: { 'content-type': 'application/json' } })
  await ask(console, `${LIST}?maxItems=1&x=[1-2]`, { method: 'HEAD' })
  await untilRows(page, 2)
  for (const id of [1, 2]) {
    const next = (await command(emulator, 'GET', '/requests')).newest + 1
    await page.goto(`${console.url}/#/requests?id=${id}`)
    await details(page, id).getByRole('button', { name: 'Send again' }).click()
    await details(page, next).waitFor()
    const { requests } = await command(emulator, 'GET', '/requests')
    const [before, after] = [requests[id - 1], requests.at(-1)].map(({ method, path, query, status, refusal, body, claims }) => ({ method, path, query, status, refusal, body, claims }))
    t.strictSame(after, before)
    const line = await copyBy(t, page, details(page, next).getByRole('button', { name: 'Copy as curl' }))
    if (id === 2) t.match(line, /^curl -g -I -H /)
    if (await canRun(t, 'curl', '--version')) t.equal(await statusOfLine(line), before?.status)
  }
})

browserTest('what is shown is saved as HAR', async (t) => {
  const console = await openConsole(t, { at: '#/requests' })
  const { page } = console
  await ask(console, LIST)
  await ask(console, '/nope')
  await ask(console, UPDATE, { method: 'POST', body: body(10) })
  await untilRows(page, 3)
  // Each has another number of rows than the one before: that is how the list is seen to be another.
  for (const [query, expected] of [['', [1, 2, 3]], ['?method=POST', [3]], ['?status=4xx', [2, 3]], ['?q=nope', [2]]] as const) {
    await page.goto(`${console.url}/#/requests${query}`)
    await untilRows(page, expected.length)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as HAR' }).click()])
    t.match(download.suggestedFilename(), /^requests-127\.0\.0\.1-\d+-[\dT-]+\.har$/)
    const har = JSON.parse(await readFile(await download.path(), 'utf8'))
    t.strictSame(har.log.entries.map(({ _id }: { _id: number }) => _id), expected, query)
  }
})

browserTest('a fault is made from a request, and found from one to which it happened', async (t) => {
  const console = await openConsole(t, { at: '#/requests' })
  const { page } = console
  await ask(console, LIST)
  await rowsOf(page).first().click()
  await details(page, 1).getByRole('button', { name: 'Make a fault' }).click()
  await page.waitForURL((url) => url.hash.startsWith('#/weather'))
  t.strictSame(JSON.parse(new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('new') ?? ''), { method: 'GET', path: LIST, xuid: GAMER, status: 503, times: 1 })
  await page.getByRole('dialog', { name: 'New fault' }).getByRole('button', { name: 'Let it happen' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await ask(console, LIST)
  await page.goto(new URL('#/requests?id=2', page.url()).href)
  await details(page, 2).getByRole('link', { name: 'Fault 1' }).click()
  t.equal(await page.getByRole('dialog', { name: 'Fault 1' }).getByLabel('Times').inputValue(), '1')
})

browserTest('frames of WebSockets are shown in the order in which they came', async (t) => {
  const console = await openConsole(t, { at: '#/requests' })
  const { page, url } = console
  const socket = new WebSocket(`${url.replace('http', 'ws')}/connect`, { headers: { authorization: 'XBL3.0 x=demo;gamer' } })
  t.teardown(() => { socket.terminate() })
  await new Promise((resolve, reject) => { socket.once('open', resolve).once('error', reject) })
  socket.send(`[1,1,"https://achievements.xboxlive.com/users/xuid(${GAMER})/achievements/${SCID}"]`)
  await untilRows(page, 3)
  t.match(await rowsOf(page).nth(2).innerText(), /101/)
  t.match(await rowsOf(page).nth(1).innerText(), /from the client[^]*\[1,1,"https/)
  t.match(await rowsOf(page).nth(0).innerText(), /from the emulator[^]*\[1,1,3,0,null\]/)
  await rowsOf(page).nth(0).click()
  await details(page, 1).getByRole('table', { name: 'Frames' }).getByText('[1,1,3,0,null]').waitFor()
  t.ok(await details(page, 1).getByRole('button', { name: 'Send again' }).isDisabled())
  await page.getByRole('button', { name: 'Frames' }).click()
  await untilRows(page, 1)
})

browserTest('older requests are read when the end of the list is seen; the page itself asks for nothing that is recorded', async (t) => {
  const console = await openConsole(t, { at: '#/weather' })
  const { page, emulator } = console
  for (let index = 1; index < 450; index++) await emulator.get(`/old/${index}`)
  await page.goto(`${console.url}/#/requests`)
  await page.reload()
  await untilConnected(page)
  await emulator.get('/old/450')
  await rowsOf(page).getByText('/old/450', { exact: true }).waitFor()
  // The last one is told, or read with the others.
  await page.getByText(/^(200 of 200|201 of 201) and older$/).waitFor()
  await rowsOf(page).first().click()
  await details(page, 450).waitFor()
  await page.keyboard.press('Escape')
  for (const words of [/^(400 of 400|401 of 401) and older$/, '450 requests', '450 requests']) {
    await page.keyboard.press('End')
    await page.getByText(words).waitFor()
  }
  await rowsOf(page).getByText('/old/1', { exact: true }).waitFor()
  t.equal((await command(emulator, 'GET', '/requests')).newest, 450)
})

browserTest('the last minutes as plots, and the windows of rate limits', async (t) => {
  const console = await openConsole(t, { at: '#/requests', config: { rateLimit: '3,300' } as never })
  const { page } = console
  for (let count = 0; count < 4; count++) await ask(console, LIST)
  const limits = page.getByRole('region', { name: 'Rate limits' })
  await limits.getByRole('meter', { name: 'gamer in title 3051199919: 4 of 3 requests in 15 s' }).waitFor()
  await limits.getByText('full').waitFor()
  await page.getByRole('figure', { name: 'Requests a second' }).getByText('4 requests in the last 180 seconds, 1 of them refused or failed').waitFor()
  await page.getByRole('figure', { name: 'Durations' }).getByText('A typical answer took').waitFor()
  await page.getByRole('figure', { name: 'Requests a second' }).getByText('As a table').click()
  await page.getByRole('region', { name: 'Requests a second: table' }).getByRole('columnheader', { name: 'refused or failed' }).waitFor()
})

browserTest('numbers of any length are shown, copied and sent again as they were sent, in every window', async (t) => {
  const console = await openConsole(t, { context: { permissions: ['clipboard-read', 'clipboard-write'] }, expected: [/status of 40\d/] })
  const { page, emulator } = console
  const other = await console.open('#/requests')
  await other.getByText('Nothing was asked yet').waitFor()
  const sent = '{"action":"progressUpdate","n":9007199254740993,"list":[1e400,0.10]}'
  await ask(console, UPDATE, { method: 'POST', body: sent })
  for (const window of [page, other]) {
    await window.goto(`${console.url}/#/requests`)
    await rowsOf(window).first().click()
    await details(window, 1).getByRole('region', { name: 'Body' }).getByText('9007199254740993').waitFor()
    await details(window, 1).getByRole('region', { name: 'Body' }).getByText('1e400').waitFor()
  }
  await other.bringToFront()
  t.match(await copyBy(t, other, details(other, 1).getByRole('button', { name: 'Copy as curl' })), `'${sent}'`)
  await details(other, 1).getByRole('button', { name: 'Send again' }).click()
  await details(other, 2).waitFor()
  t.match((await emulator.app.inject({ url: '/_emulator/requests' })).body.match(/9007199254740993,"list":\[1e400,0\.10\]/g), { length: 2 })
})

browserTest('requests that come before the first event are counted', async (t) => {
  const console = await openConsole(t)
  await console.page.close()
  let release = (): void => {}
  const released = new Promise<void>((resolve) => { release = resolve })
  await console.context.route('**/_emulator/events', async (route) => {
    await released
    await route.continue()
  })
  const page = await console.open('#/requests')
  await page.getByText('Nothing was asked yet').waitFor()
  await ask(console, LIST)
  release()
  await untilRows(page, 1)
  await page.getByRole('figure', { name: 'Requests a second' }).getByText('1 requests in the last 180 seconds').waitFor()
})

browserTest('what is chosen while the browser goes elsewhere does not call it back', async (t) => {
  const { page } = await openConsole(t, { at: '#/requests' })
  const frames = page.getByRole('button', { name: 'Frames' })
  await frames.evaluate((button: HTMLElement) => {
    window.location.hash = '#/weather'
    button.click()
  })
  await page.getByRole('heading', { level: 1, name: 'Weather' }).waitFor()
  t.equal(new URL(page.url()).hash, '#/weather')
})

browserTest('plots say what has no place in them while the clock stands still', async (t) => {
  const console = await openConsole(t)
  await command(console.emulator, 'PUT', '/clock', { now: '2030-01-01T00:00:00Z' })
  for (let count = 0; count < 2; count++) await ask(console, LIST)
  await console.page.close()
  const page = await console.open('#/requests')
  await page.getByText('Without 2 from before this page was opened').waitFor()
  await command(console.emulator, 'DELETE', '/clock')
  await ask(console, LIST)
  await page.getByRole('figure', { name: 'Requests a second' }).getByText('1 requests in the last 180 seconds').waitFor()
  const again = await console.open('#/requests')
  // The test's own clock stands still, and the emulator's with it: what came at the same instant is placed there.
  await again.getByText('Without 2 from before this page was opened').waitFor()
})
