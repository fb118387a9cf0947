import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { createServer as createSecureServer } from 'node:https'
import { join } from 'node:path'
import t from 'tap'
import { findAuthorityFacts, findDatabaseFacts, findHostsFacts, findTemporaryFacts, hostsFileOf } from '../../../src/cli/doctor/file-facts.ts'
import { findEmulatorFacts, findFacts, findProxyFacts, findSqliteError, listSystemCertificates } from '../../../src/cli/doctor/find-facts.ts'
import { findHolder, findPortFacts } from '../../../src/cli/doctor/port-facts.ts'
import { signableHosts } from '../../../src/http/hosts.ts'
import { issueAuthority, issueServer } from '../../../src/server/tls/issue.ts'
import { permit } from '../../../src/server/tls/name-constraints.ts'
import { listenOnFreePort } from '../../free-port.ts'
import { refusedUrl } from '../../refused-url.ts'
import { runCommand, startCommand } from '../../run-bin.ts'

t.test('the CA, and who trusts it', async (t) => {
  const folder = t.testdir({ tls: {}, none: {}, broken: { 'ca.pem': 'x' } })
  const path = (name: string): string => join(folder, name)
  const { certificate, key } = await issueAuthority(permit(['localhost']), Date.now())
  const { certificate: other } = await issueAuthority(permit(['localhost']), Date.now())
  const [root] = certificate.split(/(?<=-----END CERTIFICATE-----\n)/).slice(-1) as [string]
  writeFileSync(path('tls/ca.pem'), root)
  // As other programs write it, with other line ends and more around it.
  writeFileSync(path('all.pem'), `# all\n${other}\n${root.replaceAll('\n', '\r\n')}`)
  writeFileSync(path('other.pem'), other)
  const find = (env: NodeJS.ProcessEnv, bundles: string[] = [], list: string[] = []) => findAuthorityFacts(path('tls'), env, { bundles, list: () => list, hosts: ['localhost'], now: 5 })
  const { validTo, ...facts } = find({ NODE_EXTRA_CA_CERTS: path('all.pem'), SSL_CERT_FILE: path('other.pem') })
  t.strictSame(facts, { file: path('tls/ca.pem'), outdated: null, now: 5, trust: { NODE_EXTRA_CA_CERTS: 'has', SSL_CERT_FILE: 'lacks' }, isInSystem: false })
  t.ok(validTo as number > Date.now())
  t.strictSame(find({ NODE_EXTRA_CA_CERTS: path('missing.pem'), SSL_CERT_FILE: '' }).trust, { NODE_EXTRA_CA_CERTS: 'unreadable', SSL_CERT_FILE: 'unset' })
  t.strictSame([find({}, [path('missing.pem'), path('all.pem')]), find({}, [], [other, root]), find({}, [path('other.pem')], [other])].map(({ isInSystem }) => isInSystem), [true, true, false])
  t.type(findAuthorityFacts(path('broken'), {}, { list: () => [], hosts: [], now: 5 }).validTo, 'string')
  // As a version had it that answered for fewer hosts, and one that knew no constraints.
  t.equal(findAuthorityFacts(path('tls'), {}, { list: () => [], hosts: signableHosts('emulator'), now: 5 }).outdated, 'could not sign for xboxlive.com, login.live.com, login.microsoftonline.com, 127.0.0.1, ::1, emulator')
  const unlimited = await issueServer({ certificate, key }, ['localhost'], Date.now())
  writeFileSync(path('broken/ca.pem'), unlimited.certificate)
  t.equal(findAuthorityFacts(path('broken'), {}, { list: () => [], hosts: [], now: 5 }).outdated, 'could sign for every name there is')
  t.match((await runCommand(['doctor', '--tls-dir', path('tls'), '--json'])).stdout, 'could not sign for xboxlive.com')
  t.equal(findAuthorityFacts(path('none'), {}, { list: () => [], hosts: [], now: 5 }).validTo, null)
  t.strictSame([listSystemCertificates({}), listSystemCertificates({ getCACertificates: (type) => [String(type)] })], [[], ['system']])
})

