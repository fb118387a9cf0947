import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { createFeed } from '../../src/operations/feed.ts'
import { watchLifetimes } from '../../src/rta/socket/lifetimes.ts'
import { command } from '../control/client.ts'
import { DEMO, FRIEND, GAMER, NOW, SAMPLE_TITLE } from '../helper.ts'
import { createTestTimers } from '../test-timers.ts'
import { connect, listenForSockets, untilOpen } from './web-socket.ts'

const TWO_HOURS = { code: 1001, reason: 'The connection has lived two hours; open another one.' }
const EXPIRED = { code: 1008, reason: 'The token has expired.' }
const NO_SESSION = { code: 1008, reason: 'The session of the token is no more.' }

t.test('a connection lives two hours of the emulator\'s clock', async (t) => {
  const emulator = await listenForSockets(t)
  const { closed } = await connect(t, emulator.socketUrl)
  await command(emulator, 'PUT', '/clock', { now: '2020-06-15T13:59:59.9990000Z' })
  await command(emulator, 'PUT', '/clock', { now: '2020-06-15T11:00:00.0000000Z' })
  const later = await connect(t, emulator.socketUrl)
  t.strictSame(emulator.emulator.realTime.list().map(({ ends }) => ends), ['2020-06-15T14:00:00.0000000Z', '2020-06-15T13:00:00.0000000Z'])
  await command(emulator, 'PUT', '/clock', { now: '2020-06-15T13:00:00.0000000Z' })
  t.strictSame(await later.closed, TWO_HOURS)
  await untilOpen(emulator.emulator, 1)
  await command(emulator, 'PUT', '/clock', { offset: 'PT2H' })
  t.strictSame(await closed, TWO_HOURS)
})

t.test('a connection ends when its token expires', async (t) => {
  const emulator = await listenForSockets(t)
  const expires = '2020-06-15T12:30:00.0000000Z'
  const { authorization } = await command(emulator, 'POST', '/sessions', { xuid: GAMER, expires })
  const { closed } = await connect(t, emulator.socketUrl, { session: null, headers: { authorization } })
  t.equal(emulator.emulator.realTime.list()[0]?.ends, expires)
  await command(emulator, 'PUT', '/clock', { offset: 'PT30M' })
  t.strictSame(await closed, EXPIRED)
})

t.test('without an adjustment the clock is looked at now and then', async (t) => {
  let now = NOW
  const timers = createTestTimers()
  const emulator = await listenForSockets(t, { now: () => now, timers })
  const { closed } = await connect(t, emulator.socketUrl)
  now += 2 * 60 * 60_000
  timers.pass(5000)
  t.strictSame(await closed, TWO_HOURS)
})

t.test('a connection ends with its session', async (t) => {
  const emulator = await listenForSockets(t)
  const [one, other] = [await command(emulator, 'POST', '/sessions', { xuid: GAMER }), await command(emulator, 'POST', '/sessions', { xuid: GAMER })]
  const { closed } = await connect(t, emulator.socketUrl, { session: null, headers: { authorization: one.authorization } })
  await connect(t, emulator.socketUrl, { session: null, headers: { authorization: other.authorization } })
  await command(emulator, 'POST', '/sessions', { xuid: FRIEND })
  await command(emulator, 'PUT', `/users/${GAMER}`, { gamertag: 'player' })
  await command(emulator, 'DELETE', `/sessions/${one.userHash}/${one.token}`)
  t.strictSame(await closed, NO_SESSION)
  await untilOpen(emulator.emulator, 1)
})

t.test('a connection ends when its session is given other claims', async (t) => {
  const emulator = await listenForSockets(t)
  const session = { xuid: GAMER, userHash: 'one', token: 'changed', titleId: SAMPLE_TITLE }
  for (const claims of [{ xuid: FRIEND }, { titleId: null }, { sandbox: 'OTHER.0' }, { location: 'CH' }, { thirdPartySite: true }, { expires: '2020-06-15T12:30:00.0000000Z' }]) {
    await command(emulator, 'POST', '/sessions', session)
    const { closed } = await connect(t, emulator.socketUrl, { session: 'one;changed' })
    await command(emulator, 'POST', '/sessions', session)
    await command(emulator, 'POST', '/sessions', { ...session, ...claims })
    t.strictSame(await closed, NO_SESSION, JSON.stringify(claims))
  }
})

