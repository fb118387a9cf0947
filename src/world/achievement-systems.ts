import { ZERO_DATE } from '../base/instant.ts'
import { deriveSystem } from '../model/achievement-system.ts'
import type { World, WorldProgress, WorldTitle } from './schema.ts'

/**
 * Gives each title that does not name its achievement system the derived one, and removes what repeats the percentage of
 * title-managed achievements: the requirement that stands for it, and the progress of users on that
 * requirement, which becomes `percentComplete`. Changes the world in place.
 */
export function applyAchievementSystems (world: World): World {
  const titleManaged = new Set<string>()
  for (const title of world.titles) {
    title.achievementSystem ??= deriveSystem(title)
    if (title.achievementSystem === 'titleManaged') removePercentageRequirements(title, titleManaged)
  }
  for (const { achievements } of world.users) {
    for (const progress of achievements) {
      if (progress.requirements.length > 0 && titleManaged.has(`${progress.serviceConfigId}/${progress.id}`)) foldIntoPercentage(progress)
    }
  }
  return world
}

function removePercentageRequirements ({ serviceConfigId, achievements }: WorldTitle, titleManaged: Set<string>): void {
  for (const achievement of achievements) {
    achievement.requirements = []
    titleManaged.add(`${serviceConfigId}/${achievement.id}`)
  }
}

/** A `percentComplete` other than 0 stays. The two can differ only in a world that an older version stored, not in a checked one. */
function foldIntoPercentage (progress: WorldProgress): void {
  for (const { current } of progress.requirements) progress.percentComplete ||= readPercentage(current) ?? 0
  if (progress.percentComplete === 100) progress.timeUnlocked ??= ZERO_DATE
  progress.requirements = []
}

const PERCENT = /^(?:\d|[1-9]\d|100)$/

/** A whole percentage from 0 to 100; undefined for any other text. */
export const readPercentage = (text: string): number | undefined => PERCENT.test(text) ? Number(text) : undefined
