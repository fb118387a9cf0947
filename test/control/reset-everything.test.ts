import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { build, GAMER, LARGE_TITLE, listOf, type Emulator } from '../helper.ts'
import { post, refreshForm, postForm, userTokenOf, xstsBody } from '../sign-in/client.ts'
import { command, control, listen, refusal, sentBy, untilHeld, worldText } from './client.ts'

const COUNT = { titles: 8, achievements: 71, users: 5 }
const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const HELD = refusal(5300, 'The emulator was reset, and holds the request back no longer; it was not carried out.')
const CLOCK = { now: '2020-06-15T12:00:00.0000000Z', isFrozen: false, offset: 0 }

const everything = (emulator: Pick<Emulator, 'app'>): Promise<unknown> => command(emulator, 'POST', '/reset?everything=true')

const update = ({ app }: Pick<Emulator, 'app'>) => app.inject({
  method: 'POST',
  url: `${listOf(GAMER)}/${SCID}/update`,
  headers: sentBy('demo;titleless'),
  payload: { action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '9', percentComplete: 75 }] }
})

t.test('everything goes back: world, clock, faults, journal', async (t) => {
  const emulator = build(t)
  const before = await worldText(emulator)
  await command(emulator, 'PUT', '/clock', { now: '2013-02-15T00:00:00Z' })
  await command(emulator, 'POST', '/faults', { status: 503, times: 1 })
  t.equal((await update(emulator)).statusCode, 503)
  t.equal((await update(emulator)).statusCode, 200)
  t.not(await worldText(emulator), before)
  const { status, body } = await control(emulator, 'POST', '/reset?everything=true')
  t.strictSame([status, body], [200, { world: COUNT }])
  t.equal(await worldText(emulator), before)
  t.strictSame(await command(emulator, 'GET', '/clock'), CLOCK)
  t.strictSame(await command(emulator, 'GET', '/faults'), { faults: [] })
  t.strictSame(await command(emulator, 'GET', '/requests'), { requests: [], newest: 2 })
  t.equal((await update(emulator)).statusCode, 200, 'it is news')
  t.match(await command(emulator, 'POST', '/faults', { status: 503 }), { id: 2, happened: 0 }, 'ids are not used again')
})

t.test('without it clock, faults and journal stay', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PUT', '/clock', { now: '2013-02-15T00:00:00Z' })
  await command(emulator, 'POST', '/faults', { status: 503, times: 2 })
  t.equal((await update(emulator)).statusCode, 503)
  for (const path of ['/reset', '/reset?everything=false', '/reset?Everything=FALSE']) {
    await command(emulator, 'POST', path)
    t.match(await command(emulator, 'GET', '/clock'), { isFrozen: true })
    t.match(await command(emulator, 'GET', '/faults'), { faults: [{ id: 1, happened: 1 }] })
    t.equal((await command(emulator, 'GET', '/requests')).requests.length, 1)
  }
})

t.test('what else is sent with a reset is refused, and nothing changes', async (t) => {
  const emulator = build(t)
  await command(emulator, 'POST', '/faults', { status: 503 })
  const before = await worldText(emulator)
  for (const [path, body, message] of [
    ['?everything=1', undefined, 'everything is "1"; expected true or false.'],
    ['?everything=', undefined, 'everything is ""; expected true or false.'],
    ['?everything=true&everything=true', undefined, 'everything was given 2 times; expected once.'],
    ['?evrything=true', undefined, '"evrything" is no parameter of this path; known are everything.'],
    ['', { everything: true }, 'The body has everything; expected it in the query: ?everything=true.']
  ] as const) {
    const answer = await control(emulator, 'POST', `/reset${path}`, body)
    t.strictSame([answer.status, answer.body], [400, refusal(4000, message)], path)
  }
  t.equal(await worldText(emulator), before)
  t.equal((await command(emulator, 'GET', '/faults')).faults.length, 1)
  t.strictSame(await command(emulator, 'POST', '/reset', { any: 'thing' }), { world: COUNT }, 'a body is not read')
})

t.test('it goes back to the world that was put', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PUT', '/world', { users: [{ xuid: '1', gamertag: 'ann' }] })
  const put = await worldText(emulator)
  await command(emulator, 'PATCH', '/world', { users: [{ xuid: '1', privacy: 'blocked' }] })
  t.strictSame(await everything(emulator), { world: { titles: 0, achievements: 0, users: 1 } })
  t.equal(await worldText(emulator), put)
})