t.test('a connection by a token of several users ends with the session of its own', async (t) => {
  const emulator = await listenForSockets(t)
  const sessions = [{ xuid: GAMER, userHash: 'one' }, { xuid: FRIEND, userHash: 'other' }]
  for (const session of sessions) await command(emulator, 'POST', '/sessions', { ...session, token: 'shared' })
  const [all, none] = [await connect(t, emulator.socketUrl, { session: '*;shared' }), await connect(t, emulator.socketUrl, { session: '-;shared' })]
  t.strictSame(emulator.emulator.realTime.list().map(({ xuid }) => xuid), [GAMER, null])
  await command(emulator, 'DELETE', '/sessions/one/shared')
  t.strictSame(await all.closed, NO_SESSION)
  await untilOpen(emulator.emulator, 1)
  await command(emulator, 'DELETE', '/sessions/other/shared')
  t.strictSame(await none.closed, NO_SESSION)
})

t.test('a connection ends when its user is deleted, and when the world has its session no more', async (t) => {
  const emulator = await listenForSockets(t)
  const friend = await connect(t, emulator.socketUrl, { session: 'demo;friend' })
  const gamer = await connect(t, emulator.socketUrl)
  await command(emulator, 'DELETE', `/users/${FRIEND}`)
  t.strictSame(await friend.closed, NO_SESSION)
  await untilOpen(emulator.emulator, 1)
  await command(emulator, 'PUT', '/world', DEMO)
  await command(emulator, 'PUT', '/world', { titles: [], users: [], sessions: [] })
  t.strictSame(await gamer.closed, NO_SESSION)
})

t.test('sessions are read again after what may concern them', async (t) => {
  const feed = createFeed({ now: () => NOW })
  const read: string[] = []
  const authorize = ({ headers: { authorization } }: { headers: { authorization?: string | undefined } }): object => {
    read.push(authorization as string)
    return { xuid: authorization === 'nobody' ? null : authorization }
  }
  const open = new Map([GAMER, FRIEND, 'nobody'].map((authorization, id) =>
    [id, { connection: { authorization, ends: '9999', caller: authorize({ headers: { authorization } }), close: () => t.fail('it is open') } }]))
  const { start, stop } = watchLifetimes({ services: { clock: { now: () => NOW }, feed }, authorize, open, timers: createTestTimers() } as never)
  start()
  for (const [change, expected] of [
    [{ kind: 'session', what: 'deleted', xuid: GAMER, titleId: null }, [GAMER, 'nobody']],
    [{ kind: 'user', what: 'deleted', xuid: FRIEND }, [FRIEND, 'nobody']],
    [{ kind: 'user', what: 'privacy', xuid: FRIEND }, []],
    [{ kind: 'fault', what: 'deleted', id: 1 }, []],
    [{ kind: 'world', what: 'merged' }, [GAMER, FRIEND, 'nobody']],
    [{ kind: 'missed' }, [GAMER, FRIEND, 'nobody']]
  ] as const) {
    read.length = 0
    feed.publish([change])
    t.strictSame(read, [], 'the request that made the change does not wait')
    await setImmediate()
    t.strictSame(read, expected, JSON.stringify(change))
  }
  stop()
})

t.test('who is silent is asked for a sign of life, and cut without one', async (t) => {
  const timers = createTestTimers()
  const emulator = await listenForSockets(t, { timers })
  const others = timers.waiting()
  const alive = await connect(t, emulator.socketUrl)
  const dead = await connect(t, emulator.socketUrl, { autoPong: false })
  const passHalfMinute = (): void => { for (let look = 0; look < 6; look++) timers.pass(5000) }
  passHalfMinute()
  const pings = Promise.all([alive, dead].map(({ socket }) => once(socket, 'ping')))
  passHalfMinute()
  await pings
  // What it answers has arrived when an answer to its own ping has.
  alive.socket.ping()
  await once(alive.socket, 'pong')
  passHalfMinute()
  t.strictSame(await dead.closed, { code: 1006, reason: '' })
  await untilOpen(emulator.emulator, 1)
  passHalfMinute()
  await once(alive.socket, 'ping')
  t.strictSame(emulator.emulator.realTime.list().map(({ id }) => id), [1])
  alive.socket.close()
  await untilOpen(emulator.emulator, 0)
  t.strictSame(timers.waiting(), others)
})

t.test('the feed is followed only while there are connections', async (t) => {
  const emulator = await listenForSockets(t)
  const { feed } = emulator.emulator.services
  const listen = feed.listen.bind(feed)
  let listening = 0
  Object.assign(feed, {
    listen: (listener: Parameters<typeof feed.listen>[0]) => {
      listening++
      const unlisten = listen(listener)
      return () => {
        listening--
        unlisten()
      }
    }
  })
  const one = await connect(t, emulator.socketUrl)
  const other = await connect(t, emulator.socketUrl)
  t.equal(listening, 1)
  one.socket.close()
  await untilOpen(emulator.emulator, 1)
  t.equal(listening, 1)
  other.socket.close()
  await untilOpen(emulator.emulator, 0)
  t.equal(listening, 0)
})
