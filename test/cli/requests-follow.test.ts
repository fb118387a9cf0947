import { createServer, type ServerResponse } from 'node:http'
import { EventEmitter, once } from 'node:events'
import t, { type Test } from 'tap'
import { startEmulator } from '../../src/index.ts'
import { listenOnFreePort } from '../free-port.ts'
import { refusedUrl } from '../refused-url.ts'
import { startRelay } from '../relay.ts'
import { refuses, runCommand, says, watchCommand } from '../run-bin.ts'

const entry = (id: number, more: object = {}): object => ({ id, time: `2020-06-15T12:00:0${id}.0000000Z`, method: 'GET', path: `/${id}`, query: '', contractVersion: '2', claims: null, status: 200, ms: 1, fault: null, refusal: null, hint: null, ...more })
const frame = (connection: number, text: string): object => ({ id: 1, time: '2020-06-15T12:00:09.0000000Z', connection, request: 1, follows: 1, xuid: null, direction: 'out', type: 'text', text, length: text.length, code: null })
const line = (id: number): string => `12:00:0${id}.000  200  GET   v2      1 ms  -                 /${id}\n`
const lines = (...ids: number[]): string => ids.map(line).join('')

/** A stream of events that a command has asked for. */
interface Asked {
  readonly query: string
  readonly lastEventId: string | undefined
  readonly response: ServerResponse
}

/** An emulator whose events are followed: a test sends each of them. */
async function createEmulator (t: Test) {
  const asked: Asked[] = []
  const changes = new EventEmitter()
  const server = createServer((request, response) => {
    asked.push({ query: String(request.url?.split('?')[1]), lastEventId: request.headers['last-event-id'] as string | undefined, response })
    changes.emit('asked')
  })
  const next = async (): Promise<Asked> => {
    while (asked.length === 0) await once(changes, 'asked')
    return asked.shift() as Asked
  }
  return {
    url: `http://127.0.0.1:${await listenOnFreePort(t, server)}`,
    next,
    /** Answers the next request with a stream. */
    begin: async (id: string) => {
      const { query, lastEventId, response } = await next()
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`retry: 1000\nid: ${id}\n\n`)
      return {
        asked: [query, lastEventId],
        send: (id: string, ...events: object[]) => { for (const data of events) response.write(`id: ${id}\nevent: ${'direction' in data ? 'frame' : 'request'}\ndata: ${JSON.stringify(data)}\n\n`) },
        beat: (id: string) => { response.write(`id: ${id}\n\n`) },
        miss: (id: string) => { response.write(`id: ${id}\nevent: missed\ndata: {"time":"2020-06-15T12:00:00.0000000Z","kind":"missed"}\n\n`) },
        end: () => { response.end() },
        reset: () => { response.socket?.resetAndDestroy() }
      }
    },
    refuse: async (status: number, errorMessage: string): Promise<void> => {
      const { response } = await next()
      response.writeHead(status).end(JSON.stringify({ errorMessage }))
    },
    reset: async (): Promise<void> => { (await next()).response.socket?.destroy() }
  }
}

t.test('goes on with what comes, until it is told to stop', async (t) => {
  const emulator = await createEmulator(t)
  const watched = watchCommand(t, ['requests', '-f', '--status', '200', '--last', '2', '--url', emulator.url])
  const stream = await emulator.begin('a-0')
  t.strictSame(stream.asked, ['kinds=request%2Cframe&status=200&last=2', undefined])
  stream.send('a-1', entry(1), entry(2))
  t.equal(await watched.lines(2), lines(1, 2))
  stream.beat('a-2')
  stream.send('a-3', entry(3))
  t.equal(await watched.lines(3), lines(1, 2, 3))
  watched.signal('SIGINT')
  t.strictSame(await watched.ended, says(lines(1, 2, 3)))
})

t.test('what is said on WebSockets is between the requests', async (t) => {
  const upgrade = entry(4, { status: 101, connection: 7 })
  const connected = line(4).replace('200', '101')
  const said = '12:00:09.000   ws  ←               #7  -                 [4]\n'
  for (const [flags, output] of [
    [[], connected + said + said.replace('#7', '#8')],
    [['--path', '/4'], connected + said],
    [['--json'], `${JSON.stringify(upgrade)}\n`]
  ] as const) {
    const emulator = await createEmulator(t)
    const watched = watchCommand(t, ['requests', '--follow', ...flags, '--url', emulator.url])
    const stream = await emulator.begin('a-0')
    stream.send('a-1', upgrade)
    if (!flags.some((flag) => flag === '--json')) stream.send('a-2', frame(7, '[4]'), frame(8, '[4]'))
    stream.send('a-3', entry(5))
    const last = flags.some((flag) => flag === '--json') ? `${JSON.stringify(entry(5))}\n` : line(5)
    const count = (output + last).split('\n').length - 1
    t.equal(await watched.lines(count), output + last)
    watched.signal('SIGTERM')
    await watched.ended
  }
})

