import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import t, { type Test } from 'tap'
import { migrate } from '../../../src/store/migrate.ts'
import { openDatabase } from '../../../src/store/open.ts'
import type { Store } from '../../../src/store/store.ts'
import { seed } from '../../../src/store/world/seed.ts'
import { mergeWorlds } from '../../../src/world/read.ts'
import { DEMO, FRIEND, GAMER } from '../../helper.ts'
import { thrownBy } from '../../thrown-error.ts'
import { achievement, SCID, session, title, user } from '../../world-parts.ts'
import { prepareWritable } from '../writable.ts'

const TABLES = ['person', 'friendship', 'play', 'progress', 'session'] as const
const small = mergeWorlds([{
  file: 'small',
  document: {
    titles: [title({ achievements: [1, 2].map((id) => achievement({ id, description: '', lockedDescription: '' })) })],
    users: [user({ friends: ['2'], titles: [{ titleId: 1, lastPlayed: '2010-01-01T00:00:00Z' }], achievements: [{ serviceConfigId: SCID, id: 2, percentComplete: 100 }] }), user({ xuid: '2', gamertag: 'bob' })],
    sessions: [session({ xuid: '1' })]
  }
}])
const DONE = { percentComplete: 100, timeUnlocked: '2020-01-01T00:00:00.0000000Z', isRevoked: false, current: new Map() }

function open (t: Test, file = ':memory:') {
  const database = openDatabase(file)
  t.teardown(() => { if (database.open) database.close() })
  // Without the stamp, which differs for each world that is seeded.
  const rowsOf = (table: string): unknown => database.prepare(`SELECT ${table === 'world' ? 'only, source, unlocks, recording, baseline' : '*'} FROM ${table}`).all()
  return { database, prepare: () => prepareWritable(database), rows: () => [...TABLES, 'world'].map(rowsOf), undo: () => TABLES.map((table) => rowsOf(`undo_${table}`)) }
}

const personOf = ({ people }: Store, xuid: string): { row: number, xuid: string, privacy: 'everyone' } => {
  const person = people.find(xuid)
  if (person === undefined) throw new Error(`no user ${xuid}`)
  return { ...person, privacy: 'everyone' }
}

t.test('the undo log has each changed row as it was before its first change', async (t) => {
  const { database, prepare, rows, undo } = open(t)
  seed(database, small, 'small')
  const { store, write } = prepare()
  const before = rows()
  t.strictSame(undo(), TABLES.map(() => []), 'seeding writes no undo log')

  write.people.setPrivacy(personOf(store, '1'), 'blocked')
  write.people.setPrivacy(personOf(store, '1'), 'friendsOnly')
  write.people.put({ xuid: '3', gamertag: 'cat', privacy: 'everyone', profile: null, signInError: null })
  write.people.remove(personOf(store, '3'))
  write.progress.put({ person: 1, sandbox: 'RETAIL', achievement: 1 }, DONE)
  write.progress.put({ person: 1, sandbox: 'RETAIL', achievement: 1 }, { ...DONE, isRevoked: true })
  write.sessions.remove('hash', 'token')
  t.strictSame(undo(), [
    [{ existed: 1, row: 1, xuid: '1', gamertag: 'ann', privacy: 'everyone', profile: null, presence: null, sign_in_error: null },
      { existed: 0, row: 3, xuid: null, gamertag: null, privacy: null, profile: null, presence: null, sign_in_error: null }],
    [],
    [],
    [{ existed: 0, person: 1, sandbox: 'RETAIL', achievement: 1, percent_complete: null, time_unlocked: null, unlock_number: null, is_revoked: null, current: null }],
    [{ existed: 1, row: 1, user_hash: 'hash', token: 'token', person: 1, title_id: null, sandbox: null, location: null, third_party_site: 0, expires: null }]
  ])
  write.world.reset()
  t.strictSame(rows(), before)
  t.strictSame(undo(), TABLES.map(() => []), 'a reset empties the undo log')
  t.strictSame(database.pragma('foreign_key_check'), [])
})

t.test('a reset brings back people whose rows others have taken', async (t) => {
  const { database, prepare, rows } = open(t)
  seed(database, small, 'small')
  const { store, write } = prepare()
  const before = rows()
  for (const xuid of ['1', '2']) write.people.remove(personOf(store, xuid))
  t.strictSame(TABLES.map((table) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()), [0, 0, 0, 0, 0])
  // New people get the same rows.
  for (const [xuid, gamertag] of [['2', 'ann'], ['1', 'bob']] as const) write.people.put({ xuid, gamertag, privacy: 'blocked', profile: null, signInError: null })
  write.people.addFriend(personOf(store, '2'), personOf(store, '1'), null)
  write.world.reset()
  t.strictSame(rows(), before)
})

