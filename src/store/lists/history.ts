import type { Database } from 'better-sqlite3'
import { LAST_DATE, ZERO_DATE } from '../../base/instant.ts'
import type { HistoryList, HistoryOrder, PageRange, ListPosition } from '../../model/list.ts'
import type { PlayedTitle } from '../../model/played-title.ts'
import { IS_LISTED, type Parameters } from './queries.ts'
import { prepareUnlockRarity } from './unlock-rarity.ts'

/** Which titles a history has: those with an unlock; those with any progress; or those and all others that were played. */
export type HistoryScope = 'unlocked' | 'begun' | 'played'

/** A request for one page of a title history. */
export interface HistoryRequest extends Pick<HistoryList, 'generation' | 'titleIds' | 'platforms' | 'types' | 'order'>, PageRange {
  /** A row of `person`. */
  readonly person: number
  readonly sandbox: string
  readonly scope: HistoryScope
  /** True when each title comes with the rarity of its unlocks. */
  readonly hasRarity: boolean
}

export interface HistoryPage {
  readonly titles: readonly PlayedTitle[]
  /** The position of the last title; null when nothing follows it. */
  readonly last: ListPosition | null
  readonly totalRecords: number
}

/** SQL: whether progress `p` makes an achievement Achieved or InProgress. rules/progress-state.ts decides the same. */
export const IS_BEGUN = `p.time_unlocked IS NOT NULL OR p.percent_complete > 0
  OR EXISTS (SELECT 1 FROM json_each(p.current) WHERE value ->> 1 <> '0')`

/**
 * SQL for the titles of a history. The achievements of a title are all listed ones of its service configuration,
 * whichever title defines them.
 *
 * @param titles SQL that yields the rows of `title` that may be among them, as `t`. It may name `mine`, the person's
 *   progress by service configuration.
 * @param progress SQL that yields the progress that counts, as `p`, of whichever person, with its achievement `a`.
 * @param isListed SQL that decides whether an achievement `a` is listed.
 */
export const historySql = ({ titles, progress, isListed }: { titles: string, progress: string, isListed: string }): string => /* sql */ `
  WITH mine AS (
    SELECT a.service_configuration, count(p.time_unlocked) AS earned, max(p.time_unlocked) AS last_unlock,
      sum(iif(p.time_unlocked IS NULL, 0, a.gamerscore)) AS score, count(nullif(p.unlock_number, 0)) AS unlocked_since, max(${IS_BEGUN}) AS begun
    FROM ${progress}
    WHERE p.person = :person AND p.sandbox = :sandbox AND ${isListed}
    GROUP BY a.service_configuration
  ), history AS (
    SELECT t.*, c.scid, coalesce(mine.earned, 0) AS earned, coalesce(mine.score, 0) AS score,
      coalesce(min(4294967295, play.sequence + coalesce(mine.unlocked_since, 0)), mine.earned, 0) AS sequence,
      coalesce(mine.last_unlock, '${ZERO_DATE}') AS last_unlock,
      max(coalesce(play.last_played, '${ZERO_DATE}'), coalesce(mine.last_unlock, '${ZERO_DATE}')) AS last_played
    FROM ${titles} JOIN publication u ON u.title_id = t.title_id AND u.sandbox = :sandbox
      JOIN service_configuration c ON c.row = t.service_configuration
      LEFT JOIN mine ON mine.service_configuration = t.service_configuration
      LEFT JOIN play ON play.person = :person AND play.sandbox = :sandbox AND play.title_id = t.title_id
    WHERE t.generation = :generation
      AND CASE :scope WHEN 'unlocked' THEN mine.earned > 0 WHEN 'begun' THEN mine.begun
        WHEN 'played' THEN mine.earned IS NOT NULL OR play.title_id IS NOT NULL ELSE TRUE END
      AND (:titleIds IS NULL OR t.title_id IN (SELECT value FROM json_each(:titleIds)))
      AND (:types IS NULL OR t.v1_title_type IN (SELECT value FROM json_each(:types)))
      AND (:platforms IS NULL OR EXISTS (
        SELECT 1 FROM json_each(t.v1_platforms) runs WHERE runs.value IN (SELECT value FROM json_each(:platforms))))
  )`

