import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseFile } from '../read.ts'
import { WorldError } from '../problems.ts'

/** What the files of a folder with Partner Center's documents are called, in any letter case. */
export const ACHIEVEMENTS_FILE = 'achievements2017.xml'
export const LOCALIZATION_FILE = 'localization.xml'
export const TITLE_FILE = 'title.json'

const isNamed = (name: string) => (other: string): boolean => other.toLowerCase() === name.toLowerCase()

/** What a folder holds; nothing where it is none, or cannot be read. */
function namesIn (folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Whether a path is a folder with Partner Center's documents, or with one of them. */
export function holdsDocuments (path: string): boolean {
  const names = namesIn(path)
  return [ACHIEVEMENTS_FILE, LOCALIZATION_FILE].some((name) => names.some(isNamed(name)))
}

/**
 * The path of a file in the letter case that its name has on the disk: Windows, where these documents
 * are made, tells no case from another, and most other systems do.
 *
 * @returns the path as it is where there is no such file.
 * @throws {WorldError} when only the letter case tells several apart, and it is none of them.
 */
export function asSpelledOnDisk (path: string): string {
  if (existsSync(path)) return path
  return findIn(dirname(path), basename(path)) ?? path
}

/**
 * The path of a file of a folder, whatever the letter case of its name.
 *
 * @returns undefined when there is no such file.
 * @throws {WorldError} when only the letter case tells several apart.
 */
export function findIn (folder: string, name: string): string | undefined {
  const [found, ...others] = namesIn(folder).filter(isNamed(name)).sort()
  if (others.length > 0) throw new WorldError([`${folder}: found ${[found, ...others].join(' and ')}, expected one of them: only the letter case tells them apart`])
  return found === undefined ? undefined : join(folder, found)
}

/**
 * Makes sure that a folder without documents is not meant to have some: its `title.json`, if any, is a
 * world.
 *
 * @throws {WorldError} when it says what the documents of a title do not.
 */
export function requireNoTitleFile (folder: string): void {
  for (const name of namesIn(folder).filter(isNamed(TITLE_FILE))) {
    const document = parseFile(join(folder, name))
    if (typeof document === 'object' && document !== null && 'titleId' in document) {
      throw new WorldError([`${folder}: found ${name}, and neither ${ACHIEVEMENTS_FILE} nor ${LOCALIZATION_FILE}, expected both beside it`])
    }
  }
}
