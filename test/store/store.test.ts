import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import t from 'tap'
import { DatabaseError } from '../../src/store/migrate.ts'
import { openDatabase, seedIfEmpty } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { isBusy } from '../../src/store/write-queue.ts'
import type { World } from '../../src/world/schema.ts'
import { DEMO } from '../helper.ts'
import { thrownBy } from '../thrown-error.ts'

const EMPTY: World = { titles: [], users: [], sessions: [], userKeys: [] }
/** The schema version of a new database. */
const NEWEST = openDatabase(':memory:').pragma('user_version', { simple: true })

const MEND = 'give --database a file that can be written, in a folder that can be'

const PRAGMAS = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'user_version', 'application_id']

const neverRead = (): World => { throw new Error('the world is read though one is held') }

/** The content of every file of a folder. */
const bytesIn = (folder: string): unknown => readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), 'base64')])

const pragmasOf = (database: BetterSqlite3.Database): unknown =>
  Object.fromEntries(PRAGMAS.map((name) => [name, database.pragma(name, { simple: true })]))

t.test('a Node version that would crash in the binary is refused', async (t) => {
  const { versions } = process
  t.teardown(() => { Object.defineProperty(process, 'versions', { value: versions }) })
  Object.defineProperty(process, 'versions', { configurable: true, value: { ...versions, node: '22.13.1', napi: '9' } })
  const error = thrownBy(() => openDatabase(':memory:'))
  t.type(error, DatabaseError)
  t.equal(error.message, 'Node 22.14, 23.6 or later is needed; this is 22.13.1')
})

t.test('a database in memory, a new file, and the same file opened again', async (t) => {
  const file = join(t.testdir(), 'new.db')
  for (const [name, mode] of [[':memory:', 'memory'], [file, 'wal'], [file, 'wal']] as const) {
    const database = openDatabase(name)
    t.strictSame(pragmasOf(database), {
      journal_mode: mode,
      synchronous: 2, // FULL
      foreign_keys: 1,
      busy_timeout: 5000,
      user_version: NEWEST,
      application_id: 0x58424C41 // XBLA
    }, name)
    database.close()
  }
  t.strictSame(readdirSync(join(file, '..')), ['new.db'])
})

t.test('an empty file is a new database', async (t) => {
  const file = join(t.testdir({ 'new.db': '' }), 'new.db')
  const database = openDatabase(file)
  t.equal(seedIfEmpty(database, 'demo', () => EMPTY), 'demo')
  database.close()
})

t.test('two connections open the same new file', async (t) => {
  const file = join(t.testdir(), 'new.db')
  const [first, second] = [openDatabase(file), openDatabase(file)]
  t.equal(seedIfEmpty(first, 'demo', () => DEMO), 'demo')
  t.equal(seedIfEmpty(second, 'other', neverRead), 'demo')
  t.strictSame(prepareStore(second).store.catalogue.count(), prepareStore(first).store.catalogue.count())
  first.close()
  second.close()
})

t.test('a file that cannot be used is refused and not changed', async (t) => {
  /** A database of another program. */
  const foreign = (sql: string) => (file: string): void => { new BetterSqlite3(file).exec(sql).close() }
  const newer = (file: string): void => {
    const database = openDatabase(file)
    seedIfEmpty(database, 'demo', () => EMPTY)
    database.pragma('user_version = 1000000')
    database.close()
  }
  const another = (file: string): string => `${file} is a database of another program; give --database a file of its own`
  const unusable = (why: string) => (file: string): string => `${file} cannot be opened as a database: ${why}`
  const cases: Array<[string, (file: string) => void, (file: string) => string]> = [
    ['tables and no application id', foreign('CREATE TABLE a (b)'), another],
    ['a view alone', foreign('CREATE VIEW a AS SELECT 1'), another],
    ['another application id', foreign('PRAGMA application_id = 1'), another],
    ['another application id and tables', foreign('CREATE TABLE a (b); PRAGMA application_id = 1'), another],
    ['a version and no application id', foreign('PRAGMA user_version = 1'), another],
    ['a write-ahead log', foreign('PRAGMA journal_mode = WAL; CREATE TABLE a (b)'), another],
    ['a newer schema', newer, (file) => `${file} has schema 1000000, this version knows ${NEWEST}; update the emulator or give --database a new file`],
    ['text', (file) => { writeFileSync(file, 'This is no database. '.repeat(100)) }, unusable('file is not a database')],
    ['a database cut short', (file) => {
      foreign('CREATE TABLE a (b)')(file)
      writeFileSync(file, readFileSync(file).subarray(0, 1000))
    }, unusable('database disk image is malformed')]
  ]
  for (const [what, make, message] of cases) {
    t.test(what, async (t) => {
      const folder = t.testdir()
      const file = join(folder, 'test.db')
      make(file)
      const before = bytesIn(folder)
      const error = thrownBy(() => openDatabase(file))
      t.ok(error instanceof DatabaseError)
      t.strictSame({ name: error.name, message: error.message }, { name: 'DatabaseError', message: message(file) })
      t.strictSame(bytesIn(folder), before)
    })
  }
})

