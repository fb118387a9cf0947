import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import t from 'tap'
import { showAuthority } from '../../src/cli/ca.ts'
import type { CommandProcess } from '../../src/cli/output.ts'
import { findTrustStore, thisMachine, type Machine } from '../../src/cli/trust-store.ts'
import { compareAll, refuses, runBin, runCommand, says } from '../run-bin.ts'

const linesFor = (file: string, quoted: string): string => `${file}

Node     export NODE_EXTRA_CA_CERTS=${quoted}
Deno     export DENO_CERT=${quoted}
Python   export SSL_CERT_FILE=${quoted} REQUESTS_CA_BUNDLE=${quoted}
.NET     export SSL_CERT_FILE=${quoted}
Go       export SSL_CERT_FILE=${quoted}
Ruby     export SSL_CERT_FILE=${quoted}
Java     keytool -importcert -noprompt -cacerts -storepass changeit -alias xbl-achievements -file ${quoted}
curl     export CURL_CA_BUNDLE=${quoted}
Chromium mkdir -p ~/.pki/nssdb && certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n xbl-achievements -i ${quoted}
Firefox  about:preferences#privacy, View Certificates, Authorities, Import: ${file}
Windows  certutil -user -addstore Root "${file}"
macOS    security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${quoted}
Debian   sudo cp ${quoted} /usr/local/share/ca-certificates/xbl-achievements.crt && sudo update-ca-certificates
Fedora   sudo cp ${quoted} /etc/pki/ca-trust/source/anchors/xbl-achievements.crt && sudo update-ca-trust
Arch     sudo trust anchor --store ${quoted}
`

t.test('makes a CA, once, and says how to trust it', async (t) => {
  const folder = join(t.testdir(), "it's/tls")
  const file = join(folder, 'ca.pem')
  const told = says(linesFor(file, `'${file.replace("'", "'\\''")}'`))
  t.strictSame(await runCommand(['ca', '--tls-dir', folder]), told)
  const made = readFileSync(file, 'utf8')
  t.strictSame(readdirSync(folder), ['ca-key.pem', 'ca.pem'])
  t.strictSame(await runCommand(['ca'], { env: { XBL_TLS_DIR: folder } }), told)
  t.strictSame(await runBin(['ca', '--tls-dir', "it's/tls"], { cwd: join(folder, '../..') }), told)
  t.equal(readFileSync(file, 'utf8'), made)

  const { code, stdout, stderr } = await runCommand(['ca', '--tls-dir', folder, '--json'])
  const { fingerprint256, validTo } = new X509Certificate(made)
  const lines = told.stdout.split('\n').slice(2, -1).map((line) => [line.slice(0, 9).trim(), line.slice(9)])
  t.strictSame({ code, stderr, answer: JSON.parse(stdout) }, { code: 0, stderr: '', answer: { file, fingerprint256, validTo: new Date(validTo).toISOString(), trust: Object.fromEntries(lines) } })

  t.strictSame(await runCommand(['ca', '--tls-dir', folder, '--tls-host', 'emulator,10.0.0.7']), {
    ...told, stderr: `xbl-achievements: warning: the CA ${file} could not sign for emulator, 10.0.0.7 and is replaced; trust the new one, as xbl-achievements ca says, and the old one no longer\n`
  })
  for (const XBL_TLS_HOST of ['emulator', '']) t.strictSame(await runCommand(['ca'], { env: { XBL_TLS_DIR: folder, XBL_TLS_HOST } }), told)
})

t.test('without a folder, the user\'s own', async (t) => {
  const home = t.testdir()
  for (const env of [{}, { XBL_TLS_DIR: '' }]) {
    t.match(await runBin(['ca'], { env: { HOME: home, USERPROFILE: home, ...env } }), { code: 0, stdout: `${join(home, '.xbl-achievements/ca.pem')}\n` })
  }
})

