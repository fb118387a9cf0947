/**
 * SQL for the players of service configurations: the users who have progress on one of its achievements, or have
 * played one of its titles. Yields one row for each service configuration and user, also of a user who
 * plays in several sandboxes.
 *
 * @param configurations SQL that yields rows of `service_configuration`.
 */
export const playersOf = (configurations: string): string => players(configurations, { published: () => '', inSandbox: () => '' })

/** The same for the sandbox `:sandbox`: only progress and plays in it count, of titles that are published in it. */
export const playersInSandboxOf = (configurations: string): string => players(configurations, {
  published: (title) => `JOIN publication u ON u.title_id = ${title}.title_id AND u.sandbox = :sandbox`,
  inSandbox: (row) => `AND ${row}.sandbox = :sandbox`
})

/** SQL that selects the titles, and the progress and plays, that count. */
interface Conditions {
  readonly published: (title: string) => string
  readonly inSandbox: (row: string) => string
}

const players = (configurations: string, { published, inSandbox }: Conditions): string => `
  SELECT b.service_configuration, p.person FROM achievement b ${published('b')} JOIN progress p ON p.achievement = b.row ${inSandbox('p')}
    WHERE b.service_configuration IN (${configurations})
  UNION SELECT t.service_configuration, y.person FROM title t ${published('t')} JOIN play y ON y.title_id = t.title_id ${inSandbox('y')}
    WHERE t.service_configuration IN (${configurations})`

/** SQL for the number of users who have unlocked an achievement in the sandbox `:sandbox`. @param achievement the column with its row. */
export const unlockersInSandboxOf = (achievement: string): string =>
  `(SELECT count(*) FROM progress WHERE achievement = ${achievement} AND sandbox = :sandbox AND time_unlocked IS NOT NULL)`

/**
 * SQL for the number of users who have unlocked an achievement in any sandbox.
 *
 * @param achievement the column with its row.
 * @param condition which unlocks count.
 */
export const unlockersOf = (achievement: string, condition = 'TRUE'): string =>
  `(SELECT count(DISTINCT person) FROM progress WHERE achievement = ${achievement} AND time_unlocked IS NOT NULL AND ${condition})`
