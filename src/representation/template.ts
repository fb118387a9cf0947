import { UNTOUCHED, type Popularity, type Progress } from '../domain.ts'

/**
 * The JSON text of an achievement for a user. All that users have in common is written once.
 *
 * @param popularity given when the contract version tells how rare an achievement is.
 */
export type Template = (progress: Progress, popularity: Popularity | undefined) => string

/** Members of an achievement, in their order: the same for every user, or what a user makes of them. */
export type Part = object | ((progress: Progress, popularity: Popularity | undefined) => object)

/** A template of an object whose members are those of the parts. */
export function prepareTemplate (...parts: readonly Part[]): Template {
  const pieces = parts.map((part) => typeof part === 'function' ? part : writeMembers(part))
  const write: Template = (progress, popularity) => {
    const members = pieces.map((piece) => typeof piece === 'string' ? piece : writeMembers(piece(progress, popularity)))
    return `{${members.filter((text) => text !== '').join(',')}}`
  }
  const untouched = write(UNTOUCHED, undefined)
  return (progress, popularity) => progress === UNTOUCHED && popularity === undefined ? untouched : write(progress, popularity)
}

const writeMembers = (members: object): string => JSON.stringify(members).slice(1, -1)
