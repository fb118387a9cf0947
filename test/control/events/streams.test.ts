import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { createSources } from '../../../src/control/events/sources.ts'
import { openStream } from '../../../src/control/events/stream.ts'
import type { Feed } from '../../../src/operations/feed.ts'
import { closeGracefully } from '../../../src/server/close.ts'
import { build, type Emulator } from '../../helper.ts'
import { open, request } from '../../raw-http.ts'
import { createTestTimers } from '../../test-timers.ts'
import { begin, listenSecurely, openHttp2 } from '../../server/tls/client.ts'
import { command, control, listen, refusal, untilHeld } from '../client.ts'
import { follow, type Received } from './client.ts'

const EVENTS = '/_emulator/events'
const TIME = '2020-06-15T12:00:00.0000000Z'
const MISSED = { time: TIME, kind: 'missed' }

const setPrivacy = async (emulator: Emulator, privacy: string): Promise<void> => await command(emulator, 'PUT', '/users/gamer/privacy', { privacy })
const shown = (events: readonly Received[]): unknown[] => events.map(({ event, data }) => data.path ?? event)

t.test('a client that comes back goes on after the last event that it has', async (t) => {
  const emulator = await listen(t)
  const { url } = emulator
  const first = await follow(t, url, '?last=1')
  await setPrivacy(emulator, 'blocked')
  await fetch(`${url}/a`)
  const [change, asked] = await first.take(2) as [Received, Received]
  first.close()
  await first.ended
  await untilHeld(emulator, 0)
  await setPrivacy(emulator, 'everyone')
  await fetch(`${url}/b`)
  const byHeader = await follow(t, url, `?last=1&lastEventId=${asked.id}`, { 'last-event-id': change.id })
  t.match((await byHeader.beats(1))[0], change.id)
  t.strictSame(shown(await byHeader.take(3)), ['user', '/a', '/b'], 'the header takes precedence, and both over what is there already')
  const byParameter = await follow(t, url, `?lastEventId=${asked.id}`, { 'last-event-id': '' })
  t.strictSame(shown(await byParameter.take(2)), ['user', '/b'])
  const neither = await follow(t, url, '?lastEventId=')
  await fetch(`${url}/c`)
  t.strictSame(shown(await neither.take(1)), ['/c'])
})

t.test('a client of another emulator, or of one before, is told that it has missed something', async (t) => {
  const emulator = await listen(t)
  const { url } = emulator
  for (const path of ['/a', '/b']) await fetch(`${url}${path}`)
  const reader = await follow(t, url)
  const [id = ''] = await reader.beats(1)
  for (const lastEventId of ['00000000-0-1-0', id.replace(/-2-0$/, '-3-0'), id.replace(/-0-2-/, '-1-2-')]) {
    const other = await follow(t, url, '', { 'last-event-id': lastEventId })
    const events = await other.take(3)
    t.strictSame(shown(events), ['missed', '/a', '/b'], lastEventId)
    t.strictSame(events[0]?.data, MISSED)
    other.close()
  }
})

t.test('what is gone before it is read is missed', async (t) => {
  const emulator = await listen(t, { config: { journal: 2 } })
  const { url, emulator: { journal, services: { feed } } } = emulator
  const reader = await follow(t, url, '?kinds=request,frame')
  const [id = ''] = await reader.beats(1)
  for (const path of ['/a', '/b', '/c']) await fetch(`${url}${path}`)
  t.strictSame(shown(await reader.take(3)), ['/a', '/b', '/c'], 'who reads misses nothing')
  for (const text of ['1', '2', '3', '4']) journal.addFrame({ connection: 1, direction: 'in', text }, 0)
  t.strictSame((await reader.take(3)).map(({ event, data }) => data.text ?? event), ['missed', '3', '4'], 'all came in one turn')
  const late = await follow(t, url, '', { 'last-event-id': id })
  t.strictSame((await late.take(6)).map(({ event, data }) => data.path ?? data.text ?? event), ['missed', '/b', '/c', 'missed', '3', '4'])
  feed.publish([{ kind: 'missed' }])
  t.strictSame((await late.take(1)).map(({ data }) => data), [MISSED], 'of the feed, too, whatever was chosen')
  await command(emulator, 'DELETE', '/requests')
  await fetch(`${url}/d`)
  t.strictSame((await late.take(2)).map(({ event, data }) => data.path ?? event), ['journal', '/d'], 'a journal that is emptied has nothing to miss')
})

