import { existsSync, lstatSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { compareAll, refuses, runCommand, startCommand, type StartOptions } from '../run-bin.ts'
import { title } from '../world-parts.ts'

/** The line of the demo world. */
const line = (url: string, members: object = {}): string => `${JSON.stringify({
  url, https: null, ca: null, pid: process.pid, world: { source: 'fixtures/demo.json', titles: 8, achievements: 71, users: 5 }, dialect: 'documented', ...members
})}\n`

const hasLine: StartOptions['isReady'] = ({ stdout }) => stdout.endsWith('}\n')

t.test('--ready json prints one line, in the place of the greeting', async (t) => {
  for (const [args, options] of [[['--ready', 'json'], {}], [[], { env: { XBL_READY: 'json' } }], [['--ready', 'json', '--quiet'], {}]] as const) {
    const { greeting, url, stop } = await startCommand(t, args, { ...options, isReady: hasLine })
    t.match(url, /^http:\/\/127\.0\.0\.1:[1-9]\d*$/)
    t.equal(greeting, line(url))
    t.equal((await fetch(`${url}/_emulator/ready`)).status, 200)
    t.strictSame(await stop(), { code: 0, stdout: line(url), stderr: '' })
  }
})

t.test('--quiet prints nothing but warnings', async (t) => {
  const warning = 'xbl-achievements: warning: whoever reaches 0.0.0.0 can change this world; demand a key with --control-key, or leave the control API out with --no-control\n'
  for (const [args, options] of [[['--quiet'], {}], [[], { env: { XBL_QUIET: 'true' } }]] as const) {
    const { stop } = await startCommand(t, ['--host', '0.0.0.0', ...args], { ...options, isReady: ({ stderr }) => stderr === warning })
    t.strictSame(await stop(), { code: 0, stdout: '', stderr: warning })
  }
})

t.test('the members', async (t) => {
  const folder = t.testdir({ 'my.json': JSON.stringify({ titles: [title()] }) })
  const world = join(folder, 'my.json')
  const tls = join(folder, 'tls')
  const { greeting, url, stop } = await startCommand(t, ['--ready', 'json', '--world', world, '--dialect', 'live', '--tls', '--tls-port', '0', '--tls-dir', tls], { isReady: hasLine })
  const { https } = JSON.parse(greeting)
  t.match(https, /^https:\/\/127\.0\.0\.1:[1-9]\d*$/)
  t.equal(greeting, line(url, { https, ca: resolve(tls, 'ca.pem'), world: { source: world.replace(`${process.cwd()}/`, ''), titles: 1, achievements: 1, users: 0 }, dialect: 'live' }))
  t.equal((await stop()).code, 0)
})

t.test('--ready-file is there as long as the emulator', async (t) => {
  const folder = t.testdir({ 'empty.json': '', 'earlier.json': line('http://127.0.0.1:1') })
  const path = (name: string): string => join(folder, name)
  for (const [name, args, options] of [
    ['new.json', ['--ready-file', path('new.json')], {}],
    ['new.json', [], { env: { XBL_READY_FILE: path('new.json') } }],
    ['empty.json', ['--ready-file', path('empty.json')], {}],
    ['earlier.json', ['--ready-file', path('earlier.json')], {}]
  ] as const) {
    const { url, greeting, stop } = await startCommand(t, args, options)
    t.equal(readFileSync(path(name), 'utf8'), line(url), name)
    t.strictSame(await stop(), { code: 0, stdout: greeting, stderr: '' })
    t.notOk(existsSync(path(name)), name)
  }
})

t.test('a link is written through, and stays; its file is emptied', { skip: process.platform === 'win32' }, async (t) => {
  const folder = t.testdir({ 'earlier.json': line('http://127.0.0.1:1'), link: t.fixture('symlink', 'earlier.json') })
  const { url, stop } = await startCommand(t, ['--ready-file', join(folder, 'link')])
  t.equal(readFileSync(join(folder, 'earlier.json'), 'utf8'), line(url))
  t.equal((await stop()).code, 0)
  t.equal(readFileSync(join(folder, 'earlier.json'), 'utf8'), '')
  t.ok(lstatSync(join(folder, 'link')).isSymbolicLink())
})

t.test('--ready-file is not deleted once another emulator has written it', async (t) => {
  const file = join(t.testdir(), 'ready.json')
  const first = await startCommand(t, ['--ready-file', file])
  const second = await startCommand(t, ['--ready-file', file])
  t.equal((await first.stop()).code, 0)
  t.equal(readFileSync(file, 'utf8'), line(second.url))
  rmSync(file)
  t.strictSame(await second.stop(), { code: 0, stdout: second.greeting, stderr: '' }, 'nor missed when somebody else has deleted it')
})

t.test('a file that holds something else stays', async (t) => {
  const folder = t.testdir({ 'world.json': JSON.stringify({ titles: [] }), 'list.json': '[1]', 'null.json': 'null', 'pid.json': '{"pid":1}', 'url.json': '{"url":"x"}', text: 'text', long: line('x').padEnd(70_000) })
  const path = (name: string): string => join(folder, name)
  const start = (name: string): string[] => ['start', '--port', '0', '--log-level', 'silent', '--ready-file', path(name)]
  const mend = 'name another file with --ready-file'
  for (const name of ['world.json', 'list.json', 'null.json', 'pid.json', 'url.json', 'text', 'long']) {
    const before = readFileSync(path(name), 'utf8')
    t.strictSame(await runCommand(start(name)), refuses(`${path(name)} holds something else than a line of --ready-file, and stays as it is; ${mend}`), name)
    t.equal(readFileSync(path(name), 'utf8'), before)
  }
  await compareAll(t, [
    [start('.'), refuses(`${path('.')} cannot be written: EISDIR: illegal operation on a directory, open '${path('.')}'; ${mend}`)],
    [start('missing/x.json'), refuses(`${path('missing/x.json')} cannot be written: nothing can be written in its folder: ENOENT: no such file or directory; ${mend}`)]
  ])
})

t.test('a start that fails writes no file, and leaves none of an earlier emulator', async (t) => {
  const file = join(t.testdir({ 'ready.json': line('http://127.0.0.1:1') }), 'ready.json')
  t.strictSame(await runCommand(['start', '--ready-file', file, '--port', '0', '--host', '192.0.2.1', '--log-level', 'silent']), refuses('cannot listen: listen EADDRNOTAVAIL: address not available 192.0.2.1; check --host'))
  t.notOk(existsSync(file))
})

t.test('a file that cannot be written once it listens ends the start', async (t) => {
  const folder = t.testdir({ 'world.json': JSON.stringify({ titles: [title()] }), out: {} })
  const preload = `
    import { Server } from 'node:net'
    import { rmSync } from 'node:fs'
    const { listen } = Server.prototype
    Server.prototype.listen = function (...args) {
      rmSync(${JSON.stringify(join(folder, 'out'))}, { recursive: true })
      return Reflect.apply(listen, this, args)
    }`
  const file = join(folder, 'out/ready.json')
  await compareAll(t, [[['start', '--port', '0', '--log-level', 'silent', '--ready-file', file], refuses(`${file} cannot be written: nothing can be written in its folder: ENOENT: no such file or directory; name another file with --ready-file`), { preload }]])
  t.notOk(existsSync(join(folder, 'out')))
})

t.test('a device stays', { skip: process.platform === 'win32' }, async (t) => {
  const { greeting, stop } = await startCommand(t, ['--ready-file', '/dev/null'])
  t.strictSame(await stop(), { code: 0, stdout: greeting, stderr: '' })
  t.ok(lstatSync('/dev/null').isCharacterDevice())
})

t.test('--seed-only tells of no emulator', async (t) => {
  const folder = t.testdir({})
  const [file, database] = [join(folder, 'ready.json'), join(folder, 'test.db')]
  t.strictSame(await runCommand(['start', '--seed-only', '--database', database, '--ready-file', file, '--ready', 'json', '--quiet']), { code: 0, stdout: `${database} holds fixtures/demo.json\n`, stderr: '' })
  t.notOk(existsSync(file))
})
