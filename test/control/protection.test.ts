import t from 'tap'
import { DIALECTS } from '../../src/model/dialect.ts'
import { build, GAMER, listOf } from '../helper.ts'
import { control, refusal, worldText } from './client.ts'

t.test('the control API demands the control key', async (t) => {
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

t.test('without the control API only health and ready are served', async (t) => {
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
