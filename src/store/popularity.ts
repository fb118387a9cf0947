/**
 * Who plays: a user who has begun an achievement of a service configuration, or has played a title of
 * it. One row a configuration and user, in however many sandboxes.
 *
 * @param configurations SQL that yields rows of `service_configuration`.
 */
export const playersOf = (configurations: string): string => `
  SELECT b.service_configuration, p.person FROM achievement b JOIN progress p ON p.achievement = b.row
    WHERE b.service_configuration IN (${configurations})
  UNION SELECT t.service_configuration, y.person FROM title t JOIN play y ON y.title_id = t.title_id
    WHERE t.service_configuration IN (${configurations})`

/** Who plays in the sandbox `:sandbox`, of what is published there. */
export const playersInSandboxOf = (configurations: string): string => `
  SELECT b.service_configuration, p.person FROM achievement b JOIN publication u ON u.title_id = b.title_id AND u.sandbox = :sandbox
      JOIN progress p ON p.achievement = b.row AND p.sandbox = :sandbox
    WHERE b.service_configuration IN (${configurations})
  UNION SELECT t.service_configuration, y.person FROM title t JOIN publication u ON u.title_id = t.title_id AND u.sandbox = :sandbox
      JOIN play y ON y.title_id = t.title_id AND y.sandbox = :sandbox
    WHERE t.service_configuration IN (${configurations})`

/** How many users have unlocked the achievement whose row is in a column in the sandbox `:sandbox`. */
export const unlockersInSandboxOf = (achievement: string): string =>
  `(SELECT count(*) FROM progress WHERE achievement = ${achievement} AND sandbox = :sandbox AND time_unlocked IS NOT NULL)`

/** How many users have unlocked the achievement whose row is in a column, in any sandbox; `which` says which unlocks count. */
export const unlockersOf = (achievement: string, which = 'TRUE'): string =>
  `(SELECT count(DISTINCT person) FROM progress WHERE achievement = ${achievement} AND time_unlocked IS NOT NULL AND ${which})`
