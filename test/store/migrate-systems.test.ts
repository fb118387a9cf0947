import type { Database } from 'better-sqlite3'
import t from 'tap'
import { PERCENTAGE_REQUIREMENT } from '../../src/model/achievement-system.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { achievement, SCID, title, user } from '../world-parts.ts'
import { openEarlier } from './earlier.ts'
import { prepareWritable } from './writable.ts'

const scid = (id: number): string => `11111111-2222-3333-4444-${String(id).padStart(12, '0')}`
const own = { id: 'r', target: '5' }
const of = (titleId: number, ...achievements: object[]) => ({ titleId, name: `title ${titleId}`, serviceConfigId: scid(titleId), achievements })

/** The schema of the version before titles had an achievement system. */
const BEFORE = 6

/** Gives the achievements of titles a requirement, as that version stored it. */
function require (database: Database, requirements: Readonly<Record<number, object>>): void {
  for (const [titleId, requirement] of Object.entries(requirements)) {
    database.prepare('UPDATE achievement SET requirements = ? WHERE title_id = ?').run(JSON.stringify([requirement]), titleId)
  }
}

const systemsOf = (database: Database) => database.prepare<[], [number, string | null, number]>('SELECT title_id, achievement_system, refuses_updates FROM title ORDER BY title_id').raw().all()

t.test('the titles of an older database get the achievement systems that a world without them gets', async (t) => {
  const window = { startDate: '2020-01-01T00:00:00Z', endDate: '2021-01-01T00:00:00Z' }
  const world = mergeWorlds([{
    file: 'world',
    document: {
      titles: [
        of(1, achievement()),
        of(2, achievement(), achievement({ id: 2, requirements: [own] })),
        of(3, achievement({ achievementType: 'Challenge', timeWindow: window })),
        of(4),
        { ...of(5, achievement({ requirements: [own] })), generation: 'xbox360' },
        of(6, achievement()), of(7, achievement()), of(8, achievement())
      ]
    }
  }])
  const [fresh, database] = [openDatabase(':memory:'), openEarlier(BEFORE, world)]
  t.teardown(() => { fresh.close(); database.close() })
  seed(fresh, world, 'test')
  require(database, { 6: PERCENTAGE_REQUIREMENT, 7: { ...PERCENTAGE_REQUIREMENT, target: '50' }, 8: { ...PERCENTAGE_REQUIREMENT, valueType: 'Double' } })
  migrate(database)
  t.strictSame(systemsOf(database), [
    [1, 'titleManaged', 0], [2, 'eventBased', 0], [3, 'eventBased', 0], [4, 'titleManaged', 0], [5, null, 0], [6, 'titleManaged', 0], [7, 'eventBased', 0], [8, 'eventBased', 0]
  ])
  t.strictSame(systemsOf(fresh).slice(0, 6), systemsOf(database).slice(0, 6))
  // The exported world can be read again.
  const exported = prepareWritable(database).store.world.export()
  t.strictSame(mergeWorlds([{ file: 'world', document: structuredClone(exported) }]), exported)
  t.strictSame(exported.titles.map(({ achievements }) => achievements.flatMap(({ requirements }) => requirements.map(({ target }) => target))), [[], ['5'], [], [], ['5'], [], ['50'], ['100']])
})

t.test('progress on a requirement that stands for the percentage becomes the percentage, in the undo log, too', async (t) => {
  const progress = (id: number, members: object) => ({ serviceConfigId: SCID, id, percentComplete: 1, ...members })
  const database = openEarlier(BEFORE, mergeWorlds([{
    file: 'world',
    document: {
      titles: [title({ achievements: [1, 2, 3, 4, 5, 6].map((id) => achievement({ id })) })],
      users: [user({ achievements: [1, 2, 3, 4, 5, 6].map((id) => progress(id, {})) })]
    }
  }]))
  t.teardown(() => { database.close() })
  require(database, { 1: PERCENTAGE_REQUIREMENT })
  const set = database.prepare('UPDATE progress SET percent_complete = ?, time_unlocked = ?, unlock_number = ?, current = ? WHERE achievement = ?')
  const current = (value: string): string => JSON.stringify([[PERCENTAGE_REQUIREMENT.id, value]])
  database.exec('UPDATE world SET recording = 0')
  set.run(0, null, null, current('30'), 1)
  set.run(40, null, null, current('40'), 2)
  set.run(0, '2020-01-01T00:00:00.0000000Z', 0, current('7'), 3)
  set.run(0, null, null, current('100'), 4)
  set.run(0, null, null, current('0'), 5)
  set.run(0, null, null, current('0'), 6)
  database.exec('UPDATE world SET recording = 1')
  // Changes that a reset undoes.
  set.run(60, null, null, current('60'), 1)
  set.run(70, null, null, current('70'), 6)
  migrate(database)
  t.strictSame(systemsOf(database), [[1, 'titleManaged', 0]])
  const { store, write } = prepareWritable(database)
  const told = () => store.world.export().users[0]?.achievements.map(({ id, percentComplete, timeUnlocked, requirements }) => [id, percentComplete, timeUnlocked, requirements])
  const rest = [[2, 40, null, []], [3, 0, '2020-01-01T00:00:00.0000000Z', []], [4, 99, null, []]]
  t.strictSame(told(), [[1, 60, null, []], ...rest, [6, 70, null, []]])
  write.world.reset()
  t.strictSame(told(), [[1, 30, null, []], ...rest])
})

t.test('a reset to a world that an older version stored gives its titles their achievement systems', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  const before = mergeWorlds([{ file: 'world', document: { titles: [title()], users: [user({ achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 1 }] })] } }])
  seed(database, before, 'test')
  const { store, write } = prepareWritable(database)
  write.world.change((world) => ({ ...world, userKeys: ['key'] }))
  const requirements = (current: string) => [{ id: PERCENTAGE_REQUIREMENT.id, current }]
  const reset = (percentComplete: number, current: string): unknown => {
    const baseline = structuredClone(before) as Record<string, any>
    delete baseline['titles'][0].achievementSystem
    delete baseline['titles'][0].refusesUpdates
    baseline['titles'][0].achievements[0].requirements = [PERCENTAGE_REQUIREMENT]
    Object.assign(baseline['users'][0].achievements[0], { percentComplete, requirements: requirements(current) })
    database.prepare('UPDATE world SET baseline = ?').run(JSON.stringify(baseline))
    write.world.reset()
    const { titles, users } = store.world.export()
    return [titles[0]?.achievementSystem, titles[0]?.refusesUpdates, titles[0]?.achievements[0]?.requirements, ...users[0]?.achievements.map(({ percentComplete, timeUnlocked, requirements }) => [percentComplete, timeUnlocked, requirements]) ?? []]
  }
  t.strictSame(reset(0, '30'), ['titleManaged', false, [], [30, null, []]])
  t.strictSame(reset(20, '30'), ['titleManaged', false, [], [20, null, []]])
  t.strictSame(reset(0, '100'), ['titleManaged', false, [], [100, '0001-01-01T00:00:00.0000000Z', []]])
  t.strictSame(reset(0, 'much'), ['titleManaged', false, []])
})
