import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { openDatabase, seedIfEmpty } from '../../src/store/open.ts'
import { DEMO } from '../helper.ts'
import { thrownBy } from '../thrown-error.ts'
import { withoutRoot } from '../without-root.ts'

const MEND = 'give --database a file that can be written, in a folder that can be'

t.test('only the owner may read a new file and those that SQLite puts beside it; an existing file keeps its mode', { skip: process.platform === 'win32' }, async (t) => {
  const folder = t.testdir({ 'there.db': '' })
  chmodSync(join(folder, 'there.db'), 0o640)
  for (const [name, mode] of [['new.db', 0o600], ['there.db', 0o640]] as const) {
    const database = openDatabase(join(folder, name))
    t.teardown(() => { database.close() })
    seedIfEmpty(database, 'demo', () => DEMO)
    t.strictSame(readdirSync(folder).filter((each) => each.startsWith(name)).map((each) => [each, statSync(join(folder, each)).mode & 0o777]),
      ['', '-shm', '-wal'].map((suffix) => [name + suffix, mode]))
  }
  const database = openDatabase(' :memory: ')
  database.close()
  t.notOk(existsSync(':memory:'))
})

t.test('a file or folder that cannot be written', { skip: process.platform === 'win32' }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'read-only-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const path = (name: string): string => join(folder, name)
  openDatabase(path('world.db')).close()
  chmodSync(path('world.db'), 0o444)
  mkdirSync(path('closed'))
  openDatabase(path('closed/world.db')).close()
  chmodSync(path('closed/world.db'), 0o666)
  for (const each of ['closed', '.']) chmodSync(path(each), 0o555)
  const before = readdirSync(path('closed'))
  withoutRoot(() => {
    for (const [name, why] of [
      ['world.db', 'attempt to write a readonly database'],
      ['closed/world.db', 'attempt to write a readonly database'],
      ['closed/new.db', 'unable to open database file']
    ] as const) {
      t.equal(thrownBy(() => openDatabase(path(name))).message, `${path(name)} cannot be opened as a database: ${why}; ${MEND}`)
    }
  })
  t.strictSame(readdirSync(path('closed')), before)
  for (const each of ['.', 'closed']) chmodSync(path(each), 0o755)
})
