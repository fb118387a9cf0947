import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { BIN, COVERED } from '../command-process.ts'
import { GAMER } from '../helper.ts'
import { isOpen } from '../raw-http.ts'
import { compareAll, refuses, runBin, runCommand, type Result } from '../run-bin.ts'

const NODE = process.execPath
/** The system's own variables, without which a command is not found. */
const { PATH = '' } = process.env

/** Runs a script that uses the emulator, and reads the JSON that it has written to standard output. */
async function runScript (args: readonly string[], script: string, env: Readonly<Record<string, string>> = {}): Promise<{ code: number | null, stderr: string, said: any }> {
  const { code, stdout, stderr } = await runBin(['exec', ...args, '--', NODE, '--input-type=module', '--eval', script], { env: { ...COVERED, NODE_EXTRA_CA_CERTS: '', ...env } })
  return { code, stderr, said: JSON.parse(stdout) }
}

const TELL_ENVIRONMENT = `
  const variables = Object.entries(process.env).filter(([name]) => /^XBL_|^PORT$|^HOST$|^NODE_EXTRA_CA_CERTS$/.test(name)).sort()
  const { status } = await fetch(process.env.XBL_EMULATOR_URL + '/_emulator/health')
  console.log(JSON.stringify({ variables: Object.fromEntries(variables), status }))`

t.test('the command finds the emulator, whose port is closed afterwards', async (t) => {
  const { said: { variables, status }, ...end } = await runScript([], TELL_ENVIRONMENT)
  t.strictSame(end, { code: 0, stderr: '' })
  t.equal(status, 200)
  const { XBL_EMULATOR_URL: url } = variables
  t.match(url, /^http:\/\/127\.0\.0\.1:[1-9]\d*$/)
  t.strictSame(variables, { NODE_EXTRA_CA_CERTS: '', XBL_EMULATOR_URL: url, XBL_EMULATOR_HOST: '127.0.0.1', XBL_EMULATOR_PORT: new URL(url).port })
  t.equal(await isOpen(url), false)
})

t.test('what the environment sets from outside', async (t) => {
  const outside = {
    PORT: '1',
    HOST: '192.0.2.1',
    XBL_DIALECT: 'live',
    XBL_EMULATOR_URL: 'http://outer',
    XBL_EMULATOR_HTTPS_URL: 'https://outer',
    XBL_EMULATOR_CA: '/outer.pem',
    // What start would print is not printed, and nothing is seeded alone.
    XBL_READY: 'json',
    XBL_QUIET: 'false',
    XBL_SEED_ONLY: 'true'
  }
  const { said: { variables }, ...end } = await runScript(['--control-key', 'k3y'], TELL_ENVIRONMENT, outside)
  t.strictSame(end, { code: 0, stderr: '' })
  const { XBL_EMULATOR_URL: url } = variables
  const { XBL_EMULATOR_HTTPS_URL, XBL_EMULATOR_CA, ...rest } = outside
  t.strictSame(variables, {
    NODE_EXTRA_CA_CERTS: '', ...rest, XBL_EMULATOR_URL: url, XBL_EMULATOR_HOST: '127.0.0.1', XBL_EMULATOR_PORT: new URL(url).port, XBL_CONTROL_KEY: 'k3y'
  })
  t.match(url, /^http:\/\/127\.0\.0\.1:\d{2,}$/)
})

t.test('an IPv6 address', { skip: !Object.values(networkInterfaces()).flat().some((address) => address?.address === '::1') }, async (t) => {
  const { said: { variables: { XBL_EMULATOR_URL, XBL_EMULATOR_HOST } } } = await runScript(['--host', '::1'], TELL_ENVIRONMENT)
  t.match(XBL_EMULATOR_URL, /^http:\/\/\[::1\]:\d+$/)
  t.equal(XBL_EMULATOR_HOST, '::1')
})

