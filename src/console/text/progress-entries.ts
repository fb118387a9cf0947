/** What becomes of the progress on an achievement: an entry of `PATCH /_emulator/users/{xuid}/achievements`. */
export interface ProgressEntryBody {
  readonly serviceConfigId: string
  readonly id: number
  readonly sandbox: string
  readonly percentComplete?: number
  readonly timeUnlocked?: string
  readonly isRevoked?: boolean
  readonly requirements?: readonly never[]
}

/** What was there before a change: as the body of a change it restores it. */
export interface ProgressBefore {
  readonly achievements: ReadonlyArray<{ readonly serviceConfigId: string, readonly id: number, readonly sandbox: string }>
  readonly titles: readonly unknown[]
}

/** Names the achievements of a change, and says nothing of them. */
export const bareEntriesOf = ({ achievements }: ProgressBefore): object => ({ achievements: achievements.map(({ serviceConfigId, id, sandbox }) => ({ serviceConfigId, id, sandbox })) })

/** Whether the progress on achievements is the same, in whatever order they come. */
export function isSameProgress (one: ProgressBefore, other: ProgressBefore): boolean {
  const textOf = ({ achievements }: ProgressBefore): string => JSON.stringify(achievements.map((entry) => JSON.stringify(entry)).toSorted())
  return textOf(one) === textOf(other)
}

/** Which achievement, and how far its user is. */
export interface NamedProgress {
  readonly serviceConfigId: string
  readonly id: number
  readonly name: string
  readonly timeUnlocked: string | null
  readonly isRevoked: boolean
}

/** What the page does to achievements: to a percentage below 100, to another time of unlock, or one of the words. */
export type ProgressDeed = 'unlock' | 'lock' | 'revoke' | 'unrevoke' | { readonly percent: number } | { readonly timeUnlocked: string }

/** An achievement after a deed, as the control API is told. One that is locked has never been begun, its requirements neither. */
export function entryOf ({ serviceConfigId, id }: Pick<NamedProgress, 'serviceConfigId' | 'id'>, deed: ProgressDeed, sandbox: string): ProgressEntryBody {
  const key = { serviceConfigId, id, sandbox }
  if (typeof deed === 'object') return 'timeUnlocked' in deed ? { ...key, timeUnlocked: deed.timeUnlocked } : deed.percent === 0 ? entryOf(key, 'lock', sandbox) : { ...key, percentComplete: deed.percent }
  switch (deed) {
    case 'unlock': return { ...key, percentComplete: 100, isRevoked: false }
    case 'lock': return { ...key, percentComplete: 0, isRevoked: false, requirements: [] }
    case 'revoke': return { ...key, isRevoked: true }
    case 'unrevoke': return { ...key, isRevoked: false }
  }
}

const DEED_WORDS = { unlock: 'Unlocked', lock: 'Locked', revoke: 'Revoked', unrevoke: 'No longer revoked:' } as const

/** What was done, in words: "Unlocked First Light", "Locked 12 achievements". */
export function deedInWords (achievements: ReadonlyArray<Pick<NamedProgress, 'name'>>, deed: ProgressDeed): string {
  const [first, ...others] = achievements
  const what = first === undefined ? 'nothing' : others.length === 0 ? first.name : `${achievements.length} achievements`
  if (typeof deed !== 'object') return `${DEED_WORDS[deed]} ${what}`
  return 'timeUnlocked' in deed ? `Another time of unlock: ${what}` : `${deed.percent} %: ${what}`
}

/** What the key `u` does to some achievements: it locks them when all are unlocked, and otherwise unlocks those that are not. */
export const toggleOf = (achievements: ReadonlyArray<Pick<NamedProgress, 'timeUnlocked'>>): 'unlock' | 'lock' =>
  achievements.every(({ timeUnlocked }) => timeUnlocked !== null) ? 'lock' : 'unlock'

/** Those of some achievements that a deed changes. */
export function changedBy<T extends Pick<NamedProgress, 'timeUnlocked' | 'isRevoked'>> (achievements: readonly T[], deed: ProgressDeed): readonly T[] {
  if (deed === 'unlock') return achievements.filter(({ timeUnlocked, isRevoked }) => timeUnlocked === null || isRevoked)
  if (deed === 'revoke' || deed === 'unrevoke') return achievements.filter(({ isRevoked }) => isRevoked === (deed === 'unrevoke'))
  return achievements
}