t.test('the hosts file', async (t) => {
  const file = join(t.testdir({ hosts: '127.0.0.1 localhost\r\n# 1.1.1.1 login.live.com\n::1\tAchievements.XboxLive.com\tachievements.xboxlive.com.\n10.0.0.1 achievements.xboxlive.com xsts.auth.xboxlive.com # mine\n' }), 'hosts')
  t.strictSame(findHostsFacts(file), { file, error: null, addresses: new Map([['achievements.xboxlive.com', '::1'], ['xsts.auth.xboxlive.com', '10.0.0.1']]) })
  t.match(findHostsFacts(`${file}s`), { error: 'ENOENT', addresses: new Map() })
  t.strictSame([hostsFileOf('linux', {}), hostsFileOf('win32', {}), hostsFileOf('win32', { SystemRoot: 'D:\\W' })], ['/etc/hosts', 'C:\\Windows\\System32\\drivers\\etc\\hosts', 'D:\\W\\System32\\drivers\\etc\\hosts'])
})

t.test('proxies, without what is secret', async (t) => {
  t.strictSame(findProxyFacts({ HTTP_PROXY: '', https_proxy: 'http://me:s3cret@proxy.corp:8080/?s3cret', ALL_PROXY: 'me:s3cret@proxy:1', no_proxy: 'b', NO_PROXY: 'a' }), { variables: ['https_proxy (proxy.corp:8080)', 'ALL_PROXY'], noProxy: 'a,b' })
  t.strictSame(findProxyFacts({ HTTP_PROXY: 'no address' }), { variables: ['HTTP_PROXY'], noProxy: '' })
})

t.test('the database and the temporary folder', async (t) => {
  const folder = t.testdir({ 'empty.db': '', 'other.db': 'SQLite format 3\u0000'.padEnd(200, 'x'), folder: {} })
  const path = (name: string): string => join(folder, name)
  t.equal((await runCommand(['start', '--seed-only', '--database', path('own.db')])).code, 0)
  const facts = (file: string) => {
    const { error, isForeign } = findDatabaseFacts(file)
    return [error, isForeign]
  }
  t.strictSame([':memory:', path('new.db'), path('empty.db'), path('own.db'), path('other.db'), path('folder')].map(facts), [[null, false], [null, false], [null, false], [null, false], [null, true], ['it is no file', false]])
  t.match(findDatabaseFacts(path('no/a.db')).error, 'ENOENT')
  t.match(findTemporaryFacts(folder), { folder, error: null })
  t.ok(findTemporaryFacts(folder).free > 0)
  t.match(findTemporaryFacts(path('no')), { error: 'ENOENT', free: 0 })
  t.equal(findSqliteError(), null)
  t.equal(findSqliteError(() => { throw new Error('no binary\nat all') }), 'no binary')
})

t.test('ports', async (t) => {
  const { url, stop } = await startCommand(t)
  const own = Number(new URL(url).port)
  const http = { use: 'HTTP', flag: '--port' } as const
  t.strictSame(await findPortFacts('127.0.0.1', own, http), { ...http, port: own, error: 'EADDRINUSE', isEmulator: true, holder: null })
  // On all addresses, as a program that asks for none in particular.
  t.match(await findPortFacts('0.0.0.0', own, http), { error: 'EADDRINUSE', isEmulator: true })
  await stop()
  const authority = await issueAuthority(permit(['localhost']), Date.now())
  const { certificate: cert, key } = await issueServer(authority, ['localhost'], Date.now())
  const secure = await listenOnFreePort(t, createSecureServer({ cert, key }, (_request, response) => { response.end('{"status":"ready"}') }))
  t.match(await findPortFacts('127.0.0.1', secure, http), { isEmulator: true })
  for (const other of [
    createServer((_request, response) => { response.end('ready') }),
    createServer((_request, response) => { response.end() }),
    createSocketServer((socket) => { socket.end('220 ready\r\n') })
  ]) t.match(await findPortFacts('127.0.0.1', await listenOnFreePort(t, other), http), { error: 'EADDRINUSE', isEmulator: false })
  t.match(await findPortFacts('127.0.0.1', 0, http), { error: null, isEmulator: false, holder: null })
  t.match(await findPortFacts('192.0.2.1', 0, http), { error: 'EADDRNOTAVAIL' })
})

t.test('who has a port', async (t) => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
  const row = (port: string, state: string, inode: number): string => `   0: 0100007F:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100 0 0 10 0\n`
  const proc = t.testdir({
    net: { tcp: `${head}${row('14A0', '01', 1)}${row('14A1', '0A', 2)}${row('14A0', '0A', 3)}${row('14A2', '0A', 4)}\n` },
    7: { comm: 'other\n', fd: {} },
    8: { comm: 'node\n', fd: { 0: '' } },
    self: {}
  })
  symlinkSync('socket:[2]', join(proc, '7/fd/4'))
  symlinkSync('socket:[3]', join(proc, '8/fd/5'))
  t.equal(findHolder(0x14A0, proc), 'node (process 8)')
  t.equal(findHolder(0x14A1, proc), 'other (process 7)')
  t.equal(findHolder(0x14A2, proc), null)
  t.equal(findHolder(0x14A3, proc), null)
  mkdirSync(join(proc, 'empty'))
  t.equal(findHolder(0x14A0, join(proc, 'empty')), null)
  writeFileSync(join(proc, 'net/tcp'), `${head}odd line\n0: 1 2 0A\n`)
  t.equal(findHolder(0x14A0, proc), null)
})

