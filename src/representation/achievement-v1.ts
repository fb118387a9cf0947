import type { Definition, Progress } from '../domain.ts'
import { ZERO_DATE } from '../instant.ts'
import { representRarity } from './rarity.ts'
import type { Context } from './context.ts'
import { prepareTemplate, type Template } from './template.ts'

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
export function representEarned (definition: Definition, context: Context): Template {
  return represent(definition, context, {
    platform: definition.xbox360.platform,
    stateOf: ({ timeUnlocked, isRevoked }) => {
      const online = timeUnlocked !== ZERO_DATE
      return {
        flags: online ? FLAGS_EARNED_ONLINE : FLAGS_EARNED_ONLINE & ~ACHIEVED_ONLINE,
        unlockedOnline: online,
        unlocked: true,
        isRevoked,
        timeUnlocked: online ? timeUnlocked : NO_DATE
      }
    }
  })
}

/** An achievement of an Xbox 360 title as V1 shows the catalogue: locked, whatever the user has done. */
export function representCatalogued (definition: Definition, context: Context): Template {
  const locked = { flags: FLAGS_LOCKED, unlockedOnline: false, unlocked: false, isRevoked: false, timeUnlocked: NO_DATE }
  return represent(definition, context, { platform: ANY_PLATFORM, stateOf: () => locked })
}

interface State {
  readonly flags: number
  readonly unlockedOnline: boolean
  readonly unlocked: boolean
  readonly isRevoked: boolean
  readonly timeUnlocked: string | null
}

function represent (
  definition: Definition, { text }: Context, { platform, stateOf }: { platform: number, stateOf: (progress: Progress) => State }
): Template {
  return prepareTemplate({
    id: definition.id,
    titleId: definition.titleId,
    name: text.name,
    sequence: 0
  }, (progress) => {
    const { flags, unlockedOnline, unlocked } = stateOf(progress)
    return { flags, unlockedOnline, unlocked }
  }, {
    isSecret: definition.isSecret,
    platform,
    gamerscore: definition.gamerscore,
    imageId: definition.xbox360.imageId,
    description: text.description,
    lockedDescription: definition.isSecret ? HIDDEN : text.lockedDescription,
    type: definition.xbox360.type
  }, (progress, popularity) => {
    const { isRevoked, timeUnlocked } = stateOf(progress)
    return { isRevoked, timeUnlocked, ...popularity && { rarity: representRarity(popularity) } }
  })
}
