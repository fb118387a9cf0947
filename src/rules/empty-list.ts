import type { Generation } from '../model/title.ts'

/** What an empty list was asked for. */
export interface EmptyList {
  readonly generation: Generation
  /** Null: every title. */
  readonly titleIds: readonly number[] | null
  /** The sandbox of the caller. */
  readonly sandbox: string
}

/** Which of the titles that a list asks for there are. */
export interface TitlesAtHand {
  readonly any: boolean
  readonly ofGeneration: boolean
  /** Those of the generation that are published in the sandbox. */
  readonly listed: boolean
  /** Those of the other generation that are published in the sandbox. */
  readonly ofOther: boolean
  /** Some of the sandboxes in which those of the generation are published. */
  readonly sandboxes: readonly string[]
}

/** How many title ids a hint names. */
const MOST_NAMED = 3

/**
 * Why a list may be empty that its sender expects to be full: a hint for the log. The service itself answers 200 and
 * an empty list. [practice]
 *
 * @returns undefined when the titles are there, and the user has just done nothing in them.
 */
export function explainEmptyList ({ generation, titleIds, sandbox }: EmptyList, { any, ofGeneration, listed, ofOther, sandboxes }: TitlesAtHand): string | undefined {
  const isV1 = generation === 'xbox360'
  const named = titleIds === null ? 'the world\'s titles' : nameTitles(titleIds)
  if (!any) return `the world has ${titleIds === null ? 'no titles' : `no ${named}; titleId is decimal`}`
  // Whoever forgets the header asks for V1, where a user who has played nothing of the Xbox 360 has nothing.
  if (isV1 && (!ofGeneration || ofOther)) return `x-xbl-contract-version is missing or asks for V1, which has titles of the Xbox 360 alone; send 2 for ${named}`
  if (!ofGeneration) return `x-xbl-contract-version asks for V2, which has no titles of the Xbox 360; send 1 for ${named}`
  if (listed) return undefined
  const where = sandboxes.length === 0 ? 'published nowhere' : `published in ${sandboxes.join(', ')}`
  return `the token's sandbox is ${sandbox}, and ${named} ${titleIds?.length === 1 ? 'is' : 'are'} ${where}`
}

function nameTitles (titleIds: readonly number[]): string {
  const named = titleIds.slice(0, MOST_NAMED).join(', ')
  return `title${titleIds.length === 1 ? '' : 's'} ${named}${titleIds.length > MOST_NAMED ? ', …' : ''}`
}