t.test('what answers', async (t) => {
  const { url, stop } = await startCommand(t, ['--dialect', 'live'])
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  t.strictSame(await findEmulatorFacts(url), { url, state: 'answers', detail: `version ${version}, dialect live` })
  await stop()
  const http = `http://127.0.0.1:${await listenOnFreePort(t, createServer((_request, response) => { response.writeHead(404).end('no') }))}`
  t.strictSame(await findEmulatorFacts(http), { url: http, state: 'other', detail: 'status 404' })
  const https = http.replace('http:', 'https:')
  t.strictSame(await findEmulatorFacts(https), { url: https, state: 'refused', detail: `it does not speak TLS; name it as ${http}` })
  const none = await refusedUrl(t)
  t.strictSame(await findEmulatorFacts(none), { url: none, state: 'none', detail: '' })
})

t.test('the options', async (t) => {
  const url = await refusedUrl(t)
  const folder = t.testdir({})
  const find = async (flags: object, env: NodeJS.ProcessEnv) => {
    const { options, foreignHost, hasPortVariable, ports } = await findFacts({ tlsDir: folder, ...flags }, url, env)
    return { options, foreignHost, hasPortVariable, ports: ports.map(({ port, use }) => [port, use]) }
  }
  const only443 = [[443, 'the hosts of Xbox Live']]
  t.strictSame(await find({ port: '0', tlsPort: '0' }, { HOST: 'my machine', PORT: '1' }), { options: null, foreignHost: 'my machine', hasPortVariable: false, ports: only443 })
  t.strictSame(await find({ tlsPort: '443' }, { HOST: 'localhost', PORT: '443' }), { options: null, foreignHost: null, hasPortVariable: true, ports: [[443, 'HTTP']] })
  const { options, ports, hasPortVariable } = await find({}, { PORT: 'tcp://10.0.0.1:80' })
  t.match(options, /^the environment variable PORT: found "tcp:/)
  t.strictSame([hasPortVariable, ports.length], [false, 3])
})

t.test('the command', async (t) => {
  const folder = t.testdir({ 'other.db': 'x' })
  const url = await refusedUrl(t)
  const doctor = (...args: string[]): string[] => ['doctor', '--url', url, '--port', '0', '--tls-port', '0', '--tls-dir', folder, ...args]
  const { code, stdout, stderr } = await runCommand(doctor('--json'), { env: { HTTPS_PROXY: 'http://me:s3cret@p:1' } })
  const { ok, findings } = JSON.parse(stdout)
  t.strictSame([code, stderr, ok], [1, '', false])
  t.notMatch(stdout, 's3cret')
  const text = await runCommand(doctor(), { env: { HTTPS_PROXY: 'http://me:s3cret@p:1' } })
  const marks = { ok: '✓ ok   ', hint: '! hint ', wrong: '✗ wrong' }
  // Meanwhile, the disk has filled a little.
  const steady = (lines: string): string => lines.replace(/\d+ MB/, '… MB')
  t.equal(steady(text.stdout), steady(findings.map(({ check, state, found, mend }: Record<string, string>) => `${marks[state as 'ok']} ${check}: ${found}${mend === undefined ? '' : `; ${mend}`}\n`).join('')))
  t.strictSame([text.code, text.stderr], [1, ''])
  t.match(text.stdout, `! hint  emulator: nothing answers at ${url}; xbl-achievements start\n`)
  t.match((await runCommand(doctor('--database', join(folder, 'other.db')))).stdout, `✗ wrong database: ${join(folder, 'other.db')} is a file of another program; give --database a file of its own\n`)
  const well = await runCommand(doctor('--json'))
  t.equal(well.code, JSON.parse(well.stdout).ok ? 0 : 1)
  t.match(await runCommand(['doctor', '--help']), { code: 0, stdout: /^Usage: xbl-achievements doctor \[options\]\n\nLook at this machine, and tell what is wrong and what mends it\.\n/ })
})