t.test('a request that a fault holds back is not carried out, and is in no journal afterwards', async (t) => {
  const emulator = await listen(t, { config: { requestTimeout: 3_600_000 } })
  const before = await worldText(emulator)
  await command(emulator, 'POST', '/faults', { delay: 3_600_000, times: 1 })
  const delayed = update(emulator)
  await untilHeld(emulator, 1)
  await command(emulator, 'POST', '/faults', { effect: 'hang' })
  const hanging = fetch(`${emulator.url}${listOf(GAMER)}`, { headers: sentBy() })
  await untilHeld(emulator, 2)
  await everything(emulator)
  t.strictSame([(await delayed).statusCode, (await delayed).json()], [503, HELD])
  await t.rejects(hanging, { name: 'TypeError', message: 'fetch failed' })
  t.equal(emulator.emulator.holds.count(), 0)
  t.equal(await worldText(emulator), before)
  t.equal((await emulator.get(listOf(GAMER))).statusCode, 200)
  t.strictSame((await command(emulator, 'GET', '/requests')).requests.map(({ status }: any) => status), [200])
  await command(emulator, 'POST', '/faults', { delay: 3_600_000 })
  const later = update(emulator)
  await untilHeld(emulator, 1)
  await everything(emulator)
  t.equal((await later).statusCode, 503, 'later ones are held back, too')
})

t.test('who waits for the journal waits further, whatever is in flight and held back', async (t) => {
  const emulator = await listen(t, { config: { requestTimeout: 3_600_000 } })
  const wait = command(emulator, 'GET', '/requests?wait=60&count=2')
  const unmatched = command(emulator, 'GET', '/requests/unmatched?wait=60')
  await untilHeld(emulator, 2)
  await emulator.get(listOf(GAMER))
  await command(emulator, 'POST', '/faults', { delay: 3_600_000, times: 1 })
  const delayed = update(emulator)
  await untilHeld(emulator, 3)
  await everything(emulator)
  t.strictSame([(await delayed).statusCode, (await delayed).json()], [503, HELD])
  t.equal(emulator.emulator.holds.count(), 2)
  await emulator.get('/nope')
  t.strictSame((await unmatched).requests.map(({ id, path }: any) => [id, path]), [[2, '/nope']])
  t.equal(emulator.emulator.holds.count(), 1, 'one of the two requests was before the reset')
  await emulator.get(listOf(GAMER))
  t.strictSame((await wait).requests.map(({ id, status }: any) => [id, status]), [[2, 404], [3, 200]])
})

t.test('a request that came before the journal was emptied is in no journal', async (t) => {
  for (const clear of [everything, (emulator: Emulator) => command(emulator, 'DELETE', '/requests')]) {
    const arrived: Array<() => void> = []
    const emulator = build(t, {
      routes: (app) => app.get('/slow', async () => {
        await new Promise<void>((resolve) => arrived.push(resolve))
        return {}
      })
    })
    const slow = emulator.app.inject('/slow')
    while (arrived.length === 0) await setImmediate()
    await clear(emulator)
    arrived[0]?.()
    t.equal((await slow).statusCode, 200)
    t.equal((await emulator.get('/users/xuid(1)/nothing', { headers: { host: 'elsewhere.example' } })).statusCode, 403)
    const { requests } = await command(emulator, 'GET', '/requests')
    t.strictSame(requests.map(({ path, status }: any) => [path, status]), [['/users/xuid(1)/nothing', 403]])
  }
})

t.test('rate limits count from the start', async (t) => {
  const emulator = build(t, { config: { rateLimit: '1,100' } })
  const ask = async (): Promise<number> => (await emulator.get(listOf(GAMER))).statusCode
  t.strictSame([await ask(), await ask()], [200, 429])
  await command(emulator, 'POST', '/reset')
  t.equal(await ask(), 429, 'a reset of the world leaves them')
  await everything(emulator)
  t.strictSame([await ask(), await ask()], [200, 429])
})

t.test('scrolls of the IGDB view end', async (t) => {
  const { app } = build(t)
  const headers = { 'user-key': 'demo' }
  const { headers: { 'x-next-page': next } } = await app.inject({ url: '/achievements/?scroll=1&limit=1', headers })
  await command({ app }, 'POST', '/reset')
  t.equal((await app.inject({ url: String(next), headers })).statusCode, 200)
  await everything({ app })
  t.equal((await app.inject({ url: String(next), headers })).statusCode, 404)
})

t.test('tokens of sign-ins end', async (t) => {
  const emulator = build(t)
  const user = await userTokenOf(emulator, 'gamer')
  const { refresh_token: refresh } = (await postForm(emulator, refreshForm('gamer'))).json()
  const useBoth = async (): Promise<unknown> => [(await post(emulator, '/xsts/authorize', xstsBody(user))).statusCode, (await postForm(emulator, refreshForm(refresh))).statusCode]
  await command(emulator, 'POST', '/reset')
  t.strictSame(await useBoth(), [200, 200], 'a reset of the world leaves them')
  await everything(emulator)
  t.strictSame(await useBoth(), [401, 400])
  t.strictSame((await post(emulator, '/xsts/authorize', xstsBody(user))).json(), { Identity: '0', XErr: 2148916262, Message: '' })
  t.equal((await post(emulator, '/xsts/authorize', xstsBody(await userTokenOf(emulator, 'gamer')))).statusCode, 200, 'who signs in anew is signed in')
})
