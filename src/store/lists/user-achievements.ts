import type { Database } from 'better-sqlite3'
import type { AchievementFilter, ListPosition, PageRange } from '../../model/list.ts'
import type { AchievementStateFilter, UnlockPosition, UserAchievementsFilter, UserUnlock } from '../../model/user-titles.ts'
import { readProgress } from '../achievement-row.ts'
import { startOf, type ListPage } from './achievement-list.ts'
import { IS_BEGUN } from './history.ts'
import { countItems, createPrepare, readRows, type Slice } from './queries.ts'

/** A request for a page of the achievements of a title, in an order of the service. */
export interface UserAchievementsRequest extends UserAchievementsFilter, Omit<PageRange, 'skip'> {
  /** A row of `person`. */
  readonly person: number
  readonly sandbox: string
  /** The clock, in ms since 1970. Only the first page in the order `EndingSoon` depends on it. */
  readonly now: number
}

/** SQL: what each filter asks of an achievement `a` with progress `p`. */
const STATES: Readonly<Record<AchievementStateFilter, readonly string[]>> = {
  all: [],
  unlocked: ['p.time_unlocked IS NOT NULL'],
  inProgress: ['p.time_unlocked IS NULL', `(${IS_BEGUN})`],
  locked: ['p.time_unlocked IS NULL'],
  secret: ['a.is_secret'],
  revoked: ['p.is_revoked']
}

/** SQL: whether a text of an achievement `a` has a part in it. SQLite folds the letters of ASCII alone. */
const IS_FOUND = `(CAST(a.id AS TEXT) = +:search OR EXISTS (SELECT 1 FROM achievement_text x WHERE x.achievement = a.row
  AND instr(lower(x.name || char(10) || x.description || char(10) || x.locked_description), lower(+:search)) > 0))`

/** Prepares to read the achievements of a title with the progress of a user, filtered by that progress. The orders and the pages are those of the service's lists. */
export function prepareUserAchievements (database: Database): (request: UserAchievementsRequest) => ListPage {
  const prepare = createPrepare(database)
  const countUnlocks = database.prepare<[], number>('SELECT unlocks FROM world').pluck()
  const read = ({ titleId, generation, state, order, search, person, sandbox, after, limit, now }: UserAchievementsRequest): ListPage => {
    const filter: AchievementFilter = { titleIds: [titleId], type: null, unlockedOnly: false, possibleOnly: false, order }
    const conditions = [...STATES[state], ...search === null ? [] : [IS_FOUND]]
    const start: ListPosition = after ?? startOf({ filter, now }, () => countUnlocks.get() as number)
    const parameters = { person, sandbox, generation, titleIds: JSON.stringify([titleId]), type: null, search, snapshot: start.snapshot }
    const slice: Slice = { filter, conditions, skip: 0, limit: limit + 1 }
    const found = readRows(prepare, slice, { start, parameters })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map((row) => ({ row: row.row, progress: readProgress(row) })),
      last: last !== undefined && found.length > limit ? { snapshot: start.snapshot, key: last.sort_key, row: last.row } : null,
      totalRecords: countItems(prepare, slice, parameters)
    }
  }
  return database.transaction(read) as typeof read
}

/** Which unlocks of a user are read, the newest first. */
export interface UserUnlocksRequest {
  /** A row of `person`. */
  readonly person: number
  readonly sandbox: string
  /** Those of the service configuration of this title; null: all. */
  readonly titleId: number | null
  readonly after: UnlockPosition | null
  readonly limit: number
}

type UnlockRow = Omit<UserUnlock, 'isRevoked'> & { readonly isRevoked: number, readonly row: number }

/** Prepares to list the unlocks of a user, each with its place in the list. */
export function prepareUserUnlocks (database: Database): (request: UserUnlocksRequest) => Array<{ unlock: UserUnlock, position: UnlockPosition }> {
  const prepare = (after: string) => database.prepare<[object], UnlockRow>(`
    SELECT a.title_id AS titleId, t.name AS titleName, c.scid AS serviceConfigId, a.id,
      (SELECT name FROM achievement_text WHERE achievement = a.row ORDER BY ordinal LIMIT 1) AS name,
      a.gamerscore, p.time_unlocked AS timeUnlocked, p.is_revoked AS isRevoked, a.row
    FROM progress p CROSS JOIN achievement a ON a.row = p.achievement JOIN title t ON t.title_id = a.title_id
      JOIN service_configuration c ON c.row = a.service_configuration
    WHERE p.person = :person AND p.sandbox = :sandbox AND p.time_unlocked IS NOT NULL
      AND (+:titleId IS NULL OR a.service_configuration = (SELECT service_configuration FROM title WHERE title_id = +:titleId)) ${after}
    ORDER BY p.time_unlocked DESC, p.achievement LIMIT :limit`)
  const first = prepare('')
  const following = prepare('AND p.time_unlocked <= :time AND (p.time_unlocked < :time OR p.achievement > :row)')
  return ({ after, ...request }) => (after === null ? first.all(request) : following.all({ ...request, ...after }))
    .map(({ row, isRevoked, ...unlock }) => ({ unlock: { ...unlock, isRevoked: isRevoked === 1 }, position: { time: unlock.timeUnlocked, row } }))
}
