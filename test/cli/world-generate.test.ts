import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import Database from 'better-sqlite3'
import t from 'tap'
import type { CommandProcess } from '../../src/cli/output.ts'
import { startProgress } from '../../src/cli/progress-line.ts'
import { readWorld } from '../../src/world/read.ts'
import { BIN, COVERED } from '../command-process.ts'
import { compareAll, refuses, runCommand, startCommand, watchBin, type Case } from '../run-bin.ts'

const HELP = `Usage: xbl-achievements world generate [options]

Make a large world for load tests, always the same for one seed.

Options:
  --titles <number>        how many titles (default: 10)
  --achievements <number>  how many achievements each title has (default: 30)
  --users <number>         how many users (default: 1000)
  --seed <number>          another world for each (default: 1)
  --out <file>             file to write; without it, and without --database,
                           standard output
  --database <file>        database file to make, ready to start
  --force                  write over what is there
  -h, --help               display help for command

Each user has played one to three titles, and has a token: user 17, counted from
0, is 2533274800000017 with XBL3.0 x=load;token-17. The key of the IGDB view is load.
There are at most 1000000 achievements in all.

Example: a small one, to look at
  xbl-achievements world generate --users 20 > ./load.json

Example: a million users; a world as large as that can be served from a database file alone
  xbl-achievements world generate --users 1000000 --database ./load.db
  xbl-achievements start --database ./load.db
`

const generate = (...args: string[]): string[] => ['world', 'generate', ...args]
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** All rows of all tables, but for what names the world and tells two seedings apart. */
function dump (file: string): Record<string, unknown> {
  const database = new Database(file, { readonly: true })
  const tables = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all()
  const rows = tables.map((name) => [name, database.prepare(`SELECT * FROM ${name}`).all().map((row) => name === 'world' ? { ...row as object, source: '', stamp: '' } : row)])
  const schema = database.prepare('SELECT type, name, sql FROM sqlite_schema').all()
  database.close()
  return { ...Object.fromEntries(rows), schema }
}

t.test('the same bytes for one seed, and a world that is right', async (t) => {
  const folder = t.testdir({})
  const path = (name: string): string => join(folder, name)
  const size = ['--titles', '150', '--achievements', '80', '--users', '300']
  const made = '150 titles, 12000 achievements, 300 users, as many tokens'
  const printed = await runCommand(generate(...size))
  t.strictSame([printed.code, printed.stderr], [0, `made ${made}\n`])
  await compareAll(t, [
    [generate(...size, '--seed', '1', '--out', path('a.json')), { code: 0, stdout: '', stderr: `${path('a.json')}: ${made}; serve it with xbl-achievements start --world ${path('a.json')}\n` }],
    [generate(...size, '--seed', '2', '--out', path('b.json')), { code: 0, stdout: '', stderr: `${path('b.json')}: ${made}; serve it with xbl-achievements start --world ${path('b.json')}\n` }]
  ])
  await compareAll(t, ['a.json', 'b.json'].map((name): Case => [['world', 'validate', path(name)], { code: 0, stdout: `${path(name)}: ok (150 titles, 12000 achievements, 300 users)\n`, stderr: '' }]))
  t.equal(hashOf(readFileSync(path('a.json'), 'utf8')), hashOf(printed.stdout))
  // The same on every machine, and in every version: a change of these bytes changes everybody's load test.
  t.equal(hashOf(printed.stdout), '3d68cda2bd1495ca4afe3f67155ca58ad7744586a1a77a0f5a79dab5e93002ab')
  t.not(hashOf(readFileSync(path('b.json'), 'utf8')), hashOf(printed.stdout))

  const { titles, users } = readWorld(path('a.json'))
  t.equal(new Set(titles.map(({ name }) => name)).size, 150)
  t.ok(titles.every(({ titleId, achievements }) => titleId <= 2147483647 && new Set(achievements.map(({ name }) => (name as Record<string, string>)['de-DE'])).size === 80))
  t.strictSame(['generation', 'sandboxes'].map((member) => new Set(titles.map((title) => JSON.stringify(title[member as 'generation']))).size), [2, 2])
  const hubs = titles.map(({ titleHub }) => titleHub)
  t.strictSame([new Set(hubs.map((hub) => JSON.stringify(hub?.devices))).size, new Set(hubs.map((hub) => hub?.pfn)).size], [6, 136], 'titles of the Xbox 360 have no package family name')
  t.ok(users.every((user) => user.titles.every(({ minutesPlayed }) => minutesPlayed !== null && minutesPlayed >= 55)))
  const progress = users.flatMap(({ achievements }) => achievements)
  t.ok(['everyone', 'friendsOnly', 'blocked'].every((privacy) => users.some((user) => user.privacy === privacy)))
  t.ok(users.some(({ friends }) => friends.length > 0))
  t.ok(progress.some(({ timeUnlocked }) => timeUnlocked === null) && progress.some(({ timeUnlocked }) => timeUnlocked !== null))
})

