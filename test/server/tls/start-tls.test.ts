import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { servedHosts, signableHosts, XBOX_HOSTS } from '../../../src/http/hosts.ts'
import { ensureAuthority, ensureServerCertificate } from '../../../src/server/tls/tls-folder.ts'
import { LIST_SAMPLE } from '../../documented-samples.ts'
import { GAMER, listOf, SAMPLE_TITLE } from '../../helper.ts'
import { compareAll, refuses, startBin, startCommand, type ProcessOptions, type Running } from '../../run-bin.ts'
import { askHttp1, askHttp2, type Secure } from './client.ts'

const DAY = 86_400_000
const LIST = {
  path: listOf(GAMER, `?titleId=${SAMPLE_TITLE}`), headers: { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' }
}

/** Makes it an error to load a module whose name has one of these words. */
const refuseModules = (words: string): string => `
  import { registerHooks } from 'node:module'
  registerHooks({ resolve: (name, context, next) => {
    if (new RegExp('${words}').test(name)) throw new Error('loads ' + name)
    return next(name, context)
  } })`

/** Starts with TLS on a free port. */
async function startTls (t: Test, args: readonly string[], options?: ProcessOptions): Promise<Running & Secure> {
  const running = await (options?.preload === undefined ? startCommand : startBin)(t, ['--tls', '--tls-port', '0', ...args], options)
  const [, port, trust] = /https:\/\/127\.0\.0\.1:(\d+) \(trust (.*)\)$/m.exec(running.greeting) ?? []
  return { ...running, port: Number(port), ca: readFileSync(trust as string, 'utf8') }
}

t.test('--tls: HTTPS in HTTP/1.1 and HTTP/2 beside HTTP, with a certificate that stays the same', async (t) => {
  const folder = t.testdir()
  const first = await startTls(t, ['--tls-dir', folder])
  t.match(first.greeting, new RegExp(`^xbl-achievements \\S+ serves ${first.url}\n {2}https {5}https://127\\.0\\.0\\.1:${first.port} \\(trust ${join(folder, 'ca.pem')}\\)\n {2}world {5}`))
  for (const { status, body } of [await askHttp1(first, LIST), await askHttp2(t, first, LIST)]) {
    t.equal(status, 200)
    t.strictSame(JSON.parse(body), LIST_SAMPLE)
  }
  t.strictSame(await (await fetch(first.url + LIST.path, { headers: LIST.headers })).json(), LIST_SAMPLE)
  t.strictSame(await first.stop(), { code: 0, stdout: first.greeting, stderr: '' })

  const kept = readFileSync(join(folder, 'server.pem'), 'utf8')
  // The module that issues certificates is slow to load, and nothing is issued here.
  const second = await startTls(t, [], { env: { XBL_TLS_DIR: folder }, preload: refuseModules('@peculiar|reflect-metadata|/issue') })
  t.equal(second.ca, first.ca)
  t.equal((await askHttp2(t, second, LIST)).status, 200)
  t.equal((await second.stop()).code, 0)
  t.equal(readFileSync(join(folder, 'server.pem'), 'utf8'), kept)
})

t.test('without --tls no module of TLS is loaded', async (t) => {
  const { greeting, stop } = await startBin(t, [], { preload: refuseModules('@peculiar|reflect-metadata|/serve-tls|/secure-listener|/tls-folder') })
  t.notMatch(greeting, 'https')
  t.equal((await stop()).code, 0)
})

t.test('no output, answer or export shows a private key', async (t) => {
  const folder = t.testdir()
  const file = join(folder, 'after.json')
  const { stop, ...secure } = await startTls(t, ['--tls-dir', folder, '--log-level', 'trace', '--export-on-exit', file])
  const [, url = ''] = /serves (\S+)/.exec(secure.greeting) ?? []
  const told = [secure.greeting]
  for (const path of ['/', '/ca.pem', '/ca-key.pem', '/server.pem', '/_emulator/ca-key.pem', '/_emulator/world', '/_emulator/health', '/_emulator/requests', '/_emulator/openapi.json']) {
    told.push((await askHttp1(secure, { path, headers: { host: 'localhost' } })).body, await (await fetch(url + path)).text())
  }
  const { stdout, stderr } = await stop()
  told.push(stdout, stderr, readFileSync(file, 'utf8'))
  for (const name of ['ca-key.pem', 'server.pem']) {
    const [, key = ''] = /PRIVATE KEY-----\n([^-]+)-----END PRIVATE/.exec(readFileSync(join(folder, name), 'utf8')) ?? []
    t.ok(key.length > 100)
    for (const line of ['PRIVATE KEY', ...key.trim().split('\n')]) t.notOk(told.join('').includes(line), name)
  }
})

t.test('certificates that are about to end are renewed at the start', async (t) => {
  const folder = t.testdir()
  const then = Date.now() - 3000 * DAY
  const authority = await ensureAuthority(folder, { hosts: signableHosts(null), now: then })
  await ensureServerCertificate(folder, { authority, hosts: ['achievements.xboxlive.com'], now: then })
  const { greeting, stop, ...secure } = await startTls(t, ['--tls-dir', folder])
  t.equal((await askHttp1(secure, LIST)).status, 200)
  await t.rejects(askHttp1({ ...secure, ca: authority.certificate }, LIST), 'who trusts the old CA')
  for (const [name, days] of [['ca.pem', 3600], ['server.pem', 360]] as const) {
    t.ok(Date.parse(new X509Certificate(readFileSync(join(folder, name))).validTo) > Date.now() + days * DAY, name)
  }
  t.strictSame(await stop(), {
    code: 0, stdout: greeting, stderr: `xbl-achievements: warning: the CA ${join(folder, 'ca.pem')} was about to end and is replaced; trust the new one, as xbl-achievements ca says, and the old one no longer\n`
  })
})

t.test('--tls-host', async (t) => {
  const folder = t.testdir()
  const { stop } = await startTls(t, ['--tls-dir', folder, '--tls-host', 'emulator,10.0.0.7'])
  t.equal(new X509Certificate(readFileSync(join(folder, 'server.pem'))).subjectAltName,
    `${XBOX_HOSTS.map((host) => `DNS:${host}`).join(', ')}, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:emulator, IP Address:10.0.0.7`)
  t.equal((await stop()).code, 0)

  const ca = readFileSync(join(folder, 'ca.pem'), 'utf8')
  const second = await startTls(t, ['--tls-dir', folder, '--tls-host', 'emulator,other.test'])
  t.equal((await askHttp1({ ...second, ca: second.ca }, LIST)).status, 200)
  await t.rejects(askHttp1({ ...second, ca }, LIST), 'the CA before')
  t.strictSame(await second.stop(), {
    code: 0, stdout: second.greeting, stderr: `xbl-achievements: warning: the CA ${join(folder, 'ca.pem')} could not sign for other.test and is replaced; trust the new one, as xbl-achievements ca says, and the old one no longer\n`
  })
  // The CA permits the names of both now.
  for (const names of ['emulator,10.0.0.7', 'other.test']) {
    const { greeting, stop } = await startTls(t, ['--tls-dir', folder, '--tls-host', names])
    t.strictSame(await stop(), { code: 0, stdout: greeting, stderr: '' })
    t.equal(readFileSync(join(folder, 'ca.pem'), 'utf8'), second.ca)
  }
})

t.test('a CA of a version that answered for fewer hosts is renewed', async (t) => {
  const folder = t.testdir()
  // What the first versions with TLS permitted.
  const hosts = ['achievements.xboxlive.com', 'user.auth.xboxlive.com', 'xsts.auth.xboxlive.com', 'login.live.com', 'localhost', '127.0.0.1', '::1']
  const earlier = await ensureAuthority(folder, { hosts, now: Date.now() })
  await ensureServerCertificate(folder, { authority: earlier, hosts, now: Date.now() })
  const { greeting, stop, ...secure } = await startTls(t, ['--tls-dir', folder])
  for (const host of XBOX_HOSTS) t.equal((await askHttp1(secure, { path: '/nope', servername: host, headers: { host } })).status, 404, host)
  await t.rejects(askHttp1({ ...secure, ca: earlier.certificate }, LIST), 'who trusts the old CA')
  t.strictSame(await stop(), {
    code: 0, stdout: greeting, stderr: `xbl-achievements: warning: the CA ${join(folder, 'ca.pem')} could not sign for xboxlive.com, login.microsoftonline.com and is replaced; trust the new one, as xbl-achievements ca says, and the old one no longer\n`
  })
})

t.test('a certificate of the developer\'s own', async (t) => {
  const folder = t.testdir({ 'text.pem': 'SECRET' })
  const path = (name: string): string => join(folder, name)
  const authority = await ensureAuthority(folder, { hosts: servedHosts(null), now: Date.now() })
  const { certificate, key } = await ensureServerCertificate(folder, { authority, hosts: ['achievements.xboxlive.com'], now: Date.now() })
  writeFileSync(path('own.pem'), certificate)
  writeFileSync(path('own-key.pem'), key)
  const own = ['--tls-cert', path('own.pem'), '--tls-key', path('own-key.pem')]
  const { greeting, stop, port } = await startTls(t, [...own, '--tls-dir', path('unused')])
  t.match(greeting, `(trust ${path('own.pem')})`)
  t.equal((await askHttp2(t, { port, ca: authority.certificate }, LIST)).status, 200)
  t.equal((await stop()).code, 0)

  const start = (...args: string[]): string[] => ['start', '--port', '0', '--log-level', 'silent', '--tls', '--tls-port', '0', ...args]
  const mend = 'give PEM files with --tls-cert and --tls-key'
  const alone = refuses('--tls-cert and --tls-key belong together; give both, or neither for a certificate of the local CA')
  await compareAll(t, [
    [start('--tls-cert', path('own.pem')), alone],
    [start('--tls-key', path('own-key.pem')), alone],
    [start('--tls-cert', path('missing.pem'), '--tls-key', path('own-key.pem')), refuses(`the certificate cannot be used: ENOENT: no such file or directory, open '${path('missing.pem')}'; ${mend}`)],
    [start('--tls-cert', path('own.pem'), '--tls-key', path('text.pem')), refuses(`the certificate cannot be used: ${path('own.pem')}, with ${path('text.pem')}, has no key that can be read; ${mend}`)],
    [start('--tls-cert', path('own.pem'), '--tls-key', path('ca-key.pem')), refuses(`the certificate cannot be used: ${path('own.pem')}, with ${path('ca-key.pem')}, has a key that is not the certificate's; ${mend}`)]
  ])
})

t.test('a failure is reported in one line, and nothing stays open', async (t) => {
  const folder = t.testdir({ file: '', broken: { 'ca-key.pem': 'SECRET' } })
  const taken = createServer().listen(0, '127.0.0.1')
  t.teardown(() => taken.close())
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const start = (...args: string[]): string[] => ['start', '--port', '0', '--log-level', 'silent', '--tls', ...args]
  const mend = 'mend or delete it, or name another folder with --tls-dir'
  await compareAll(t, [
    [start('--tls-dir', join(folder, 'file')), refuses(`${join(folder, 'file')} cannot hold certificates: EEXIST: file already exists, mkdir '${join(folder, 'file')}'; ${mend}`)],
    [start('--tls-dir', join(folder, 'broken')), refuses(`${join(folder, 'broken')} cannot hold certificates: ${join(folder, 'broken/ca-key.pem')} has no certificate that can be read; ${mend}`)],
    [start('--tls-dir', join(folder, 'good'), '--tls-port', String(port)), refuses(`port ${port} on 127.0.0.1 is taken; choose another with --tls-port, or 0 for a free one`)],
    [start('--tls-host', 'a b'), refuses('--tls-host: found "a b", expected comma-delimited host names or addresses, without ports')]
  ])
})
