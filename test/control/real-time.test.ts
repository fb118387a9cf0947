import { setImmediate } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { FRIEND, GAMER, type build, type Emulator } from '../helper.ts'
import { command, control, listen, refusal } from './client.ts'
import { connectTo, type RealTimeClient } from './real-time-client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const RESOURCE = `https://achievements.xboxlive.com/users/xuid(${GAMER})/achievements/${SCID}`

interface Activity extends Emulator {
  readonly connect: (session?: string, protocols?: string[]) => Promise<RealTimeClient>
  /** Unlocks an achievement of the gamer. */
  readonly unlock: (id: number) => Promise<void>
}

async function listening (t: Test, options?: Parameters<typeof build>[1]): Promise<Activity> {
  const emulator = await listen(t, options)
  return {
    ...emulator,
    connect: (session, protocols) => connectTo(t, emulator.url, session, protocols),
    unlock: async (id) => { await command(emulator, 'PUT', `/users/gamer/achievements/${SCID}/${id}`, {}) }
  }
}

/** The achievements of an event. */
const idsOf = (frame: string): string[] => JSON.parse(frame)[2].progression.map(({ id }: { id: string }) => id)

/** Waits until so many connections are open. */
async function untilOpen (emulator: Pick<Emulator, 'app'>, count: number): Promise<void> {
  while ((await command(emulator, 'GET', '/rta')).counts.connections !== count) await setImmediate()
}

const CONNECTION = { xuid: GAMER, gamertag: 'gamer', titleId: 3051199919, sandbox: 'RETAIL', opened: '2020-06-15T12:00:00.0000000Z', ends: '2020-06-15T14:00:00.0000000Z', hasProtocol: true }
const OF_FRIEND = { ...CONNECTION, id: 2, xuid: FRIEND, gamertag: 'friend', hasProtocol: false, subscriptions: [] }

t.test('connections are listed with their subscriptions', async (t) => {
  const emulator = await listening(t)
  t.strictSame(await command(emulator, 'GET', '/rta'), { connections: [], next: null, counts: { connections: 0, subscriptions: 0 } })
  const gamer = await emulator.connect()
  const friend = await emulator.connect('demo;friend', [])
  t.equal(await gamer.subscribe(1, RESOURCE), '[1,1,0,0,null]')
  t.equal(await gamer.subscribe(2, RESOURCE), '[1,2,0,1,null]')
  t.equal(await friend.subscribe(1, RESOURCE), '[1,1,3,0,null]')
  await emulator.unlock(9)
  t.strictSame([idsOf(await gamer.next()), idsOf(await gamer.next())], [['9'], ['9']])
  const ofGamer = { ...CONNECTION, id: 1, subscriptions: [{ subId: 0, resource: RESOURCE, events: 1 }, { subId: 1, resource: RESOURCE, events: 1 }] }
  const counts = { connections: 2, subscriptions: 2 }
  for (const [query, expected] of [
    ['', { connections: [ofGamer, OF_FRIEND], next: null, counts }],
    ['?limit=1', { connections: [ofGamer], next: 1, counts }],
    ['?limit=1&after=1', { connections: [OF_FRIEND], next: null, counts }],
    ['?after=2', { connections: [], next: null, counts }],
    ['?xuid=friend', { connections: [OF_FRIEND], next: null, counts: { connections: 1, subscriptions: 0 } }],
    [`?xuid=${GAMER}&limit=1`, { connections: [ofGamer], next: null, counts: { connections: 1, subscriptions: 2 } }]
  ] as const) t.strictSame(await command(emulator, 'GET', `/rta${query}`), expected, query)
})

t.test('a page ends when it has very many subscriptions', async (t) => {
  const emulator = await listening(t)
  const { realTime } = emulator.emulator
  const subscriptions = Array.from({ length: 6000 }, (_each, subId) => ({ subId, resource: 'x', events: 0 }))
  const [first, second, third] = [1, 2, 3].map((id) => ({ ...CONNECTION, id, subscriptions })) as [object, object, object]
  Object.assign(realTime, { iterate: (_filter: object, after: number) => [first, second, third].slice(after) })
  t.strictSame(await command(emulator, 'GET', '/rta'), { connections: [first], next: 1, counts: { connections: 0, subscriptions: 0 } })
  Object.assign(realTime, { iterate: () => [{ ...CONNECTION, id: 1, subscriptions: [...subscriptions, ...subscriptions] }] })
  t.equal((await command(emulator, 'GET', '/rta')).next, null, 'a single one may have more')
})

