import type { Page } from 'playwright-core'
import { command } from '../../control/client.ts'
import { connectTo } from '../../control/real-time-client.ts'
import { GAMER, listOf, singleOf, SAMPLE_SCID } from '../../helper.ts'
import { REGISTRATION } from '../../rta/notify-client.ts'
import { browserTest, openConsole, type Console } from '../browser.ts'
import { until } from '../until.ts'

const LIST = listOf(GAMER)
const statusOf = async ({ emulator }: Console, url = LIST): Promise<number> => (await emulator.get(url)).statusCode
const faultsOf = async ({ emulator }: Console, path = '/faults'): Promise<any[]> => (await command(emulator, 'GET', path)).faults
const clockOf = async ({ emulator }: Console): Promise<{ now: string, isFrozen: boolean, offset: number }> => await command(emulator, 'GET', '/clock')
const card = (page: Page, words: string) => page.getByRole('listitem', { name: words, exact: true })
const said = async (page: Page, text: string): Promise<void> => { await page.getByRole('region', { name: 'Messages' }).getByText(text, { exact: true }).waitFor() }
/** Waits until the cards of faults, of which each is for every request, are in an order. */
async function inOrder (page: Page, ...statuses: readonly number[]): Promise<void> {
  for (const [index, status] of statuses.entries()) await page.getByRole('list', { name: 'Faults of requests' }).getByRole('listitem').nth(index).and(card(page, `${status} for every request`)).waitFor()
}
const undo = async (page: Page): Promise<void> => { await page.keyboard.press('z') }
const untilOff = async (page: Page): Promise<void> => { await page.getByRole('dialog').waitFor({ state: 'detached' }) }

browserTest('a fault in words: made by key and preset, counted, switched, edited, deleted, and each undone', async (t) => {
  const opened = await openConsole(t)
  const { page, emulator } = opened
  await page.getByRole('heading', { name: 'Users' }).waitFor()
  await page.keyboard.press('f')
  const dialog = page.getByRole('dialog', { name: 'New fault' })
  const first = dialog.getByRole('button', { name: '503 once' })
  t.ok(await first.evaluate((element) => element === document.activeElement), 'what one often wants is one key away')
  await first.click()
  await dialog.getByLabel('Path').fill(LIST)
  await dialog.getByLabel('User').fill('gamer')
  await dialog.getByLabel('Times').fill('2')
  await dialog.getByText(`503 for the next 2 lists of achievements of XUID ${GAMER} of gamer`).waitFor()
  await dialog.getByLabel('Times').press('Enter')
  await untilOff(page)
  t.match(await faultsOf(opened), [{ status: 503, path: LIST, xuid: GAMER, times: 2, enabled: true, happened: 0 }])
  const words = (left: string): string => `503 for the next ${left} of gamer`
  await card(page, words('2 lists of achievements')).waitFor()
  await page.getByRole('link', { name: '1 fault' }).waitFor()

  t.equal(await statusOf(opened), 503)
  const one = card(page, words('list of achievements'))
  await one.getByText('happened 1 of 2 times').waitFor()

  await one.getByRole('switch').click()
  await one.getByText('switched off').waitFor()
  t.equal(await statusOf(opened), 200)
  await page.getByRole('link', { name: '1 fault' }).waitFor({ state: 'detached' })
  await undo(page)
  await page.getByRole('link', { name: '1 fault' }).waitFor()
  t.equal(await statusOf(opened), 503)

  const over = card(page, '503 for no more lists of achievements of gamer')
  await over.getByText('used up').waitFor()
  t.equal(await statusOf(opened), 200)
  await over.getByRole('button', { name: 'Count from 0' }).click()
  await card(page, words('2 lists of achievements')).waitFor()
  t.equal((await faultsOf(opened))[0].happened, 0)
  await undo(page)
  await over.waitFor()

  await over.getByRole('button', { name: 'Edit' }).click()
  const editing = page.getByRole('dialog', { name: 'Fault 1' })
  t.equal(await editing.getByLabel('User').inputValue(), GAMER)
  await editing.getByLabel('Answer with').selectOption('429')
  await editing.getByLabel('Retry-After').fill('30')
  await editing.getByLabel('Times').fill('')
  await editing.getByRole('button', { name: 'Save' }).click()
  await untilOff(page)
  const { statusCode, headers } = await emulator.get(LIST)
  t.strictSame([statusCode, headers['retry-after']], [429, '30'])
  t.match(await faultsOf(opened), [{ id: 1, status: 429, times: null }])
  await card(page, '429 with Retry-After 30 for every list of achievements of gamer').getByText('happened 3 times').waitFor()
  await undo(page)
  await card(page, '503 for no more lists of achievements of gamer').waitFor()
  t.match(await faultsOf(opened), [{ id: 1, status: 503, retryAfter: null, times: 2, happened: 2 }])

  await over.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Nothing goes wrong.').waitFor()
  t.strictSame(await faultsOf(opened), [])
  await undo(page)
  await over.waitFor()
  t.match(await faultsOf(opened), [{ id: 2, status: 503, xuid: GAMER, times: 2, happened: 2, enabled: true }])
})