t.test('a reset undoes the changes of two connections to one file', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const [one, other] = [open(t, file), open(t, file)]
  seed(one.database, DEMO, 'demo')
  const [here, there] = [one.prepare(), other.prepare()]
  const before = JSON.stringify(here.store.world.export())
  const rows = one.rows()
  const steps: Array<[string, () => void]> = [
    ['changed here', () => here.write.people.setPrivacy(personOf(here.store, GAMER), 'blocked')],
    ['changed there', () => there.write.progress.put({ person: 1, sandbox: 'RETAIL', achievement: 2 }, DONE)],
    ['changed here and there', () => { here.write.people.remove(personOf(here.store, FRIEND)); there.write.people.put({ xuid: '5', gamertag: 'friend', privacy: 'blocked', profile: null, signInError: null }) }],
    ['a part merged here', () => here.write.world.change((world) => ({ ...world, sessions: [] }))],
    ['a part merged there, and changed here', () => { there.write.world.change((world) => ({ ...world, sessions: [] })); here.write.people.remove(personOf(here.store, GAMER)) }]
  ]
  for (const [what, change] of steps) {
    for (const resetting of [here, there]) {
      change()
      t.not(JSON.stringify(resetting.store.world.export()), before, what)
      resetting.write.world.reset()
      t.equal(JSON.stringify(here.store.world.export()), before, what)
      t.equal(JSON.stringify(there.store.world.export()), before, what)
    }
  }
  t.strictSame(other.rows(), rows)
  there.write.world.replace(small, 'put')
  here.write.people.remove(personOf(here.store, '2'))
  here.write.world.reset()
  t.strictSame(there.store.world.export(), small)
})

t.test('a world that cannot be stored leaves the present one, its changes and their undo log', async (t) => {
  const { database, prepare, rows, undo } = open(t)
  seed(database, small, 'small')
  const { store, write } = prepare()
  write.people.setPrivacy(personOf(store, '1'), 'blocked')
  const before = [rows(), undo()]
  const broken = { ...small, sessions: [...small.sessions, ...small.sessions] }
  const message = 'UNIQUE constraint failed: session.user_hash, session.token'
  t.equal(thrownBy(() => write.world.replace(broken, 'broken')).message, message)
  t.strictSame([rows(), undo()], before)
  t.equal(thrownBy(() => write.world.change(() => broken)).message, message)
  t.strictSame([rows(), undo()], before)
  t.equal(thrownBy(() => write.world.change(() => { throw new Error('no') })).message, 'no')
  t.strictSame([rows(), undo()], before)
})

t.test('a reset to a world that an older version stored fills in members that are new since', async (t) => {
  const { database, prepare } = open(t)
  seed(database, small, 'small')
  const { store: { world }, write } = prepare()
  write.world.change((present) => ({ ...present, sessions: [], userKeys: ['k'] }))
  database.exec('UPDATE world SET baseline = json_remove(baseline, \'$.userKeys\', \'$.titles[0].achievements[0].igdb\')')
  write.world.reset()
  t.strictSame(world.export(), small)
})

t.test('the row of the table world', async (t) => {
  const { database, prepare } = open(t)
  seed(database, small, 'small')
  const { store: { world }, write } = prepare()
  const row = (): unknown => database.prepare('SELECT only, source, unlocks, recording, baseline FROM world').get()
  const baseline = JSON.stringify(world.export())
  const seeded = { only: 1, source: 'small', unlocks: 0, recording: 1, baseline: null }
  t.strictSame(row(), seeded)
  write.progress.put({ person: 1, sandbox: 'RETAIL', achievement: 1 }, DONE)
  t.strictSame(row(), { ...seeded, unlocks: 1 })
  write.world.change((present) => ({ ...present, sessions: [] }))
  const undone = { ...seeded, baseline }
  t.strictSame(row(), undone, 'the changed world is seeded, and the one that a reset goes back to is stored')
  write.world.change((present) => present)
  t.strictSame(row(), undone)
  write.world.reset()
  t.strictSame(row(), seeded)
  write.world.replace(small, 'put')
  t.strictSame(row(), { ...seeded, source: 'put' })
})

t.test('replacing a world uses no savepoint, which would slow down every statement', async (t) => {
  const statements: string[] = []
  const database = new BetterSqlite3(':memory:', { verbose: (sql) => { statements.push(String(sql)) } })
  t.teardown(() => { database.close() })
  migrate(database)
  seed(database, small, 'small')
  const { write } = prepareWritable(database)
  for (const change of [() => write.world.replace(small, 'again'), () => write.world.change((present) => present), () => write.world.reset()]) {
    statements.length = 0
    change()
    t.strictSame(statements.filter((sql) => /^(BEGIN|COMMIT|SAVEPOINT)/.test(sql)), ['BEGIN IMMEDIATE', 'COMMIT'])
  }
})
