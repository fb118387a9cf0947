import fc from 'fast-check'

/** Random worlds for the hosts around the achievements, in a form that is simple for an oracle, which is below. */

export const USERS = ['2533274790000001', '2533274790000002', '2533274790000003']
export const NOBODY = '2533274790000009'
const SANDBOXES = ['RETAIL', 'XDKS.1'] as const

export const configurationOf = (n: number): string => `aaaaaaaa-0000-0000-0000-00000000000${n}`

const sandbox = fc.constantFrom(...SANDBOXES)
const day = fc.integer({ min: 1, max: 28 })
const stat = fc.record({ name: fc.constantFrom('Kills', 'Deaths', 'Best time'), type: fc.constantFrom('Integer', 'Double', 'String'), value: fc.nat(99).map(String) })
const presence = fc.record({
  state: fc.constantFrom('Online', 'Away', 'Offline'),
  // The first title is always there; another one needs a name.
  titles: fc.uniqueArray(fc.record({ titleId: fc.constantFrom(10, 99), name: fc.constant('Here'), richPresence: fc.constantFrom(null, 'Winning') }), { selector: ({ titleId }) => titleId, maxLength: 2 }),
  timestamp: fc.constantFrom(null, '2020-06-01T00:00:00.0000000Z')
})

const title = fc.record({
  configuration: fc.integer({ min: 1, max: 2 }),
  generation: fc.constantFrom('modern', 'modern', 'xbox360'),
  sandboxes: fc.subarray([...SANDBOXES], { minLength: 1 }),
  scores: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }),
  hidesTotal: fc.boolean()
})

const user = fc.record({
  privacy: fc.constantFrom('everyone', 'friendsOnly', 'blocked'),
  friends: fc.subarray([...USERS]),
  favorites: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  progress: fc.uniqueArray(fc.record({ title: fc.nat(3), index: fc.nat(3), sandbox, percentComplete: fc.constantFrom(30, 100, 100), day }), { selector: ({ title, index, sandbox }) => `${title} ${index} ${sandbox}`, maxLength: 8 }),
  played: fc.uniqueArray(fc.record({
    title: fc.nat(3), sandbox, day, minutesPlayed: fc.option(fc.nat(999), { nil: null }), stats: fc.uniqueArray(stat, { selector: ({ name }) => name, maxLength: 3 })
  }), { selector: ({ title, sandbox }) => `${title} ${sandbox}`, maxLength: 4 }),
  presence: fc.option(presence, { nil: null }),
  bio: fc.constantFrom('', 'Sails.')
})

const session = fc.record({ user: fc.nat(2), sandbox: fc.option(sandbox, { nil: null }), thirdPartySite: fc.constantFrom(false, false, true) })

export const scenario = fc.record({
  crossUser: fc.constantFrom('documented', 'privacy', 'strict'),
  titles: fc.array(title, { minLength: 1, maxLength: 4 }),
  users: fc.tuple(user, user, user),
  sessions: fc.array(session, { minLength: 3, maxLength: 3 })
})
export type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never
export type Viewer = Scenario['sessions'][number]
type User = Scenario['users'][number]

export const titleIdOf = (index: number): number => 10 + index
/** Unique in every service configuration. */
const idOf = (title: number, index: number): number => 100 * title + index
const dateOf = (day: number, fraction: string): string => `2020-01-${String(day).padStart(2, '0')}T00:00:00.${fraction}Z`
const lastPlayedOf = (day: number): string => dateOf(day, '0000000')
const unlockOf = (day: number): string => dateOf(day, '1230000')

/** The world of a scenario, with the user of an index changed; null: without it. */
export function worldOf ({ titles, users, sessions }: Scenario, change: (user: object, index: number) => object | null = (user) => user): object {
  const documents = users.map((user, index) => change(documentOf(user, index, titles), index))
  const isThere = (xuid: string): boolean => documents[USERS.indexOf(xuid)] !== null
  return {
    titles: titles.map(({ configuration, generation, sandboxes, scores, hidesTotal }, index) => ({
      titleId: titleIdOf(index),
      name: `Title ${index}`,
      serviceConfigId: configurationOf(configuration),
      public: true,
      generation,
      sandboxes,
      titleHub: { pfn: `Title.${index}_8wekyb3d8bbwe`, hidesTotal },
      achievements: scores.map((score, place) => ({ id: idOf(index, place), name: 'a', rewards: [{ type: 'Gamerscore', value: String(score) }] }))
    })),
    users: documents.filter((document) => document !== null).map((document: any) => ({ ...document, friends: document.friends.filter(isThere), favorites: document.favorites.filter(isThere) })),
    sessions: sessions.map(({ user, ...claims }, index) => ({ userHash: 'u', token: `s${index}`, xuid: USERS[user] as string, ...claims })).filter(({ xuid }) => isThere(xuid))
  }
}