browserTest('the order of faults, a deletion that goes back to its place, and one click that ends all', async (t) => {
  const opened = await openConsole(t, { at: '#/weather' })
  const { page, emulator } = opened
  await page.getByText('connected', { exact: true }).waitFor()
  for (const status of [500, 502, 503]) await command(emulator, 'POST', '/faults', { status })
  await card(page, '503 for every request').getByRole('button', { name: 'Try it earlier' }).click()
  await inOrder(page, 500, 503, 502)
  t.strictSame((await faultsOf(opened)).map(({ status }) => status), [500, 503, 502])
  await card(page, '500 for every request').getByRole('button', { name: 'Try it later' }).click()
  await inOrder(page, 503, 500, 502)
  t.equal(await statusOf(opened), 503)
  await card(page, '500 for every request').getByRole('button', { name: 'Delete' }).click()
  await said(page, 'Deleted: 500 for every request')
  await undo(page)
  await said(page, 'Undone: Deleted: 500 for every request')
  await inOrder(page, 503, 500, 502)
  t.strictSame((await faultsOf(opened)).map(({ status }) => status), [503, 500, 502])

  await page.getByRole('button', { name: 'Switch all faults off' }).click()
  await said(page, 'Switched off 3 faults')
  t.equal(await statusOf(opened), 200)
  t.strictSame((await faultsOf(opened)).map(({ enabled }) => enabled), [false, false, false])
  await undo(page)
  await said(page, 'Undone: Switched off 3 faults')
  t.equal(await statusOf(opened), 503)
})