t.test('--tls: a command in Node trusts the emulator', async (t) => {
  const folder = t.testdir({ 'own.pem': 'another' })
  const [own, authority] = [join(folder, 'own.pem'), join(folder, 'tls/ca.pem')]
  const tls = ['--tls', '--tls-dir', join(folder, 'tls')]
  const script = `
    const { XBL_EMULATOR_HTTPS_URL: url, XBL_EMULATOR_CA: authority, NODE_EXTRA_CA_CERTS: trusted } = process.env
    const status = await fetch(url + '/_emulator/health').then(({ status }) => status, ({ cause }) => cause.code)
    console.log(JSON.stringify({ url, authority, trusted, status }))`
  const { said: { url, ...said }, ...end } = await runScript(tls, script)
  t.strictSame(end, { code: 0, stderr: '' })
  t.match(url, /^https:\/\/127\.0\.0\.1:[1-9]\d*$/)
  t.strictSame(said, { authority, trusted: authority, status: 200 })
  t.equal(await isOpen(url), false)

  const run = (env: Record<string, string>): Promise<Result> => runCommand(['exec', ...tls, '--', NODE, '--eval', ''], { env })
  const warning = (file: string): string => `xbl-achievements: warning: NODE_EXTRA_CA_CERTS is ${file} already, so that Node does not trust the emulator; add ${authority} to that file, or unset the variable\n`
  for (const file of [own, join(folder, 'missing.pem')]) t.strictSame(await run({ NODE_EXTRA_CA_CERTS: file }), { code: 0, stdout: '', stderr: warning(file) })
  writeFileSync(own, `the one before\n${readFileSync(authority, 'utf8')}`)
  for (const file of [own, authority]) t.strictSame(await run({ NODE_EXTRA_CA_CERTS: file }), { code: 0, stdout: '', stderr: '' })
  // What an emulator around this one has set is not the command's own.
  t.match(await runScript(tls, script, { NODE_EXTRA_CA_CERTS: own, XBL_EMULATOR_CA: own }), { code: 0, stderr: '', said: { authority, trusted: authority, status: 200 } })
})

t.test('the exit code is that of the command', async (t) => {
  const exits = (script: string): Promise<Result> => runCommand(['exec', '--', NODE, '--eval', script])
  for (const code of [0, 1, 7, 255]) t.strictSame(await exits(`process.exit(${code})`), { code, stdout: '', stderr: '' })
  if (process.platform === 'win32') return
  for (const [signal, code] of [['SIGKILL', 137], ['SIGTERM', 143]]) t.strictSame(await exits(`process.kill(process.pid, '${signal}')`), { code, stdout: '', stderr: '' })
})

t.test('a command that is not there, or cannot be run', async (t) => {
  const folder = t.testdir({ text: 'no program', script: '#!/bin/sh\r\n' })
  const file = join(folder, 'after.json')
  const notFound = (name: string): Result => ({
    code: 127, stdout: '', stderr: `xbl-achievements: exec: ${name}: there is no such command; expected a program on the PATH, or the path of one; a line for a shell is run by sh -c\n`
  })
  const noCommand = refuses('exec: found no command, expected one after the options: xbl-achievements exec -- npm test')
  await compareAll(t, [
    [['exec', '--', 'xbl-no-such-command', '--help'], notFound('xbl-no-such-command'), { env: { PATH } }],
    [['exec', '--', `${NODE} --version`], notFound(`${NODE} --version`)],
    [['exec', '--export-on-exit', file, '--', join(folder, 'missing')], notFound(join(folder, 'missing'))],
    [['exec', '--', ''], notFound('""')],
    [['exec'], noCommand],
    [['exec', '--'], noCommand],
    [['exec', '--dialect', 'live', '--'], noCommand],
    // The system takes no such variable.
    [['exec', '--', NODE], { code: 126, stdout: '', stderr: `xbl-achievements: exec: ${NODE}: the command cannot be run: spawn E2BIG\n` }, { env: { LONG: 'x'.repeat(200_000) } }]
  ])
  t.equal(JSON.parse(readFileSync(file, 'utf8')).users.length, 5, 'the world is exported all the same')
  if (process.platform !== 'win32') {
    const script = join(folder, 'script')
    chmodSync(script, 0o755)
    t.strictSame(await runCommand(['exec', '--', script]), { code: 126, stdout: '', stderr: `xbl-achievements: exec: ${script}: the command cannot be run: its first line names a program that is not there\n` })
    t.strictSame(await runCommand(['exec', '--', join(folder, 'text')]), { code: 126, stdout: '', stderr: `xbl-achievements: exec: ${join(folder, 'text')}: the command cannot be run: spawn ${join(folder, 'text')} EACCES\n` })
  }
})

