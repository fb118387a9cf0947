import type { AchievementChange, Change, LocalChange, ToldProgress } from '../../model/change.ts'
import type { FeedEntry } from '../../operations/feed.ts'

/** Something that has changed, and when, on the emulator's clock. */
export type EmulatorChange = { readonly time: string } & (Change | LocalChange)

/** An entry of the feed as a test sees it, and as the data of an event. */
export const toChange = ({ time, change }: FeedEntry): EmulatorChange => ({ time, ...change })

/** How many achievements of one change are described. */
const MOST_DESCRIBED = 5

/** A change, but for its kind, in a few words. */
export function describeChange (change: Change | LocalChange): string {
  switch (change.kind) {
    case 'progress': return `${change.xuid} in ${change.serviceConfigId} (${change.sandbox}): ${describeAchievements(change.achievements)}`
    case 'user': return `${change.xuid} ${change.what}`
    case 'session': return `${change.xuid ?? '-'} ${change.what}${change.titleId === null ? '' : `, title ${change.titleId}`}`
    case 'world': return change.what
    case 'clock': return `${change.now}${change.isFrozen ? ', stands still' : ''}`
    case 'fault': case 'rtaFault': return `${change.id} ${change.what}`
    case 'rateLimit': return change.limits === null ? 'off' : `${change.limits.burst} in 15 s, ${change.limits.sustain} in 300 s`
    case 'subscription': return `${change.xuid ?? '-'} ${change.what}: ${change.resource} (connection ${change.connection})`
    case 'journal': return change.what === 'cleared' ? 'cleared' : `answers are ${change.answers ? '' : 'not '}kept`
    case 'missed': return 'something may be missing here'
  }
}

function describeAchievements (achievements: readonly AchievementChange[]): string {
  const described = achievements.slice(0, MOST_DESCRIBED).map(({ id, before, after }) => `${id} ${describeProgress(before)} to ${describeProgress(after)}`)
  return [...described, ...achievements.length > MOST_DESCRIBED ? [`… ${achievements.length} in all`] : []].join(', ')
}

const describeProgress = ({ percentComplete, isRevoked }: ToldProgress): string => `${percentComplete}%${isRevoked ? ' (revoked)' : ''}`
