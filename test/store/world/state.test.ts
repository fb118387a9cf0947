import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import t, { type Test } from 'tap'
import { migrate } from '../../../src/store/migrate.ts'
import { openDatabase, prepareStore, type Store } from '../../../src/store/store.ts'
import { seed } from '../../../src/store/world/seed.ts'
import { mergeWorlds } from '../../../src/world/read.ts'
import { DEMO, FRIEND, GAMER } from '../../helper.ts'
import { thrownBy } from '../../thrown.ts'
import { achievement, SCID, session, title, user } from '../../worlds.ts'

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
  // Without the stamp, which is another one for each world that is seeded.
  const rowsOf = (table: string): unknown => database.prepare(`SELECT ${table === 'world' ? 'only, source, unlocks, recording, baseline' : '*'} FROM ${table}`).all()
  return { database, store: () => prepareStore(database), rows: () => [...TABLES, 'world'].map(rowsOf), undo: () => TABLES.map((table) => rowsOf(`undo_${table}`)) }
}

const personOf = ({ people }: Store, xuid: string): { row: number, xuid: string, privacy: 'everyone' } => {
  const person = people.find(xuid)
  if (person === undefined) throw new Error(`no user ${xuid}`)
  return { ...person, privacy: 'everyone' }
}

t.test('what is undone is what was there before the first change, and nothing else is kept', async (t) => {
  const { database, store: prepare, rows, undo } = open(t)
  seed(database, small, 'small')
  const store = prepare()
  const before = rows()
  t.strictSame(undo(), TABLES.map(() => []), 'seeding is no change')

  store.people.setPrivacy(personOf(store, '1'), 'blocked')
  store.people.setPrivacy(personOf(store, '1'), 'friendsOnly')
  store.people.write({ xuid: '3', gamertag: 'cat', privacy: 'everyone' })
  store.people.remove(personOf(store, '3'))
  store.progress.write({ person: 1, sandbox: 'RETAIL', achievement: 1 }, DONE)
  store.progress.write({ person: 1, sandbox: 'RETAIL', achievement: 1 }, { ...DONE, isRevoked: true })
  store.sessions.remove('hash', 'token')
  t.strictSame(undo(), [
    [{ existed: 1, row: 1, xuid: '1', gamertag: 'ann', privacy: 'everyone' }, { existed: 0, row: 3, xuid: null, gamertag: null, privacy: null }],
    [],
    [],
    [{ existed: 0, person: 1, sandbox: 'RETAIL', achievement: 1, percent_complete: null, time_unlocked: null, unlock_number: null, is_revoked: null, current: null }],
    [{ existed: 1, row: 1, user_hash: 'hash', token: 'token', person: 1, title_id: null, sandbox: null, location: null, third_party_site: 0, expires: null }]
  ])
  store.world.reset()
  t.strictSame(rows(), before)
  t.strictSame(undo(), TABLES.map(() => []), 'undoing is no change')
  t.strictSame(database.pragma('foreign_key_check'), [])
})

t.test('a person that everything refers to, gone and back', async (t) => {
  const { database, store: prepare, rows } = open(t)
  seed(database, small, 'small')
  const store = prepare()
  const before = rows()
  for (const xuid of ['1', '2']) store.people.remove(personOf(store, xuid))
  t.strictSame(TABLES.map((table) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()), [0, 0, 0, 0, 0])
  // The rows are taken again.
  for (const [xuid, gamertag] of [['2', 'ann'], ['1', 'bob']] as const) store.people.write({ xuid, gamertag, privacy: 'blocked' })
  store.people.addFriend(personOf(store, '2'), personOf(store, '1'))
  store.world.reset()
  t.strictSame(rows(), before)
})

