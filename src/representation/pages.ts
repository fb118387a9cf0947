import type { Definition, Dialect, Generation, Progress } from '../domain.ts'
import { ZERO_DATE } from '../instant.ts'
import { representLive } from './achievement-live.ts'
import { representCatalogued, representEarned } from './achievement-v1.ts'
import { representListed, representSingle } from './achievement-v2.ts'
import type { Context } from './context.ts'
import type { Template } from './template.ts'

/** Everything that an achievement is known to look like. */
export type Shape = 'listed' | 'single' | 'live' | 'earned' | 'catalogued'

export const SHAPES: Readonly<Record<Shape, (definition: Definition, context: Context) => Template>> = {
  listed: representListed, single: representSingle, live: representLive, earned: representEarned, catalogued: representCatalogued
}

/** What an achievement of a list looks like. */
export function shapeInList (dialect: Dialect, generation: Generation, isPossible: boolean): Shape {
  if (generation === 'xbox360') return isPossible ? 'catalogued' : 'earned'
  return dialect === 'live' ? 'live' : 'listed'
}

/** What an achievement looks like alone. The documentation has one shape for both generations. */
export function shapeAlone (dialect: Dialect, generation: Generation | null, { timeUnlocked }: Progress): Shape {
  if (dialect === 'documented') return 'single'
  return generation === 'modern' ? 'live' : timeUnlocked === null ? 'catalogued' : 'earned'
}

/** A page of items, and where it is in the list: the envelope of every list. */
export interface Envelope<T> {
  readonly items: readonly T[]
  readonly continuationToken: string | null
  readonly totalRecords: number
}

/** A page of achievements, each of them written already. */
export function writePage ({ items, continuationToken, totalRecords }: Envelope<string>, generation: Generation | null): string {
  const version = generation === 'modern' ? '' : `,"version":"${ZERO_DATE}"`
  return `{"achievements":[${items.join(',')}],"pagingInfo":${JSON.stringify({ continuationToken, totalRecords })}${version}}`
}

/**
 * The answer with a single achievement. The documentation has one body for every contract version;
 * the live service sends a list of one.
 */
export function writeAlone (achievement: string, { dialect, generation }: { dialect: Dialect, generation: Generation | null }): string {
  if (dialect === 'documented') return `{"achievement":${achievement}}`
  return writePage({ items: [achievement], continuationToken: null, totalRecords: 1 }, generation)
}
