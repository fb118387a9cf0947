import { UNTOUCHED, type Popularity, type Progress } from '../../model/progress.ts'

/** A JSON text, or its bytes, which are ready to be sent. */
export type Written = string | Buffer

/** The JSON of an achievement for every user: what users have in common is written once. */
export interface Template {
  /** For a user who has done nothing, where nobody asks how rare it is. */
  readonly untouched: string
  /**
   * @param popularity given when the contract version tells how rare an achievement is.
   * @param place of an unlock among those of the user in its title; 0 where nobody asks.
   */
  readonly write: (progress: Progress, popularity: Popularity | undefined, place?: number) => string
}

/** Members of an achievement, in their order: the same for every user, or what a user makes of them. */
export type Part = object | ((progress: Progress, popularity: Popularity | undefined, place: number) => object)

/** A template of an object whose members are those of the parts. */
export function prepareTemplate (...parts: readonly Part[]): Template {
  const pieces = parts.map((part) => typeof part === 'function' ? part : writeMembers(part))
  const write: Template['write'] = (progress, popularity, place = 0) => {
    const members = pieces.map((piece) => typeof piece === 'string' ? piece : writeMembers(piece(progress, popularity, place)))
    return `{${members.filter((text) => text !== '').join(',')}}`
  }
  return { untouched: write(UNTOUCHED, undefined), write }
}

const writeMembers = (members: object): string => JSON.stringify(members).slice(1, -1)
