import { chmodSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import timers from 'node:timers/promises'
import t from 'tap'
import { lookAt } from '../../src/cli/watch.ts'
import { listOf } from '../helper.ts'
import { refuses, runCommand, startCommand, type Running } from '../run-bin.ts'
import { session, title, user } from '../world-parts.ts'
import { thrownBy } from '../thrown-error.ts'

/** A world with one user, who is called by this name. */
const world = (gamertag: string): string => JSON.stringify({ titles: [title()], users: [user({ gamertag })], sessions: [session({ xuid: '1' })] })

const served = (path: string): string => `xbl-achievements: ${path} has changed: serving the new world\n`
const kept = (path: string): string => `xbl-achievements: ${path} has changed, and is wrong: still serving the world before\n`

/** Starts a command that looks at its files every 5 ms, in the place of four times a second. */
async function startWatching (...[t, ...rest]: Parameters<typeof startCommand>): Promise<Running> {
  const wait = timers.setTimeout
  t.teardown(() => {
    timers.setTimeout = wait
    syncBuiltinESMExports()
  })
  timers.setTimeout = ((ms: number, ...rest: [unknown, object]) => wait(ms === 250 ? 5 : ms, ...rest)) as typeof wait
  syncBuiltinESMExports()
  return await startCommand(t, ...rest)
}

async function gamertagsOf ({ url }: Running): Promise<string[]> {
  const { users } = await (await fetch(`${url}/_emulator/world`)).json() as { users: Array<{ gamertag: string }> }
  return users.map(({ gamertag }) => gamertag)
}

/** Waits until the command has said these lines, and nothing else. */
const untilSaid = async ({ told }: Running, lines: readonly string[]): Promise<void> =>
  await told(new RegExp(`^${lines.join('').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`))

t.test('a file that is written anew, renamed, emptied, broken and deleted', async (t) => {
  const path = join(t.testdir({ 'my.json': world('ann') }), 'my.json')
  const running = await startWatching(t, ['--world', path, '--watch'])
  const said: string[] = []
  const expect = async (what: string, change: () => void, lines: string[], gamertag: string): Promise<void> => {
    change()
    said.push(...lines)
    await untilSaid(running, said)
    t.strictSame(await gamertagsOf(running), [gamertag], what)
  }
  const notJson = (text: string): string => `${path}: not JSON: ${thrownBy(() => JSON.parse(text)).message.replace(/\s+/g, ' ')}\n`

  await expect('written anew', () => writeFileSync(path, world('bea')), [served(path)], 'bea')
  await expect('replaced, as editors do', () => {
    writeFileSync(`${path}~`, world('cleo'))
    renameSync(`${path}~`, path)
  }, [served(path)], 'cleo')
  await expect('broken', () => writeFileSync(path, '{'), [notJson('{'), kept(path)], 'cleo')
  await expect('several problems, one line each', () => writeFileSync(path, JSON.stringify({ titles: [], users: [user({ xuid: 1 }), user({ gamertag: '' })] })), [
    `${path}: /users/0/xuid: found 1, expected a XUID: a decimal from "0" to "18446744073709551615", in quotes\n`,
    `${path}: /users/1/gamertag: found "", expected a string that is not empty and has no control characters\n`,
    kept(path)
  ], 'cleo')
  await expect('emptied', () => writeFileSync(path, ''), [notJson(''), kept(path)], 'cleo')
  await expect('mended', () => writeFileSync(path, world('dora')), [served(path)], 'dora')
  await expect('deleted', () => unlinkSync(path), [`${path}: found no such file or folder, expected a world\n`, kept(path)], 'dora')
  await expect('back', () => writeFileSync(path, world('eve')), [served(path)], 'eve')
  t.strictSame(await running.stop(), { code: 0, stdout: running.greeting, stderr: said.join('') })
})

t.test('what tests have done is gone, and a reset goes back to the new world', async (t) => {
  const path = join(t.testdir({ 'my.json': world('ann') }), 'my.json')
  const running = await startWatching(t, [], { env: { XBL_WORLD: path, XBL_WATCH: 'true' } })
  const { url } = running
  const create = await fetch(`${url}/_emulator/users/2`, { method: 'PUT', body: '{"gamertag":"bob"}' })
  t.equal(create.status, 201)
  const { authorization } = await (await fetch(`${url}/_emulator/sessions`, { method: 'POST', body: '{"xuid":"1"}' })).json() as { authorization: string }
  const ask = async (token: string): Promise<number> => (await fetch(url + listOf('1'), { headers: { authorization: token, 'x-xbl-contract-version': '2' } })).status
  t.equal(await ask(authorization), 200)
  t.equal((await fetch(`${url}/_emulator/clock`, { method: 'PUT', body: '{"now":"2020-01-01T00:00:00Z"}' })).status, 200)
  writeFileSync(path, world('bea'))
  await untilSaid(running, [served(path)])
  t.strictSame(await gamertagsOf(running), ['bea'])
  t.equal(await ask(authorization), 401, 'a token that a test has made')
  t.match(await (await fetch(`${url}/_emulator/clock`)).json(), { now: '2020-01-01T00:00:00.0000000Z' })
  t.equal((await fetch(`${url}/_emulator/users/1`, { method: 'DELETE' })).status, 204)
  t.equal((await fetch(`${url}/_emulator/reset`, { method: 'POST' })).status, 200)
  t.strictSame(await gamertagsOf(running), ['bea'])
  t.equal((await running.stop()).code, 0)
})

t.test('a folder: files that are added, changed, renamed and removed', async (t) => {
  const folder = t.testdir({ 'a.json': world('ann'), 'notes.txt': '', 'world.schema.json': '{}' })
  const path = (name: string): string => join(folder, name)
  const running = await startWatching(t, ['--world', folder, '--watch'])
  const lines: string[] = []
  const expect = async (change: () => void, gamertags: string[], ...more: string[]): Promise<void> => {
    change()
    lines.push(...more.length === 0 ? [served(folder)] : more)
    await untilSaid(running, lines)
    t.strictSame(await gamertagsOf(running), gamertags)
  }
  const other = JSON.stringify({ users: [user({ xuid: '2', gamertag: 'bob' })] })
  await expect(() => writeFileSync(path('b.JSON'), other), ['ann', 'bob'])
  await expect(() => writeFileSync(path('b.JSON'), other.replace('bob', 'bill')), ['ann', 'bill'])
  await expect(() => renameSync(path('b.JSON'), path('b.txt')), ['ann'])
  await expect(() => renameSync(folder, `${folder}-`), ['ann'], `${folder}: found no such file or folder, expected a world\n`, kept(folder))
  await expect(() => renameSync(`${folder}-`, folder), ['ann'])
  await expect(() => rmSync(path('a.json')), ['ann'], `${folder}: found no .json file in this folder, and neither achievements2017.xml nor localization.xml, expected a world, or a title of Partner Center\n`, kept(folder))
  t.equal((await running.stop()).code, 0)
})

t.test('Partner Center\'s documents', async (t) => {
  const names = ['achievements2017.xml', 'localization.xml', 'title.json']
  const folder = t.testdir(Object.fromEntries(names.map((name) => [name, readFileSync(join('fixtures/partner-center', name))])))
  const running = await startWatching(t, ['--world', folder, '--watch'])
  const file = join(folder, 'localization.xml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/<Value[^>]*>[^<]+<\/Value>/g, (value) => value.replace(/>[^<]+</, '>Changed<')))
  await untilSaid(running, [served(folder)])
  t.match(await (await fetch(`${running.url}/_emulator/world`)).text(), 'Changed')
  writeFileSync(file, '<')
  await untilSaid(running, [served(folder), `${file}:1:1: not well-formed XML: document must contain a root element\n`, kept(folder)])
  t.match(await (await fetch(`${running.url}/_emulator/world`)).text(), 'Changed')
  t.equal((await running.stop()).code, 0)
})

t.test('--database: what it holds is served until the world changes', async (t) => {
  const folder = t.testdir({ 'a.json': world('ann'), 'b.json': world('bea') })
  const [database, path] = [join(folder, 'test.db'), join(folder, 'b.json')]
  t.equal((await runCommand(['start', '--seed-only', '--database', database, '--world', join(folder, 'a.json')])).code, 0)
  const running = await startWatching(t, ['--database', database, '--world', path, '--watch'])
  t.match(running.greeting, `  database  ${database} (was there already; --world is read when it changes)\n`)
  t.strictSame(await gamertagsOf(running), ['ann'])
  writeFileSync(path, world('cleo'))
  await untilSaid(running, [served(path)])
  t.strictSame(await gamertagsOf(running), ['cleo'])
  if (process.platform !== 'win32') {
    renameSync(database, `${database}.old`)
    writeFileSync(path, world('dora'))
    await running.told(/was deleted or replaced[^]*was deleted or replaced.*\n.*still serving the world before\n$/)
    t.strictSame(await gamertagsOf(running), ['cleo'])
    renameSync(`${database}.old`, database)
  }
  t.equal((await running.stop()).code, 0)
  const again = await startCommand(t, ['--database', database])
  t.strictSame(await gamertagsOf(again), ['cleo'])
})

t.test('the demo world is not watched', async (t) => {
  t.strictSame(await runCommand(['start', '--watch', '--port', '0']), refuses('--watch is for a world of your own, and the demo world is served; name a file or folder with --world'))
})

t.test('a look shows what belongs to a world, and nothing else', async (t) => {
  const folder = t.testdir({ 'a.json': '1', 'b.JSON': '1', 'Localization.XML': '1', 'achievements2017.xml': '1', 'x.schema.json': '1', 'x.xml': '1', 'x.json5': '1', 'inner.json': {} })
  const path = (name: string): string => join(folder, name)
  const before = await lookAt(folder)
  for (const name of ['x.schema.json', 'x.xml', 'x.json5', 'new.txt', 'inner.json/y.json']) writeFileSync(path(name), '22')
  t.equal(await lookAt(folder), before)
  let last = before
  for (const name of ['a.json', 'b.JSON', 'Localization.XML', 'achievements2017.xml', 'new.json']) {
    writeFileSync(path(name), '22')
    const now = await lookAt(folder)
    t.not(now, last, name)
    last = now
  }
  if (process.platform === 'win32') return
  chmodSync(path('a.json'), 0)
  t.not(await lookAt(folder), last, 'who may read it')
  symlinkSync('nowhere', path('c.json'))
  t.match(await lookAt(folder), `${path('c.json')} ENOENT`)
})
