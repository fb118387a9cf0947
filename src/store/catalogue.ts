import type { Database } from 'better-sqlite3'
import type { CacheFactory } from '../base/cache.ts'
import type { AchievementText } from '../model/achievement.ts'
import type { Popularity } from '../model/progress.ts'
import { DEFAULT_SANDBOX, type ListedTitle, type ServiceConfiguration, type TitleAssociation } from '../model/title.ts'
import { playersInSandboxOf, unlockersInSandboxOf } from './player-counts.ts'

/** A service configuration as SQLite returns it. */
type ConfigurationRow = Pick<ServiceConfiguration, 'status' | 'location'> & { readonly isPublic: number, readonly titleIds: string, readonly isPublished: number }

/** The id of a service configuration, in lower case, and the sandbox of the caller. */
export interface ConfigurationKey {
  readonly scid: string
  readonly sandbox: string
}

/** How many service configurations are cached. */
const CACHED_CONFIGURATIONS = 1000
/** Of how many service configurations the number of players is cached. */
const CACHED_PLAYER_COUNTS = 1000

/** Prepares to read titles, service configurations and texts. */
export function prepareCatalogue (database: Database, cache: CacheFactory) {
  const findText = database.prepare<[number, string], AchievementText>(`
    SELECT name, description, locked_description AS lockedDescription
    FROM achievement_text WHERE achievement = ? AND locale = ?`)
  const findSandboxes = database.prepare<[number], string>(`
    SELECT sandbox FROM progress_sandbox WHERE service_configuration = (SELECT service_configuration FROM achievement WHERE row = ?)`).pluck()
  const hasTitle = database.prepare<[number], number>('SELECT 1 FROM title WHERE title_id = ?').pluck()
  const count = database.prepare<[], { titles: number, achievements: number, users: number }>(`
    SELECT (SELECT count(*) FROM title) AS titles, (SELECT count(*) FROM achievement) AS achievements,
      (SELECT count(*) FROM person) AS users`)
  return {
    findServiceConfiguration: prepareFindConfiguration(database, cache),
    findAssociations: prepareFindAssociations(database),
    ...prepareFindTitles(database),
    findPopularity: prepareFindPopularity(database, cache),
    listTitles: prepareListTitles(database),

    /** The texts of an achievement in a locale that it has. */
    findText: (achievement: number, locale: string): AchievementText => findText.get(achievement, locale) as AchievementText,

    /** The sandboxes in which titles of an achievement's service configuration are published; RETAIL when there are none. */
    findSandboxes: (achievement: number): string[] => findSandboxes.all(achievement),

    hasTitle: (titleId: number): boolean => hasTitle.get(titleId) !== undefined,

    /** The size of the world. */
    count: () => count.get() as { titles: number, achievements: number, users: number }
  }
}

/** Prepares to find titles by what other hosts name them with. */
function prepareFindTitles (database: Database) {
  const ofConfiguration = database.prepare<[string], number>(
    'SELECT title_id FROM title WHERE service_configuration = (SELECT row FROM service_configuration WHERE scid = ?) ORDER BY title_id').pluck()
  const ofClient = database.prepare<[string], number>('SELECT title_id FROM title_client WHERE client_id = ?').pluck()
  const firstTwo = database.prepare<[], number>('SELECT title_id FROM title LIMIT 2').pluck()
  const published = database.prepare<{ titleId: number, sandbox: string }, { name: string, isGame: number }>(`
    SELECT t.name, t.hub ->> '$.type' IS NOT 'Application' AS isGame
    FROM title t JOIN publication p ON p.title_id = t.title_id WHERE t.title_id = :titleId AND p.sandbox = :sandbox`)
  const hasSandbox = database.prepare<[string], number>('SELECT 1 FROM publication WHERE sandbox = ? LIMIT 1').pluck()
  return {
    /** The titles that share the service configuration with an id, in lower case, in any sandbox. */
    findTitleIds: (scid: string): number[] => ofConfiguration.all(scid),

    /** The name of a title that is published in a sandbox, and whether it is a game; undefined when it is not published there. */
    findPublished (key: { readonly titleId: number, readonly sandbox: string }): { name: string, isGame: boolean } | undefined {
      const row = published.get(key)
      return row && { name: row.name, isGame: row.isGame === 1 }
    },

    /** The title that an app signs in as; its client id in any letter case. */
    findTitleOfClient: (clientId: string): number | undefined => ofClient.get(clientId),

    /** The one title of a world that has no other. */
    findOnlyTitle: (): number | undefined => {
      const [first, second] = firstTwo.all()
      return second === undefined ? first : undefined
    },

    /** True for a sandbox in which a title is published, and for RETAIL. */
    hasSandbox: (sandbox: string): boolean => sandbox === DEFAULT_SANDBOX || hasSandbox.get(sandbox) !== undefined
  }
}

