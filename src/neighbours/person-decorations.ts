import { readUnsigned32 } from '../base/integers.ts'

/** What a request can ask for besides what everybody has, in lower case. */
const PERSON_DECORATIONS = [
  'avatar', 'broadcast', 'detail', 'follower', 'multiplayersummary', 'preferredcolor', 'presencedetail', 'presencetitleids', 'recentplayer', 'socialmanager', 'suggestion'
] as const
export type PersonDecoration = typeof PERSON_DECORATIONS[number]

/** What a request asks for. */
export interface PersonDecorations {
  readonly names: ReadonlySet<PersonDecoration>
  /** `titlehistory(N)`: the title; null: the one that was played last. Undefined: not asked for. */
  readonly titleHistory: number | null | undefined
  /** `titlepresence(N)`, likewise. */
  readonly titlePresence: number | null | undefined
}

/** The decorations of a comma-delimited list in any letter case. Unknown ones are ignored, as other unknown things are. */
export function readPersonDecorations (list: string): PersonDecorations {
  const words = list.toLowerCase().split(',').map((word) => word.trim())
  return {
    names: new Set(PERSON_DECORATIONS.filter((decoration) => words.includes(decoration))),
    titleHistory: readTitleOf('titlehistory', words),
    titlePresence: readTitleOf('titlepresence', words)
  }
}

function readTitleOf (name: string, words: readonly string[]): number | null | undefined {
  const word = words.find((word) => word === name || (word.startsWith(`${name}(`) && word.endsWith(')')))
  return word === undefined ? undefined : readUnsigned32(word.slice(name.length + 1, -1)) ?? null
}
