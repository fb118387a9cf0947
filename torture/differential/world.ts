/**
 * A small world in which everything that an answer depends on makes a difference: two titles that share
 * a service configuration and are published in other sandboxes, the same ids elsewhere, challenges that
 * end one after the other, texts in three languages, users who show more or less and have done other
 * things in each sandbox, and tokens that differ in one claim.
 */

export const CONFIGURATIONS = ['aaaaaaaa-0000-0000-0000-000000000001', 'aaaaaaaa-0000-0000-0000-000000000002', 'aaaaaaaa-0000-0000-0000-000000000003'] as const
export const TITLES = [10, 20, 30, 35, 40] as const
export const XUIDS = ['1001', '1002', '1003', '1004'] as const
export const USER_HASHES = ['h1', 'h2'] as const
export const TOKENS = ['t1', 't2', 't3', 't4'] as const
export const SANDBOXES = ['RETAIL', 'DEV.1'] as const

/** The time at which each emulator starts: the first challenges have ended, the others not. */
export const NOW = Date.UTC(2020, 5, 15, 12)
/** Instants before, between and after the ends of the challenges. */
export const INSTANTS = ['2020-01-01T00:00:00Z', '2020-06-14T00:00:00Z', '2020-06-16T12:00:00Z', '2020-06-20T00:00:00Z', '2021-01-01T00:00:00Z'] as const

const text = (name: string) => ({ 'en-US': `${name} in English`, 'fr-FR': `${name} en français`, 'ja-JP': `${name} 日本語` })

/**
 * Achievements from an id on; every second one is a challenge.
 *
 * @param word a word of their texts.
 */
const achievements = (from: number, count: number, word: string) => Array.from({ length: count }, (_none, index) => ({
  id: from + index,
  name: text(`${word} ${from + index}`),
  description: text('done'),
  lockedDescription: text('to do'),
  isSecret: index % 3 === 2,
  requirements: index % 2 === 0 ? [{ id: 'r1', target: '40' }] : [],
  rewards: [{ type: 'Gamerscore', value: String(5 * (index + 1)) }],
  ...index % 2 === 1 && {
    achievementType: 'Challenge', timeWindow: { startDate: '2019-01-01T00:00:00Z', endDate: `2020-06-${String(13 + 2 * index)}T00:00:00Z` }
  }
}))

const TITLE = { public: true, defaultLocale: 'en-US' }

export const WORLD = {
  titles: [
    { ...TITLE, titleId: 30, name: 'thirty', serviceConfigId: CONFIGURATIONS[1], sandboxes: ['RETAIL'], public: false, achievements: achievements(1, 3, 'other') },
    { ...TITLE, titleId: 10, name: 'ten', serviceConfigId: CONFIGURATIONS[0], sandboxes: ['RETAIL', 'DEV.1'], achievements: achievements(1, 4, 'first') },
    { ...TITLE, titleId: 20, name: 'twenty', serviceConfigId: CONFIGURATIONS[0], sandboxes: ['DEV.1'], achievements: achievements(5, 3, 'second') },
    { ...TITLE, titleId: 40, name: 'forty', serviceConfigId: CONFIGURATIONS[2], sandboxes: ['RETAIL', 'DEV.1'], generation: 'xbox360', achievements: achievements(1, 3, 'first') },
    { ...TITLE, titleId: 35, name: 'thirty-five', serviceConfigId: CONFIGURATIONS[2], sandboxes: ['DEV.1'], generation: 'xbox360', achievements: achievements(4, 3, 'first') }
  ],
  users: XUIDS.map((xuid, index) => ({
    xuid,
    gamertag: `user ${index}`,
    privacy: ['everyone', 'everyone', 'friendsOnly', 'blocked'][index],
    friends: index === 2 ? [XUIDS[0]] : [],
    achievements: [1, 2, 3].slice(0, index).map((id) => ({
      serviceConfigId: CONFIGURATIONS[id % 2 === 0 ? 0 : 2], id, sandbox: index === 3 ? SANDBOXES[id % 2] : null, percentComplete: 100, timeUnlocked: `2020-0${id}-0${index + 1}T00:00:00.1234567Z`
    }))
  })),
  sessions: [
    { userHash: 'h1', token: 't1', xuid: XUIDS[0], titleId: 10 },
    { userHash: 'h2', token: 't1', xuid: XUIDS[1] },
    { userHash: 'h1', token: 't2', xuid: XUIDS[0], sandbox: 'DEV.1' },
    { userHash: 'h2', token: 't2', xuid: XUIDS[0], titleId: 30, location: 'FR' },
    { userHash: 'h1', token: 't3', xuid: XUIDS[2], location: 'JP' },
    { userHash: 'h2', token: 't3', xuid: XUIDS[1], titleId: 20, sandbox: 'DEV.1', thirdPartySite: true },
    { userHash: 'h1', token: 't4', xuid: XUIDS[0], titleId: 30, sandbox: 'DEV.1' }
  ],
  userKeys: ['key']
}
