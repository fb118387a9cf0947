import { counted } from '../base/counted.ts'
import type { World } from '../world/schema.ts'

/** How large a world is, for a person. */
export const countedWorld = ({ titles, achievements, users }: { titles: number, achievements: number, users: number }): string =>
  [counted(titles, 'title'), counted(achievements, 'achievement'), counted(users, 'user')].join(', ')

/** How many achievements the titles of a world define. */
export const countAchievements = ({ titles }: World): number => titles.reduce((sum, { achievements }) => sum + achievements.length, 0)