t.test('a database is that of the same world as JSON', async (t) => {
  const folder = t.testdir({})
  const path = (name: string): string => join(folder, name)
  const size = ['--titles', '12', '--achievements', '7', '--users', '200', '--seed', '5']
  t.equal((await runCommand(generate(...size, '--out', path('world.json')))).code, 0)
  t.equal((await runCommand(['start', '--seed-only', '--world', path('world.json'), '--database', path('seeded.db')])).code, 0)
  t.strictSame(await runCommand(generate(...size, '--database', path('made.db'))), {
    code: 0, stdout: '', stderr: `${path('made.db')}: 12 titles, 84 achievements, 200 users, as many tokens; serve it with xbl-achievements start --database ${path('made.db')}\n`
  })
  t.strictSame(readdirSync(folder), ['made.db', 'seeded.db', 'world.json'])
  t.strictSame(dump(path('made.db')), dump(path('seeded.db')))
  if (process.platform !== 'win32') t.equal(statSync(path('made.db')).mode & 0o777, 0o600)

  const { url, greeting, stop } = await startCommand(t, ['--database', path('made.db')])
  t.match(greeting, 'world     world generate --seed 5 (12 titles, 84 achievements, 200 users)')
  const response = await fetch(`${url}/users/xuid(2533274800000017)/achievements`, { headers: { authorization: 'XBL3.0 x=load;token-17', 'x-xbl-contract-version': '2' } })
  t.equal(response.status, 200)
  // Nothing replaces a database that is served, which would lose what it does then.
  const open = (suffix: string) => refuses(`${path('made.db')} is open in another process, or was not closed: there is ${path('made.db')}${suffix}; end that process, or give --database another file`)
  t.strictSame(await runCommand(generate('--users', '1', '--database', path('made.db'), '--force')), open('-wal'))
  symlinkSync('made.db', path('link.db'))
  t.strictSame(await runCommand(generate('--users', '1', '--database', path('link.db'), '--force')), open('-wal'))
  await stop()
  t.equal((await runCommand(generate('--users', '1', '--database', path('link.db'), '--force'))).code, 0)
  t.equal((dump(path('made.db'))['person'] as object[]).length, 1)
})

