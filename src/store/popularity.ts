/**
 * Who plays: a user who has begun an achievement of a service configuration, or has played a title of
 * it. One row a configuration and user, in however many sandboxes.
 *
 * @param configurations SQL that yields rows of `service_configuration`.
 */
export const playersOf = (configurations: string): string => players(configurations, { published: () => '', done: () => '' })

/** Who plays in the sandbox `:sandbox`, of what is published there. */
export const playersInSandboxOf = (configurations: string): string => players(configurations, {
  published: (title) => `JOIN publication u ON u.title_id = ${title}.title_id AND u.sandbox = :sandbox`,
  done: (row) => `AND ${row}.sandbox = :sandbox`
})

/** SQL that narrows what a title is, and where something was done. */
interface Where {
  readonly published: (title: string) => string
  readonly done: (row: string) => string
}

const players = (configurations: string, { published, done }: Where): string => `
  SELECT b.service_configuration, p.person FROM achievement b ${published('b')} JOIN progress p ON p.achievement = b.row ${done('p')}
    WHERE b.service_configuration IN (${configurations})
  UNION SELECT t.service_configuration, y.person FROM title t ${published('t')} JOIN play y ON y.title_id = t.title_id ${done('y')}
    WHERE t.service_configuration IN (${configurations})`

/** How many users have unlocked the achievement whose row is in a column in the sandbox `:sandbox`. */
export const unlockersInSandboxOf = (achievement: string): string =>
  `(SELECT count(*) FROM progress WHERE achievement = ${achievement} AND sandbox = :sandbox AND time_unlocked IS NOT NULL)`

/** How many users have unlocked the achievement whose row is in a column, in any sandbox; `which` says which unlocks count. */
export const unlockersOf = (achievement: string, which = 'TRUE'): string =>
  `(SELECT count(DISTINCT person) FROM progress WHERE achievement = ${achievement} AND time_unlocked IS NOT NULL AND ${which})`
