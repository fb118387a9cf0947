import type { Database } from 'better-sqlite3'
import t from 'tap'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { DEMO } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, title, user } from '../world-parts.ts'
import { openEarlier, withoutNeighbours } from './earlier.ts'
import { prepareWritable } from './writable.ts'

/** The schema of the version before progress had a sandbox. */
const BEFORE = 6

const UNLOCKED = '2020-01-02T03:04:05.0000000Z'
const PLAYED = '2020-02-02T00:00:00.0000000Z'

/** Titles that share a service configuration, in several sandboxes and in none; and another title that is published nowhere. */
const world = mergeWorlds([{
  file: 'world',
  document: {
    titles: [
      title({ sandboxes: ['RETAIL', 'XDKS.1'], achievements: [1, 2, 3].map((id) => achievement({ id })) }),
      title({ titleId: 2, sandboxes: ['XDKS.2', 'XDKS.1'], achievements: [achievement({ id: 4 })] }),
      title({ titleId: 3, sandboxes: [], achievements: [] }),
      title({ titleId: 4, serviceConfigId: OTHER_SCID, sandboxes: [] })
    ],
    users: [
      user({
        titles: [1, 2, 3].map((titleId) => ({ titleId, lastPlayed: PLAYED })),
        achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 100, timeUnlocked: UNLOCKED }, { serviceConfigId: SCID, id: 2, percentComplete: 5 }, { serviceConfigId: OTHER_SCID, id: 1, percentComplete: 7 }]
      }),
      user({ xuid: '2', gamertag: 'bob', achievements: [{ serviceConfigId: SCID, id: 4, percentComplete: 9 }] })
    ]
  }
}])

const fresh = openDatabase(':memory:')
t.teardown(() => { fresh.close() })
seed(fresh, world, 'test')
const seeded = prepareWritable(fresh).store.world.export()

const rowsOf = (database: Database, table: string, order: string): unknown[] => database.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).all()

const progressRow = (person: number, sandbox: string, achievement: number, percent: number | null, unlocked: string | null = null) => ({
  person, sandbox, achievement, percent_complete: percent, time_unlocked: unlocked, unlock_number: unlocked === null ? null : 0, is_revoked: percent === null ? null : 0, current: percent === null ? null : '[]'
})

const playRow = (person: number, sandbox: string, titleId: number) => ({ person, sandbox, title_id: titleId, last_played: PLAYED, sequence: null, minutes_played: null, stats: null })

const EVERYWHERE = ['RETAIL', 'XDKS.1', 'XDKS.2']

t.test('progress from before progress had a sandbox is in every sandbox of the title', async (t) => {
  const database = openEarlier(BEFORE, world)
  t.teardown(() => { database.close() })
  t.equal(database.pragma('user_version', { simple: true }), BEFORE)
  migrate(database)
  t.strictSame(rowsOf(database, 'progress', 'person, achievement, sandbox'), [
    ...EVERYWHERE.map((sandbox) => progressRow(1, sandbox, 1, 100, UNLOCKED)),
    ...EVERYWHERE.map((sandbox) => progressRow(1, sandbox, 2, 5)),
    progressRow(1, 'RETAIL', 5, 7),
    ...EVERYWHERE.map((sandbox) => progressRow(2, sandbox, 4, 9))
  ])
  t.strictSame(rowsOf(database, 'play', 'person, title_id, sandbox'), [
    playRow(1, 'RETAIL', 1), playRow(1, 'XDKS.1', 1), playRow(1, 'XDKS.1', 2), playRow(1, 'XDKS.2', 2), playRow(1, 'RETAIL', 3)
  ])
  t.strictSame([rowsOf(database, 'undo_progress', 'person'), rowsOf(database, 'undo_play', 'person')], [[], []])
  t.strictSame(database.pragma('foreign_key_check'), [])
  t.strictSame(prepareWritable(database).store.world.export(), seeded)
})

