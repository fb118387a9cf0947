import type { Definition } from '../../model/achievement.ts'
import type { Dialect } from '../../model/dialect.ts'
import type { Progress } from '../../model/progress.ts'
import type { Generation } from '../../model/title.ts'
import { ZERO_DATE } from '../../base/instant.ts'
import { isCatalogue, type SingleContract } from '../../rules/contract.ts'
import { representLive } from './achievement-live.ts'
import { representCatalogued, representEarned } from './achievement-v1.ts'
import { representListed, representSingle } from './achievement-v2.ts'
import type { Context } from './context.ts'
import type { Template, Written } from './template.ts'

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
export function shapeAlone (dialect: Dialect, contract: SingleContract, { timeUnlocked }: Progress): Shape {
  if (dialect === 'documented') return 'single'
  if (contract.generation === 'modern') return 'live'
  return timeUnlocked === null || isCatalogue(contract) ? 'catalogued' : 'earned'
}

/** A page of items, and where it is in the list: the envelope of every list. */
export interface Envelope<T> {
  readonly items: readonly T[]
  readonly continuationToken: string | null
  readonly totalRecords: number
}

const PAGE = Buffer.from('{"achievements":[')

/** A page of achievements, each of them written already, with a comma before it. */
export function writePage ({ items, continuationToken, totalRecords }: Envelope<Written>, generation: Generation | null): Buffer[] {
  const version = generation === 'modern' ? '' : `,"version":"${ZERO_DATE}"`
  const end = `],"pagingInfo":${JSON.stringify({ continuationToken, totalRecords })}${version}}`
  const [first, ...others] = items
  return join([PAGE, ...first === undefined ? [] : [withoutComma(first)], ...others, end])
}

/**
 * The answer with a single achievement. The documentation has one body for every contract version;
 * the live service sends a list of one.
 */
export function writeAlone (achievement: Written, { dialect, generation }: { dialect: Dialect, generation: Generation | null }): Buffer[] {
  if (dialect === 'documented') return join(['{"achievement":', withoutComma(achievement), '}'])
  return writePage({ items: [achievement], continuationToken: null, totalRecords: 1 }, generation)
}

const withoutComma = (item: Written): Written => typeof item === 'string' ? item.slice(1) : item.subarray(1)

/** As few pieces as possible: texts that follow each other are encoded as one, bytes that follow each other in memory, too, stay there. */
function join (items: readonly Written[]): Buffer[] {
  const pieces: Buffer[] = []
  let last: Written = ''
  for (const item of items) {
    const joined = joinTwo(last, item)
    if (joined === undefined) pieces.push(toBytes(last))
    last = joined ?? item
  }
  return [...pieces, toBytes(last)]
}

function joinTwo (one: Written, other: Written): Written | undefined {
  if (typeof one === 'string') return typeof other === 'string' ? one + other : one === '' ? other : undefined
  if (typeof other === 'string' || one.buffer !== other.buffer || one.byteOffset + one.length !== other.byteOffset) return undefined
  return Buffer.from(one.buffer, one.byteOffset, one.length + other.length)
}

const toBytes = (item: Written): Buffer => typeof item === 'string' ? Buffer.from(item) : item
