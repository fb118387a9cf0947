import type { Definition } from '../../model/achievement.ts'
import type { Progress } from '../../model/progress.ts'
import { toMilliseconds, ZERO_DATE } from '../../base/instant.ts'
import { representRarity } from './rarity.ts'
import type { Context } from './context.ts'
import { prepareTemplate, type Template } from './template.ts'

/** When something was unlocked offline [recorded]: the first date that SQL Server's datetime holds. */
const OFFLINE = '1753-01-01T00:00:00.0000000Z'
/** The date of everything in a catalogue [recorded], unlocked or not: the day on which Xbox Live started. */
const NEVER = '2002-11-15T00:00:00.0000000Z'

// The bits of `flags` are those of XACHIEVEMENT_DETAILS in the Xbox 360's own library: the lowest three
// are the type. What is recorded is made of them: 0x130009, 0x13000f, 0x23000c, 0x330009, 9, 1.
const SHOWN_WHILE_LOCKED = 0x8
const UNLOCKED_ONLINE = 0x10000
const UNLOCKED = 0x20000
const PLATFORM_SHIFT = 20

const GAMES_FOR_WINDOWS = 2
/** `platform` to its number in `flags`; every other one has that of platform 15. */
const PLATFORM_FLAGS: ReadonlyMap<number, number> = new Map([[1, 1], [GAMES_FOR_WINDOWS, 2]])
const LATER_PLATFORM = 3

/** What a locked one is on [recorded]: any platform. */
const ANY_PLATFORM = 255
/** The `sequence` of what was unlocked in Games for Windows [recorded]: -1, unsigned. */
const NO_SEQUENCE = 4294967295

/** An achievement of an Xbox 360 title as V1 shows what a user has earned. Its times are milliseconds [recorded]. */
export function representEarned (definition: Definition, context: Context): Template {
  const { platform } = definition.xbox360
  const flags = commonFlags(definition) | UNLOCKED | (PLATFORM_FLAGS.get(platform) ?? LATER_PLATFORM) << PLATFORM_SHIFT
  return represent(definition, context, {
    platform,
    stateOf: ({ timeUnlocked, isRevoked }, place) => {
      const online = timeUnlocked !== null && timeUnlocked !== ZERO_DATE
      return {
        sequence: platform === GAMES_FOR_WINDOWS ? NO_SEQUENCE : place,
        flags: online ? flags | UNLOCKED_ONLINE : flags,
        unlockedOnline: online,
        unlocked: true,
        isRevoked,
        timeUnlocked: online ? toMilliseconds(timeUnlocked) : OFFLINE
      }
    }
  })
}

/** An achievement of an Xbox 360 title as V1 shows the catalogue: locked, whatever the user has done. */
export function representCatalogued (definition: Definition, context: Context): Template {
  const locked = { sequence: 0, flags: commonFlags(definition), unlockedOnline: false, unlocked: false, isRevoked: false, timeUnlocked: NEVER }
  return represent(definition, context, { platform: ANY_PLATFORM, stateOf: () => locked })
}

const commonFlags = ({ xbox360: { type }, isSecret }: Definition): number => type | (isSecret ? 0 : SHOWN_WHILE_LOCKED)

interface State {
  readonly sequence: number
  readonly flags: number
  readonly unlockedOnline: boolean
  readonly unlocked: boolean
  readonly isRevoked: boolean
  readonly timeUnlocked: string
}

function represent (
  definition: Definition, { text }: Context, { platform, stateOf }: { platform: number, stateOf: (progress: Progress, place: number) => State }
): Template {
  return prepareTemplate({
    id: definition.id,
    titleId: definition.titleId,
    name: text.name
  }, (progress, _popularity, place) => {
    const { sequence, flags, unlockedOnline, unlocked } = stateOf(progress, place)
    return { sequence, flags, unlockedOnline, unlocked }
  }, {
    isSecret: definition.isSecret,
    platform,
    gamerscore: definition.gamerscore,
    imageId: definition.xbox360.imageId,
    description: text.description,
    lockedDescription: text.lockedDescription,
    type: definition.xbox360.type
  }, (progress, popularity, place) => {
    const { isRevoked, timeUnlocked } = stateOf(progress, place)
    return { isRevoked, timeUnlocked, ...popularity && { rarity: representRarity(popularity) } }
  })
}
