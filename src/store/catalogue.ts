import type { Database } from 'better-sqlite3'
import type { Keep } from '../base/cache.ts'
import type { AchievementText } from '../model/achievement.ts'
import type { Popularity } from '../model/progress.ts'
import type { ServiceConfiguration, Status, TitleAssociation } from '../model/title.ts'
import { playersInSandboxOf, unlockersInSandboxOf } from './popularity.ts'

interface ConfigurationRow {
  readonly is_public: number
  readonly status: Status
  readonly location: string | null
  readonly title_ids: string
  readonly is_published: number
}

/** A service configuration, by its id in lower case, as a sandbox sees it. */
export interface NamedConfiguration {
  readonly scid: string
  readonly sandbox: string
}

/** How many service configurations are kept. */
const KEPT = 1000

/** What is defined: titles, service configurations, texts. */
export function prepareCatalogue (database: Database, keep: Keep) {
  const findConfiguration = database.prepare<[string, string], ConfigurationRow>(`
    SELECT is_public, status, location,
      (SELECT json_group_array(title_id) FROM title WHERE service_configuration = c.row) AS title_ids,
      EXISTS (SELECT 1 FROM title JOIN publication USING (title_id)
        WHERE service_configuration = c.row AND sandbox = ?) AS is_published
    FROM service_configuration c WHERE scid = ?`)
  const findAssociations = database.prepare<{ achievement: number, sandbox: string }, TitleAssociation>(`
    SELECT t.name, t.title_id AS id, t.version
    FROM achievement a JOIN title t USING (service_configuration) JOIN publication p ON p.title_id = t.title_id
    WHERE a.row = :achievement AND p.sandbox = :sandbox
    ORDER BY t.title_id <> a.title_id, t.title_id`)
  const findText = database.prepare<[number, string], AchievementText>(`
    SELECT name, description, locked_description AS lockedDescription
    FROM achievement_text WHERE achievement = ? AND locale = ?`)
  const findPopularity = database.prepare<{ achievement: number, sandbox: string }, Popularity>(`
    SELECT ${unlockersInSandboxOf('a.row')} AS unlockers,
      (SELECT count(*) FROM (${playersInSandboxOf('a.service_configuration')})) AS players
    FROM achievement a WHERE a.row = :achievement`)
  const findSandboxes = database.prepare<[number], string>(`
    SELECT sandbox FROM progress_sandbox WHERE service_configuration = (SELECT service_configuration FROM achievement WHERE row = ?)`).pluck()
  const hasTitle = database.prepare<[number], number>('SELECT 1 FROM title WHERE title_id = ?').pluck()
  const count = database.prepare<[], { titles: number, achievements: number, users: number }>(`
    SELECT (SELECT count(*) FROM title) AS titles, (SELECT count(*) FROM achievement) AS achievements,
      (SELECT count(*) FROM person) AS users`)
  return {
    /** The service configuration with an id in lower case, as a sandbox sees it; undefined when there is none. */
    findServiceConfiguration: keep.definitions({ name: 'configurations', size: KEPT }, ({ scid, sandbox }: NamedConfiguration): ServiceConfiguration | undefined => {
      const row = findConfiguration.get(sandbox, scid)
      return row && {
        isPublic: row.is_public === 1,
        status: row.status,
        location: row.location,
        titleIds: JSON.parse(row.title_ids),
        isPublished: row.is_published === 1
      }
    }),

    /**
     * The titles of a sandbox that share an achievement's service configuration: the one that
     * defines it first, the others by title id.
     */
    findAssociations: (achievement: number, sandbox: string): TitleAssociation[] =>
      findAssociations.all({ achievement, sandbox }),

    /** The texts of an achievement in a locale that it has. */
    findText: (achievement: number, locale: string): AchievementText => findText.get(achievement, locale) as AchievementText,

    /** The sandboxes in which a title of an achievement's service configuration is published; RETAIL when there is none. */
    findSandboxes: (achievement: number): string[] => findSandboxes.all(achievement),

    /** How many users have begun or played a title of an achievement in a sandbox, and how many unlocked the achievement there. */
    findPopularity: (achievement: number, sandbox: string): Popularity => findPopularity.get({ achievement, sandbox }) as Popularity,

    hasTitle: (titleId: number): boolean => hasTitle.get(titleId) !== undefined,

    /** How much there is. */
    count: () => count.get() as { titles: number, achievements: number, users: number }
  }
}
