import 'reflect-metadata'
import { X509Certificate, createPrivateKey, webcrypto } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { BasicConstraintsExtension, PemConverter, X509CertificateGenerator } from '@peculiar/x509'
import t from 'tap'
import { CommandError } from '../../../src/base/user-error.ts'
import { findForbidden, permit, readPermitted, type Permitted } from '../../../src/server/tls/name-constraints.ts'
import { ensureAuthority, ensureServerCertificate } from '../../../src/server/tls/tls-folder.ts'
import { NOW } from '../../helper.ts'

const DAY = 86_400_000
const HOSTS = ['achievements.xboxlive.com', 'localhost', '127.0.0.1', '::1']

const modeOf = (...path: string[]): number => fs.statSync(join(...path)).mode & 0o777
const read = (...path: string[]): string => fs.readFileSync(join(...path), 'utf8')
const daysFrom = (now: number, date: string): number => (Date.parse(date) - now) / DAY

t.test('a CA and a certificate are made once, and only their owner can read the keys', async (t) => {
  const folder = join(t.testdir(), 'deep/tls')
  const authority = await ensureAuthority(folder, { hosts: HOSTS, now: NOW })
  const server = await ensureServerCertificate(folder, { authority, hosts: HOSTS, now: NOW })
  t.strictSame(fs.readdirSync(folder), ['ca-key.pem', 'ca.pem', 'server.pem'])
  t.strictSame([modeOf(folder), modeOf(folder, 'ca-key.pem'), modeOf(folder, 'server.pem'), modeOf(folder, 'ca.pem')], [0o700, 0o600, 0o600, 0o644])
  t.equal(authority.file, join(folder, 'ca.pem'))
  t.ok(authority.certificate.endsWith(read(folder, 'ca.pem')))
  t.notMatch(read(folder, 'ca.pem'), 'KEY')
  t.equal(read(folder, 'server.pem'), server.certificate + server.key)

  fs.chmodSync(join(folder, 'ca-key.pem'), 0o644)
  const again = await ensureAuthority(folder, { hosts: HOSTS, now: NOW })
  t.strictSame(again, authority)
  t.equal(authority.replaced, null)
  t.equal(modeOf(folder, 'ca-key.pem'), 0o600)
  t.strictSame(await ensureServerCertificate(folder, { authority: again, hosts: HOSTS, now: NOW }), server)
})

