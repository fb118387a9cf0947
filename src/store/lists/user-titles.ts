import type { Database } from 'better-sqlite3'
import type { UserTitle, UserTitleDetails, UserTitlesRequest } from '../../model/user-titles.ts'
import { IS_BEGUN } from './history.ts'

/** A title as SQLite returns it. */
interface UserTitleRow extends Omit<UserTitle, 'sandboxes'> {
  /** JSON. */
  readonly sandboxes: string
}

interface TitleDetailsRow extends UserTitleRow, Pick<UserTitleDetails, 'locked' | 'secret' | 'revoked'> {
  /** JSON. */
  readonly locales: string
}

/** SQL: whether a title `d` is published in the sandbox. */
const IS_PUBLISHED = 'EXISTS (SELECT 1 FROM publication u WHERE u.title_id = d.title_id AND u.sandbox = :sandbox)'

/**
 * SQL for the titles, as `listed`, each with what the person has done in it in the sandbox. A title has the achievements of
 * its service configuration and generation, whichever title defines them, as the lists of the service have it.
 */
const LISTED = `
  WITH mine AS MATERIALIZED (
    SELECT a.service_configuration, d.generation, count(p.time_unlocked) AS unlocked, max(p.time_unlocked) AS last_unlock,
      sum(iif(p.time_unlocked IS NULL, 0, a.gamerscore)) AS gamerscore, sum(p.time_unlocked IS NULL AND (${IS_BEGUN})) AS in_progress
    FROM progress p JOIN achievement a ON a.row = p.achievement JOIN title d ON d.title_id = a.title_id
    WHERE p.person = :person AND p.sandbox = :sandbox AND ${IS_PUBLISHED}
    GROUP BY a.service_configuration, d.generation
  ), listed AS (
    SELECT d.*, ${IS_PUBLISHED} AS is_published, play.last_played, mine.unlocked, mine.last_unlock, mine.gamerscore, mine.in_progress,
      coalesce(max(coalesce(play.last_played, mine.last_unlock), coalesce(mine.last_unlock, play.last_played)), '') AS last_active
    FROM title d LEFT JOIN mine ON mine.service_configuration = d.service_configuration AND mine.generation = d.generation AND ${IS_PUBLISHED}
      LEFT JOIN play ON play.person = :person AND play.sandbox = :sandbox AND play.title_id = d.title_id
  )`

/** SQL: the achievements that a title `page` has in the sandbox. */
const DEFINED = `achievement a JOIN title d ON d.title_id = a.title_id AND d.generation = page.generation
  WHERE a.service_configuration = page.service_configuration AND page.is_published AND ${IS_PUBLISHED}`

const TITLE_COLUMNS = `
  title_id AS titleId, name, (SELECT scid FROM service_configuration WHERE row = page.service_configuration) AS serviceConfigId, generation,
  achievement_system AS achievementSystem, (SELECT json_group_array(sandbox ORDER BY sandbox) FROM publication WHERE title_id = page.title_id) AS sandboxes,
  coalesce(hub ->> '$.displayImage', hub ->> '$.images[0].url') AS picture,
  (SELECT count(*) FROM ${DEFINED}) AS achievements, coalesce(unlocked, 0) AS unlocked, coalesce(in_progress, 0) AS inProgress,
  coalesce(gamerscore, 0) AS gamerscore, (SELECT coalesce(sum(a.gamerscore), 0) FROM ${DEFINED}) AS totalGamerscore,
  last_played AS lastPlayed, last_unlock AS lastUnlock`

/** SQL: how many achievements of a title `page` there are of which something is true. */
const countWhere = (condition: string): string => `(SELECT count(*) FROM achievement a JOIN title d ON d.title_id = a.title_id AND d.generation = page.generation
  LEFT JOIN progress p ON p.person = :person AND p.sandbox = :sandbox AND p.achievement = a.row
  WHERE a.service_configuration = page.service_configuration AND page.is_published AND ${IS_PUBLISHED} AND ${condition})`

const DETAILS = `
  ${countWhere('p.time_unlocked IS NULL')} AS locked, ${countWhere('a.is_secret')} AS secret, ${countWhere('p.is_revoked')} AS revoked,
  (SELECT json_group_array(locale ORDER BY locale <> default_locale, locale) FROM (
    SELECT DISTINCT x.locale, page.default_locale FROM achievement a JOIN achievement_text x ON x.achievement = a.row WHERE a.service_configuration = page.service_configuration
  )) AS locales`

/** Prepares to list the titles of the world with what a user has done in them. */
export function prepareUserTitles (database: Database) {
  const list = database.prepare<[UserTitlesRequest], UserTitleRow>(`${LISTED}
    SELECT ${TITLE_COLUMNS} FROM (
      SELECT * FROM listed
      WHERE (:search IS NULL OR instr(lower(name), lower(:search)) > 0 OR CAST(title_id AS TEXT) = :search)
        AND (:after IS NULL OR (last_active, -title_id) < (SELECT last_active, -title_id FROM listed WHERE title_id = :after))
      ORDER BY last_active DESC, title_id LIMIT :limit
    ) page ORDER BY last_active DESC, title_id`)
  const find = database.prepare<[{ person: number, sandbox: string, titleId: number }], TitleDetailsRow>(`${LISTED}
    SELECT ${TITLE_COLUMNS}, ${DETAILS} FROM (SELECT * FROM listed WHERE title_id = :titleId) page`)
  return {
    list: (request: UserTitlesRequest): UserTitle[] => list.all(request).map((row) => ({ ...row, sandboxes: JSON.parse(row.sandboxes) })),

    /** One title; undefined when there is none with the id. */
    find (key: { readonly person: number, readonly sandbox: string, readonly titleId: number }): UserTitleDetails | undefined {
      const row = find.get(key)
      return row && { ...row, sandboxes: JSON.parse(row.sandboxes), locales: JSON.parse(row.locales) }
    }
  }
}
