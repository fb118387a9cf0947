import { fillDefaults } from '../../base/validation.ts'
import { applyAchievementSystems } from '../../world/achievement-systems.ts'
import { World } from '../../world/schema.ts'

/** The world to go back to, as a database has stored it. An older version may have done so, without the members that are new since: they get their defaults. */
export const readBaseline = (baseline: string): World => applyAchievementSystems(fillDefaults(World, JSON.parse(baseline)) as World)
