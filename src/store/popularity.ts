/**
 * Who plays: a user who has begun an achievement of a service configuration, or has played a title of
 * it. One row a configuration and user.
 *
 * @param configurations SQL that yields rows of `service_configuration`.
 * @param published SQL that joins what a title, `b` or `t`, has to be.
 */
export const playersOf = (configurations: string, published: (title: 'b' | 't') => string = () => ''): string => `
  SELECT b.service_configuration, p.person FROM achievement b ${published('b')} JOIN progress p ON p.achievement = b.row
    WHERE b.service_configuration IN (${configurations})
  UNION SELECT t.service_configuration, y.person FROM title t ${published('t')} JOIN play y ON y.title_id = t.title_id
    WHERE t.service_configuration IN (${configurations})`

/** How many users have unlocked the achievement whose row is in a column; `which` says which unlocks count. */
export const unlockersOf = (achievement: string, which = 'TRUE'): string =>
  `(SELECT count(*) FROM progress WHERE achievement = ${achievement} AND time_unlocked IS NOT NULL AND ${which})`
