import { ZERO_DATE } from '../../base/instant.ts'
import type { Dialect } from '../../model/dialect.ts'
import type { Generation } from '../../model/title.ts'

/** A part of a body: JSON that is not encoded yet, or its bytes. */
export type Chunk = string | Buffer

/** A page of items, and where it is in the list: every list has these. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly continuationToken: string | null
  readonly totalRecords: number
}

const PAGE_START = Buffer.from('{"achievements":[')

/**
 * The body of a page of achievements.
 *
 * @param page its items are JSON, each with a comma in front of it.
 */
export function renderPage ({ items, continuationToken, totalRecords }: Page<Chunk>, generation: Generation | null): Buffer[] {
  const version = generation === 'modern' ? '' : `,"version":"${ZERO_DATE}"`
  const end = `],"pagingInfo":${JSON.stringify({ continuationToken, totalRecords })}${version}}`
  const [first, ...others] = items
  return mergeChunks([PAGE_START, ...first === undefined ? [] : [withoutComma(first)], ...others, end])
}

/**
 * The body of a single achievement. The documentation has one body for every contract version; the live
 * service sends a list of one.
 *
 * @param achievement its JSON, with a comma in front of it.
 */
export function renderSingle (achievement: Chunk, { dialect, generation }: { dialect: Dialect, generation: Generation | null }): Buffer[] {
  if (dialect === 'documented') return mergeChunks(['{"achievement":', withoutComma(achievement), '}'])
  return renderPage({ items: [achievement], continuationToken: null, totalRecords: 1 }, generation)
}

const withoutComma = (item: Chunk): Chunk => typeof item === 'string' ? item.slice(1) : item.subarray(1)

/**
 * Merges chunks that follow each other, because each one that is left costs a write to the socket: strings
 * are concatenated, and bytes that are side by side in memory become one view of it, without a copy.
 */
function mergeChunks (chunks: readonly Chunk[]): Buffer[] {
  const merged: Buffer[] = []
  let last: Chunk = ''
  for (const chunk of chunks) {
    const both = mergeTwo(last, chunk)
    if (both === undefined) merged.push(toBytes(last))
    last = both ?? chunk
  }
  return [...merged, toBytes(last)]
}

/** Undefined where they cannot be merged without a copy. */
function mergeTwo (one: Chunk, other: Chunk): Chunk | undefined {
  if (typeof one === 'string') return typeof other === 'string' ? one + other : one === '' ? other : undefined
  if (typeof other === 'string' || one.buffer !== other.buffer || one.byteOffset + one.length !== other.byteOffset) return undefined
  return Buffer.from(one.buffer, one.byteOffset, one.length + other.length)
}

const toBytes = (chunk: Chunk): Buffer => typeof chunk === 'string' ? Buffer.from(chunk) : chunk
