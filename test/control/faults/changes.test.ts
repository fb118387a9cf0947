import t from 'tap'
import { build, FRIEND, GAMER, listOf, type Emulator } from '../../helper.ts'
import { command, control, refusal } from '../client.ts'

const LIST = listOf(GAMER)
const statusOf = async ({ get }: Emulator): Promise<number> => (await get(LIST)).statusCode
const add = async (emulator: Emulator, fault: object): Promise<any> => await command(emulator, 'POST', '/faults', fault)
const change = async (emulator: Emulator, id: number, change: object): Promise<any> => await command(emulator, 'PATCH', `/faults/${id}`, change)
const order = async (emulator: Emulator): Promise<number[]> => (await command(emulator, 'GET', '/faults')).faults.map(({ id }: { id: number }) => id)

t.test('a fault is switched off and on, and is not deleted', async (t) => {
  const emulator = build(t)
  const added = await add(emulator, { status: 503, times: 2, seed: 1 })
  t.equal(added.enabled, true)
  t.equal(await statusOf(emulator), 503)
  t.strictSame(await change(emulator, 1, { enabled: false }), { ...added, enabled: false, happened: 1 })
  t.equal(await statusOf(emulator), 200)
  t.strictSame(await change(emulator, 1, { enabled: true }), { ...added, happened: 1 })
  t.strictSame([await statusOf(emulator), await statusOf(emulator)], [503, 200], 'it goes on counting')
  t.strictSame(await change(emulator, 1, { happened: 0 }), added, 'as at first')
  t.equal(await statusOf(emulator), 503)
})

t.test('a fault that is set up switched off happens to nothing, and those behind it do', async (t) => {
  const emulator = build(t)
  await add(emulator, { status: 500, enabled: false })
  t.equal(emulator.emulator.faults.isIdle(), true)
  t.equal(await statusOf(emulator), 200)
  await add(emulator, { status: 502 })
  t.equal(emulator.emulator.faults.isIdle(), false)
  t.equal(await statusOf(emulator), 502)
})

t.test('what is given takes the place of what there is, and all else stays', async (t) => {
  const emulator = build(t)
  const added = await add(emulator, { status: 503, path: LIST, method: 'GET', retryAfter: 7, times: 9, seed: 1 })
  t.strictSame(await change(emulator, 1, {}), added)
  t.strictSame(await change(emulator, 1, { status: 429, path: '/USERS/%2a', times: null, xuid: `00${GAMER}` }), { ...added, status: 429, path: '/USERS/*', times: null, xuid: GAMER })
  const { statusCode, headers } = await emulator.get(LIST)
  t.strictSame([statusCode, headers['retry-after']], [429, '7'])
  t.strictSame(await change(emulator, 1, { status: null, retryAfter: null, effect: 'hang' }).then(({ status, effect }) => [status, effect]), [null, 'hang'])
  await change(emulator, 1, { xuid: FRIEND })
  t.equal(await statusOf(emulator), 200, 'other requests match')
})

t.test('a fault keeps its place when it is changed, and takes another when one is given', async (t) => {
  const emulator = build(t)
  for (const status of [500, 502, 503]) await add(emulator, { status })
  await change(emulator, 2, { status: 504 })
  t.strictSame(await order(emulator), [1, 2, 3])
  for (const [id, position, ids] of [[3, 1, [3, 1, 2]], [3, 2, [1, 3, 2]], [1, 100, [3, 2, 1]], [1, 3, [3, 2, 1]]] as const) {
    await change(emulator, id, { position })
    t.strictSame(await order(emulator), ids, `${id} to ${position}`)
  }
  t.equal(await statusOf(emulator), 503, 'the first one happens')
  await change(emulator, 3, { enabled: false })
  t.equal(await statusOf(emulator), 504, 'the next one that is switched on')
})