t.test('a reset after the migration undoes what was changed before it, and nothing else', async (t) => {
  const database = openEarlier(BEFORE, world)
  t.teardown(() => { database.close() })
  database.exec(`
    UPDATE progress SET percent_complete = 50 WHERE person = 1 AND achievement = 2;
    INSERT INTO progress (person, achievement, percent_complete, time_unlocked, unlock_number, is_revoked, current) VALUES (1, 3, 100, '${UNLOCKED}', 1, 0, '[]');
    UPDATE play SET last_played = '2021-01-01T00:00:00.0000000Z' WHERE title_id = 2;
    INSERT INTO play VALUES (1, 4, '${PLAYED}');
    UPDATE world SET unlocks = 1;
    DELETE FROM progress WHERE person = 2;
    DELETE FROM person WHERE row = 2`)
  migrate(database)
  t.strictSame(rowsOf(database, 'undo_progress', 'person, achievement, sandbox'), [
    ...EVERYWHERE.map((sandbox) => ({ existed: 1, ...progressRow(1, sandbox, 2, 5) })),
    ...EVERYWHERE.map((sandbox) => ({ existed: 0, ...progressRow(1, sandbox, 3, null) })),
    ...EVERYWHERE.map((sandbox) => ({ existed: 1, ...progressRow(2, sandbox, 4, 9) }))
  ])
  t.strictSame(rowsOf(database, 'undo_play', 'person, title_id, sandbox'), [
    { existed: 1, ...playRow(1, 'XDKS.1', 2) },
    { existed: 1, ...playRow(1, 'XDKS.2', 2) },
    { existed: 0, ...playRow(1, 'RETAIL', 4), last_played: null }
  ])
  const { store, write } = prepareWritable(database)
  const [ann] = store.world.export().users
  t.strictSame(ann?.achievements.map(({ id, sandbox, percentComplete }) => [id, sandbox, percentComplete]), [[1, null, 100], [2, null, 50], [3, null, 100], [1, null, 7]])
  for (let times = 0; times < 2; times++) {
    write.world.reset()
    t.strictSame(store.world.export(), seeded)
    for (const [table, order] of [['progress', 'person, achievement, sandbox'], ['play', 'person, title_id, sandbox'], ['person', 'row']] as const) {
      t.strictSame(rowsOf(database, table, order), rowsOf(fresh, table, order), table)
    }
    // Later changes are in the undo log, too.
    const { person, sandbox, achievement } = { person: 1, sandbox: 'XDKS.2', achievement: 1 }
    write.progress.put({ person, sandbox, achievement }, { percentComplete: 3, timeUnlocked: null, isRevoked: false, current: new Map() })
    t.strictSame(rowsOf(database, 'undo_progress', 'person'), [{ existed: 1, ...progressRow(1, 'XDKS.2', 1, 100, UNLOCKED) }])
  }
})

t.test('a reset to a world that an older version stored, in which nothing names a sandbox', async (t) => {
  const database = openEarlier(BEFORE, world)
  t.teardown(() => { database.close() })
  const baseline = {
    ...world,
    users: world.users.map(({ titles, achievements, ...rest }) => ({
      ...rest,
      titles: titles.map(({ titleId, lastPlayed }) => ({ titleId, lastPlayed })),
      achievements: achievements.map(({ sandbox, ...progress }) => progress)
    }))
  }
  database.prepare('UPDATE world SET baseline = ?').run(JSON.stringify(baseline))
  database.exec('DELETE FROM progress')
  migrate(database)
  const { store, write } = prepareWritable(database)
  t.strictSame(store.world.export().users.map(({ achievements }) => achievements), [[], []])
  write.world.reset()
  t.strictSame(store.world.export(), seeded)
})

t.test('the demo world is the same after the migration', async (t) => {
  const demo = withoutNeighbours(DEMO)
  const database = openEarlier(BEFORE, demo)
  t.teardown(() => { database.close() })
  const fresh = openDatabase(':memory:')
  t.teardown(() => { fresh.close() })
  seed(fresh, demo, 'test')
  migrate(database)
  t.strictSame(prepareWritable(database).store.world.export(), prepareWritable(fresh).store.world.export())
})