t.test('the extensions and names of the certificates', async (t) => {
  const folder = t.testdir()
  const authority = await ensureAuthority(folder, { hosts: HOSTS, now: NOW })
  const server = await ensureServerCertificate(folder, { authority, hosts: HOSTS, now: NOW })
  const root = new X509Certificate(read(folder, 'ca.pem'))
  const ca = new X509Certificate(authority.certificate)
  const own = new X509Certificate(server.certificate)
  t.strictSame([root.ca, ca.ca], [true, true])
  t.match(root.subject, /^CN=xbl-achievements CA [0-9a-f]{8}$/)
  t.match(ca.subject, /^CN=xbl-achievements server CA [0-9a-f]{8}$/)
  t.ok(root.checkIssued(root) && root.verify(root.publicKey) && ca.checkIssued(root) && ca.verify(root.publicKey))
  t.equal(authority.certificate, ca.toString() + root.toString())
  t.equal(server.certificate, own.toString() + ca.toString())
  t.ok(ca.checkPrivateKey(createPrivateKey(authority.key)))
  t.notOk(root.checkPrivateKey(createPrivateKey(authority.key)), 'the key of what is trusted is nowhere')
  for (const each of [root, ca]) t.strictSame(readPermitted(each), permit(HOSTS))
  t.equal(own.ca, false)
  t.equal(own.subject, 'CN=achievements.xboxlive.com')
  t.equal(own.subjectAltName, 'DNS:achievements.xboxlive.com, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  t.strictSame(own.keyUsage, ['1.3.6.1.5.5.7.3.1'])
  t.ok(own.checkIssued(ca) && own.verify(ca.publicKey))
  t.strictSame([root.validFrom, root.validTo], [ca.validFrom, ca.validTo])
  t.strictSame([daysFrom(NOW, ca.validFrom), daysFrom(NOW, ca.validTo), daysFrom(NOW, own.validFrom), daysFrom(NOW, own.validTo)], [-1, 3650, -1, 365])
  t.not(createPrivateKey(authority.key).export({ type: 'pkcs8', format: 'pem' }), createPrivateKey(server.key).export({ type: 'pkcs8', format: 'pem' }))
})

t.test('a certificate that is about to end is renewed', async (t) => {
  const folder = t.testdir()
  const authority = await ensureAuthority(folder, { hosts: HOSTS, now: NOW })
  const keep = async (now: number) => await ensureServerCertificate(folder, { authority, hosts: HOSTS, now })
  const first = await keep(NOW)
  t.strictSame(await keep(NOW + 334 * DAY), first)
  const late = NOW + 335 * DAY
  const second = await keep(late)
  t.not(second.key, first.key)
  t.equal(daysFrom(late, new X509Certificate(second.certificate).validTo), 365)
  t.equal(read(folder, 'server.pem'), second.certificate + second.key)
  // The clock was set back.
  t.not((await keep(NOW)).certificate, second.certificate)
})

t.test('a CA that is about to end is replaced', async (t) => {
  const folder = t.testdir()
  const first = await ensureAuthority(folder, { hosts: HOSTS, now: NOW })
  t.equal((await ensureAuthority(folder, { hosts: HOSTS, now: NOW + 2919 * DAY })).certificate, first.certificate)
  const late = NOW + 2920 * DAY
  const second = await ensureAuthority(folder, { hosts: HOSTS, now: late })
  t.strictSame([first.replaced, second.replaced], [null, 'was about to end'])
  t.not(second.key, first.key)
  t.ok(second.certificate.endsWith(read(folder, 'ca.pem')))
  t.equal(daysFrom(late, new X509Certificate(second.certificate).validTo), 3650)
  const server = new X509Certificate((await ensureServerCertificate(folder, { authority: second, hosts: HOSTS, now: late })).certificate)
  t.ok(server.checkIssued(new X509Certificate(second.certificate)))
  t.strictSame(await ensureAuthority(folder, { hosts: HOSTS, now: late }), { ...second, replaced: null })
})

t.test('a certificate for other hosts, or of another CA, is made anew', async (t) => {
  const folder = t.testdir()
  const authority = await ensureAuthority(folder, { hosts: HOSTS, now: NOW })
  const keep = async (hosts: readonly string[], by = authority): Promise<X509Certificate> =>
    new X509Certificate((await ensureServerCertificate(folder, { authority: by, hosts, now: NOW })).certificate)
  const first = await keep(HOSTS)
  t.equal((await keep(['localhost', '::1'])).serialNumber, first.serialNumber, 'for less')
  const wider = await keep([...HOSTS, 'emulator', '*.example.test', '10.0.0.7'])
  t.not(wider.serialNumber, first.serialNumber)
  t.ok(wider.checkHost('emulator') !== undefined && wider.checkHost('a.example.test') !== undefined && wider.checkIP('10.0.0.7') !== undefined)
  t.equal((await keep([...HOSTS, '*.example.test'])).serialNumber, wider.serialNumber)
  t.not((await keep(['10.0.0.8'])).serialNumber, wider.serialNumber)

  const other = await ensureAuthority(join(folder, 'other'), { hosts: HOSTS, now: NOW })
  const foreign = await keep(HOSTS, other)
  t.ok(foreign.verify(new X509Certificate(other.certificate).publicKey))
  fs.rmSync(join(folder, 'ca-key.pem'))
  const fresh = await ensureAuthority(folder, { hosts: HOSTS, now: NOW })
  t.not(fresh.key, authority.key)
  t.ok(fresh.certificate.endsWith(read(folder, 'ca.pem')))
})

t.test('a CA that may sign for less is replaced by one that may sign for both', async (t) => {
  const folder = t.testdir()
  const keep = async (...hosts: string[]) => await ensureAuthority(folder, { hosts, now: NOW })
  const first = await keep('Localhost', '*.example.test', '10.0.0.7')
  for (const hosts of [['localhost'], ['a.LOCALHOST', 'a.b.example.test', 'example.test'], ['10.0.0.7']]) t.strictSame(await keep(...hosts), first, String(hosts))
  const second = await keep('localhost', 'emulator', '10.0.0.8', '::1')
  t.equal(second.replaced, 'could not sign for emulator, 10.0.0.8, ::1')
  t.not(second.key, first.key)
  t.ok(second.certificate.endsWith(read(folder, 'ca.pem')))
  t.equal(read(folder, 'ca-key.pem'), second.certificate + second.key)
  t.strictSame(await keep('a.example.test', '10.0.0.7', 'emulator', '0:0::1'), { ...second, replaced: null })
  for (const host of ['test', 'xample.test', 'emulator2', '10.0.0.9', '::', 'fd00::1']) {
    t.strictSame(findForbidden([host], readPermitted(new X509Certificate(second.certificate)) as Permitted), [host])
  }
})

t.test('a CA without name constraints is replaced, and its key is deleted', async (t) => {
  const folder = t.testdir()
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const secret = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  for (const extensions of [[], [new BasicConstraintsExtension(true, 0, true)]]) {
    const old = await X509CertificateGenerator.createSelfSigned({ name: 'CN=old', keys, notBefore: new Date(NOW), notAfter: new Date(NOW + 3650 * DAY), signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' }, extensions })
    fs.writeFileSync(join(folder, 'ca-key.pem'), `${old.toString('pem')}\n${secret}\n`)
    const authority = await ensureAuthority(folder, { hosts: HOSTS, now: NOW })
    t.equal(authority.replaced, 'could sign for every name there is')
    t.notMatch(read(folder, 'ca-key.pem'), secret)
    t.strictSame(findForbidden([...HOSTS, 'example.com'], readPermitted(new X509Certificate(authority.certificate)) as Permitted), ['example.com'])
    t.equal((await ensureAuthority(folder, { hosts: HOSTS, now: NOW })).replaced, null)
  }
})

t.test('two processes that start at the same time for different hosts end with one CA for both', async (t) => {
  const folder = t.testdir()
  const keep = async (...hosts: string[]) => await ensureAuthority(folder, { hosts, now: NOW })
  await keep('localhost')
  await Promise.all([keep('one'), keep('two'), keep('three')])
  const { replaced } = await keep('localhost', 'one', 'two', 'three')
  t.equal(replaced, null)
  t.strictSame(fs.readdirSync(folder), ['ca-key.pem', 'ca.pem'])
})

t.test('two processes that start at the same time use the same certificates', async (t) => {
  const folder = t.testdir()
  const [one, two] = await Promise.all([ensureAuthority(folder, { hosts: HOSTS, now: NOW }), ensureAuthority(folder, { hosts: HOSTS, now: NOW })])
  t.strictSame(one, two)
  t.strictSame(fs.readdirSync(folder), ['ca-key.pem', 'ca.pem'])
})

t.test('a file system without links', async (t) => {
  const folder = t.testdir()
  const linkless = await t.mockImport<typeof import('../../../src/server/tls/tls-folder.ts')>('../../../src/server/tls/tls-folder.ts', {
    'node:fs': { ...fs, linkSync: () => { throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' }) } }
  })
  const authority = await linkless.ensureAuthority(folder, { hosts: HOSTS, now: NOW })
  t.equal(read(folder, 'ca-key.pem'), authority.certificate + authority.key)
  t.strictSame(fs.readdirSync(folder), ['ca-key.pem', 'ca.pem'])
})

t.test('a folder that cannot be used is reported in one line, which shows no part of a key', async (t) => {
  const folder = t.testdir({ file: '', broken: { 'ca-key.pem': '-----BEGIN PRIVATE KEY-----\nSECRET\n' }, keyless: {}, mixed: {}, folder: { 'ca-key.pem': {} } })
  const path = (name: string): string => join(folder, name)
  const [one, two] = await Promise.all([ensureAuthority(path('one'), { hosts: HOSTS, now: NOW }), ensureAuthority(path('two'), { hosts: HOSTS, now: NOW })])
  fs.writeFileSync(path('keyless/ca-key.pem'), one.certificate)
  fs.writeFileSync(path('mixed/ca-key.pem'), one.certificate + two.key)
  for (const [name, reason] of [
    ['file', `EEXIST: file already exists, mkdir '${path('file')}'`],
    ['broken', `${path('broken/ca-key.pem')} has no certificate that can be read`],
    ['keyless', `${path('keyless/ca-key.pem')} has no key that can be read`],
    ['mixed', `${path('mixed/ca-key.pem')} has a key that is not the certificate's`],
    ['folder', 'EISDIR: illegal operation on a directory, read']
  ] as const) {
    await t.rejects(ensureAuthority(path(name), { hosts: HOSTS, now: NOW }),
      new CommandError(`${path(name)} cannot hold certificates: ${reason}; mend or delete it, or name another folder with --tls-dir`), name)
  }
})