t.test('chance goes on where it was, and begins anew with a seed', async (t) => {
  const emulator = build(t)
  const draw = async (count: number): Promise<string> => {
    let drawn = ''
    for (let n = 0; n < count; n++) drawn += await statusOf(emulator) === 503 ? '1' : '0'
    return drawn
  }
  await add(emulator, { status: 503, probability: 0.5, seed: 1 })
  const whole = await draw(20)
  t.match(whole, /01|10/)
  await change(emulator, 1, { seed: 1 })
  const half = await draw(10)
  await change(emulator, 1, { retryAfter: 1 })
  t.equal(half + await draw(10), whole)
  await change(emulator, 1, { seed: 1 })
  t.equal(await draw(20), whole)
  const { seed } = await change(emulator, 1, { seed: null })
  t.ok(Number.isInteger(seed), 'a fresh one')
})

t.test('changes that make no fault change nothing', async (t) => {
  const emulator = build(t)
  const added = await add(emulator, { status: 503, seed: 1 })
  for (const [body, message] of [
    [{ status: null }, 'The fault does nothing; expected status, effect or delay.'],
    [{ path: '/_emulator/health' }, 'The fault can happen to no request: no route of Xbox Live, of the sign-in or of the IGDB view that is served has path "/_emulator/health".'],
    [{ effect: 'hang' }, 'The fault has status and the effect "hang"; expected one of them.'],
    [{ enabled: 'no' }, 'The body, at /enabled: found "no", expected true or false.'],
    [{ enabled: null }, 'The body, at /enabled: found null, expected true or false.'],
    [{ happened: -1 }, 'The body, at /happened: found -1, expected an integer from 0 to 4294967295.'],
    [{ position: 101 }, 'The body, at /position: found 101, expected an integer from 1 to 100.'],
    [{ status: 200 }, 'The body, at /status: found 200, expected one of 301, 302, 304, 307, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 416, 429, 500, 501, 502, 503, 504, or null.'],
    [{ times: 0 }, 'The body, at /times: found 0, expected an integer from 1, or null.'],
    [[], 'The body: found [], expected an object.'],
    [5, 'The body: found 5, expected an object.']
  ] as const) {
    const { status, body: answer } = await control(emulator, 'PATCH', '/faults/1', body)
    t.strictSame([status, answer], [400, refusal(4000, message)], message)
  }
  const { status, body: unknown } = await control(emulator, 'PATCH', '/faults/1', { id: 5 })
  t.equal(status, 400)
  t.match(JSON.stringify(unknown), /at \/id: unknown member; known are method, path, .*enabled, .*happened, position/)
  for (const id of ['2', 'x', '-1', '99999999999999999999', '1%00']) {
    const { status } = await control(emulator, 'PATCH', `/faults/${id}`, {})
    t.equal(status, 404, id)
  }
  t.strictSame(await command(emulator, 'GET', '/faults'), { faults: [added] })
})

t.test('faults of real-time activity are changed alike', async (t) => {
  const emulator = build(t)
  const path = '/rta/faults'
  const added = await command(emulator, 'POST', path, { on: 'event', delay: 5, seed: 1 })
  t.strictSame(await command(emulator, 'PATCH', `${path}/1`, { delay: null, drop: true, enabled: false }), { ...added, delay: null, drop: true, enabled: false })
  const { status, body } = await control(emulator, 'PATCH', `${path}/1`, { drop: false })
  t.strictSame([status, body], [400, refusal(4000, 'The fault on "event" does nothing; expected drop or delay.')])
  const missing = await control(emulator, 'PATCH', `${path}/2`, {})
  t.strictSame([missing.status, missing.body], [404, refusal(null, 'There is no fault 2 of real-time activity.')])
  t.equal((await control(emulator, 'PATCH', `${path}/x`, {})).status, 404)
})

t.test('a change is told, and one that changes nothing is not', async (t) => {
  const emulator = build(t)
  const added = await add(emulator, { status: 503, times: 2, seed: 1 })
  await add(emulator, { status: 500 })
  const told: unknown[] = []
  emulator.emulator.services.feed.listen(({ change }) => { if (change.kind === 'fault') told.push(change) })
  for (const nothing of [{}, { status: 503 }, { position: 1 }, { happened: 0, enabled: true, times: 2 }]) t.strictSame(await change(emulator, 1, nothing), added)
  t.strictSame(told, [])
  for (const something of [{ enabled: false }, { happened: 1 }, { position: 2 }]) await change(emulator, 1, something)
  t.strictSame(told, [1, 1, 1].map((id) => ({ kind: 'fault', what: 'changed', id })))
})