t.test('paths at which no file can be created', async (t) => {
  const folder = t.testdir({ file: '' })
  const cases: Array<[string, string]> = [
    ['.', `unable to open database file; ${MEND}`],
    ['missing/test.db', 'Cannot open database because the directory does not exist'],
    ['file/test.db', `unable to open database file; ${MEND}`]
  ]
  for (const [name, why] of cases) {
    const path = join(folder, name)
    const error = thrownBy(() => openDatabase(path))
    t.ok(error instanceof DatabaseError)
    t.equal(error.message, `${path} cannot be opened as a database: ${why}`)
  }
  t.strictSame(readdirSync(folder), ['file'])
})

t.test('a world is read only when the database has none', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const first = openDatabase(file)
  t.equal(seedIfEmpty(first, 'demo.json', () => DEMO), 'demo.json')
  const count = prepareStore(first).store.catalogue.count()
  first.close()
  const second = openDatabase(file)
  t.equal(seedIfEmpty(second, 'other.json', neverRead), 'demo.json')
  t.strictSame(prepareStore(second).store.catalogue.count(), count)
  second.close()
})

t.test('after a world that cannot be read, the database still has none', async (t) => {
  const database = openDatabase(':memory:')
  const broken = new Error('broken')
  t.equal(thrownBy(() => seedIfEmpty(database, 'broken.json', () => { throw broken })), broken)
  t.equal(seedIfEmpty(database, 'demo.json', () => EMPTY), 'demo.json')
  database.close()
})

t.test('of two processes that seed one file, the second finds it busy, and later seeded', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const [first, second] = [openDatabase(file, 0), openDatabase(file, 0)]
  const source = seedIfEmpty(first, 'first', () => {
    t.ok(isBusy(thrownBy(() => seedIfEmpty(second, 'second', neverRead))))
    t.ok(isBusy(thrownBy(() => openDatabase(file, 0))))
    return EMPTY
  })
  t.equal(source, 'first')
  t.equal(seedIfEmpty(second, 'second', neverRead), 'first')
  first.close()
  second.close()
})

t.test('a world that another process seeds just before the lock is kept', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const [first, second] = [openDatabase(file), openDatabase(file)]
  const transaction = first.transaction.bind(first)
  first.transaction = (work) => {
    seedIfEmpty(second, 'second', () => EMPTY)
    return transaction(work)
  }
  t.equal(seedIfEmpty(first, 'first', neverRead), 'second')
  first.close()
  second.close()
})

t.test('a file with the application id of this program, without its tables', async (t) => {
  const file = `${t.testdir({})}/x.db`
  openDatabase(file).close()
  const hollow = new BetterSqlite3(file)
  hollow.pragma('foreign_keys = OFF')
  hollow.exec('DROP TABLE world')
  hollow.close()
  const database = openDatabase(file)
  t.teardown(() => { database.close() })
  const error = thrownBy(() => seedIfEmpty(database, 'world.json', () => { throw new Error('not needed') }))
  t.ok(error instanceof DatabaseError)
  t.equal(error.message, `${file} is damaged: no such table: world; restore it, or give --database a new file`)
})