t.test('an emulator that is gone is waited for, and one line tells of it', async (t) => {
  const emulator = await createEmulator(t)
  const watched = watchCommand(t, ['requests', '--follow', '--url', emulator.url])
  const first = await emulator.begin('a-0')
  t.strictSame(first.asked, ['kinds=request%2Cframe&after=0', undefined])
  first.send('a-5', entry(4), entry(5))
  await watched.lines(2)
  first.end()
  const told = `xbl-achievements: ${emulator.url} is gone; waiting until it is back\n`
  t.equal(await watched.lines(1, 'stderr'), told)
  await emulator.reset()
  await emulator.refuse(503, 'Busy.')
  const second = await emulator.begin('b-0')
  t.strictSame(second.asked, ['kinds=request%2Cframe', 'a-5'], 'the emulator says what came since')
  second.miss('b-1')
  second.send('b-2', entry(6))
  t.equal(await watched.lines(3), lines(4, 5, 6))
  second.reset()
  t.equal(await watched.lines(2, 'stderr'), told + told)
  const third = await emulator.begin('b-2')
  t.strictSame(third.asked, ['kinds=request%2Cframe', 'b-2'])
  third.end()
  await watched.lines(3, 'stderr')
  watched.signal('SIGHUP')
  t.strictSame(await watched.ended, { code: 0, stdout: lines(4, 5, 6), stderr: told + told + told })
})

t.test('nobody reads any more', async (t) => {
  const emulator = await createEmulator(t)
  const watched = watchCommand(t, ['requests', '--follow', '--url', emulator.url])
  const stream = await emulator.begin('a-0')
  stream.send('a-1', entry(1))
  await watched.lines(1)
  watched.closeOutput()
  stream.send('a-2', entry(2))
  t.strictSame(await watched.ended, says(lines(1)))
})

t.test('no emulator at the start, and one that refuses', async (t) => {
  const closed = await refusedUrl(t)
  t.strictSame(await runCommand(['requests', '--follow', '--url', closed]), refuses(`${closed} cannot be reached: nothing listens there; start an emulator with xbl-achievements start, or name its address with --url`))
  const emulator = await createEmulator(t)
  for (const [status, sent, told] of [
    [400, 'status is "x"; expected an HTTP status, or none.', '--status is "x"; expected an HTTP status, or none'],
    [404, '/_emulator/events is not a path of this service.', `${emulator.url} has no control API, or one of another version; start the emulator without --no-control, in the version of this command`],
    [503, '100 clients follow the events already.', `${emulator.url} refuses with 503: 100 clients follow the events already`]
  ] as const) {
    const ended = runCommand(['requests', '--follow', '--url', emulator.url])
    await emulator.refuse(status, sent)
    t.strictSame(await ended, refuses(told))
  }
  const ended = runCommand(['requests', '--follow', '--url', emulator.url])
  await emulator.reset()
  t.match((await ended).stderr, `${emulator.url} cannot be reached: `)
})

t.test('a real one with a control key, that is started anew', async (t) => {
  const options = { controlKey: 'k3y' }
  const { url, leadTo } = await startRelay(t)
  const first = await startEmulator(options)
  leadTo(first.url)
  t.strictSame(await runCommand(['requests', '--follow', '--url', url]), refuses(`${url} demands a control key; give the one it was started with as --control-key, or in XBL_CONTROL_KEY`))
  const watched = watchCommand(t, ['requests', '--follow', '--control-key', 'k3y', '--url', url, '--path', '/a'])
  for (const path of ['/a', '/b', '/a2']) await fetch(`${first.url}${path}`)
  t.match((await watched.lines(2)).split('\n'), [/404 {2}GET .* \/a /, /404 {2}GET .* \/a2 /, ''])
  leadTo(null)
  await first.close()
  await watched.lines(1, 'stderr')
  const second = await startEmulator(options)
  t.teardown(second.close)
  for (const path of ['/a3', '/b']) await fetch(`${second.url}${path}`)
  leadTo(second.url)
  t.match((await watched.lines(3)).split('\n').at(2), /404 {2}GET .* \/a3 /, 'what it was asked before it was followed')
  watched.signal('SIGINT')
  t.equal((await watched.ended).code, 0)
})
