import type { Database } from 'better-sqlite3'
import { ZERO_DATE } from '../../base/instant.ts'
import { fillDefaults } from '../../base/validation.ts'
import type { HubTitle, TitleHub, TitlePlay } from '../../model/hub-title.ts'
import { EVERY } from '../../model/list.ts'
import { GENERATIONS } from '../../model/title.ts'
import type { StoredUser } from '../../model/user.ts'
import { WorldTitleHub } from '../../world/schema-neighbours.ts'
import { ALL_PROGRESS, historySql, totalsSql } from './history.ts'
import { isListedSingly, type Parameters } from './queries.ts'

/** Whose titles, and in which sandbox they are published and were played. */
export interface HubRequest {
  /** Null: nobody's, who has done nothing. */
  readonly person: Pick<StoredUser, 'row'> | null
  readonly sandbox: string
}

/** A user's titles, at most `limit`, or `EVERY`. */
export interface PlayedRequest extends HubRequest {
  readonly person: Pick<StoredUser, 'row'>
  readonly limit: number
}

/** Whose plays of one title. */
export interface PlaysRequest {
  readonly people: ReadonlyArray<Pick<StoredUser, 'row'>>
  readonly sandbox: string
  readonly titleId: number
}

/** A title as SQLite returns it. */
interface HubRow extends Omit<HubTitle, 'platforms' | 'hub'> {
  readonly platforms: string
  readonly hub: string | null
}

const HUB_COLUMNS = `title_id AS titleId, name, scid AS serviceConfigId, generation, achievement_system AS achievementSystem, title_type AS titleType,
  platforms, hub, earned AS earnedAchievements, score AS currentGamerscore, nullif(last_played, '${ZERO_DATE}') AS lastPlayed`

// A CROSS JOIN begins with its left side: with few titles, and not with all that are published.

/** The titles that a person may have played. */
const PLAYED = {
  titles: `(
      SELECT title_id FROM play WHERE person = :person AND sandbox = :sandbox
      UNION SELECT d.title_id FROM mine CROSS JOIN title d USING (service_configuration)
    ) few CROSS JOIN title t ON t.title_id = few.title_id`,
  progress: ALL_PROGRESS
}

const TITLES_ASKED = '(SELECT DISTINCT value AS title_id FROM json_each(:titleIds)) few CROSS JOIN title t ON t.title_id = few.title_id'

/** The titles that are asked for, and the progress in their service configurations. */
const ASKED = {
  titles: TITLES_ASKED,
  progress: `(SELECT DISTINCT service_configuration AS row FROM ${TITLES_ASKED}) shared
    CROSS JOIN achievement a ON a.service_configuration = shared.row CROSS JOIN progress p ON p.achievement = a.row`
}

/** SQL: what `last_played` of a title history is, of one title and many people. */
const PLAYS = `
  WITH asked AS MATERIALIZED (
    SELECT t.* FROM title t JOIN publication u ON u.title_id = t.title_id AND u.sandbox = :sandbox WHERE t.title_id = :titleId
  ), shared AS MATERIALIZED (
    SELECT a.row FROM asked CROSS JOIN achievement a ON a.service_configuration = asked.service_configuration WHERE ${isListedSingly('asked.generation')}
  )
  SELECT people.value AS person, asked.title_id AS titleId, asked.name, nullif(max(
      coalesce((SELECT last_played FROM play WHERE person = people.value AND sandbox = :sandbox AND title_id = asked.title_id), '${ZERO_DATE}'),
      coalesce((SELECT max(time_unlocked) FROM shared CROSS JOIN progress p ON p.person = people.value AND p.sandbox = :sandbox AND p.achievement = shared.row), '${ZERO_DATE}')
    ), '${ZERO_DATE}') AS lastPlayed
  FROM asked CROSS JOIN json_each(:people) people`

/** Prepares to read titles as titlehub tells of them. What they count is what a title history counts (history.ts). */
export function prepareTitleHub (database: Database) {
  const defaults = fillDefaults(WorldTitleHub, {}) as TitleHub
  const prepareRead = (few: typeof PLAYED) => database.prepare<[Parameters], HubRow>(`${historySql({ ...few, isListed: isListedSingly() })}
    SELECT ${HUB_COLUMNS}, ${totalsSql(isListedSingly())} FROM (SELECT * FROM history ORDER BY last_played DESC, title_id LIMIT :limit) history`)
  const [readPlayed, readAsked] = [prepareRead(PLAYED), prepareRead(ASKED)]
  const readPlays = database.prepare<{ people: string, sandbox: string, titleId: number }, TitlePlay & { person: number }>(PLAYS)
  const findByPfn = database.prepare<[string], number>('SELECT title_id FROM title WHERE pfn = ?').pluck()

  /** The titles of each generation, as each has a history of its own. */
  const readTitles = (read: typeof readPlayed, parameters: Parameters): HubTitle[] => GENERATIONS.flatMap((generation) => read.all({ types: null, platforms: null, ...parameters, generation }))
    .map(({ platforms, hub, ...title }) => ({ ...title, platforms: JSON.parse(platforms), hub: hub === null ? defaults : fillDefaults(WorldTitleHub, JSON.parse(hub)) as TitleHub }))

  const find = ({ person, sandbox, titleIds }: HubRequest & { readonly titleIds: readonly number[] }): HubTitle[] => {
    const found = readTitles(readAsked, { person: person && person.row, sandbox, scope: 'all', titleIds: JSON.stringify(titleIds), limit: titleIds.length })
    const byId = new Map(found.map((title) => [title.titleId, title]))
    return [...new Set(titleIds)].flatMap((titleId) => byId.get(titleId) ?? [])
  }

  return {
    /**
     * The titles that a user has played, begun or unlocked something in, of both generations: those that were last played
     * first, those of which nobody knows when last, and equals by title id.
     */
    listPlayed: database.transaction(({ person, sandbox, limit }) =>
      readTitles(readPlayed, { person: person.row, sandbox, scope: 'played', titleIds: null, limit }).sort(byLastPlayed).slice(0, limit === EVERY ? undefined : limit)) as (request: PlayedRequest) => HubTitle[],

    /** When people last played a title that is published in the sandbox, as `find` has it of each of them, by their rows. */
    findPlays: ({ people, sandbox, titleId }: PlaysRequest): ReadonlyMap<number, TitlePlay> =>
      new Map(readPlays.all({ people: JSON.stringify(people.map(({ row }) => row)), sandbox, titleId }).map(({ person, ...play }) => [person, play])),

    /** The titles with some ids that are published in the sandbox, in the order of the ids, each once. */
    find: database.transaction(find) as typeof find,

    /** The same by package family names, in any letter case. */
    findByPfns: database.transaction(({ pfns, ...request }: HubRequest & { readonly pfns: readonly string[] }) =>
      find({ ...request, titleIds: pfns.flatMap((pfn) => findByPfn.get(pfn) ?? []) })) as (request: HubRequest & { readonly pfns: readonly string[] }) => HubTitle[]
  }
}

const dateOf = ({ lastPlayed }: HubTitle): string => lastPlayed ?? ZERO_DATE

const byLastPlayed = (a: HubTitle, b: HubTitle): number => dateOf(a) === dateOf(b) ? a.titleId - b.titleId : dateOf(a) < dateOf(b) ? 1 : -1