browserTest('every member of a fault can be filled in, and what is wrong stands at its field', async (t) => {
  const given = encodeURIComponent('{"status":500,"path":"/users/*","times":3}')
  const opened = await openConsole(t, { at: `#/weather?new=${given}`, expected: [/status of 40[04]/] })
  const { page, emulator } = opened
  const dialog = page.getByRole('dialog', { name: 'New fault' })
  await dialog.getByText('500 for the next 3 requests to /users/*').waitFor()
  const send = async (): Promise<void> => { await dialog.getByRole('button', { name: 'Let it happen' }).click() }
  await dialog.getByLabel('Title id').fill('my game')
  await send()
  await dialog.getByRole('alert').getByText('Expected the number of a title').waitFor()
  await dialog.getByLabel('Title id').fill('3051199919')
  await dialog.getByLabel('User').fill('nobody')
  await send()
  await dialog.getByRole('alert').getByText('There is no user "nobody"').waitFor()
  await dialog.getByLabel('User').fill('')
  await dialog.getByLabel('Path').fill('/_emulator/health')
  await send()
  await dialog.getByRole('alert').getByText('The fault can happen to no request').waitFor()
  t.equal(await dialog.getByLabel('Path').getAttribute('aria-invalid'), 'true')
  t.strictSame(await faultsOf(opened), [])

  await dialog.getByLabel('Path').fill('/users/*')
  await dialog.getByRole('combobox', { name: 'Method', exact: true }).selectOption('GET')
  await dialog.getByLabel('Wait first').fill('0.1 s - 0.2 s')
  await dialog.getByLabel('Effect').selectOption('truncate')
  await dialog.getByLabel('Percent').fill('50')
  await dialog.getByLabel('Seed').fill('7')
  await dialog.getByText('Headers and body of its own').click()
  await dialog.getByLabel('Headers').fill('X-Reason: test')
  await dialog.getByRole('textbox', { name: 'Body' }).fill('{"code": 1}')
  await dialog.getByLabel('Switched on').uncheck()
  await send()
  await untilOff(page)
  t.match(await faultsOf(opened), [{
    method: 'GET', path: '/users/*', xuid: null, titleId: 3051199919, status: 500, headers: { 'x-reason': 'test' }, body: { code: 1 }, effect: 'truncate', delay: { min: 100, max: 200 }, times: 3, probability: 0.5, seed: 7, enabled: false
  }])
  t.equal(new URL(page.url()).hash, '#/weather', 'the form is closed in the address, too')
  t.equal(await statusOf(opened), 200)

  await command(emulator, 'DELETE', '/faults')
  await page.goto(`${opened.url}/#/weather?new=${encodeURIComponent('{"status":302,"location":"/b"}')}`)
  t.equal(await dialog.getByLabel('Location').inputValue(), '/b')
  await page.keyboard.press('Escape')
  await untilOff(page)
})

browserTest('faults of real-time activity', async (t) => {
  const opened = await openConsole(t, { at: '#/weather' })
  const { page } = opened
  await page.getByRole('button', { name: 'New RTA fault' }).click()
  const dialog = page.getByRole('dialog', { name: 'New fault of real-time activity' })
  await dialog.getByRole('button', { name: 'Throttled once' }).click()
  await dialog.getByLabel('User').fill('gamer')
  await dialog.getByRole('button', { name: 'Let it happen' }).click()
  await untilOff(page)
  const RTA = '/rta/faults'
  t.match(await faultsOf(opened, RTA), [{ on: 'subscribe', code: 1001, times: 1, xuid: GAMER }])
  const made = card(page, 'Refused with 1001, throttled, for the next subscription of gamer')
  await made.getByRole('button', { name: 'Edit' }).click()
  const editing = page.getByRole('dialog', { name: 'Fault 1 of real-time activity' })
  await editing.getByLabel('What').selectOption('delay')
  await editing.getByRole('button', { name: 'Save' }).click()
  await editing.getByRole('alert').getByText('Expected a time such as 3 s').waitFor()
  await editing.getByLabel('How late').fill('3 s')
  await editing.getByRole('button', { name: 'Save' }).click()
  await untilOff(page)
  t.match(await faultsOf(opened, RTA), [{ on: 'event', code: null, delay: 3000 }])
  await page.getByRole('button', { name: 'Switch all faults of real-time activity off' }).click()
  await said(page, 'Switched off 1 RTA fault')
  t.match(await faultsOf(opened, RTA), [{ enabled: false }])
  await card(page, '3 s late for the next event of gamer').getByRole('button', { name: 'Delete' }).click()
  await said(page, 'Deleted: 3 s late for the next event of gamer')
  t.strictSame(await faultsOf(opened, RTA), [])
  await undo(page)
  await said(page, 'Undone: Deleted: 3 s late for the next event of gamer')
  await card(page, '3 s late for the next event of gamer').waitFor()
  t.match(await faultsOf(opened, RTA), [{ id: 2, on: 'event', delay: 3000, xuid: GAMER, enabled: false }])
})