t.test('a folder that cannot be used', async (t) => {
  const folder = t.testdir({ file: '', empty: {}, broken: { 'ca.pem': 'x' } })
  const file = join(folder, 'file')
  const none = (name: string, reason: string) => refuses(`${join(folder, name)} has no CA that could be taken out: ${reason}; name its folder with --tls-dir`)
  await compareAll(t, [
    [['ca', '--tls-dir', file], refuses(`${file} cannot hold certificates: EEXIST: file already exists, mkdir '${file}'; mend or delete it, or name another folder with --tls-dir`)],
    [['ca', '--tls-host', 'a b'], refuses('--tls-host: found "a b", expected comma-delimited host names or addresses, without ports')],
    [['ca'], refuses('the environment variable XBL_TLS_HOST: found "a b", expected comma-delimited host names or addresses, without ports; give --tls-host, or unset XBL_TLS_HOST'), { env: { XBL_TLS_HOST: 'a b' } }],
    [['ca', 'more'], refuses("too many arguments for 'ca'. Expected 0 arguments but got 1: more.")],
    [['ca', '--install', '--uninstall'], refuses("option '--install' cannot be used with option '--uninstall'")],
    [['ca', '--uninstall', '--tls-dir', join(folder, 'empty')], none('empty', `ENOENT: no such file or directory, open '${join(folder, 'empty/ca.pem')}'`)]
  ])
  t.match(await runCommand(['ca', '--uninstall', '--tls-dir', join(folder, 'broken')]), { code: 1, stdout: '', stderr: /^xbl-achievements: .*broken has no CA that could be taken out: .*; name its folder with --tls-dir\n$/ })
  t.strictSame(readdirSync(join(folder, 'empty')), [])
})

/** A machine with some commands and folders; what it is told to run is in `ran`. */
function machineWith (present: readonly string[], { platform = 'linux', isRoot = false, fails = '' }: { platform?: NodeJS.Platform, isRoot?: boolean, fails?: string } = {}) {
  const ran: string[] = []
  const has = (name: string): boolean => present.includes(name)
  const machine: Machine = {
    platform,
    isRoot,
    home: '/home/ann',
    hasCommand: has,
    hasFolder: has,
    run (line) {
      ran.push(line.join(' '))
      return line.includes(fails) ? 'it ended with 1' : undefined
    }
  }
  return { machine, ran }
}

const DEBIAN = ['/usr/local/share/ca-certificates', 'update-ca-certificates', 'sudo']

t.test('the commands of each system', async (t) => {
  const lines = (present: readonly string[], options: Parameters<typeof machineWith>[1] = {}) => {
    const store = findTrustStore(machineWith(present, options).machine, { file: '/ca.pem', sha1: 'AB12' })
    return store && [store.name, store.add.map((line) => line.join(' ')), store.remove.map((line) => line.join(' '))]
  }
  const linux = (name: string, folder: string, update: string, fresh = update) => [name,
    [`sudo cp /ca.pem ${folder}/xbl-achievements.crt`, `sudo chmod 644 ${folder}/xbl-achievements.crt`, `sudo ${update}`],
    [`sudo rm -f ${folder}/xbl-achievements.crt`, `sudo ${fresh}`]]
  t.strictSame(lines(DEBIAN), linux('Debian', '/usr/local/share/ca-certificates', 'update-ca-certificates', 'update-ca-certificates --fresh'))
  for (const [name, folder, update] of [
    ['Fedora', '/etc/pki/ca-trust/source/anchors', 'update-ca-trust'],
    ['Arch', '/etc/ca-certificates/trust-source/anchors', 'update-ca-trust'],
    ['openSUSE', '/etc/pki/trust/anchors', 'update-ca-certificates']
  ] as const) t.strictSame(lines([folder, update, 'sudo']), linux(name, folder, update))
  t.strictSame(lines(DEBIAN.slice(0, 2), { isRoot: true })?.[2], ['rm -f /usr/local/share/ca-certificates/xbl-achievements.crt', 'update-ca-certificates --fresh'])
  t.equal(lines(DEBIAN.slice(0, 2)), undefined)
  t.equal(lines(DEBIAN.slice(1)), undefined)
  const keychain = '/home/ann/Library/Keychains/login.keychain-db'
  t.strictSame(lines(['security'], { platform: 'darwin' }), ['macOS',
    [`security add-trusted-cert -r trustRoot -k ${keychain} /ca.pem`], ['security remove-trusted-cert /ca.pem', `security delete-certificate -Z AB12 ${keychain}`]])
  t.strictSame(lines(['certutil.exe'], { platform: 'win32' }), ['Windows', ['certutil -user -addstore Root /ca.pem'], ['certutil -user -delstore Root AB12']])
  for (const platform of ['darwin', 'win32', 'freebsd'] as const) t.equal(lines(DEBIAN, { platform }), undefined)
})

