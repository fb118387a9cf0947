import { formatValue } from '../base/validation.ts'
import { WorldError } from './problems.ts'

/** A document that was read, and how messages name it. */
export interface NamedDocument {
  readonly file: string
  readonly document: unknown
}

type PartEntry = Readonly<Record<string, unknown>>

const isEntry = (value: unknown): value is PartEntry => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Makes one part of a world of several: their lists one behind the other, of other members the last.
 *
 * @throws {WorldError} when one is no object.
 */
export function uniteParts (documents: readonly NamedDocument[]): PartEntry {
  const united: Record<string, unknown> = {}
  for (const { file, document } of documents) {
    if (!isEntry(document)) throw new WorldError([`${file}: /: found ${formatValue(document)}, expected an object with titles, users and sessions`])
    for (const [name, value] of Object.entries(document)) {
      const before = Object.hasOwn(united, name) ? united[name] : undefined
      Object.defineProperty(united, name, { value: Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value, enumerable: true, configurable: true, writable: true })
    }
  }
  return united
}

/** The members of entries that tell them apart. */
const KEYS: Readonly<Record<string, readonly string[]>> = { titles: ['titleId'], users: ['xuid'], sessions: ['userHash', 'token'] }

/**
 * Words the problems of a merged world by the places in the files that were merged, where these have what is wrong:
 * `merged world: /users/5/gamertag` becomes `new-users.json: /users/0/gamertag`.
 */
export function placeInFiles (lines: readonly string[], merged: unknown, documents: readonly NamedDocument[]): string[] {
  return lines.map((line) => line.replace(/merged world: \/(titles|users|sessions)\/(\d+)/g, (place, list: string, index: string) => {
    const entry = listOfPart(merged, list)[Number(index)]
    for (const { file, document } of documents) {
      const found = listOfPart(document, list).findIndex((other) => haveSameKey(list, entry, other))
      if (found !== -1) return `${file}: /${list}/${found}`
    }
    return place
  }))
}

/** @param document an object, as all that is united. */
function listOfPart (document: unknown, list: string): readonly unknown[] {
  const entries = (document as PartEntry)[list]
  return Array.isArray(entries) ? entries : []
}

const haveSameKey = (list: string, entry: unknown, other: unknown): boolean =>
  entry === other || (isEntry(entry) && isEntry(other) && (KEYS[list] as readonly string[]).every((name) => entry[name] !== undefined && String(entry[name]) === String(other[name])))
