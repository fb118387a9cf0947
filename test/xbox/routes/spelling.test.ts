import { Writable } from 'node:stream'
import t from 'tap'
import { command, listen, refusal, sentBy } from '../../control/client.ts'
import { GAMER, listOf } from '../../helper.ts'
import { exchange, request } from '../../raw-http.ts'
import { askHttp2, listenSecurely } from '../../server/tls/client.ts'

const LIST = listOf(GAMER)
const encode = (path: string): string => [...path].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('')
/** The path with every character but the slashes percent-encoded. */
const encodeSegments = (path: string): string => path.split('/').map(encode).join('/')

const spellings = (path: string): string[] => [
  path, encodeSegments(path), `http://localhost${path}`, `HTTP://user@localhost${encodeSegments(path)}`, `${path}#fragment`
]

t.test('routes, journal, faults and log see a path in the same spelling', async (t) => {
  const lines: any[] = []
  const logTo = new Writable({ write (line, _encoding, done) { lines.push(JSON.parse(line)); done() } })
  const emulator = await listen(t, { logTo })
  const { port } = emulator
  await command(emulator, 'POST', '/faults', { path: encodeSegments(LIST), status: 503 })
  for (const [path, headers, status, body] of [
    [LIST, sentBy(), 503, refusal(5300, 'A fault that a test has set up.')],
    ['/achievements/nobody', { 'user-key': 'none' }, 403, { status: 403, message: 'The user key is not known; expected one of the world\'s userKeys.' }],
    ['/achievements/1/2', {}, 404, { status: 404, message: '/achievements/1/2 is not a path of this service.' }],
    ['/nope', {}, 404, refusal(null, '/nope is not a path of this service.')]
  ] as const) {
    for (const target of spellings(path)) {
      await command(emulator, 'DELETE', '/requests')
      lines.length = 0
      const answer = await exchange(t, port, request(target, headers))
      t.strictSame([answer.status, JSON.parse(answer.body)], [status, body], target)
      t.strictSame((await command(emulator, 'GET', `/requests?path=${encodeURIComponent(target.includes('%') ? encodeSegments(path) : path)}`)).requests.map(({ path }: { path: string }) => path), [path], target)
      t.strictSame(lines.filter(({ method, path }) => method === 'GET' && !path.startsWith('/_emulator')).map(({ path }) => path), [path], target)
    }
  }
})

t.test('the journal has no path of the emulator itself, however it is spelled', async (t) => {
  const emulator = await listen(t)
  for (const target of spellings('/_emulator/clock')) {
    t.equal((await exchange(t, emulator.port, request(target))).status, 200, target)
  }
  t.strictSame((await command(emulator, 'GET', '/requests')).requests, [])
})

t.test('characters that need their percent-encoding keep it', async (t) => {
  const emulator = await listen(t)
  for (const [target, path] of [
    ['/users%2fxuid(1)%2fachievements', '/users%2Fxuid(1)%2Fachievements'],
    ['/%2561chievements', '/%2561chievements'],
    ['/nope%3fx=1', '/nope%3Fx=1'],
    ['/nope%23x', '/nope%23x'],
    ['/nope%0d%0a', '/nope%0D%0A'],
    ['/nope%e2%98%83', '/nope%E2%98%83'],
    ['//_emulator/clock', '//_emulator/clock'],
    ['/x/../_emulator/clock', '/x/../_emulator/clock'],
    ['/x/%2e%2e/_emulator/clock', '/x/../_emulator/clock'],
    ['/_emulator%5cclock', '/_emulator\\clock'],
    ['*', '*']
  ] as const) {
    await command(emulator, 'DELETE', '/requests')
    const { status, body } = await exchange(t, emulator.port, request(target))
    t.strictSame([status, JSON.parse(body)], [404, refusal(null, `${path} is not a path of this service.`)], target)
    t.strictSame((await command(emulator, 'GET', '/requests')).requests.map(({ path }: { path: string }) => path), [path], target)
  }
})

t.test('the authority of an absolute target takes the place of Host', async (t) => {
  const { port } = await listen(t)
  const { status, body } = await exchange(t, port, request('http://elsewhere/_emulator/clock'))
  t.strictSame([status, JSON.parse(body)], [403, refusal(4500, 'The emulator does not answer under the name "elsewhere"; allow it with --allowed-hosts.')])
  t.equal((await exchange(t, port, request(`http://localhost:${port}/_emulator/clock`, { host: 'elsewhere' }))).status, 200)
})

t.test('over HTTP/2 a path has the same spelling, and :authority takes the place of Host', async (t) => {
  const emulator = await listenSecurely(t)
  for (const path of ['/%6eope', '/nope#x']) {
    const { status, body } = await askHttp2(t, emulator, { path })
    t.strictSame([status, JSON.parse(body)], [404, refusal(null, '/nope is not a path of achievements.xboxlive.com.')])
  }
  const { status } = await askHttp2(t, emulator, { path: '/_emulator/clock', headers: { host: 'localhost' } })
  t.equal(status, 403)
})