browserTest('connections of real-time activity: told to fetch anew, closed, cut, and missed until their client is back', async (t) => {
  const opened = await openConsole(t, { at: '#/weather', expected: [/status of 400/] })
  const { page, emulator, url } = opened
  const connections = page.getByRole('region', { name: 'Real-time connections' })
  await connections.getByText('No client is connected to rta.xboxlive.com.').waitFor()
  const [gamer, friend] = [await connectTo(t, url, 'demo;gamer'), await connectTo(t, url, 'demo;friend')]
  const resource = `https://achievements.xboxlive.com/users/xuid(${GAMER})/achievements/${SAMPLE_SCID}`
  t.strictSame(JSON.parse(await gamer.subscribe(1, resource)), [1, 1, 0, 0, null])
  await connections.getByText(/^2 open, 1\ssubscription$/).waitFor()
  const first = connections.getByRole('listitem', { name: 'Connection 1', exact: true })
  await first.getByRole('heading', { name: '#1 gamer' }).waitFor()
  await first.getByText(resource).waitFor()
  await first.getByText('0 events').waitFor()
  await command(emulator, 'DELETE', `/users/gamer/achievements/${SAMPLE_SCID}/3`)
  await command(emulator, 'PUT', `/users/gamer/achievements/${SAMPLE_SCID}/3`, {})
  await first.getByText(/^[1-9] events?$/).waitFor()
  while (!(await gamer.next()).includes('"progressState":"Achieved"'));

  await first.getByRole('button', { name: 'Resync' }).click()
  await said(page, 'Told 1 of what they may have missed')
  t.equal(await gamer.next(), '[4]')
  await connections.getByRole('button', { name: 'Resync all' }).click()
  await said(page, 'Told 2 of what they may have missed')
  t.strictSame([await gamer.next(), await friend.next()], ['[4]', '[4]'])

  await connections.getByRole('listitem', { name: 'Connection 2', exact: true }).getByRole('button', { name: 'Close …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Close connection 2' })
  await dialog.getByLabel('Code').fill('1005')
  await dialog.getByLabel('Code').press('Enter')
  await dialog.getByRole('alert').getByText(/1005/).waitFor()
  await dialog.getByLabel('Code').fill('4000')
  await dialog.getByLabel('Reason').fill('another <b>session</b>')
  await dialog.getByRole('button', { name: 'Close with this code' }).click()
  await said(page, 'Ended 1 connection')
  t.strictSame(await friend.closed, [4000, 'another <b>session</b>'])
  await connections.getByText(/^1 open, 1\ssubscription$/).waitFor()

  await first.getByRole('button', { name: 'Cut' }).click()
  t.strictSame(await gamer.closed, [1006, ''])
  const chip = page.getByRole('banner').getByRole('link', { name: '1 connection cut' })
  await chip.waitFor()
  await connections.getByText('No client is connected to rta.xboxlive.com.').waitFor()
  const again = await connectTo(t, url, 'demo;gamer')
  await chip.waitFor({ state: 'detached' })

  await connections.getByRole('button', { name: 'Close all …' }).click()
  await page.getByRole('dialog', { name: 'Close all connections' }).getByLabel('Code').fill('cut')
  await page.getByRole('dialog', { name: 'Close all connections' }).getByRole('button', { name: 'Cut', exact: true }).click()
  await said(page, 'Ended 1 connection')
  t.strictSame(await again.closed, [1006, ''])
  await chip.waitFor()
  await page.getByRole('banner').getByRole('button', { name: 'Forget the connections that were cut' }).click()
  await chip.waitFor({ state: 'detached' })
  t.strictSame((await command(emulator, 'GET', '/rta')).connections, [])
})

