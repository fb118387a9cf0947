import t from 'tap'
import type { CacheFactory } from '../../src/base/cache.ts'
import { ACHIEVEMENT_ORDERS, UNNAMED_ORDERS, type AchievementFilter } from '../../src/model/list.ts'
import { ACHIEVEMENT_STATES } from '../../src/model/user-titles.ts'
import { prepareAchievements } from '../../src/store/achievements.ts'
import { prepareCatalogue } from '../../src/store/catalogue.ts'
import { prepareChangeLog, prepareChangeLogWrites } from '../../src/store/change-log.ts'
import type { ListRequest } from '../../src/store/lists/achievement-list.ts'
import { SECTIONS } from '../../src/store/lists/orders.ts'
import { prepareTitleHub } from '../../src/store/lists/title-hub.ts'
import { prepareUserAchievements, prepareUserUnlocks } from '../../src/store/lists/user-achievements.ts'
import { prepareUserTitles } from '../../src/store/lists/user-titles.ts'
import { openDatabase } from '../../src/store/open.ts'
import { preparePeople } from '../../src/store/people.ts'
import { prepareProgress, prepareProgressWrites } from '../../src/store/progress.ts'
import { prepareStats } from '../../src/store/stats.ts'
import { prepareExport, prepareWorldParts } from '../../src/store/world/export.ts'
import { seed } from '../../src/store/world/seed.ts'
import { DEMO, LARGE_TITLE, NOW, SAMPLE_SCID } from '../helper.ts'

/** A statement, and the steps of its query plan. */
interface Plan {
  readonly filter: AchievementFilter | null
  readonly sql: string
  readonly steps: readonly string[]
}