t.test('clients are told that they may have missed something', async (t) => {
  const emulator = await listening(t)
  const [gamer, friend] = [await emulator.connect(), await emulator.connect('demo;friend')]
  t.strictSame(await command(emulator, 'POST', '/rta/resync'), { told: 2 })
  t.strictSame([await gamer.next(), await friend.next()], ['[4]', '[4]'])
  for (const [body, told] of [[{ xuid: FRIEND }, 1], [{ xuid: `0${FRIEND}` }, 1], [{ connection: 2 }, 1], [{ connection: 1, xuid: FRIEND }, 0], [{ connection: 3 }, 0], [{ xuid: '1' }, 0]] as const) {
    t.strictSame(await command(emulator, 'POST', '/rta/resync', body), { told }, JSON.stringify(body))
    if (told > 0) t.equal(await friend.next(), '[4]')
  }
  await command(emulator, 'POST', '/rta/resync', { connection: 1, xuid: null })
  t.equal(await gamer.next(), '[4]')
})

t.test('connections are closed with a code and a reason, or cut', async (t) => {
  const emulator = await listening(t)
  for (const [body, closing] of [
    [undefined, [1000, '']],
    [{ code: 4999, reason: 'é'.repeat(61) }, [4999, 'é'.repeat(61)]],
    [{ xuid: GAMER, code: 1001 }, [1001, '']],
    [{ code: null }, [1006, '']]
  ] as const) {
    const client = await emulator.connect()
    t.strictSame(await command(emulator, 'POST', '/rta/close', body), { closed: 1 }, JSON.stringify(body))
    t.strictSame((await command(emulator, 'GET', '/rta')).connections, [], 'it is not open any more')
    t.strictSame(await command(emulator, 'POST', '/rta/close', body), { closed: 0 })
    t.strictSame(await client.closed, closing)
  }
  const [gamer, friend] = [await emulator.connect(), await emulator.connect('demo;friend')]
  t.strictSame(await command(emulator, 'POST', '/rta/close', { xuid: FRIEND, code: null }), { closed: 1 })
  t.strictSame(await friend.closed, [1006, ''])
  t.equal(await gamer.subscribe(1, RESOURCE), '[1,1,0,0,null]')
  const { connections: [{ id }] } = await command(emulator, 'GET', '/rta')
  t.strictSame(await command(emulator, 'POST', '/rta/close', { connection: id, code: 3000, reason: 'enough' }), { closed: 1 })
  t.strictSame(await gamer.closed, [3000, 'enough'])
})

t.test('subscriptions are refused, and events lost or late', async (t) => {
  const emulator = await listening(t)
  const client = await emulator.connect()
  const added = { drop: false, enabled: true, delay: null, xuid: null, resource: null, times: 1, probability: 1, id: 1, happened: 0 }
  t.strictSame(await control(emulator, 'POST', '/rta/faults', { on: 'subscribe', code: 1001, times: 1, seed: 5 }).then(({ status, body }) => [status, body]), [201, { on: 'subscribe', code: 1001, ...added, seed: 5 }])
  t.equal(await client.subscribe(1, RESOURCE), '[1,1,1001,0,null]')
  t.equal(await client.subscribe(2, RESOURCE), '[1,2,0,0,null]')
  await command(emulator, 'POST', '/rta/faults', { on: 'event', drop: true, times: 1, resource: '*/achievements/*', seed: 6 })
  await emulator.unlock(9)
  await emulator.unlock(10)
  t.strictSame(idsOf(await client.next()), ['10'], 'the one before is lost')
  await command(emulator, 'POST', '/rta/faults', { on: 'event', delay: 30, times: 1, xuid: GAMER, seed: 7 })
  for (const id of [11, 12, 13]) await emulator.unlock(id)
  t.strictSame([idsOf(await client.next()), idsOf(await client.next()), idsOf(await client.next())], [['11'], ['12'], ['13']], 'their order stays')
  t.strictSame((await command(emulator, 'GET', '/rta/faults')).faults.map(({ id, on, happened }: any) => [id, on, happened]), [[1, 'subscribe', 1], [2, 'event', 1], [3, 'event', 1]])
  t.strictSame([(await control(emulator, 'DELETE', '/rta/faults/2')).status, (await control(emulator, 'DELETE', '/rta/faults/2')).status], [204, 404])
  t.equal((await control(emulator, 'DELETE', '/rta/faults')).status, 204)
  t.strictSame(await command(emulator, 'GET', '/rta/faults'), { faults: [] })
})