function documentOf ({ privacy, friends, favorites, progress, played, presence, bio }: User, index: number, titles: Scenario['titles']): object {
  const others = friends.filter((friend) => friend !== USERS[index])
  return {
    xuid: USERS[index],
    gamertag: `user ${index}`,
    privacy,
    friends: others,
    favorites: others.filter((friend) => favorites[USERS.indexOf(friend)]),
    profile: { bio },
    presence,
    titles: played.filter(({ title }) => title < titles.length).map(({ title, sandbox, day, minutesPlayed, stats }) => ({ titleId: titleIdOf(title), sandbox, lastPlayed: lastPlayedOf(day), minutesPlayed, stats })),
    achievements: progress.filter(({ title, index }) => index < (titles[title]?.scores.length ?? 0)).map(({ title, index, sandbox, percentComplete, day }) => ({
      serviceConfigId: configurationOf(titles[title]?.configuration ?? 0), id: idOf(title, index), sandbox, percentComplete, ...percentComplete === 100 && { timeUnlocked: unlockOf(day) }
    }))
  }
}

/** A user of whom everything is taken away that it has done or said. Of its friends those stay who could see that they are. */
export const withNothingDone = (user: any, seeing: readonly string[]): object => ({
  ...user, titles: [], achievements: [], presence: null, profile: {}, friends: user.friends.filter((friend: string) => seeing.includes(friend)), favorites: []
})

/** The token of a viewer. */
export const tokenOf = (index: number): string => `XBL3.0 x=u;s${index}`

/**
 * Whether a viewer may look at what a user does: each user at itself, others and web sites as the user's setting says;
 * with the rule `strict` nobody but the user. (docs/specification.md, Authorization)
 */
export function mayLook ({ crossUser, users }: Scenario, { user, thirdPartySite }: Viewer, target: number): boolean {
  if (crossUser === 'strict') return user === target
  const { privacy, friends } = users[target] as User
  if (user === target && !thirdPartySite) return true
  return privacy === 'everyone' || (privacy === 'friendsOnly' && !thirdPartySite && user !== target && friends.includes(USERS[user] as string))
}

/** The sandbox of a viewer. */
export const sandboxOf = ({ sandbox }: Viewer): typeof SANDBOXES[number] => sandbox ?? 'RETAIL'

/** What titlehub has of a title, from the world alone. */
export interface ExpectedTitle {
  readonly titleId: number
  readonly isOld: boolean
  readonly earned: number
  readonly total: number
  readonly score: number
  readonly most: number
  /** Null: nobody knows. */
  readonly lastPlayed: string | null
  readonly isPlayed: boolean
}

/**
 * Each title that is published in a sandbox, by what a user has done. The achievements of a title are those that titles
 * of its kind, published there, define in its service configuration. (docs/decisions/0006)
 */
export function titlesOf ({ titles, users }: Scenario, target: number | null, sandbox: typeof SANDBOXES[number]): ExpectedTitle[] {
  const { progress = [], played = [] } = target === null ? {} : users[target] as User
  const published = titles.map((title, index) => ({ ...title, index })).filter(({ sandboxes }) => sandboxes.includes(sandbox))
  return published.map((title) => {
    const siblings = published.filter(({ configuration, generation }) => configuration === title.configuration && generation === title.generation)
    const all = siblings.flatMap(({ index, scores }) => scores.map((score, place) => ({ score, done: progress.find((each) => each.title === index && each.index === place && each.sandbox === sandbox) })))
    const begun = all.flatMap(({ score, done }) => done === undefined ? [] : [{ score, ...done }])
    const unlocked = begun.filter(({ percentComplete }) => percentComplete === 100)
    const play = played.find((each) => each.title === title.index && each.sandbox === sandbox)
    const sum = (items: ReadonlyArray<{ score: number }>): number => items.reduce((total, { score }) => total + score, 0)
    const dates = [...unlocked.map(({ day }) => unlockOf(day)), ...play === undefined ? [] : [lastPlayedOf(play.day)]].sort()
    return {
      titleId: titleIdOf(title.index),
      isOld: title.generation === 'xbox360',
      earned: unlocked.length,
      total: all.length,
      score: sum(unlocked),
      most: sum(all),
      lastPlayed: dates.at(-1) ?? null,
      isPlayed: begun.length > 0 || play !== undefined
    }
  })
}

/** What a user has unlocked in a sandbox, each achievement once. */
export function gamerscoreOf ({ titles, users }: Scenario, target: number, sandbox: typeof SANDBOXES[number]): number {
  return (users[target] as User).progress
    .filter((each) => each.sandbox === sandbox && each.percentComplete === 100 && titles[each.title]?.sandboxes.includes(sandbox) === true)
    .reduce((total, { title, index }) => total + (titles[title]?.scores[index] ?? 0), 0)
}

/** The statistics of a user in a title, in a sandbox in which it is published: how long it was played, and what the world says. */
export function statsOf ({ titles, users }: Scenario, target: number, { title, sandbox }: { title: number, sandbox: typeof SANDBOXES[number] }): Map<string, string> {
  const play = (users[target] as User).played.find((each) => each.title === title && each.sandbox === sandbox)
  if (play === undefined || titles[title]?.sandboxes.includes(sandbox) !== true) return new Map()
  return new Map([...play.minutesPlayed === null ? [] : [['MinutesPlayed', String(play.minutesPlayed)] as const], ...play.stats.map(({ name, value }) => [name, value] as const)])
}