browserTest('endpoints of notifications', async (t) => {
  const { page, emulator } = await openConsole(t, { at: '#/weather' })
  await page.getByText('No client is connected to rta.xboxlive.com.').waitFor()
  t.equal(await page.getByRole('region', { name: 'Endpoints of notifications' }).count(), 0)
  const endpointUri = `https://notify.xboxlive.com/users/xuid(${GAMER})/deviceId/current/titleId/3051199919`
  const notify = async (request: { method: 'POST' | 'DELETE', url: string, payload?: object }): Promise<string> => {
    const { statusCode, body } = await emulator.app.inject({ ...request, headers: { host: 'notify.xboxlive.com', authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '1' } })
    t.ok(statusCode < 300, String(statusCode))
    return body
  }
  const register = async (): Promise<string> => JSON.parse(await notify({ method: 'POST', url: '/system/notifications/endpoints', payload: { ...REGISTRATION, endpointUri, titleId: '3051199919' } })).endpointId
  const endpointId = await register()
  const endpoints = page.getByRole('region', { name: 'Endpoints of notifications' })
  await endpoints.getByText(endpointUri).waitFor()
  await endpoints.getByText(GAMER, { exact: true }).waitFor()
  await notify({ method: 'DELETE', url: `/system/notifications/endpoints/${endpointId}` })
  await endpoints.waitFor({ state: 'detached' })
  await register()
  await endpoints.waitFor()
  await command(emulator, 'DELETE', `/users/${GAMER}`)
  await endpoints.waitFor({ state: 'detached' })
})

browserTest('the clock: frozen, run on, shifted, set by calendar, and back', async (t) => {
  const opened = await openConsole(t, { at: '#/weather' })
  const { page } = opened
  const clock = page.getByRole('region', { name: 'Clock' })
  await clock.getByRole('button', { name: 'Freeze' }).click()
  await said(page, 'The clock stands still')
  t.equal((await clockOf(opened)).isFrozen, true)
  await page.getByRole('link', { name: 'frozen' }).waitFor()
  await undo(page)
  await said(page, 'Undone: The clock stands still')
  t.strictSame(await clockOf(opened), { now: '2020-06-15T12:00:00.0000000Z', isFrozen: false, offset: 0 })

  await clock.getByLabel('The same in UTC').fill('2013-02-15T00:00:00Z')
  t.equal(await clock.getByLabel('Date and time, in your zone').inputValue(), '2013-02-15T01:00')
  await clock.getByRole('button', { name: 'Stand still there' }).click()
  await clock.getByText('15/02/2013, 01:00:00').waitFor()
  t.strictSame(await clockOf(opened), { now: '2013-02-15T00:00:00.0000000Z', isFrozen: true, offset: 0 })
  await clock.getByRole('button', { name: '+1 d' }).click()
  await clock.getByText('16/02/2013, 01:00:00').waitFor()
  t.equal((await clockOf(opened)).now, '2013-02-16T00:00:00.0000000Z')
  await clock.getByLabel('Shift by').fill('soon')
  await clock.getByLabel('Shift by').press('Enter')
  await clock.getByRole('alert').getByText('Expected a duration such as').waitFor()
  await clock.getByLabel('Shift by').fill('-1 h 30 min')
  await clock.getByRole('button', { name: 'Shift', exact: true }).click()
  await clock.getByText('15/02/2013, 23:30:00').waitFor()
  t.equal((await clockOf(opened)).now, '2013-02-15T22:30:00.0000000Z')

  await clock.getByRole('button', { name: 'Run from here' }).click()
  await said(page, 'The clock goes on')
  t.equal((await clockOf(opened)).isFrozen, false)
  await page.getByRole('banner').getByRole('button', { name: 'Let the clock run with the real time' }).click()
  await said(page, 'The clock runs with the real time')
  t.strictSame(await clockOf(opened), { now: '2020-06-15T12:00:00.0000000Z', isFrozen: false, offset: 0 })

  await clock.getByLabel('Date and time, in your zone').fill('2020-06-15T15:00:00')
  await clock.getByRole('button', { name: 'Stand still there' }).click()
  await clock.getByText('15/06/2020, 15:00:00').waitFor()
  await clock.getByText('Begins and ends of challenges').click()
  await clock.getByRole('button', { name: 'Next' }).first().click()
  await clock.getByText('15/06/2020, 15:00:00').waitFor({ state: 'detached' })
  t.not((await clockOf(opened)).now, '2020-06-15T13:00:00.0000000Z')
})