t.test('going back to the start', async (t) => {
  const emulator = await listening(t)
  await command(emulator, 'POST', '/sessions', { userHash: 'u', token: 'own', xuid: GAMER, titleId: 1660944384 })
  const [gamer, own] = [await emulator.connect(), await emulator.connect('u;own')]
  t.equal(await gamer.subscribe(1, RESOURCE), '[1,1,0,0,null]')
  await command(emulator, 'POST', '/rta/faults', { on: 'event', delay: 3_600_000, times: 1 })
  await emulator.unlock(9)
  while ((await command(emulator, 'GET', '/rta/faults')).faults[0].happened === 0) await setImmediate()
  await command(emulator, 'POST', '/reset?everything=true')
  t.equal(await gamer.next(), '[4]', 'a client whose token is still there stays, and fetches anew')
  t.strictSame(await own.closed, [1008, 'The session of the token is no more.'])
  t.strictSame(await command(emulator, 'GET', '/rta/faults'), { faults: [] })
  await untilOpen(emulator, 1)
  await emulator.unlock(10)
  t.strictSame(idsOf(await gamer.next()), ['10'], 'what was late is of the world before')
})

const SUBSCRIBED = 'The fault on "subscribe" does nothing; expected code, one of 1, 2, 3, 1001, 1002.'
const CODES = 'a code that a close frame can have: 1000 to 1003, 1007 to 1014 or 3000 to 4999, or null'

