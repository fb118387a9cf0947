import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { VERSION } from '../../src/base/version.ts'
import { build } from '../helper.ts'
import { session, title } from '../world-parts.ts'
import { command, control, listen, refusal, SERVICE_HEADERS } from './client.ts'

t.test('an emulator tells what it serves, where and how', async (t) => {
  const emulator = await listen(t, {
    world: { titles: [title({ sandboxes: ['RETAIL', 'XDKS.1'] }), title({ titleId: 2, serviceConfigId: '11111111-2222-3333-4444-cccccccccccc', achievements: [] })], sessions: [session()] },
    config: { dialect: 'documented', signIn: false, controlKey: 'a-control-key-that-is-long' }
  })
  const { status, headers, body } = await control(emulator, 'GET', '/about', undefined, { authorization: 'Bearer a-control-key-that-is-long' })
  t.equal(status, 200)
  t.match(headers, SERVICE_HEADERS)
  const { options, largestWorld, hosts, ...about } = body
  t.strictSame(about, {
    version: VERSION,
    dialect: 'documented',
    source: 'test',
    isMerged: false,
    world: { titles: 2, achievements: 1, users: 0, sessions: 1 },
    sandboxes: [{ sandbox: 'RETAIL', titles: 2 }, { sandbox: 'XDKS.1', titles: 1 }],
    addresses: { http: emulator.url, https: null },
    ca: null,
    needsKey: true
  })
  t.match(options, { signIn: false, crossUser: 'documented', rateLimit: null, database: ':memory:', journal: 1000 })
  t.notMatch(JSON.stringify(body), 'control-key')
  t.ok(hosts.includes('achievements.xboxlive.com') && !hosts.includes('login.live.com'))
  t.ok(largestWorld > 1024 * 1024)
  t.equal((await control(emulator, 'GET', '/about')).status, 401)
})

t.test('what was merged is told', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PATCH', '/world', {})
  t.match(await command(emulator, 'GET', '/about'), { isMerged: true, addresses: { http: null } })
})

t.test('the certificate is given without the key beside it', async (t) => {
  const emulator = build(t)
  t.strictSame((await control(emulator, 'GET', '/ca.pem')).body, refusal(null, 'There is no certificate, as HTTPS is not served: start with --tls.'))
  const trust = join(t.testdir(), 'own.pem')
  const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
  emulator.emulator.addresses.https = { url: 'https://127.0.0.1:5443', trust }
  t.strictSame((await control(emulator, 'GET', '/ca.pem')).body, refusal(null, `There is no certificate in ${trust} any more.`))
  writeFileSync(trust, `-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n${certificate}${certificate}`)
  const answer = await emulator.app.inject('/_emulator/ca.pem')
  t.equal(answer.statusCode, 200)
  t.match(answer.headers, { 'content-type': 'application/x-pem-file', 'content-disposition': 'attachment; filename="xbl-achievements-ca.pem"' })
  t.equal(answer.body, certificate + certificate)
  t.match(await command(emulator, 'GET', '/about'), { addresses: { https: 'https://127.0.0.1:5443' }, ca: trust })
})
