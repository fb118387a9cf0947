import { Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { createJournal } from '../../../src/control/journal/journal.ts'
import type { RecordedRequest } from '../../../src/control/journal/entry.ts'
import { waitForEntries } from '../../../src/control/journal/wait.ts'
import { closeGracefully } from '../../../src/server/close.ts'
import { build, GAMER, listOf, type Emulator } from '../../helper.ts'
import { open } from '../../raw-http.ts'
import { answerOf, begin, listenSecurely, openHttp2 } from '../../server/tls/client.ts'
import { command, control, refusal } from '../client.ts'

const LIST = listOf(GAMER)
const STOPPING = refusal(5300, 'The emulator stops, and waits for no request.')

/** The ids and the newest one of an answer. */
const shown = ({ requests, newest }: any): unknown => [requests.map(({ id }: any) => id), newest]

/** Waits until so many requests wait. */
async function untilWaiting ({ emulator: { holds } }: Emulator, count: number): Promise<void> {
  while (holds.count() !== count) await setImmediate()
}

t.test('a wait ends with the first request that matches', async (t) => {
  const emulator = build(t)
  const waits = [
    command(emulator, 'GET', '/requests?wait=60&status=404&path=/nope'),
    command(emulator, 'GET', '/requests/unmatched?wait=60'),
    command(emulator, 'GET', '/requests?wait=60&count=3'),
    command(emulator, 'GET', '/requests?wait=60&after=2&last=1')
  ]
  await untilWaiting(emulator, 4)
  await emulator.get(LIST)
  await emulator.get('/other')
  t.strictSame(shown(await waits[1]), [[2], 2])
  t.equal(emulator.emulator.holds.count(), 3)
  await emulator.get('/nope')
  t.strictSame(await Promise.all([waits[0], waits[2], waits[3]].map(async (wait) => shown(await wait))), [[[3], 3], [[1, 2, 3], 3], [[3], 3]])
  t.equal(emulator.emulator.holds.count(), 0)
})

t.test('what is there already counts, unless it is to come after', async (t) => {
  const emulator = build(t)
  for (const path of ['/a', '/b', '/c']) await emulator.get(path)
  t.strictSame(shown(await command(emulator, 'GET', '/requests?wait=60')), [[1, 2, 3], 3])
  t.strictSame(shown(await command(emulator, 'GET', '/requests?wait=60&path=/b')), [[2], 3])
  t.strictSame(shown(await command(emulator, 'GET', '/requests?wait=60&count=2&after=1')), [[2, 3], 3])
  const wait = command(emulator, 'GET', '/requests?wait=60&after=5')
  await untilWaiting(emulator, 1)
  for (const path of ['/d', '/e', '/f']) await emulator.get(path)
  t.strictSame(shown(await wait), [[6], 6])
})

t.test('a wait that is over has an empty list', async (t) => {
  const emulator = build(t)
  await emulator.get('/a')
  t.strictSame(await command(emulator, 'GET', '/requests?wait=0&after=1'), { requests: [], newest: 1 })
  t.strictSame(await command(emulator, 'GET', '/requests?wait=0.001&after=1'), { requests: [], newest: 1 })
  t.strictSame(shown(await command(emulator, 'GET', '/requests?wait=0&count=2')), [[1], 1], 'or a shorter one than was waited for')
})

t.test('a journal that is emptied, or forgets, is waited for further', async (t) => {
  const emulator = build(t, { config: { journal: 3 } })
  await emulator.get('/a')
  const waits = [command(emulator, 'GET', '/requests?wait=60&count=3'), command(emulator, 'GET', '/requests?wait=60&count=2&path=/a')]
  await untilWaiting(emulator, 2)
  await emulator.get('/b')
  await command(emulator, 'DELETE', '/requests')
  for (const path of ['/a', '/b']) await emulator.get(path)
  await setImmediate()
  t.equal(emulator.emulator.holds.count(), 2)
  await emulator.get('/c')
  t.strictSame(shown(await waits[0]), [[3, 4, 5], 5])
  await emulator.get('/d')
  await emulator.get('/a')
  await setImmediate()
  t.equal(emulator.emulator.holds.count(), 1, 'one of the two has left the journal')
  await emulator.get('/a')
  t.strictSame(shown(await waits[1]), [[7, 8], 8])
})

t.test('wrong waits are refused', async (t) => {
  const emulator = build(t, { config: { journal: 7 } })
  const short = build(t, { config: { requestTimeout: 200 } })
  const none = build(t, { config: { journal: 0 } })
  for (const [{ app }, query, message] of [
    [emulator, 'wait=-1', 'wait is "-1"; expected seconds, 60 at most.'],
    [emulator, 'wait=1e9', 'wait is "1e9"; expected seconds, 60 at most.'],
    [emulator, 'wait=60.001', 'wait is "60.001"; expected seconds, 60 at most.'],
    [emulator, 'wait=', 'wait is ""; expected seconds, 60 at most.'],
    [emulator, `wait=${'9'.repeat(99)}`, `wait is "${'9'.repeat(78)}…; expected seconds, 60 at most.`],
    [emulator, 'wait=1&wait=2', 'wait was given 2 times; expected once.'],
    [emulator, 'wait=1&count=0', 'count is "0"; expected an integer from 1 to 7, as many as --journal keeps.'],
    [emulator, 'wait=1&count=8', 'count is "8"; expected an integer from 1 to 7, as many as --journal keeps.'],
    [emulator, 'count=1', 'count is given without wait; expected both.'],
    [emulator, 'wait=1&status=x', 'status is "x"; expected an HTTP status, or none.'],
    [short, 'wait=2', 'wait is "2"; expected seconds, 1.8 at most.'],
    [none, 'wait=1', 'Nothing can be waited for: the journal keeps no request (--journal 0).']
  ] as const) {
    const { status, body } = await control({ app }, 'GET', `/requests?${query}`)
    t.strictSame([status, body], [400, refusal(4000, message)], query)
  }
})

t.test('a hundred may wait', async (t) => {
  const emulator = build(t)
  const waits = Array.from({ length: 100 }, async () => await command(emulator, 'GET', '/requests?wait=60'))
  await untilWaiting(emulator, 100)
  const { status, headers, body } = await control(emulator, 'GET', '/requests?wait=60')
  t.strictSame([status, headers['retry-after'], body], [503, undefined, refusal(5300, '100 requests wait for the journal already; expected at most one of each test that runs.')])
  t.strictSame(shown(await command(emulator, 'GET', '/requests')), [[], 0], 'without a wait it is answered')
  await emulator.get('/a')
  t.strictSame((await Promise.all(waits)).map(shown), Array.from({ length: 100 }, () => [[1], 1]))
  t.strictSame(shown(await command(emulator, 'GET', '/requests?wait=60')), [[1], 1], 'there is room again')
})

t.test('a wait ends with its connection, and with the server', async (t) => {
  const emulator = await listenSecurely(t)
  const { port } = emulator.app.server.address() as { port: number }
  const ask = (socket: { write: (text: string) => unknown }): unknown => socket.write('GET /_emulator/requests?wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const first = await open(t, port)
  ask(first)
  await untilWaiting(emulator, 1)
  first.destroy()
  await untilWaiting(emulator, 0)
  const stream = begin(openHttp2(t, emulator), { path: '/_emulator/requests?wait=60', headers: { ':authority': 'localhost' } }).on('error', () => {})
  await untilWaiting(emulator, 1)
  stream.close()
  await untilWaiting(emulator, 0)

  const second = await open(t, port)
  ask(second)
  const overHttp2 = answerOf(begin(openHttp2(t, emulator), { path: '/_emulator/requests?wait=60', headers: { ':authority': 'localhost' } }))
  await untilWaiting(emulator, 2)
  const told: string[] = []
  const answers = Promise.all([text(second), overHttp2])
  await closeGracefully(emulator.emulator, { secure: emulator.secure, report: (line) => told.push(line) })
  const [bytes, { status, body }] = await answers
  t.equal(bytes.slice(0, 12), 'HTTP/1.1 503')
  t.strictSame([JSON.parse(bytes.slice(bytes.indexOf('\r\n\r\n'))), status, JSON.parse(body)], [STOPPING, 503, STOPPING])
  t.strictSame(told, [], 'nobody waits for it')
})

t.test('a wait that arrives while the server stops', async (t) => {
  const lines: unknown[] = []
  const logTo = new Writable({
    write (chunk, _encoding, done) {
      const { level, status, err } = JSON.parse(String(chunk))
      lines.push([level, status, err])
      done()
    }
  })
  const emulator = build(t, { logTo })
  emulator.emulator.holds.stop()
  const { status, body } = await control(emulator, 'GET', '/requests?wait=60')
  t.strictSame([status, body], [503, STOPPING])
  t.strictSame(lines, [[30, 503, undefined]], 'no error of the emulator')
})

t.test('a wait outlives the request timeout, over HTTP/1.1 and HTTP/2', async (t) => {
  // Long enough for the requests to arrive on a busy machine.
  const emulator = await listenSecurely(t, { config: { requestTimeout: 700 } })
  const { port } = emulator.app.server.address() as { port: number }
  const answers = [
    fetch(`http://127.0.0.1:${port}/_emulator/requests?wait=1`).then(async (response) => [response.status, await response.text()]),
    answerOf(begin(openHttp2(t, emulator), { path: '/_emulator/requests?wait=1', headers: { ':authority': 'localhost' } })).then(({ status, body }) => [status, body])
  ]
  t.strictSame(await Promise.all(answers), [[200, '{"requests":[],"newest":0}'], [200, '{"requests":[],"newest":0}']])
})

const recorded: RecordedRequest = {
  now: 0, method: 'GET', isSecure: false, host: null, httpVersion: '1.1', url: '/', headers: '', contractVersion: null, session: undefined, body: null, status: 200, refusal: null, hint: null, ms: 1, fault: null, matched: true, answer: null
}

t.test('a long journal is searched in turns of the event loop', async (t) => {
  const journal = createJournal(100_000)
  for (let n = 0; n < 1000; n++) journal.add(recorded)
  const { signal } = new AbortController()
  const wait = waitForEntries(journal, { status: 404 }, { count: 1, signal })
  const turns: string[] = []
  const found = wait.then((id) => turns.push(`found ${id}`))
  for (let turn = 1; turn <= 3; turn++) {
    await setImmediate()
    turns.push('other work')
  }
  journal.add({ ...recorded, status: 404 })
  await found
  t.strictSame(turns, ['other work', 'other work', 'other work', 'found 1001'])
  const stopped = new AbortController()
  const other = waitForEntries(journal, { status: 405 }, { count: 1, signal: stopped.signal })
  stopped.abort()
  await t.rejects(other, { name: 'AbortError' })
  await t.rejects(waitForEntries(journal, {}, { count: 1, signal: stopped.signal }), { name: 'AbortError' })
  t.equal(journal.events.listenerCount('add'), 0)
})