browserTest('rate limits: on, changed, who is over, off by one click', async (t) => {
  const opened = await openConsole(t, { at: '#/weather' })
  const { page, emulator } = opened
  await command(emulator, 'PUT', '/clock', { now: '2020-06-15T12:00:00Z' })
  const limits = page.getByRole('region', { name: 'Rate limits' })
  await limits.getByText('Off: every request passes.').waitFor()
  await limits.getByLabel('In 15 seconds').fill('many')
  await limits.getByRole('button', { name: 'Switch on' }).click()
  await limits.getByRole('alert').getByText('Expected a number of requests.').waitFor()
  await limits.getByLabel('In 15 seconds').fill('2')
  await limits.getByLabel('In 5 minutes').fill('9')
  await limits.getByLabel('In 5 minutes').press('Enter')
  await page.getByRole('link', { name: 'limit 2 / 9', exact: true }).waitFor()
  t.strictSame((await command(emulator, 'GET', '/rate-limits')).limits, { burst: 2, sustain: 9 })
  t.strictSame([await statusOf(opened), await statusOf(opened), await statusOf(opened)], [200, 200, 429])
  await page.getByRole('link', { name: 'limit 2 / 9 · 1 over' }).waitFor()
  await limits.getByRole('meter', { name: 'gamer in title 3051199919, 15 s: 3 of 2' }).waitFor()
  await limits.getByText('3 / 2 over · 15 s').waitFor()
  await command(emulator, 'PUT', '/clock', { now: '2020-06-15T12:00:10Z' })
  await limits.getByText('3 / 2 over · 5 s').waitFor()

  await limits.getByLabel('In 15 seconds').fill('100')
  await limits.getByRole('button', { name: 'Change' }).click()
  await said(page, 'Rate limits: 100 in 15 s, 9 in 5 min')
  // What ends them brings back those that it has shown.
  await page.getByRole('banner').getByRole('link', { name: 'limit 100 / 9' }).waitFor()
  t.equal(await statusOf(opened), 200)
  await page.getByRole('banner').getByRole('button', { name: 'Switch the rate limits off' }).click()
  await said(page, 'Switched the rate limits off')
  await limits.getByText('Off: every request passes.').waitFor()
  t.equal((await command(emulator, 'GET', '/rate-limits')).limits, null)
  await undo(page)
  await said(page, 'Undone: Switched the rate limits off')
  t.strictSame((await command(emulator, 'GET', '/rate-limits')).limits, { burst: 100, sustain: 9 })
  await limits.getByRole('button', { name: 'As at the start' }).click()
  await said(page, 'The rate limits are as at the start')
  t.equal((await command(emulator, 'GET', '/rate-limits')).limits, null)
  await limits.getByText('Off: every request passes.').waitFor()
})

browserTest('a request that comes while the limits are being read is counted', async (t) => {
  const opened = await openConsole(t, { at: '#/weather' })
  const { page, emulator } = opened
  const banner = page.getByRole('banner')
  await banner.getByText('connected', { exact: true }).waitFor()
  await page.getByText('Off: every request passes.').waitFor()
  await command(emulator, 'PUT', '/clock', { now: '2020-06-15T12:00:00Z' })
  await banner.getByRole('link', { name: 'frozen' }).waitFor()
  let release = (): void => {}
  const released = new Promise<void>((resolve) => { release = resolve })
  const answered = new Set<boolean>()
  await page.route('**/_emulator/rate-limits?*', async (route) => {
    const response = await route.fetch()
    answered.add(new URL(route.request().url()).searchParams.has('full'))
    await released
    await route.fulfill({ response })
  })
  await command(emulator, 'PUT', '/rate-limits', { limits: { burst: 1, sustain: 9 } })
  await until(t, () => answered.size, 2, 'the top line and the place are reading')
  t.strictSame([await statusOf(opened), await statusOf(opened)], [200, 429])
  await page.getByRole('region', { name: 'Live requests' }).getByText('429').first().waitFor()
  release()
  await banner.getByRole('link', { name: 'limit 1 / 9 · 1 over' }).waitFor()
  await page.getByRole('region', { name: 'Rate limits' }).getByText('2 / 1 over · 15 s').waitFor()
})