t.test('an emulator that cannot start runs no command', async (t) => {
  const file = join(t.testdir(), 'run')
  const command = [NODE, '--eval', `fs.writeFileSync(${JSON.stringify(file)}, '')`]
  await compareAll(t, [
    [['exec', '--world', 'missing.json', '--', ...command], refuses('missing.json: found no such file or folder, expected a world')],
    [['exec', '--host', '192.0.2.1', '--', ...command], refuses('cannot listen: listen EADDRNOTAVAIL: address not available 192.0.2.1; check --host')],
    [['exec', '--quiet', '--', ...command], refuses("unknown option '--quiet'")],
    [['exec', '--prot', '1', '--', ...command], refuses("unknown option '--prot' (Did you mean --port?)")]
  ])
  t.notOk(existsSync(file))
})

t.test('arguments behind the command are its own, with -- and without', async (t) => {
  const script = 'console.log(JSON.stringify(process.argv.slice(1)))'
  const own = ['--', '--port', '1', '-x', '--version', '', 'a b', '"$HOME"']
  for (const separator of [['--'], []]) {
    t.strictSame(await runBin(['exec', '--dialect', 'live', ...separator, NODE, '--eval', script, ...own]), { code: 0, stdout: `${JSON.stringify(own.slice(1))}\n`, stderr: '' })
  }
})

t.test('the world is exported after a command that fails, and a database is kept', async (t) => {
  const folder = t.testdir({})
  const [file, database] = [join(folder, 'after.json'), join(folder, 'test.db')]
  const script = `
    const { status } = await fetch(process.env.XBL_EMULATOR_URL + '/_emulator/users/${GAMER}', { method: 'DELETE' })
    process.exit(status)`
  const args = ['exec', '--export-on-exit', file, '--database', database, '--', NODE, '--input-type=module', '--eval', script]
  t.strictSame(await runCommand(args), { code: 204, stdout: '', stderr: '' })
  t.equal(JSON.parse(readFileSync(file, 'utf8')).users.length, 4)
  rmSync(file)
  t.strictSame(await runCommand(args), { code: 404 & 255, stdout: '', stderr: '' })
  t.equal(JSON.parse(readFileSync(file, 'utf8')).users.length, 4)
})

t.test('requests are not logged unless that is asked for, and never on standard output', async (t) => {
  const script = "await fetch(process.env.XBL_EMULATOR_URL + '/_emulator/health'); console.log('out'); console.error('err')"
  const run = (...args: string[]): Promise<Result> => runBin(['exec', ...args, '--', NODE, '--input-type=module', '--eval', script])
  t.strictSame(await run(), { code: 0, stdout: 'out\n', stderr: 'err\n' })
  const { stderr, ...rest } = await run('--log-level', 'info')
  t.strictSame(rest, { code: 0, stdout: 'out\n' })
  // The command may be faster than the log of its request.
  t.match(stderr.split('\n').sort(), ['', 'err', /^\{.*"msg":"Server listening at /, /^\{.*"path":"\/_emulator\/health"/])
})

t.test('standard input is the command\'s', async (t) => {
  const script = `echo "four words of text" | "${NODE}" "${BIN}" exec -- wc -w`
  const { stdout, ...rest } = await runBin(['exec', '--', 'sh', '-c', script])
  t.strictSame(rest, { code: 0, stderr: '' })
  t.equal(stdout.trim(), '4')
})

t.test('a process that the command leaves behind is not waited for', { skip: process.platform === 'win32' }, async (t) => {
  const file = join(t.testdir(), 'pid')
  const [draft, name] = [`${file}-`, file].map((each) => JSON.stringify(each))
  // The one that stays holds the outputs of both, and a connection to the emulator. The file has its name once it is written.
  const stays = `fetch(process.env.XBL_EMULATOR_URL + '/_emulator/health').then(() => { fs.writeFileSync(${draft}, String(process.pid)); fs.renameSync(${draft}, ${name}) }); setInterval(() => {}, 1000)`
  const script = `
    child_process.spawn(process.execPath, ['--eval', ${JSON.stringify(stays)}], { stdio: 'inherit', detached: true }).unref()
    const timer = setInterval(() => { if (fs.existsSync(${JSON.stringify(file)})) process.exit(3) }, 10)`
  t.equal((await runCommand(['exec', '--', NODE, '--eval', script], { env: { PATH } })).code, 3)
  process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL')
})
