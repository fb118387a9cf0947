import { cutToMilliseconds, ZERO_DATE } from '../../base/instant.ts'
import type { AchievementDefinition } from '../../model/achievement.ts'
import type { Progress } from '../../model/progress.ts'
import { toRarity } from '../../rules/rarity.ts'
import { createTemplate, type Template, type TemplateContext } from './template.ts'

/** The `timeUnlocked` of what was unlocked offline [recorded]: the first date of SQL Server's datetime. */
const OFFLINE = '1753-01-01T00:00:00.0000000Z'
/** The `timeUnlocked` of everything in a catalogue [recorded]: the day on which Xbox Live started. */
const CATALOGUE_TIME = '2002-11-15T00:00:00.0000000Z'

// The bits of `flags` are those of XACHIEVEMENT_DETAILS in the library of the Xbox 360: the lowest three
// are the type. All recorded values consist of them: 0x130009, 0x13000f, 0x23000c, 0x330009, 9, 1.
const SHOWN_WHILE_LOCKED = 0x8
const UNLOCKED_ONLINE = 0x10000
const UNLOCKED = 0x20000
const PLATFORM_SHIFT = 20

const GAMES_FOR_WINDOWS = 2
/** The number of a platform in `flags`. Every platform that is not here has the number of platform 15. */
const PLATFORM_FLAGS: ReadonlyMap<number, number> = new Map([[1, 1], [GAMES_FOR_WINDOWS, 2]])
const LATER_PLATFORM = 3

/** The `platform` of a locked achievement [recorded]. */
const ANY_PLATFORM = 255
/** The `sequence` of what was unlocked in Games for Windows [recorded]: -1 as an unsigned number. */
const NO_SEQUENCE = 4294967295

/** V1 of an achievement that a user has earned. Its times end with milliseconds [recorded]. */
export function createEarnedTemplate (definition: AchievementDefinition, context: TemplateContext): Template {
  const { platform } = definition.xbox360
  const flags = commonFlags(definition) | UNLOCKED | (PLATFORM_FLAGS.get(platform) ?? LATER_PLATFORM) << PLATFORM_SHIFT
  return createV1Template(definition, context, {
    platform,
    stateOf: ({ timeUnlocked, isRevoked }, sequence) => {
      const online = timeUnlocked !== null && timeUnlocked !== ZERO_DATE
      return {
        sequence: platform === GAMES_FOR_WINDOWS ? NO_SEQUENCE : sequence,
        flags: online ? flags | UNLOCKED_ONLINE : flags,
        unlockedOnline: online,
        unlocked: true,
        isRevoked,
        timeUnlocked: online ? cutToMilliseconds(timeUnlocked) : OFFLINE
      }
    }
  })
}

/** V1 of an achievement in the catalogue: locked, also for a user who has earned it. */
export function createCatalogueTemplate (definition: AchievementDefinition, context: TemplateContext): Template {
  const locked = { sequence: 0, flags: commonFlags(definition), unlockedOnline: false, unlocked: false, isRevoked: false, timeUnlocked: CATALOGUE_TIME }
  return createV1Template(definition, context, { platform: ANY_PLATFORM, stateOf: () => locked })
}

const commonFlags = ({ xbox360: { type }, isSecret }: AchievementDefinition): number => type | (isSecret ? 0 : SHOWN_WHILE_LOCKED)

/** The members that depend on what a user has done. */
interface State {
  readonly sequence: number
  readonly flags: number
  readonly unlockedOnline: boolean
  readonly unlocked: boolean
  readonly isRevoked: boolean
  readonly timeUnlocked: string
}

function createV1Template (
  definition: AchievementDefinition, { text }: TemplateContext, { platform, stateOf }: { platform: number, stateOf: (progress: Progress, sequence: number) => State }
): Template {
  return createTemplate({
    id: definition.id,
    titleId: definition.titleId,
    name: text.name
  }, (progress, _popularity, unlockSequence) => {
    const { sequence, flags, unlockedOnline, unlocked } = stateOf(progress, unlockSequence)
    return { sequence, flags, unlockedOnline, unlocked }
  }, {
    isSecret: definition.isSecret,
    platform,
    gamerscore: definition.gamerscore,
    imageId: definition.xbox360.imageId,
    description: text.description,
    lockedDescription: text.lockedDescription,
    type: definition.xbox360.type
  }, (progress, popularity, unlockSequence) => {
    const { isRevoked, timeUnlocked } = stateOf(progress, unlockSequence)
    return { isRevoked, timeUnlocked, ...popularity && { rarity: toRarity(popularity) } }
  })
}
