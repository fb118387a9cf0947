import { existsSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import t from 'tap'
import { GAMER } from '../helper.ts'
import { compareAll, refuses, runCommand, says, startCommand } from '../run-bin.ts'
import { CLAIMS, expected, FLAGS, mint, NO_CLAIMS, sessionOf, type Sessions } from './mint-token.ts'

t.test('a token in a database file, while no emulator serves it and while one does', async (t) => {
  const file = join(t.testdir({}), 'world.db')
  t.strictSame(await runCommand(['start', '--seed-only', '--database', file]), says(`${file} holds fixtures/demo.json\n`))
  const plain = await mint(t, ['--database', file, '--xuid', GAMER])
  const { url, stop } = await startCommand(t, ['--database', file])
  const full = await mint(t, ['--database', file, ...FLAGS])
  const world = await (await fetch(`${url}/_emulator/world`)).json() as Sessions
  t.strictSame(sessionOf(plain, world), expected(plain, NO_CLAIMS))
  t.strictSame(sessionOf(full, world), expected(full, CLAIMS))
  t.equal((await stop()).code, 0)
})

t.test('a database file that cannot be used', async (t) => {
  const folder = t.testdir({ 'empty.db': '', 'foreign.db': 'This is no database. '.repeat(100) })
  const path = (name: string): string => join(folder, name)
  const file = path('world.db')
  const mendOf = (name: string): string => `xbl-achievements start --seed-only --database ${path(name)}`
  t.strictSame(await runCommand(['start', '--seed-only', '--database', file]), says(`${file} holds fixtures/demo.json\n`))
  const token = (name: string): string[] => ['token', '--xuid', GAMER, '--database', path(name)]
  const other = new BetterSqlite3(path('other.db'))
  other.exec('CREATE TABLE of_another_program (x)')
  other.close()
  t.strictSame((await runCommand(['start', '--seed-only', '--database', path('broken.db')])).code, 0)
  const broken = new BetterSqlite3(path('broken.db'))
  broken.pragma('foreign_keys = OFF')
  broken.exec('DROP TABLE session')
  broken.close()

  await compareAll(t, [
    [[...token('world.db'), '--xuid', '7'], refuses('--xuid is "7"; expected the XUID of a user of the world')],
    [[...token('world.db'), '--xuid', '18446744073709551616'], refuses('The XUID is "18446744073709551616"; expected an unsigned 64-bit integer in decimal')],
    [[...token('world.db'), '--location', 'us'], refuses('--location: found "us", expected an ISO 3166 country, e.g. "US"')],
    [token('missing.db'), refuses(`there is no database file ${path('missing.db')}; make it with ${mendOf('missing.db')}`)],
    [token('empty.db'), refuses(`${path('empty.db')} holds no world; seed it with ${mendOf('empty.db')}`)],
    [token('foreign.db'), refuses(`${path('foreign.db')} cannot be opened as a database: file is not a database`)],
    [token('other.db'), refuses(`${path('other.db')} is a database of another program; give --database a file of its own`)],
    [token('broken.db'), refuses('the database cannot be used: no such table: session')],
    [[...token('world.db'), '--url', 'http://127.0.0.1:5280'], refuses("option '--database <file>' cannot be used with option '--url <url>'")]
  ])
  t.notOk(existsSync(path('missing.db')))
})