/** SQL: all progress. */
export const ALL_PROGRESS = 'progress p JOIN achievement a ON a.row = p.achievement'

const HISTORY = historySql({ titles: 'title t', progress: ALL_PROGRESS, isListed: IS_LISTED })

const newestFirst = (column: string) => ({
  key: column,
  after: `(${column} < :key OR (${column} = :key AND title_id > :row))`,
  orderBy: `${column} DESC, title_id`,
  start: LAST_DATE
})

const ORDERS = {
  Title: { key: 'NULL', after: 'title_id > :row', orderBy: 'title_id', start: null },
  UnlockTime: newestFirst('last_unlock'),
  LastPlayed: newestFirst('last_played')
}

/** A played title as SQLite returns it. */
interface HistoryRow extends Omit<PlayedTitle, 'platforms' | 'xbox360' | 'unlocks'> {
  readonly sortKey: string | null
  readonly configuration: number
  readonly platforms: string
  readonly v1TitleType: number
  readonly v1Platforms: string
}

const HISTORY_COLUMNS = `service_configuration AS configuration, title_id AS titleId, name, version, scid AS serviceConfigId, achievement_system AS system,
  title_type AS titleType, platforms, v1_title_type AS v1TitleType, v1_platforms AS v1Platforms, last_played AS lastPlayed, last_unlock AS lastUnlock,
  earned AS earnedAchievements, score AS currentGamerscore, sequence`

/** SQL: what all listed achievements of a title of `history` are. @param isListed as in {@link historySql}. */
export const totalsSql = (isListed: string): string => `
  (SELECT count(*) FROM achievement a WHERE a.service_configuration = history.service_configuration AND ${isListed}) AS totalAchievements,
  (SELECT coalesce(sum(a.gamerscore), 0) FROM achievement a WHERE a.service_configuration = history.service_configuration AND ${isListed}) AS maxGamerscore`

/** Prepares to read title histories. */
export function prepareHistory (database: Database) {
  const prepare = (order: HistoryOrder) => {
    const { key, after, orderBy } = ORDERS[order]
    return database.prepare<[Parameters], HistoryRow>(`${HISTORY}
      SELECT ${key} AS sortKey, ${HISTORY_COLUMNS}, ${totalsSql(IS_LISTED)}
      FROM history WHERE ${after} ORDER BY ${orderBy} LIMIT :limit OFFSET :skip`)
  }
  const pages = { Title: prepare('Title'), UnlockTime: prepare('UnlockTime'), LastPlayed: prepare('LastPlayed') }
  const findUnlockRarity = prepareUnlockRarity(database, IS_LISTED)
  const count = database.prepare<[Parameters], number>(`${HISTORY} SELECT count(*) FROM history`).pluck()

  return {
    /** Reads one page of a title history, in one transaction. */
    list: database.transaction((request: HistoryRequest): HistoryPage => {
      const { order, after, skip, limit } = request
      const parameters = parametersOf(request)
      // The row of a position is a title id here, of which the smallest is 0.
      const { key, row } = after ?? { key: ORDERS[order].start, row: -1 }
      // One more title than the page has, to know whether another page follows.
      const rows = pages[order].all({ ...parameters, key, row, skip, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const unlocks = request.hasRarity ? findUnlockRarity({ ...request, configurations: page.map(({ configuration }) => configuration) }) : undefined
      return {
        titles: page.map(({ sortKey, configuration, platforms, v1TitleType, v1Platforms, ...title }) => ({
          ...title,
          platforms: JSON.parse(platforms),
          xbox360: { titleType: v1TitleType, platforms: JSON.parse(v1Platforms) },
          unlocks: unlocks?.get(configuration) ?? []
        })),
        last: last !== undefined && rows.length > limit ? { snapshot: 0, key: last.sortKey, row: last.titleId } : null,
        totalRecords: count.get(parameters) as number
      }
    }) as (request: HistoryRequest) => HistoryPage
  }
}

const listParameter = (numbers: readonly number[] | null): string | null => numbers && JSON.stringify(numbers)

const parametersOf = ({ person, sandbox, generation, scope, titleIds, platforms, types }: HistoryRequest): Parameters =>
  ({ person, sandbox, generation, scope, titleIds: listParameter(titleIds), platforms: listParameter(platforms), types: listParameter(types) })