t.test('two connections to one file', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const [one, other] = [open(t, file), open(t, file)]
  seed(one.database, DEMO, 'demo')
  const [here, there] = [one.store(), other.store()]
  const before = JSON.stringify(here.world.export())
  const rows = one.rows()
  const steps: Array<[string, () => void]> = [
    ['changed here', () => here.people.setPrivacy(personOf(here, GAMER), 'blocked')],
    ['changed there', () => there.progress.write({ person: 1, sandbox: 'RETAIL', achievement: 2 }, DONE)],
    ['changed here and there', () => { here.people.remove(personOf(here, FRIEND)); there.people.write({ xuid: '5', gamertag: 'friend', privacy: 'blocked' }) }],
    ['a part merged here', () => here.world.change((world) => ({ ...world, sessions: [] }))],
    ['a part merged there, and changed here', () => { there.world.change((world) => ({ ...world, sessions: [] })); here.people.remove(personOf(here, GAMER)) }]
  ]
  for (const [what, change] of steps) {
    for (const resetting of [here, there]) {
      change()
      t.not(JSON.stringify(resetting.world.export()), before, what)
      resetting.world.reset()
      t.equal(JSON.stringify(here.world.export()), before, what)
      t.equal(JSON.stringify(there.world.export()), before, what)
    }
  }
  t.strictSame(other.rows(), rows)
  there.world.replace(small, 'put')
  here.people.remove(personOf(here, '2'))
  here.world.reset()
  t.strictSame(there.world.export(), small)
})

t.test('a world that cannot be put leaves the one that is there, its changes and what they undo', async (t) => {
  const { database, store: prepare, rows, undo } = open(t)
  seed(database, small, 'small')
  const { world, people, ...rest } = prepare()
  const store = { world, people, ...rest }
  people.setPrivacy(personOf(store, '1'), 'blocked')
  const before = [rows(), undo()]
  const broken = { ...small, sessions: [...small.sessions, ...small.sessions] }
  const message = 'UNIQUE constraint failed: session.user_hash, session.token'
  t.equal(thrownBy(() => world.replace(broken, 'broken')).message, message)
  t.strictSame([rows(), undo()], before)
  t.equal(thrownBy(() => world.change(() => broken)).message, message)
  t.strictSame([rows(), undo()], before)
  t.equal(thrownBy(() => world.change(() => { throw new Error('no') })).message, 'no')
  t.strictSame([rows(), undo()], before)
})

t.test('a world to go back to that an older version kept gets the members that worlds have had since', async (t) => {
  const { database, store: prepare } = open(t)
  seed(database, small, 'small')
  const { world } = prepare()
  world.change((present) => ({ ...present, sessions: [], userKeys: ['k'] }))
  database.exec('UPDATE world SET baseline = json_remove(baseline, \'$.userKeys\', \'$.titles[0].achievements[0].igdb\')')
  world.reset()
  t.strictSame(world.export(), small)
})

t.test('what the world row says', async (t) => {
  const { database, store: prepare } = open(t)
  seed(database, small, 'small')
  const { world, progress } = prepare()
  const row = (): unknown => database.prepare('SELECT only, source, unlocks, recording, baseline FROM world').get()
  const baseline = JSON.stringify(world.export())
  const seeded = { only: 1, source: 'small', unlocks: 0, recording: 1, baseline: null }
  t.strictSame(row(), seeded)
  progress.write({ person: 1, sandbox: 'RETAIL', achievement: 1 }, DONE)
  t.strictSame(row(), { ...seeded, unlocks: 1 })
  world.change((present) => ({ ...present, sessions: [] }))
  const undone = { ...seeded, baseline }
  t.strictSame(row(), undone, 'the merged world is seeded anew, and what it was made from is kept')
  world.change((present) => present)
  t.strictSame(row(), undone)
  world.reset()
  t.strictSame(row(), seeded)
  world.replace(small, 'put')
  t.strictSame(row(), { ...seeded, source: 'put' })
})

t.test('a world that is put in the place of another needs no savepoint, whose end would take longer each time', async (t) => {
  const statements: string[] = []
  const database = new BetterSqlite3(':memory:', { verbose: (sql) => { statements.push(String(sql)) } })
  t.teardown(() => { database.close() })
  migrate(database)
  seed(database, small, 'small')
  const { world } = prepareStore(database)
  for (const change of [() => world.replace(small, 'again'), () => world.change((present) => present), () => world.reset()]) {
    statements.length = 0
    change()
    t.strictSame(statements.filter((sql) => /^(BEGIN|COMMIT|SAVEPOINT)/.test(sql)), ['BEGIN IMMEDIATE', 'COMMIT'])
  }
})
