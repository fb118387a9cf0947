import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import t from 'tap'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import { DEMO } from '../helper.ts'
import { thrownBy } from '../thrown-error.ts'
import { openEarlier } from './earlier.ts'

t.test('each migration is a transaction of its own, after which the database is consistent', async (t) => {
  const database = new BetterSqlite3(':memory:')
  const versions: unknown[] = []
  const exec = database.exec.bind(database)
  database.exec = (sql) => {
    t.equal(database.inTransaction, true)
    exec(sql)
    versions.push(database.pragma('user_version', { simple: true }))
    t.strictSame(database.pragma('foreign_key_check'), [])
    t.strictSame(database.pragma('integrity_check'), [{ integrity_check: 'ok' }])
    return database
  }
  migrate(database)
  t.strictSame(versions, [...versions.keys()])
  t.ok(versions.length > 0)
  t.equal(database.pragma('user_version', { simple: true }), versions.length)
  t.equal(database.inTransaction, false)
  const before = versions.length
  migrate(database)
  t.equal(versions.length, before)
  database.close()
})

t.test('a migration that fails changes nothing', async (t) => {
  const database = new BetterSqlite3(':memory:')
  const exec = database.exec.bind(database)
  const read = (pragma: string): unknown => database.pragma(pragma, { simple: true })
  const schema = (): unknown => database.prepare('SELECT name FROM sqlite_schema').all()
  database.exec = (sql) => exec(`${sql}; CREATE TABLE world (again)`)
  t.equal(thrownBy(() => migrate(database)).message, 'table world already exists')
  t.strictSame([schema(), read('user_version'), read('application_id')], [[], 0, 0])
  // The second migration fails, and the first one stays.
  let steps = 0
  database.exec = (sql) => exec(steps++ === 0 ? sql : `${sql}; CREATE TABLE world (again)`)
  t.equal(thrownBy(() => migrate(database)).message, 'table world already exists')
  t.equal(read('user_version'), 1)
  t.strictSame(database.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'undo%'").all(), [])
  database.exec = exec
  migrate(database)
  t.ok(Number(read('user_version')) > 6)
  database.close()
})

t.test('a second connection waits for the migration of the first, and does not repeat it', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const first = new BetterSqlite3(file)
  const second = new BetterSqlite3(file, { timeout: 0 })
  const begun: string[] = []
  const note = (name: string, database: BetterSqlite3.Database, before = (): void => {}): void => {
    const exec = database.exec.bind(database)
    database.exec = (sql) => {
      begun.push(name)
      before()
      return exec(sql)
    }
  }
  note('second', second)
  note('first', first, () => t.equal(thrownBy(() => migrate(second)).message, 'database is locked'))
  migrate(first)
  migrate(second)
  t.strictSame(new Set(begun), new Set(['first']))
  t.equal(second.pragma('user_version', { simple: true }), begun.length)
  first.close()
  second.close()
})

t.test('a database from before there were IGDB records gets those that a new one has', async (t) => {
  const world = { ...DEMO, titles: DEMO.titles.map((title) => ({ ...title, achievements: title.achievements.map((achievement) => ({ ...achievement, igdb: null })) })) }
  const [fresh, database] = [openDatabase(':memory:'), openEarlier(2, world)]
  t.teardown(() => { fresh.close(); database.close() })
  seed(fresh, world, 'demo')
  const records = (of: BetterSqlite3.Database): unknown[] => of.prepare('SELECT * FROM igdb_record').all()
  t.equal(records(fresh).length, DEMO.titles.reduce((sum, { achievements }) => sum + achievements.length, 0))
  migrate(database)
  t.strictSame(records(database), records(fresh))
})

t.test('a seeded database is consistent', async (t) => {
  const database = openDatabase(':memory:')
  seed(database, DEMO, 'demo')
  t.strictSame(database.pragma('foreign_key_check'), [])
  t.strictSame(database.pragma('integrity_check'), [{ integrity_check: 'ok' }])
  database.close()
})

t.test('every foreign key has an index', async (t) => {
  const database = openDatabase(':memory:')
  const tables = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  const references = tables.flatMap((table) => (database.pragma(`foreign_key_list(${table})`) as Array<{ from: string }>).map(({ from }) => ({ table, from })))
  t.ok(references.length > 10)
  for (const { table, from } of references) {
    const plan = database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT 1 FROM ${table} WHERE ${from} = 1`).all()
    t.strictSame(plan.filter(({ detail }) => !detail.startsWith(`SEARCH ${table} USING `)), [], `${table}.${from}`)
  }
  database.close()
})