/**
 * Prepares to find the titles of a sandbox that share an achievement's service configuration: first the title that
 * defines the achievement, then the others by title id.
 */
function prepareFindAssociations (database: Database): (achievement: number, sandbox: string) => TitleAssociation[] {
  const find = database.prepare<{ achievement: number, sandbox: string }, TitleAssociation>(`
    SELECT t.name, t.title_id AS id, t.version
    FROM achievement a JOIN title t USING (service_configuration) JOIN publication p ON p.title_id = t.title_id
    WHERE a.row = :achievement AND p.sandbox = :sandbox
    ORDER BY t.title_id <> a.title_id, t.title_id`)
  return (achievement, sandbox) => find.all({ achievement, sandbox })
}

/**
 * Prepares to count the users who play a title of an achievement in a sandbox, and those who have unlocked the achievement
 * there. The players are counted once for all achievements of a service configuration until the next write: that takes
 * as long as there are rows of progress.
 */
function prepareFindPopularity (database: Database, cache: CacheFactory): (achievement: number, sandbox: string) => Popularity {
  const countUnlockers = database.prepare<{ achievement: number, sandbox: string }, { configuration: number, unlockers: number }>(`
    SELECT a.service_configuration AS configuration, ${unlockersInSandboxOf('a.row')} AS unlockers FROM achievement a WHERE a.row = :achievement`)
  const count = database.prepare<{ configuration: number, sandbox: string }, number>(`SELECT count(*) FROM (${playersInSandboxOf(':configuration')}) AS players`).pluck()
  const countPlayers = cache.state({ name: 'players', size: CACHED_PLAYER_COUNTS }, (key: { configuration: number, sandbox: string }) => count.get(key) as number)
  return (achievement, sandbox) => {
    const { configuration, unlockers } = countUnlockers.get({ achievement, sandbox }) as { configuration: number, unlockers: number }
    return { players: countPlayers({ configuration, sandbox }), unlockers }
  }
}

/** Prepares to find a service configuration as a sandbox sees it; undefined when there is none with the id. */
function prepareFindConfiguration (database: Database, cache: CacheFactory): (key: ConfigurationKey) => ServiceConfiguration | undefined {
  const find = database.prepare<[string, string], ConfigurationRow>(`
    SELECT is_public AS isPublic, status, location,
      (SELECT json_group_array(title_id) FROM title WHERE service_configuration = c.row) AS titleIds,
      EXISTS (SELECT 1 FROM title JOIN publication USING (title_id)
        WHERE service_configuration = c.row AND sandbox = ?) AS isPublished
    FROM service_configuration c WHERE scid = ?`)
  return cache.definitions({ name: 'configurations', size: CACHED_CONFIGURATIONS }, ({ scid, sandbox }: ConfigurationKey): ServiceConfiguration | undefined => {
    const row = find.get(sandbox, scid)
    return row && { ...row, isPublic: row.isPublic === 1, titleIds: JSON.parse(row.titleIds), isPublished: row.isPublished === 1 }
  })
}

/** A part of the list of titles, which is in the order of their ids: at most `limit` after one, or `EVERY`; null: from the start. */
export interface TitleRange {
  readonly after: number | null
  readonly limit: number
}

/** Prepares to list titles. */
function prepareListTitles (database: Database): (range: TitleRange) => ListedTitle[] {
  const list = database.prepare<[TitleRange], Omit<ListedTitle, 'sandboxes'> & { sandboxes: string }>(`
    SELECT title_id AS titleId, name, scid AS serviceConfigId, generation, achievement_system AS achievementSystem,
      (SELECT json_group_array(sandbox ORDER BY sandbox) FROM publication WHERE title_id = t.title_id) AS sandboxes,
      (SELECT count(*) FROM achievement WHERE title_id = t.title_id) AS achievementCount,
      (SELECT coalesce(sum(gamerscore), 0) FROM achievement WHERE title_id = t.title_id) AS gamerscore
    FROM title t JOIN service_configuration c ON c.row = t.service_configuration
    WHERE title_id > coalesce(:after, -1) ORDER BY title_id LIMIT :limit`)
  return (range) => list.all(range).map((row) => ({ ...row, sandboxes: JSON.parse(row.sandboxes) }))
}
