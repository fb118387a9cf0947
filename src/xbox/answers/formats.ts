import type { AchievementDefinition } from '../../model/achievement.ts'
import type { Dialect } from '../../model/dialect.ts'
import type { Progress } from '../../model/progress.ts'
import type { Generation } from '../../model/title.ts'
import { isCatalogue, type SingleContract } from '../request/contract-version.ts'
import { createLiveTemplate } from './achievement-live.ts'
import { createCatalogueTemplate, createEarnedTemplate } from './achievement-v1.ts'
import { createListedTemplate, createSingleTemplate } from './achievement-v2.ts'
import type { Template, TemplateContext } from './template.ts'

/**
 * The formats of an achievement: V2 as documented, in a list and alone; V2 as the live service sends it;
 * V1 of what a user has earned, and of the catalogue.
 */
export type AchievementFormat = 'listed' | 'single' | 'live' | 'earned' | 'catalogue'

/** What creates the templates of each format. */
export const TEMPLATES: Readonly<Record<AchievementFormat, (definition: AchievementDefinition, context: TemplateContext) => Template>> = {
  listed: createListedTemplate, single: createSingleTemplate, live: createLiveTemplate, earned: createEarnedTemplate, catalogue: createCatalogueTemplate
}

/** The format of the achievements of a list. */
export function formatOfList (dialect: Dialect, generation: Generation, possibleOnly: boolean): AchievementFormat {
  if (generation === 'xbox360') return possibleOnly ? 'catalogue' : 'earned'
  return dialect === 'live' ? 'live' : 'listed'
}

/** The format of an achievement that is answered alone. */
export function formatOfSingle (dialect: Dialect, contract: SingleContract, { timeUnlocked }: Progress): AchievementFormat {
  // One format is documented for every contract version and every title.
  if (dialect === 'documented') return 'single'
  if (contract.generation === 'modern') return 'live'
  // V1 has no format of its own for a locked achievement: it is as in the catalogue.
  return timeUnlocked === null || isCatalogue(contract) ? 'catalogue' : 'earned'
}
