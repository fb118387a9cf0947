import type { Achievement, Dialect, Generation } from '../domain.ts'
import { ZERO_DATE } from '../instant.ts'
import { representLive } from './achievement-live.ts'
import { representCatalogued, representEarned } from './achievement-v1.ts'
import { representListed, representSingle } from './achievement-v2.ts'
import type { Context } from './context.ts'

/** A page of items, and where it is in the list: the envelope of every list. */
export interface Envelope<T> {
  readonly items: readonly T[]
  readonly continuationToken: string | null
  readonly totalRecords: number
}

/** A page of achievements under V2. */
export function representPage<T> ({ items, continuationToken, totalRecords }: Envelope<T>) {
  return { achievements: items, pagingInfo: { continuationToken, totalRecords } }
}

/** A page of achievements under V1. */
export function representPageV1<T> (envelope: Envelope<T>) {
  return { ...representPage(envelope), version: ZERO_DATE }
}

/** An achievement of a V2 list. */
export const LISTED: Readonly<Record<Dialect, (achievement: Achievement, context: Context) => object>> = { documented: representListed, live: representLive }

/**
 * The answer with a single achievement. The documentation has one body for every contract version;
 * the live service sends a list of one.
 */
export function representAlone (
  achievement: Achievement, context: Context, { dialect, generation }: { dialect: Dialect, generation: Generation | null }
) {
  if (dialect === 'documented') return { achievement: representSingle(achievement, context) }
  const alone = { continuationToken: null, totalRecords: 1 }
  if (generation === 'modern') return representPage({ items: [representLive(achievement, context)], ...alone })
  const represent = achievement.progress.timeUnlocked === null ? representCatalogued : representEarned
  return representPageV1({ items: [represent(achievement, context)], ...alone })
}
