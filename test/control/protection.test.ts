import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { DIALECTS } from '../../src/domain.ts'
import { build, GAMER, listOf } from '../helper.ts'
import { control, listen, refusal, worldText } from './client.ts'

const forbidden = (name: string): object => refusal(4500, `The control API does not answer under the name "${name}"; allow it with --control-hosts.`)
const PAGE = refusal(4500, 'The control API does not answer pages of another origin.')

/** What the Host of a request has to be; null: it is answered. */
const HOSTS: ReadonlyArray<[host: string, config: object, refused: string | null]> = [
  ['localhost', {}, null], ['localhost:5280', {}, null], ['LOCALHOST:1', {}, null], ['127.0.0.1', {}, null], ['127.1.2.3:80', {}, null], ['[::1]', {}, null], ['[::1]:5280', {}, null],
  ['example.com', {}, 'example.com'], ['example.com:5280', {}, 'example.com'], ['localhost.example.com', {}, 'localhost.example.com'], ['127.0.0.1.example.com', {}, '127.0.0.1.example.com'], ['127.0.0', {}, '127.0.0'], ['10.0.0.1', {}, '10.0.0.1'], ['[::2]:80', {}, '[::2]'], ['xlocalhost', {}, 'xlocalhost'], ['localhost:80x', {}, 'localhost:80x'], ['a@localhost', {}, 'a@localhost'],
  ['emulator', { controlHosts: 'emulator' }, null], ['EMULATOR:5280', { controlHosts: 'a,Emulator,b' }, null], ['b', { controlHosts: 'a,b' }, null], ['emulator2', { controlHosts: 'emulator' }, 'emulator2'], ['a,b', { controlHosts: 'a,b' }, 'a,b'], ['localhost', { controlHosts: 'emulator' }, null],
  ['10.0.0.1:80', { host: '10.0.0.1' }, null], ['10.0.0.2:80', { host: '10.0.0.1' }, '10.0.0.2'], ['[fd00::1]:5280', { host: 'fd00::1' }, null], ['[FD00::1]', { host: 'fd00::1' }, null], ['[fd00::2]', { host: 'fd00::1' }, '[fd00::2]']
]

t.test('the Host', async (t) => {
  for (const [host, config, refused] of HOSTS) {
    const emulator = build(t, { config })
    for (const path of ['/world', '/clock']) {
      const { status, body } = await control(emulator, 'GET', path, undefined, { host })
      t.equal(status, refused === null ? 200 : 403, `${host} ${JSON.stringify(config)}`)
      if (refused !== null) t.strictSame(body, forbidden(refused))
    }
    t.strictSame(await control(emulator, 'GET', '/ready', undefined, { host }).then(({ status, body }) => [status, body]), [200, { status: 'ready' }])
  }
})

t.test('no Host', async (t) => {
  const { port } = await listen(t)
  for (const lines of ['', 'Host:\r\n']) {
    const socket = connect(port, '127.0.0.1')
    t.teardown(() => socket.destroy())
    socket.write(`GET /_emulator/clock HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`)
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
    t.equal(head.split('\r\n')[0], 'HTTP/1.1 403 Forbidden')
    t.strictSame(JSON.parse(body), forbidden(''))
  }
})

t.test('the Origin', async (t) => {
  const emulator = build(t, { config: { controlHosts: 'emulator' } })
  for (const [host, origin, isOwn] of [
    ['localhost:5280', 'http://localhost:5280', true], ['localhost:5280', 'https://localhost:5280', true], ['emulator', 'http://emulator', true],
    ['localhost:5280', 'http://localhost:5281', false], ['localhost:5280', 'http://localhost', false], ['localhost:5280', 'http://127.0.0.1:5280', false], ['localhost:5280', 'null', false], ['localhost:5280', '', false], ['localhost:5280', 'http://example.com', false], ['localhost:5280', 'file://', false], ['localhost:5280', 'http://localhost:5280.example.com', false]
  ] as const) {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { status, body } = await control(emulator, method, '/clock', method === 'PUT' ? { offset: 'P1D' } : undefined, { host, origin })
      t.equal(status, isOwn ? (method === 'DELETE' ? 204 : 200) : 403, `${method} ${origin}`)
      if (!isOwn) t.strictSame(body, PAGE)
    }
  }
  t.equal((await emulator.get(listOf(GAMER), { headers: { origin: 'http://example.com', host: 'example.com' } })).statusCode, 200, 'the service itself answers everybody')
})

t.test('the control key', async (t) => {
  for (const dialect of DIALECTS) {
    const emulator = build(t, { config: { controlKey: 'k3y!', dialect } })
    const before = JSON.stringify(emulator.store.world.export())
    const sent = { users: [{ xuid: '5', gamertag: 'new' }] }
    for (const authorization of [undefined, '', 'Bearer', 'Bearer ', 'Bearer k3y', 'Bearer k3y!!', 'Bearer  k3y!', 'bearer k3y!', 'k3y!', 'Basic k3y!', 'Bearer K3Y!', 'XBL3.0 x=demo;gamer']) {
      const { status, headers, body } = await control(emulator, 'PATCH', '/world', sent, authorization === undefined ? {} : { authorization })
      t.strictSame([status, headers['www-authenticate']], [401, 'Bearer'], String(authorization))
      const { traceInformation, ...rest } = body
      t.strictSame(rest, dialect === 'live' ? { code: 23, source: 'Progress', description: 'No valid claims were found on the request.' } : refusal(4500, 'The control API expects "Authorization: Bearer <the control key>".'))
    }
    t.equal(JSON.stringify(emulator.store.world.export()), before)
    t.equal((await control(emulator, 'PATCH', '/world', sent, { authorization: 'Bearer k3y!' })).status, 200)
    for (const path of ['/health', '/ready']) t.equal((await control(emulator, 'GET', path)).status, 200, path)
    t.equal((await emulator.get(listOf(GAMER))).statusCode, 200, 'the service needs none')
    const foreign = await control(emulator, 'GET', '/world', undefined, { authorization: 'Bearer k3y!', origin: 'http://example.com' })
    t.equal(foreign.status, 403, 'a key is no origin')
  }
})

t.test('without the control API health and ready are left, and nothing else', async (t) => {
  const emulator = build(t, { config: { control: false } })
  const all = await worldText(build(t))
  t.ok(all.length > 1000)
  for (const [method, path] of [
    ['POST', '/reset'], ['GET', '/world'], ['PUT', '/world'], ['PATCH', '/world'], ['POST', '/sessions'], ['DELETE', '/sessions/a/b'], ['PUT', '/users/1'], ['DELETE', '/users/1'], ['PUT', '/users/1/privacy'], ['PUT', '/users/1/friends/2'], ['DELETE', '/users/1/friends/2'], ['PUT', '/users/1/achievements/a/1'], ['GET', '/clock'], ['PUT', '/clock'], ['DELETE', '/clock'], ['POST', '/faults'], ['GET', '/faults'], ['DELETE', '/faults'], ['DELETE', '/faults/1'], ['GET', '/requests'], ['GET', '/requests/unmatched'], ['DELETE', '/requests']
  ] as const) {
    const { status, body } = await control(emulator, method, path)
    t.strictSame([status, body], [404, refusal(null, `/_emulator${path.replace(/a\/b$/, '…')} is not a path of this service.`)], `${method} ${path}`)
  }
  t.strictSame((await control(emulator, 'GET', '/ready')).body, { status: 'ready' })
  t.equal((await control(emulator, 'GET', '/health')).body.status, 'ok')
})