t.test('--install and --uninstall show what they run, and what came of it', async (t) => {
  const tlsDir = t.testdir({})
  const file = join(tlsDir, 'ca.pem')
  const show = async (flags: object, { machine, ran }: ReturnType<typeof machineWith>) => {
    const output = { stdout: '', stderr: '' }
    const collect = (name: 'stdout' | 'stderr') => new Writable({ write (text, _encoding, done) { output[name] += text; done() } })
    const process = { env: {}, stdout: collect('stdout'), stderr: collect('stderr') } as unknown as CommandProcess
    const error = await showAuthority({ tlsDir, ...flags }, { process, machine }).then(() => undefined, (error) => error.message)
    return { ...output, ran, error }
  }
  const copy = '/usr/local/share/ca-certificates/xbl-achievements.crt'
  const added = [`sudo cp ${file} ${copy}`, `sudo chmod 644 ${copy}`, 'sudo update-ca-certificates']
  const removed = [`sudo rm -f ${copy}`, 'sudo update-ca-certificates --fresh']
  const shown = (lines: readonly string[]): string => lines.map((line) => `$ ${line}\n`).join('')
  t.strictSame(await show({ install: true }, machineWith(DEBIAN)), {
    stdout: `The Debian store trusts ${file}; Node, Python, Java and browsers may have lists of their own: xbl-achievements ca.\n`, stderr: shown(added), ran: added, error: undefined
  })
  t.strictSame(await show({ uninstall: true }, machineWith(DEBIAN)), { stdout: `The Debian store no longer trusts ${file}.\n`, stderr: shown(removed), ran: removed, error: undefined })
  const { fingerprint, fingerprint256, validTo } = new X509Certificate(readFileSync(file))
  for (const trusted of [true, false]) {
    const { stdout } = await show({ json: true, ...trusted ? { install: true } : { uninstall: true } }, machineWith(DEBIAN))
    t.strictSame(JSON.parse(stdout), { file, fingerprint256, validTo: new Date(validTo).toISOString(), store: 'Debian', trusted })
  }
  // The one that fails is the last one that runs.
  t.strictSame(await show({ install: true }, machineWith(DEBIAN, { fails: 'chmod' })), {
    stdout: '', stderr: shown(added.slice(0, 2)), ran: added.slice(0, 2), error: `sudo chmod 644 ${copy}: it ended with 1`
  })
  t.strictSame((await show({ uninstall: true }, machineWith(['certutil.exe'], { platform: 'win32' }))).ran, [`certutil -user -delstore Root ${fingerprint.replaceAll(':', '')}`])
  const none = 'there is no command here to change what the system trusts, or no right to it; xbl-achievements ca has a line for each client and system'
  t.strictSame(await show({ install: true }, machineWith([])), { stdout: '', stderr: '', ran: [], error: none })
  // The command itself, which finds nothing on this PATH.
  t.strictSame(await runCommand(['ca', '--install', '--tls-dir', tlsDir], { env: { PATH: '' } }), refuses(none))
})

t.test('this machine, and a command that it runs', async (t) => {
  const folder = t.testdir({ plain: '' })
  const { run: runLine, hasCommand, hasFolder, isRoot, home, platform } = thisMachine({ env: { PATH: join(process.execPath, '..'), HOME: folder } })
  t.strictSame([hasCommand('node') || hasCommand('node.exe'), hasCommand('no-such-command'), hasFolder(folder), hasFolder(join(folder, 'none')), home, platform], [true, false, true, false, folder, process.platform])
  t.equal(isRoot, process.getuid?.() === 0)
  t.equal(thisMachine({ env: {} }, { platform: 'win32' } as NodeJS.Process).isRoot, false)
  const run = (script: string): string | undefined => runLine([process.execPath, '-e', script])
  t.strictSame([run(''), run('process.exit(3)'), run("process.kill(process.pid, 'SIGKILL')")], [undefined, 'it ended with 3', 'it ended with SIGKILL'])
  t.match(runLine([join(folder, 'none')]), 'ENOENT')
})
