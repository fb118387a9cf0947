import type { Database } from 'better-sqlite3'
import { MINUTES_PLAYED, type UserStat } from '../model/user-details.ts'
import type { StoredUser } from '../model/user.ts'

/** Whose statistics, and in which titles. */
export interface StatRequest {
  readonly person: Pick<StoredUser, 'row'>
  readonly sandbox: string
  readonly titleIds: readonly number[]
}

interface StatRow extends Pick<UserStat, 'titleId' | 'serviceConfigId'> {
  readonly minutesPlayed: number | null
  readonly stats: string | null
}

/** Prepares to read the statistics of users in titles that are published in a sandbox, and were played in it. */
export function prepareStats (database: Database) {
  const find = database.prepare<{ person: number, sandbox: string, titleIds: string }, StatRow>(`
    WITH asked AS (SELECT value AS title_id, min(key) AS place FROM json_each(:titleIds) GROUP BY value)
    SELECT t.title_id AS titleId, c.scid AS serviceConfigId, play.minutes_played AS minutesPlayed, play.stats
    FROM asked CROSS JOIN play ON play.person = :person AND play.sandbox = :sandbox AND play.title_id = asked.title_id
      CROSS JOIN publication u ON u.sandbox = :sandbox AND u.title_id = asked.title_id
      CROSS JOIN title t ON t.title_id = asked.title_id CROSS JOIN service_configuration c ON c.row = t.service_configuration
    ORDER BY asked.place`)
  return {
    /** The statistics in each title, in the order of the ids: MinutesPlayed first, where it is known, then the others as the world has them. */
    find: ({ person, sandbox, titleIds }: StatRequest): UserStat[] => find.all({ person: person.row, sandbox, titleIds: JSON.stringify(titleIds) })
      .flatMap(({ titleId, serviceConfigId, minutesPlayed, stats }) => {
        const others = stats === null ? [] : JSON.parse(stats) as Array<Pick<UserStat, 'name' | 'type' | 'value'>>
        const minutes = minutesPlayed === null ? [] : [{ name: MINUTES_PLAYED, type: 'Integer', value: String(minutesPlayed) } as const]
        return [...minutes, ...others].map(({ name, type, value }) => ({ titleId, serviceConfigId, name, type, value }))
      })
  }
}
