import type { Achievement } from '../domain.ts'
import { ZERO_DATE } from '../instant.ts'
import { representRarity } from './rarity.ts'
import type { Context } from './context.ts'

/** What V1 sends where it knows no time: the first date that SQL Server's datetime holds. */
const NO_DATE = '1753-01-01T00:00:00.0000000Z'
/** What V1 shows for the locked description of a secret achievement, also of one that was earned. */
const HIDDEN = '???'

// `flags` as recorded. The bit is that of XACHIEVEMENT_DETAILS in the Xbox 360's own library.
const FLAGS_LOCKED = 9
const FLAGS_EARNED_ONLINE = 3342345
const ACHIEVED_ONLINE = 0x10000

/** What a locked one is on, as recorded: any platform. */
const ANY_PLATFORM = 255

/** An achievement of an Xbox 360 title as V1 shows what a user has earned. */
export function representEarned (achievement: Achievement, context: Context) {
  const { timeUnlocked } = achievement.progress
  const online = timeUnlocked !== ZERO_DATE
  return represent(achievement, context, {
    flags: online ? FLAGS_EARNED_ONLINE : FLAGS_EARNED_ONLINE & ~ACHIEVED_ONLINE,
    unlockedOnline: online,
    unlocked: true,
    platform: achievement.xbox360.platform,
    timeUnlocked: online ? timeUnlocked : NO_DATE
  })
}

/** An achievement of an Xbox 360 title as V1 shows the catalogue: locked, whatever the user has done. */
export function representCatalogued (achievement: Achievement, context: Context) {
  return represent(achievement, context, {
    flags: FLAGS_LOCKED,
    unlockedOnline: false,
    unlocked: false,
    platform: ANY_PLATFORM,
    timeUnlocked: NO_DATE
  })
}

interface State {
  readonly flags: number
  readonly unlockedOnline: boolean
  readonly unlocked: boolean
  readonly platform: number
  readonly timeUnlocked: string | null
}

function represent (achievement: Achievement, { text, popularity }: Context, { flags, unlockedOnline, unlocked, platform, timeUnlocked }: State) {
  return {
    id: achievement.id,
    titleId: achievement.titleId,
    name: text.name,
    sequence: 0,
    flags,
    unlockedOnline,
    unlocked,
    isSecret: achievement.isSecret,
    platform,
    gamerscore: achievement.gamerscore,
    imageId: achievement.xbox360.imageId,
    description: text.description,
    lockedDescription: achievement.isSecret ? HIDDEN : text.lockedDescription,
    type: achievement.xbox360.type,
    isRevoked: unlocked && achievement.progress.isRevoked,
    timeUnlocked,
    ...popularity && { rarity: representRarity(popularity) }
  }
}
