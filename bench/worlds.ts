/** The worlds that are measured. They are made for each run, and are always the same. */

export const SCID = 'be2c4a10-0000-4000-8000-000000000001'
export const OTHER_SCID = 'be2c4a10-0000-4000-8000-000000000002'
export const TITLE = 1_000
export const OTHER_TITLE = 2_000
/** The number of users in the crowd. */
export const USERS = 100_000
/** The number of pages, of 32 achievements, in the list of the user of `depth`. */
export const PAGES = 1_000
/** The number of achievements of the large title; the other one has half as many. */
const ACHIEVEMENTS = 96

const LOCALES = ['en-US', 'fr-FR', 'de-DE', 'ja-JP']
const WORDS = 'lantern harbour ember tide compass orchard signal granite willow beacon meadow cipher anchor summit raven drift'.split(' ')

/** Words that are derived from a number. */
function sentence (seed: number, length: number): string {
  return Array.from({ length }, (_none, index) => WORDS[(seed * 7 + index * 5 + index * index) % WORDS.length]).join(' ')
}

const localized = (seed: number, length: number): Record<string, string> =>
  Object.fromEntries(LOCALES.map((locale, index) => [locale, `${sentence(seed + index, length)} (${locale})`]))

/** About 1250 bytes in a list: a page of 32 is 40 kB. */
function achievement (id: number) {
  return {
    id,
    name: localized(id, 4),
    description: localized(id + 1, 22),
    lockedDescription: localized(id + 2, 18),
    isSecret: id % 5 === 0,
    achievementType: id % 4 === 0 ? 'Challenge' : 'Persistent',
    timeWindow: id % 4 === 0 ? { startDate: '2013-02-01T00:00:00Z', endDate: `21${String(id % 100).padStart(2, '0')}-07-01T00:00:00Z` } : null,
    requirements: [{ id: `be2c4a10-0000-4000-8000-${String(id).padStart(12, '0')}`, target: '100' }],
    mediaAssets: [{ name: `icon-${id}`, type: 'Icon', url: `https://images.example/achievements/${id}/icon-large.png` }],
    rewards: [{ value: '10', type: 'Gamerscore' }],
    estimatedTime: '00:30:00',
    deeplink: `ms-xbl-000003e8://achievements/${id}`
  }
}

function title (titleId: number, serviceConfigId: string, achievements: number) {
  return {
    titleId,
    name: `Title ${titleId}`,
    version: '1.0',
    productId: '12345678-1234-1234-1234-123456789012',
    serviceConfigId,
    public: true,
    achievements: Array.from({ length: achievements }, (_none, index) => achievement(index + 1))
  }
}

export const xuidOf = (user: number): string => String(2_533_274_800_000_000n + BigInt(user))
export const authorizationOf = (user: number): string => `XBL3.0 x=bench;token-of-${user}`

/**
 * Users who have each done something, and a token for each.
 *
 * @param begun how many achievements each has begun.
 */
export function crowd (users = USERS, begun = 3): object {
  return {
    titles: [title(TITLE, SCID, ACHIEVEMENTS), title(OTHER_TITLE, OTHER_SCID, ACHIEVEMENTS / 2)],
    users: Array.from({ length: users }, (_none, user) => ({
      xuid: xuidOf(user),
      gamertag: `bench ${user}`,
      achievements: Array.from({ length: begun }, (_none, index) => {
        const id = (user + index * 3) % ACHIEVEMENTS + 1
        const isUnlocked = (user + index) % 2 === 0
        return {
          serviceConfigId: SCID,
          id,
          percentComplete: isUnlocked ? 100 : 40,
          timeUnlocked: isUnlocked ? `2020-01-${String(1 + index).padStart(2, '0')}T00:00:00.${String(user % 10_000_000).padStart(7, '0')}Z` : null
        }
      })
    })),
    sessions: Array.from({ length: users }, (_none, user) => ({ userHash: 'bench', token: `token-of-${user}`, xuid: xuidOf(user), titleId: TITLE }))
  }
}

/** A world of one user with a long list. */
export function depth (): object {
  const perTitle = 320
  const titles = Array.from({ length: PAGES * 32 / perTitle }, (_none, index) =>
    title(10_000 + index, `be2c4a10-0000-4000-9000-${String(index).padStart(12, '0')}`, perTitle))
  return {
    titles,
    users: [{ xuid: xuidOf(0), gamertag: 'bench 0' }],
    sessions: [{ userHash: 'bench', token: 'token-of-0', xuid: xuidOf(0) }]
  }
}

/** How many titles the user of `library` has played; the world has twice as many. */
const PLAYED = 1_000

/** A world of many small titles, of which one user has played half and unlocked something in each. */
export function library (): object {
  const scidOf = (index: number): string => `be2c4a10-0000-4000-a000-${String(index).padStart(12, '0')}`
  const played = Array.from({ length: PLAYED }, (_none, index) => index * 2)
  return {
    titles: Array.from({ length: 2 * PLAYED }, (_none, index) => title(10_000 + index, scidOf(index), 10)),
    users: [{
      xuid: xuidOf(0),
      gamertag: 'bench 0',
      titles: played.map((index) => ({ titleId: 10_000 + index, lastPlayed: `2020-01-01T00:${String(index % 60).padStart(2, '0')}:00Z`, minutesPlayed: index })),
      achievements: played.flatMap((index) => [1, 2, 3].map((id) => ({ serviceConfigId: scidOf(index), id, percentComplete: 100, timeUnlocked: '2019-01-01T00:00:00Z' })))
    }],
    sessions: [{ userHash: 'bench', token: 'token-of-0', xuid: xuidOf(0) }]
  }
}