t.test('requests that are refused', async (t) => {
  const emulator = build(t)
  const none = build(t, { config: { journal: 0 } })
  for (const [{ app }, query, message] of [
    [emulator, 'kinds=', 'kinds is ""; expected some of progress, user, session, world, clock, fault, rtaFault, rateLimit, subscription, journal, request, frame.'],
    [emulator, 'kinds=user,missed', 'kinds is "missed"; expected some of progress, user, session, world, clock, fault, rtaFault, rateLimit, subscription, journal, request, frame.'],
    [emulator, 'kind=user', '"kind" is no parameter of this path; known are method, path, query, contractVersion, xuid, titleId, status, fault, matched, body, after, last, kinds, lastEventId.'],
    [emulator, 'wait=5', '"wait" is no parameter of this path; known are method, path, query, contractVersion, xuid, titleId, status, fault, matched, body, after, last, kinds, lastEventId.'],
    [emulator, 'xuid=gamer', 'xuid is "gamer"; expected an unsigned 64-bit integer in decimal, or none.'],
    [emulator, 'last=0', 'last is "0"; expected an integer from 1.'],
    [emulator, 'kinds=user,frame&status=404', 'status chooses requests, which are left out; expected request among the kinds.'],
    [emulator, 'lastEventId=1', 'lastEventId is "1"; expected the id of an event.'],
    [emulator, 'lastEventId=a-1&lastEventId=a-1', 'lastEventId was given 2 times; expected once.'],
    [none, 'kinds=request', 'kinds has request, and the journal keeps none (--journal 0).'],
    [none, 'kinds=user,frame', 'kinds has frame, and the journal keeps none (--journal 0).'],
    [none, 'status=404', 'status chooses requests, which are left out; expected request among the kinds.']
  ] as const) {
    const { status, body } = await control({ app }, 'GET', `/events?${query}`)
    t.strictSame([status, body], [400, refusal(4000, message)], query)
  }
  for (const id of ['x', `${'0'.repeat(8)}-1-1`, `${'0'.repeat(8)}-1-1-${'1'.repeat(16)}`, '00000000-0-0-0, 00000000-0-0-0']) {
    const { status, body } = await control(emulator, 'GET', '/events', undefined, { 'last-event-id': id })
    t.strictSame([status, body], [400, refusal(4000, `Last-Event-ID is "${id}"; expected the id of an event.`)])
  }
  const { status, headers, body } = await control(emulator, 'HEAD', '/events')
  t.strictSame([status, headers['content-type'], headers['content-length'], body], [200, 'text/event-stream', undefined, null])
  t.equal((await control(emulator, 'HEAD', '/events?kinds=x')).status, 400)
  t.equal((await control(emulator, 'POST', '/events', {})).status, 405)
})

t.test('the control key', async (t) => {
  const { url } = await listen(t, { config: { controlKey: 'k3y' } })
  t.equal((await fetch(`${url}${EVENTS}`)).status, 401)
  t.equal((await fetch(`${url}${EVENTS}`, { method: 'HEAD', headers: { authorization: 'Bearer k' } })).status, 401)
  const reader = await follow(t, url, '', { authorization: 'Bearer k3y' })
  t.equal(reader.response.statusCode, 200)
})

