import type { Random } from '../random.ts'

/** A random world for questions of access, in a form that is simple for the oracle. */

export const GUIDS = [1, 2, 3, 4].map((n) => `abcdef0${n}-0000-4000-8000-00000000000${n}`)
/** A GUID that no world has. */
export const ABSENT_GUID = 'abcdef09-0000-4000-8000-000000000009'
export const XUIDS = ['2533274790000001', '2533274790000002', '2533274790000003', '2533274790000004']
export const ABSENT_XUID = '2533274790000009'
const SANDBOXES = ['RETAIL', 'XDKS.1', 'retail']
const MARKS = ['active', 'active', 'moved', 'redirected', 'retired'] as const

export interface AccessTitle {
  readonly titleId: number
  readonly name: string
  readonly generation: 'modern' | 'xbox360'
  readonly serviceConfigId: string
  readonly public: boolean
  readonly sandboxes: readonly string[]
  readonly status: typeof MARKS[number]
  readonly location: string | null
  readonly achievements: ReadonlyArray<{ readonly id: number, readonly name: string }>
}

export interface AccessUser {
  readonly xuid: string
  readonly gamertag: string
  readonly privacy: 'everyone' | 'friendsOnly' | 'blocked'
  readonly friends: readonly string[]
  /** Every title was played in every sandbox. */
  readonly titles: ReadonlyArray<{ readonly titleId: number, readonly sandbox: string, readonly lastPlayed: string, readonly minutesPlayed: number }>
  readonly profile: { readonly bio: string }
  readonly presence: { readonly state: 'Online' }
}

export interface AccessSession {
  readonly userHash: string
  readonly token: string
  readonly xuid: string | null
  readonly titleId: number | null
  readonly sandbox: string | null
  readonly thirdPartySite: boolean
  readonly expires: string | null
}

export interface AccessWorld {
  readonly titles: readonly AccessTitle[]
  readonly users: readonly AccessUser[]
  readonly sessions: readonly AccessSession[]
}

export function makeWorld (random: Random): AccessWorld {
  // Titles that share a service configuration have to agree on these members.
  const configurations = GUIDS.map((serviceConfigId) => {
    const status = random.pick(MARKS)
    return {
      serviceConfigId,
      public: !random.once(3),
      status,
      location: status === 'moved' || status === 'redirected' ? random.pick(['/elsewhere/{xuid}/{scid}/{achievementid}', 'https://example.com/a', '/{xuid}{xuid}']) : null
    }
  })
  const titles = random.times(1 + random.below(6), () => random.pick(configurations)).map((configuration, index): AccessTitle => ({
    ...configuration,
    titleId: 100 + index,
    name: `t${index}`,
    generation: random.pick(['modern', 'modern', 'xbox360']),
    sandboxes: SANDBOXES.filter(() => !random.once(4)),
    achievements: random.times(random.below(5), () => 0).map((_none, place) => ({ id: 10 * index + place, name: 'a' }))
  }))
  const played = titles.flatMap(({ titleId }) => SANDBOXES.map((sandbox) => ({ titleId, sandbox, lastPlayed: '2020-01-01T00:00:00Z', minutesPlayed: 5 })))
  const users = XUIDS.map((xuid, index): AccessUser => ({
    xuid, gamertag: `u${index}`, privacy: random.pick(['everyone', 'friendsOnly', 'blocked']), friends: XUIDS.filter((other) => other !== xuid && random.once(2)), titles: played, profile: { bio: 'b' }, presence: { state: 'Online' }
  }))
  const sessions = random.times(14, () => 0).map((_none, index): AccessSession => ({
    userHash: `h${index}`,
    // Two sessions share a token; they are of two users, or of the same one.
    token: `t${index >> 1}`,
    xuid: random.once(8) ? null : random.pick(XUIDS),
    titleId: random.once(3) ? null : random.pick(titles).titleId,
    sandbox: random.once(3) ? null : random.pick(SANDBOXES),
    thirdPartySite: random.once(5),
    expires: random.once(10) ? random.pick(['2020-06-15T12:00:00.0000000Z', '2013-01-01T00:00:00Z']) : random.pick([null, '2020-06-15T12:00:00.0000001Z', '2100-01-01T00:00:00Z'])
  }))
  return { titles, users, sessions }
}