t.test('no file is written over, and none is left by half', async (t) => {
  const folder = t.testdir({ 'a.json': 'mine', 'a.db': 'mine', folder: {}, link: t.fixture('symlink', 'a.json') })
  const path = (name: string): string => join(folder, name)
  const is = (name: string, flag: string): Case[1] => refuses(`${path(name)} is there already; write over it with --force, or name another file with ${flag}`)
  const small = ['--titles', '1', '--achievements', '1', '--users', '0']
  await compareAll(t, [
    [generate('--out', ''), refuses('--out: found "", expected the name of a file')],
    [generate('--out', path('a.json')), is('a.json', '--out')],
    [generate('--database', path('a.db')), is('a.db', '--database')],
    [generate('--out', path('no/a.json')), refuses(`${path('no/a.json')} cannot be written: nothing can be written in its folder: ENOENT: no such file or directory; name another file with --out`)],
    [generate('--out', path('folder')), refuses(`${path('folder')} cannot be written: EISDIR: illegal operation on a directory, open '${path('folder')}'; name another file with --out`)],
    [generate('--database', path('no/a.db')), refuses(`${path('no/a.db')} cannot be opened as a database: Cannot open database because the directory does not exist`)],
    [generate('--database', path('folder')), refuses(`--database: found "${path('folder')}", expected a file`)],
    [generate(...small, '--out', path('link'), '--force'), { code: 0, stdout: '', stderr: `${path('link')}: 1 title, 1 achievement, 0 users, as many tokens; serve it with xbl-achievements start --world ${path('link')}\n` }]
  ])
  t.strictSame(readdirSync(folder), ['a.db', 'a.json', 'folder', 'link'])
  t.match(readFileSync(path('a.json'), 'utf8'), /^\{"titles":\[\n\{"titleId":1073741824,.*\],\n"users":\[\],\n"sessions":\[\],\n"userKeys":\["load"\]\}\n$/s)
})

t.test('a file that comes meanwhile stays', async (t) => {
  const folder = t.testdir({})
  const file = join(folder, 'a.json')
  const made = runCommand(generate('--users', '20000', '--out', file))
  while (readdirSync(folder).length === 0) await setImmediate()
  writeFileSync(file, 'mine')
  t.strictSame(await made, refuses(`${file} is there already; write over it with --force, or name another file with --out`))
  t.strictSame([readdirSync(folder), readFileSync(file, 'utf8')], [['a.json'], 'mine'])
})

t.test('a signal ends the work, and nothing is left of it', async (t) => {
  const folder = t.testdir({})
  // So many that most of the work is left for some seconds: the signal comes in time on a busy machine, too.
  for (const [flag, name, users] of [['--out', 'a.json', '1000000'], ['--database', 'a.db', '200000']] as const) {
    const file = join(folder, name)
    const { said, signal, ended } = watchBin(t, generate('--users', users, flag, file))
    await said(`making ${file}: 10 %\n`)
    signal('SIGINT')
    const { code, stderr } = await ended
    t.strictSame([code, stderr.split('\n').slice(-2)], [1, [`xbl-achievements: told to stop; ${file} is not made`, '']])
    t.strictSame(readdirSync(folder), [])
  }
})

t.test('standard output that is closed or full', async (t) => {
  const inShell = (rest: string) => {
    const { stdout, stderr } = spawnSync('sh', ['-c', `("$0" "$@"; echo "ends with $?" >&2) ${rest}`, process.execPath, BIN, ...generate('--users', '2000')], { encoding: 'utf8', env: { ...process.env, ...COVERED } })
    return { stdout, stderr }
  }
  t.strictSame(inShell('| head -c 1'), { stdout: '{', stderr: 'made 10 titles, 300 achievements, 2000 users, as many tokens\nends with 0\n' })
  t.strictSame(inShell('> /dev/full'), { stdout: '', stderr: 'xbl-achievements: cannot write to standard output: ENOSPC: no space left on device, write\nends with 1\n' })
  t.strictSame(await runCommand(generate('--out', '/dev/full')), refuses('/dev/full cannot be written: ENOSPC: no space left on device, write; name another file with --out'))
})

t.test('progress', async (t) => {
  const progressOf = (isTTY: boolean, total: number) => {
    let written = ''
    const progress = startProgress({ stderr: { isTTY, write: (text: string) => { written += text } } } as unknown as CommandProcess, 'making x', total)
    return { ...progress, written: () => written }
  }
  const bar = progressOf(true, 300)
  bar.end()
  t.equal(bar.written(), '')
  for (const done of [1, 3, 4, 150, 300]) bar.report(done)
  bar.end()
  t.equal(bar.written(), [
    '\rmaking x [------------------------------] 1 %',
    '\rmaking x [###############---------------] 50 %',
    '\rmaking x [##############################] 100 %',
    '\r\u001b[K'
  ].join(''))
  const lines = progressOf(false, 200_000)
  for (const done of [1, 19_999, 20_000, 20_001, 100_000, 200_000]) lines.report(done)
  lines.end()
  t.equal(lines.written(), 'making x: 10 %\nmaking x: 50 %\nmaking x: 100 %\n')
  const short = progressOf(false, 199_999)
  short.report(199_999)
  t.equal(short.written(), '')
})

t.test('help, and wrong arguments', async (t) => {
  const file = join(t.testdir({ 'a.db-journal': '' }), 'a.db')
  const integer = (flag: string, found: string, bounds: string): Case => [generate(flag, found), refuses(`${flag}: found ${JSON.stringify(found)}, expected an integer from ${bounds}`)]
  await compareAll(t, [
    [generate('--help'), { code: 0, stdout: HELP, stderr: '' }],
    ...['0', '10001', '1.5', '1e3', '', 'x', '9'.repeat(400)].map((found) => integer('--titles', found, '1 to 10000')),
    integer('--achievements', '0', '1 to 10000'),
    integer('--users', '10000001', '0 to 10000000'),
    integer('--seed', '4294967296', '0 to 4294967295'),
    [generate('--users=-1'), refuses('--users: found "-1", expected an integer from 0 to 10000000')],
    [generate('--titles', '1001', '--achievements', '1000'), refuses('--titles and --achievements: found 1001 times 1000, which is 1001000, expected at most 1000000 achievements')],
    [generate('--out', 'a', '--database', 'b'), refuses("option '--out <file>' cannot be used with option '--database <file>'")],
    [generate('--database', ':memory:'), refuses('--database: found ":memory:", expected a file')],
    [generate('--database', ' '), refuses('--database: found "", expected a file')],
    [generate('--database', file), refuses(`${file} is open in another process, or was not closed: there is ${file}-journal; end that process, or give --database another file`)]
  ])
})