browserTest('what was counted is forgotten, and what the page shows of it goes', async (t) => {
  const opened = await openConsole(t, { at: '#/weather', config: { rateLimit: '2,9' } })
  const { page, emulator } = opened
  await statusOf(opened)
  await statusOf(opened)
  await page.getByRole('link', { name: 'limit 2 / 9 · 1 over' }).waitFor()
  await page.getByRole('region', { name: 'Rate limits' }).getByRole('button', { name: 'Count from 0' }).click()
  await page.getByRole('link', { name: 'limit 2 / 9', exact: true }).waitFor()
  await page.getByText('Nobody has sent anything in the last five minutes.').waitFor()
  t.strictSame((await command(emulator, 'GET', '/rate-limits')).callers, [])
})

browserTest('an action that follows another at once begins where that one has ended, and undo goes back there', async (t) => {
  const opened = await openConsole(t, { at: '#/weather', expected: [/net::ERR_FAILED/] })
  const { page, emulator } = opened
  await command(emulator, 'PUT', '/clock', { now: '2020-06-15T12:00:00Z' })
  await command(emulator, 'PUT', '/rate-limits', { limits: { burst: 5, sustain: 6 } })
  const clock = page.getByRole('region', { name: 'Clock' })
  await page.getByRole('link', { name: 'limit 5 / 6' }).waitFor()
  await clock.getByText('15/06/2020, 14:00:00').waitFor()
  await clock.getByRole('button', { name: '+1 d' }).click({ clickCount: 3 })
  await said(page, 'Shifted the clock by +1 d')
  await clock.getByText('18/06/2020, 14:00:00').waitFor()
  t.equal((await clockOf(opened)).now, '2020-06-18T12:00:00.0000000Z')
  await undo(page)
  await clock.getByText('17/06/2020, 14:00:00').waitFor()
  t.equal((await clockOf(opened)).now, '2020-06-17T12:00:00.0000000Z')

  // Another window changes the limits, and this one does not hear of it.
  await page.route('**/_emulator/rate-limits?full=*', async (route) => { await route.abort() })
  await command(emulator, 'PUT', '/rate-limits', { limits: { burst: 7, sustain: 8 } })
  await page.getByRole('banner').getByRole('button', { name: 'Switch the rate limits off' }).click()
  await said(page, 'Switched the rate limits off')
  t.equal((await command(emulator, 'GET', '/rate-limits')).limits, null)
  await undo(page)
  await said(page, 'Undone: Switched the rate limits off')
  t.strictSame((await command(emulator, 'GET', '/rate-limits')).limits, { burst: 7, sustain: 8 })
})

browserTest('markup in what a fault has is text', async (t) => {
  const { page, emulator } = await openConsole(t, { at: '#/weather' })
  const path = '/users/<img src=x onerror=alert(1)>/achievements'
  await command(emulator, 'POST', '/faults', { status: 503, path, body: '<script>alert(1)</script>' })
  await page.getByRole('listitem').filter({ hasText: /img/i }).first().waitFor()
  t.equal(await page.locator('main img').count(), 0)
})

browserTest('an update that a fault loses is written', async (t) => {
  const opened = await openConsole(t, { at: '#/weather' })
  const { page, emulator } = opened
  await page.getByRole('heading', { name: 'Weather' }).waitFor()
  await page.keyboard.press('f')
  const dialog = page.getByRole('dialog', { name: 'New fault' })
  await dialog.getByRole('button', { name: 'Answer lost' }).click()
  await dialog.getByRole('button', { name: 'Let it happen' }).click()
  await card(page, 'Carried out, answer lost for the next update').waitFor()
  t.equal(await statusOf(opened, singleOf(GAMER, SAMPLE_SCID, 3)), 200, 'a read')
  t.match(await faultsOf(opened), [{ path: '*/update', effect: 'drop', times: 1, happened: 0 }])
  t.ok(emulator)
})
