import { systemOf } from '../model/achievement-system.ts'
import { ZERO_DATE } from '../base/instant.ts'
import type { World, WorldTitle, WorldUser } from './schema.ts'

/**
 * Gives each title its achievement system where it does not say, and leaves out what repeats the
 * percentage of title-managed achievements: the requirement that stands for it, and a user's progress on
 * that, which becomes the percentage. The world itself is changed.
 */
export function settleSystems (world: World): World {
  const managed = new Set<string>()
  for (const title of world.titles) {
    title.achievementSystem ??= systemOf(title)
    if (title.achievementSystem === 'titleManaged') leaveOutPercentages(title, managed)
  }
  for (const { achievements } of world.users) {
    for (const progress of achievements) {
      if (progress.requirements.length > 0 && managed.has(`${progress.serviceConfigId}/${progress.id}`)) takePercentage(progress)
    }
  }
  return world
}

function leaveOutPercentages ({ serviceConfigId, achievements }: WorldTitle, managed: Set<string>): void {
  for (const achievement of achievements) {
    achievement.requirements = []
    managed.add(`${serviceConfigId}/${achievement.id}`)
  }
}

/** A percentage that is given as itself goes before: a world in which they differ is refused. */
function takePercentage (progress: WorldUser['achievements'][number]): void {
  for (const { current } of progress.requirements) progress.percentComplete ||= readPercentage(current) ?? 0
  if (progress.percentComplete === 100) progress.timeUnlocked ??= ZERO_DATE
  progress.requirements = []
}

const PERCENT = /^(?:\d|[1-9]\d|100)$/

/** A whole percentage from 0 to 100; undefined when the text is none. */
export const readPercentage = (text: string): number | undefined => PERCENT.test(text) ? Number(text) : undefined