t.test('hostile requests', async (t) => {
  const emulator = await listening(t)
  const client = await emulator.connect()
  for (const [path, body, message] of [
    ['resync', '[]', 'The body: found [], expected an object.'],
    ['resync', '{', 'The body is not JSON: Expected property name or \'}\' in JSON at position 1 (line 1 column 2).'],
    ['resync', { conection: 1 }, 'The body, at /conection: unknown member; known are connection, xuid.'],
    ['resync', { connection: '1' }, 'The body, at /connection: found "1", expected the id of a connection, or null.'],
    ['resync', { connection: -1 }, 'The body, at /connection: found -1, expected the id of a connection, or null.'],
    ['resync', { connection: 1.5 }, 'The body, at /connection: found 1.5, expected the id of a connection, or null.'],
    ['resync', { xuid: 1 }, 'The body, at /xuid: found 1, expected a XUID in quotes, or null.'],
    ['resync', { xuid: '' }, 'The body, at /xuid: found "", expected a XUID in quotes, or null.'],
    ['close', { xuid: '99999999999999999999' }, 'The XUID is "99999999999999999999"; expected an unsigned 64-bit integer in decimal.'],
    ...[0, -1, 999, 1004, 1005, 1006, 1015, 2999, 5000].map((code) => ['close', { code }, `code is ${code}; expected ${CODES}.`] as const),
    ['close', { code: '1000' }, `The body, at /code: found "1000", expected ${CODES}.`],
    ['close', { code: 1000.5 }, `The body, at /code: found 1000.5, expected ${CODES}.`],
    ['close', { reason: 'é'.repeat(62) }, 'reason is 124 bytes long; expected at most 123.'],
    ['close', { reason: null }, 'The body, at /reason: found null, expected a string.'],
    ['close', { code: null, reason: 'x' }, 'reason goes with a code; a connection that is cut has neither.'],
    ['faults', undefined, 'The body: missing, expected an object.'],
    ['faults', {}, 'The body, at /on: missing, expected one of "subscribe", "event".'],
    ['faults', { on: 'Subscribe', code: 1 }, 'The body, at /on: found "Subscribe", expected one of "subscribe", "event".'],
    ['faults', { on: 'subscribe' }, SUBSCRIBED],
    ['faults', { on: 'subscribe', code: 0 }, 'The body, at /code: found 0, expected one of 1, 2, 3, 1001, 1002, or null.'],
    ['faults', { on: 'event', drop: 'yes' }, 'The body, at /drop: found "yes", expected true or false.'],
    ['faults', { on: 'event', delay: -1 }, 'The body, at /delay: found -1, expected an integer from 0 to 3600000, in ms, or null.'],
    ['faults', { on: 'event', delay: 1e300 }, 'The body, at /delay: found 1e+300, expected an integer from 0 to 3600000, in ms, or null.'],
    ['faults', { on: 'event', drop: true, resource: '' }, 'The body, at /resource: found "", expected a text of 1 to 512 characters, or null.'],
    ['faults', { on: 'event', drop: true, times: 0 }, 'The body, at /times: found 0, expected an integer from 1, or null.'],
    ['faults', { on: 'event', drop: true, probability: 1.1 }, 'The body, at /probability: found 1.1, expected a number from 0 to 1.']
  ] as const) {
    const answer = await control(emulator, 'POST', `/rta/${path}`, body)
    t.strictSame([answer.status, answer.body], [400, refusal(4000, message)], JSON.stringify(body))
  }
  for (const [path, status, message] of [
    ['?user=gamer', 400, '"user" is no parameter of this path; known are xuid, limit, after.'],
    ['?limit=0', 400, 'limit is "0"; expected an integer from 1 to 1000.'],
    ['?after=x', 400, 'after is "x"; expected what next was of the page before.'],
    ['?xuid=1&xuid=2', 400, 'xuid was given 2 times; expected once.'],
    ['?xuid=', 404, 'There is no user ""; expected a XUID, or the gamertag of a user of the world.'],
    ['?xuid=nobody', 404, 'There is no user "nobody"; expected a XUID, or the gamertag of a user of the world.']
  ] as const) {
    const answer = await control(emulator, 'GET', `/rta${path}`)
    t.strictSame([answer.status, answer.body], [status, refusal(status === 400 ? 4000 : null, message)], path)
  }
  for (const id of ['0', '-1', 'x', '4294967296', '%00']) {
    t.equal((await control(emulator, 'DELETE', `/rta/faults/${id}`)).status, 404, id)
  }
  t.equal((await control(emulator, 'DELETE', '/rta/faults/')).status, 400, 'an id that is missing')
  t.equal((await command(emulator, 'GET', '/rta')).counts.connections, 1)
  t.equal(await client.subscribe(1, RESOURCE), '[1,1,0,0,null]', 'nothing has happened')
})

t.test('what is left out says so', async (t) => {
  const emulator = await listening(t, { config: { rta: false } })
  for (const [method, path] of [['GET', '/rta'], ['POST', '/rta/resync'], ['POST', '/rta/close'], ['GET', '/rta/faults'], ['POST', '/rta/faults'], ['DELETE', '/rta/faults'], ['DELETE', '/rta/faults/1'], ['GET', '/rta?limit=1'], ['GET', '/RTA/endpoints']] as const) {
    const { status, body } = await control(emulator, method, path)
    t.strictSame([status, body], [404, refusal(null, `/_emulator${path.split('?')[0]} is not answered: --no-rta leaves out real-time activity.`)], `${method} ${path}`)
  }
  for (const [config, path] of [[{ rta: false }, '/rtas'], [{ rta: false, control: false }, '/rta'], [{ control: false }, '/rta']] as const) {
    const { status, body } = await control(await listening(t, { config }), 'GET', path)
    t.strictSame([status, body], [404, refusal(null, `/_emulator${path} is not a path of this service.`)])
  }
  const { emulator: { realTime } } = emulator
  t.strictSame([realTime.list(), realTime.count({})], [[], { connections: 0, subscriptions: 0 }])
})

t.test('the control key', async (t) => {
  const { app } = await listening(t, { config: { controlKey: 'secret' } })
  for (const [method, url] of [['GET', '/_emulator/rta'], ['POST', '/_emulator/rta/close']] as const) t.equal((await app.inject({ method, url })).statusCode, 401, `${method} ${url}`)
})