const ALL_ORDERS = [...ACHIEVEMENT_ORDERS, ...UNNAMED_ORDERS]
type Condition = Exclude<keyof AchievementFilter, 'order' | 'unlockedOnly' | 'possibleOnly'>
/** For each member, the values that make another statement. */
const CONDITIONS: { readonly [K in Condition]: ReadonlyArray<AchievementFilter[K]> } = {
  titleIds: [null, [LARGE_TITLE]],
  type: [null, 'Challenge']
}
const MODES = [[false, false], [false, true], [true, false]].map(([unlockedOnly, possibleOnly]) => ({ unlockedOnly, possibleOnly }))
const FILTERS = Object.entries(CONDITIONS).reduce<object[]>(
  (made, [name, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
  ALL_ORDERS.flatMap((order) => MODES.filter(({ unlockedOnly }) => order !== 'Earned' || unlockedOnly).map((mode) => ({ order, ...mode })))
) as AchievementFilter[]

/** How many statements the conditions make of one. */
const countOf = (conditions: typeof CONDITIONS): number => Object.values(conditions).reduce((count, values) => count * values.length, 1)

/** A database that reports the plan of every statement that is prepared. */
function explain (tell: (plan: Omit<Plan, 'filter'>) => void): ReturnType<typeof openDatabase> {
  const database = openDatabase(':memory:')
  seed(database, DEMO, 'demo')
  const prepare = database.prepare.bind(database)
  database.prepare = (sql: string) => {
    const parameters = Object.fromEntries([...sql.matchAll(/:(\w+)/g)].map(([, name]) => [name, null]))
    const positional = Array.from(sql.matchAll(/\?/g), () => null)
    const rows = prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...positional, parameters)
    tell({ sql, steps: rows.map(({ detail }) => detail) })
    return prepare(sql) as never
  }
  return database
}

/** A cache that keeps nothing. */
const notKept: CacheFactory['state'] = (_options, make) => make

/** The plans of all statements for one achievement and its definition, and for lists with each filter. */
function readPlans (): Plan[] {
  const plans: Plan[] = []
  let filter: AchievementFilter | null = null
  const database = explain((plan) => plans.push({ filter, ...plan }))
  const achievements = prepareAchievements(database, { definitions: notKept, state: notKept })
  const person = 1
  achievements.find(person, { scid: SAMPLE_SCID, id: 3, generation: null, sandbox: 'RETAIL' })
  const request: Omit<ListRequest, 'filter'> = {
    // It skips more than there is, so that every section is read and counted.
    person, sandbox: 'RETAIL', generation: 'modern', after: null, skip: 1000, limit: 1, now: NOW
  }
  for (filter of FILTERS) achievements.list({ ...request, filter })
  database.close()
  return plans
}

const plans = readPlans()
const isPage = ({ sql }: Plan): boolean => sql.includes('LIMIT +:limit')
const nameOf = ({ filter, sql }: Plan): string => `${JSON.stringify(filter)} ${sql.replace(/\s+/g, ' ')}`

t.test('the plans cover every order and filter', async (t) => {
  t.equal(FILTERS.length, ((ALL_ORDERS.length - 1) * MODES.length + 1) * countOf(CONDITIONS))
  t.equal(plans.filter(({ filter }) => filter === null).length, 8)
  for (const order of ALL_ORDERS) {
    const ofOrder = plans.filter(({ filter }) => filter?.order === order)
    t.ok(ofOrder.some(isPage), `${order}: pages`)
    if (order !== 'Unordered') continue
    t.ok(ofOrder.some((plan) => !isPage(plan)), `${order}: counts`)
  }
})

/** Scans of the ids that were asked for, of the one row of the world, and of the unlocks of a person while they are numbered. */
const STEPS_OVER_FEW = /^SCAN (json_each .*|asked|world|numbered|\(subquery-\d+\))$/

t.test('no table is scanned, except the one row of the world, and lists of ids', async (t) => {
  for (const plan of plans) {
    const scans = plan.steps.filter((step) => step.startsWith('SCAN ') && !STEPS_OVER_FEW.test(step))
    t.strictSame(scans, [], nameOf(plan))
  }
})

t.test('no statement builds an index of its own', async (t) => {
  for (const plan of plans) t.strictSame(plan.steps.filter((step) => step.includes('AUTOMATIC')), [], nameOf(plan))
})

t.test('without a title, no page is sorted, except those in the order Earned', async (t) => {
  const pages = plans.filter((plan) => isPage(plan) && plan.filter?.titleIds === null && plan.filter.order !== 'Earned')
  const sections = ALL_ORDERS.filter((order) => order !== 'Earned').flatMap((order) => SECTIONS[order])
  // Each section, of everything and of what is unlocked, with each condition but that of titles.
  t.equal(pages.length, 2 * sections.length * countOf({ ...CONDITIONS, titleIds: [null] }))
  for (const plan of pages) t.strictSame(plan.steps.filter((step) => step === 'USE TEMP B-TREE FOR ORDER BY'), [], nameOf(plan))
})

t.test('in the order Id, a page seeks its position in the index; in the order Earned, it reads one person\'s progress', async (t) => {
  const stepsOf = (order: string) => plans.filter((plan) => isPage(plan) && plan.filter?.order === order && plan.filter.titleIds === null).map(({ steps }) => steps)
  for (const steps of stepsOf('Id')) t.ok(steps.includes('SEARCH a USING INDEX sqlite_autoindex_achievement_1 ((service_configuration,id)>(?,?))'), steps.join('; '))
  for (const [first = ''] of stepsOf('Earned')) t.match(first, /^SEARCH p USING .*\(person=\?/)
})

t.test('an export looks up the progress of a played title by achievement, and does not read all progress of the person', async (t) => {
  const steps: string[] = []
  const database = explain((plan) => steps.push(...plan.steps))
  prepareExport(database)
  database.close()
  t.ok(steps.includes('SEARCH p USING PRIMARY KEY (person=? AND sandbox=? AND achievement=?)'), steps.join('; '))
})

t.test('titlehub and statistics begin with the titles that are asked for or were played, and read one person\'s progress', async (t) => {
  const found: string[][] = []
  const database = explain(({ steps }) => found.push([...steps]))
  prepareTitleHub(database)
  prepareStats(database)
  database.close()
  t.equal(found.length, 5)
  // Scans of lists of ids, of the progress of one person by service configuration, and of the few titles.
  for (const steps of found) t.strictSame(steps.filter((step) => /^SCAN (?!json_each |runs |people |mine$|few$|asked$|shared$|history$)/.test(step)), [], steps.join('; '))
  for (const steps of found) t.strictSame(steps.filter((step) => /\(sandbox=\?\)/.test(step)), [], `all that is published in the sandbox: ${steps.join('; ')}`)
  const progressOf = (steps: readonly string[] = []): string[] => steps.filter((step) => step.startsWith('SEARCH p '))
  t.strictSame(progressOf(found[0]), ['SEARCH p USING PRIMARY KEY (person=? AND sandbox=?)'])
  for (const steps of found.slice(1, 3)) t.strictSame(progressOf(steps), ['SEARCH p USING PRIMARY KEY (person=? AND sandbox=? AND achievement=?)'])
})

t.test('what reads a part of the world, or deletes progress of one person, reads no more than that', async (t) => {
  const found = new Map<string, readonly string[]>()
  const database = explain(({ sql, steps }) => found.set(sql.replace(/\s+/g, ' ').trim(), steps))
  const cache = { definitions: notKept, state: notKept }
  preparePeople(database, cache)
  prepareCatalogue(database, cache)
  prepareWorldParts(database)
  prepareProgress(database)
  prepareProgressWrites(database)
  database.close()
  // What counts the world, the first users of the sign-in page and the first two titles scan by intent. A scan of a view, or of players, is one of the rows that were sought in their tables.
  const unbounded = /^SELECT (\(SELECT count|xuid, gamertag FROM person ORDER BY row|title_id FROM title LIMIT 2$)/
  const scans = [...found].filter(([sql]) => !unbounded.test(sql)).flatMap(([sql, steps]) => steps.filter((step) => /^SCAN (?!(play|progress)_sandbox$|world$|players$|\(subquery-\d+\)$)/.test(step) || /AUTOMATIC/.test(step)).map((step) => `${step}: ${sql}`))
  t.strictSame(scans, [])
  const stepsOf = (start: string): readonly string[] => {
    const matching = [...found].filter(([sql]) => sql.startsWith(start))
    t.equal(matching.length, 1, start)
    return matching[0]?.[1] ?? []
  }
  const lists = [...found].filter(([sql]) => sql.startsWith('SELECT xuid, gamertag, privacy,')).map(([, steps]) => steps)
  t.strictSame(lists.map(([first]) => first), [
    'SEARCH person USING INDEX sqlite_autoindex_person_2 (gamertag>? AND gamertag<?)', 'SEARCH person USING INDEX sqlite_autoindex_person_1 (xuid>? AND xuid<?)', 'SEARCH friendship USING PRIMARY KEY (person=?)'
  ])
  for (const steps of [...lists, stepsOf('SELECT session.*, xuid FROM session LEFT JOIN person ON person.row = session.person WHERE session.person'), stepsOf('SELECT title_id AS titleId, name, scid')]) {
    t.strictSame(steps.filter((step) => step.includes('USE TEMP B-TREE FOR ORDER BY')), [])
  }
})

t.test('the log of changes is read from a row on, and never sorted', async (t) => {
  const found = new Map<string, readonly string[]>()
  const database = explain(({ sql, steps }) => found.set(sql.replace(/\s+/g, ' ').trim(), steps))
  prepareChangeLog(database)
  prepareChangeLogWrites(database)
  database.close()
  t.equal(found.size, 12)
  t.strictSame(found.get('SELECT row, changes FROM change WHERE row > ? ORDER BY row'), ['SEARCH change USING INTEGER PRIMARY KEY (rowid>?)'])
  t.strictSame([...found.values()].flat().filter((step) => /B-TREE|AUTOMATIC/.test(step)), [])
  // The few listeners, the last row, and the oldest rows up to the first that stays. The whole log is deleted when nobody listens.
  const scans = [...found].filter(([, steps]) => steps.some((step) => step.startsWith('SCAN '))).map(([sql]) => sql.replace(/\(.*/, '').trim())
  t.strictSame(scans, [
    "SELECT seq FROM sqlite_sequence WHERE name = 'change'", 'DELETE FROM listener WHERE ends NOT BETWEEN :now + 1 AND :latest', 'DELETE FROM change WHERE NOT EXISTS', 'INSERT INTO change', 'DELETE FROM change WHERE row < max'
  ])
})

t.test('what a user has done is read from the progress of that user, and no other one', async (t) => {
  const found: string[][] = []
  const database = explain(({ steps }) => found.push([...steps]))
  prepareUserTitles(database)
  prepareUserUnlocks(database)
  const list = prepareUserAchievements(database)
  for (const state of ACHIEVEMENT_STATES) for (const order of ACHIEVEMENT_ORDERS) list({ person: 1, sandbox: 'RETAIL', titleId: LARGE_TITLE, generation: 'modern', state, order, search: null, after: null, limit: 1, now: NOW })
  list({ person: 1, sandbox: 'RETAIL', titleId: LARGE_TITLE, generation: 'modern', state: 'all', order: 'Unordered', search: 'light', after: null, limit: 1, now: NOW })
  database.close()
  const ofProgress = found.flatMap((steps) => steps.filter((step) => /\bp\b|\bprogress\b/.test(step)))
  t.ok(ofProgress.length > 20)
  t.strictSame(ofProgress.filter((step) => !/^SEARCH p .*\(person=\? AND sandbox=\?/.test(step)), [])
  // The unlocks are in the order of their index.
  for (const steps of found.slice(2, 4)) t.strictSame(steps.filter((step) => step.includes('B-TREE')), [])
})