t.test('a page of the emulator may follow, one of another origin may not', async (t) => {
  const { url } = await listen(t, { config: { allowedOrigins: 'http://game.example' } })
  const reader = await follow(t, url, '', { accept: 'text/event-stream', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' })
  t.equal(reader.response.statusCode, 200)
  t.equal((await fetch(`${url}${EVENTS}`, { headers: { origin: 'http://evil.example' } })).status, 403)
  const allowed = await fetch(`${url}${EVENTS}`, { method: 'HEAD', headers: { origin: 'http://game.example' } })
  t.strictSame([allowed.status, allowed.headers.get('access-control-allow-origin')], [200, null], 'it cannot read the answer')
})

t.test('a hundred may follow', async (t) => {
  const emulator = await listen(t)
  const readers = await Promise.all(Array.from({ length: 100 }, async () => await follow(t, emulator.url)))
  const { status, body } = await control(emulator, 'GET', '/events')
  t.strictSame([status, body], [503, refusal(5300, '100 clients follow the events already; expected at most one of each test that runs.')])
  await setPrivacy(emulator, 'blocked')
  t.strictSame(shown(await Promise.all(readers.map(async ({ next }) => await next()))), Array.from({ length: 100 }, () => 'user'))
  readers[0]?.close()
  await untilHeld(emulator, 99)
  t.equal((await follow(t, emulator.url)).response.statusCode, 200, 'there is room again')
})

t.test('a stream ends with its connection, with one side of it, and with the server', async (t) => {
  const emulator = await listenSecurely(t)
  const { port } = emulator.app.server.address() as { port: number }
  const halves = await open(t, port)
  halves.write(request(EVENTS, { connection: 'keep-alive' }))
  const session = openHttp2(t, emulator)
  const streams = [0, 1].map(() => begin(session, { path: EVENTS, headers: { ':authority': 'localhost' } }))
  for (const stream of streams) stream.setEncoding('utf8')
  const heads = await Promise.all(streams.map(async (stream) => (await once(stream, 'response'))[0]))
  t.strictSame(heads.map((head) => [head[':status'], head['content-type']]), [[200, 'text/event-stream'], [200, 'text/event-stream']])
  await untilHeld(emulator, 3)
  halves.end()
  await once(halves.resume(), 'close')
  await untilHeld(emulator, 2)
  streams[0]?.close()
  await untilHeld(emulator, 1)
  let text = ''
  streams[1]?.on('data', (chunk: string) => { text += chunk })
  await setPrivacy(emulator, 'blocked')
  while (!text.includes('event: user')) await setImmediate()
  const reader = await follow(t, `http://127.0.0.1:${port}`)
  const reports: string[] = []
  const closed = closeGracefully(emulator.emulator, { secure: emulator.secure, report: (line) => reports.push(line) })
  t.strictSame(await reader.ended, [])
  await once(streams[1] as NonNullable<typeof streams[1]>, 'close')
  t.equal(streams[1]?.rstCode, 0, 'not broken off')
  await closed
  t.strictSame(reports, [], 'the server does not wait for them')
})

t.test('a client that comes while the server stops is sent nothing', async (t) => {
  const emulator = await listen(t)
  emulator.emulator.holds.stop()
  t.strictSame(await (await follow(t, emulator.url)).ended, [])
})

t.test('a stream lives as long as it is read, and says that it does', async (t) => {
  const timers = createTestTimers()
  const emulator = await listen(t, { timers })
  const reader = await follow(t, emulator.url, '?kinds=request&status=1')
  const [id = ''] = await reader.beats(1)
  const beat = async (count: number): Promise<string | undefined> => {
    timers.pass(15_000)
    return (await reader.beats(count)).at(-1)
  }
  t.equal(await beat(2), '')
  // Longer than other answers may take: ten times the timeout.
  for (let tick = 0; tick < 20; tick++) timers.pass(30_000)
  t.equal(await beat(3), '', 'it goes on')
  await fetch(`${emulator.url}/a`)
  // It looks at what has come in a later turn.
  await setImmediate()
  await setImmediate()
  t.equal(await beat(4), id.replace('-0-0-0', '-0-1-0'), 'the place of what it does not want')
  t.equal(await beat(5), '', 'once')
  await emulator.app.close()
  t.notOk(timers.waiting().includes(15_000), 'nothing is left behind')
})

t.test('a client that does not read is cut off, and costs the others nothing', async (t) => {
  const emulator = await listen(t, { config: { requestTimeout: 600_000 } })
  const { url, port, emulator: { services: { feed } } } = emulator
  const deaf = await open(t, port)
  deaf.pause()
  deaf.write(request(EVENTS, { connection: 'keep-alive' }))
  const reader = await follow(t, url)
  const resource = 'x'.repeat(10_000)
  for (let sent = 0; sent < 2000; sent++) {
    feed.publish([{ kind: 'subscription', what: 'added', connection: sent, xuid: null, resource }])
    if (sent % 50 === 49) t.equal((await reader.take(50)).at(-1)?.data.connection, sent)
  }
  t.equal(emulator.emulator.holds.count(), 2, 'it may still begin to read')
})

/** A response of which a test takes what is written. */
function createResponse () {
  const written: string[] = []
  const reads: Array<() => void> = []
  let isDestroyed = false
  const response = {
    write: (text: string, done: () => void) => {
      written.push(text)
      reads.push(done)
      return true
    },
    destroy: () => { isDestroyed = true }
  }
  return { response: response as unknown as Parameters<typeof openStream>[0], written, read: () => { for (const done of reads.splice(0)) done() }, isDestroyed: () => isDestroyed }
}

t.test('what a client has not read waits where it is', async (t) => {
  let newest = 0
  const { response, written, read, isDestroyed } = createResponse()
  const listeners = new Set<() => void>()
  const entries = () => Array.from({ length: newest }, (_, index) => ({ id: index + 1 }))
  const source = {
    name: 'changes',
    newest: () => newest,
    after: (id: number) => ({ entries: entries().slice(id), isWhole: true }),
    listen: (listener: () => void) => {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
    eventOf: ({ id }: { id: number }) => ({ kind: 'world', data: { id, text: 'x'.repeat(40_000) } })
  } as const
  const stream = openStream(response, { sources: [source], begin: () => ({ from: { changes: 0, requests: 0, frames: 0 }, hasMissed: false }), start: 'ffffffff', now: () => TIME })
  const add = async (count: number): Promise<void> => {
    newest += count
    for (const listener of listeners) listener()
    await setImmediate()
    await setImmediate()
  }
  const ids = (): string[] => written.map((text) => text.split('\n').find((line) => line.startsWith('id: '))?.slice(4) ?? text)
  const id = (changes: number): string => `ffffffff-${changes}-0-0`
  await add(5)
  t.strictSame(ids(), [id(0), id(1), id(2)], 'as much as 64 kB')
  stream.beat()
  t.strictSame(ids().at(-1), ':\n\n')
  t.notOk(isDestroyed(), 'it may still begin to read')
  read()
  await setImmediate()
  t.strictSame(ids().slice(3), [':\n\n', id(3), id(4)])
  stream.beat()
  t.notOk(isDestroyed(), 'it has read')
  stream.beat()
  t.ok(isDestroyed())
  stream.stop()
  t.equal(listeners.size, 0)
  read()
  await setImmediate()
  t.equal(ids().at(-1), ':\n\n', 'nothing after the end')
})

t.test('what is gone is missed once', async (t) => {
  const { response, written } = createResponse()
  const feed = { newest: () => 7, after: (id: number) => id < 7 ? undefined : [], listen: () => () => {} } as unknown as Feed
  const filter = { kinds: new Set(['user'] as const), xuid: undefined, requests: {} }
  const { journal } = build(t).emulator
  openStream(response, { sources: createSources({ feed, journal }, filter), begin: () => ({ from: { changes: 3, requests: 0, frames: 0 }, hasMissed: false }), start: 'ffffffff', now: () => TIME })
  await setImmediate()
  t.strictSame(written.slice(1), [`id: ffffffff-7-0-0\nevent: missed\ndata: ${JSON.stringify(MISSED)}\n\n`])
})

t.test('what is looked at in one turn is bounded', async (t) => {
  const { response, written, read } = createResponse()
  const source = {
    name: 'frames',
    newest: () => 500,
    after: (id: number) => ({ entries: Array.from({ length: 500 - id }, (_, index) => ({ id: id + index + 1 })), isWhole: true }),
    listen: () => () => {},
    eventOf: ({ id }: { id: number }) => id === 500 ? { kind: 'frame', data: {} } : undefined
  } as const
  openStream(response, { sources: [source, { ...source, name: 'requests' }], begin: () => ({ from: { changes: 0, requests: 0, frames: 0 }, hasMissed: true }), start: 'ffffffff', now: () => TIME })
  read()
  const lengths: number[] = []
  for (let turn = 0; turn < 6; turn++) {
    await setImmediate()
    lengths.push(written.length)
  }
  t.strictSame(lengths, [2, 2, 3, 3, 4, 4])
  t.equal(written[1], `id: ffffffff-0-0-0\nevent: missed\ndata: ${JSON.stringify(MISSED)}\n\n`)
  t.equal(written.at(-1), 'id: ffffffff-0-500-500\nevent: frame\ndata: {}\n\n')
})
