import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import t from 'tap'
import { makeAsk } from '../../torture/fuzz/asks.ts'
import { fuzz, type Start } from '../../torture/fuzz/fuzz.ts'
import { startTarget, type Target } from '../../torture/fuzz/target.ts'
import { Random } from '../../torture/random.ts'
import { PATIENCE, runShort } from './run.ts'
import { unaskedRoutes } from './unasked.ts'

/** What every stand-in answers to what the attack itself asks for. */
const OWN = /^(DELETE|PUT) \/_emulator\/(clock|faults|requests|world) HTTP\/1\.1\r\nhost/
const answer = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\ncache-control: no-cache\r\nx-content-type-options: nosniff\r\nms-cv: a.0\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`

/** A server in the emulator's place that gives every request on a connection one answer, and closes. */
function standIn (reply: (asked: string) => string | null): { start: Start, close: () => void } {
  let hasEnded = false
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {}).once('data', (chunk) => {
      const asked = chunk.toString('latin1')
      const text = OWN.test(asked) ? answer('204 No Content', '') : /^GET \/_emulator\/ready HTTP\/1\.1\r\nhost/.test(asked) ? answer('200 OK', '{"status":"ready"}') : reply(asked)
      if (text === null) hasEnded = true
      socket.end(text ?? '')
    })
  })
  const start: Start = async (dialect): Promise<Target> => {
    hasEnded = false
    if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    return { dialect, port, tlsPort: port, longest: PATIENCE, hasEnded: () => hasEnded, obituary: async () => 'ended with 1: Error: broken', stop: () => {} }
  }
  return { start, close: () => server.close() }
}

t.test('hostile requests are answered well, and none ends the emulator', async (t) => {
  const patient: Start = async (...options) => ({ ...await startTarget(...options), longest: PATIENCE })
  const { findings, reached, counts } = await runShort(t, async (run) => await fuzz(run, patient), { to: 800 })
  t.strictSame(findings, [])
  t.equal(reached, 800)
  for (const what of ['requests over http1', 'requests over http1 over TLS', 'requests over http2', 'requests over frames', 'answers of 2xx', 'answers of 4xx']) t.ok((counts[what] ?? 0) > 0, what)
})

t.test('it asks every route of a user', async (t) => {
  const random = new Random(1, 0)
  const asked = random.times(1000, () => makeAsk(random)).map(({ method, path }) => ({ method, url: path }))
  t.strictSame(await unaskedRoutes(t, asked), [], 'a new route is a line of XBOX in torture/fuzz/asks.ts, or of NEIGHBOURS in neighbour-asks.ts')
})

t.test('it finds what is wrong about a broken server, and says how to have it again', async (t) => {
  const broken = answer('200 OK', '{}')
  for (const [kind, reply] of [
    ['an answer of 500', () => answer('500 Internal Server Error', '{"errorCode":5000,"errorMessage":"no"}')],
    ['the body is no JSON, 200', () => answer('200 OK', '{')],
    ['an answer has the token of another session', () => answer('200 OK', '"canary-nobody"')],
    ['no HTTP: the status line is "HTTP/1.1 wrong"', () => broken.replace('200 OK', 'wrong')],
    ['an answer that ends in its middle', () => broken.slice(0, -1)],
    ['closed without an answer', () => ''],
    ['the process ended: Error: broken', () => null]
  ] as Array<[string, () => string | null]>) {
    const { start, close } = standIn(reply)
    const { findings } = await runShort(t, async (run) => await fuzz(run, start), { to: 8 })
    const found = findings.find((each) => each.kind === kind)
    t.ok(found, kind)
    t.match(found?.examples[0], /^npm run torture -- --only fuzz --seed 1 --from \d+ --requests \d+|^one of the requests 0,/)
    close()
  }
})
