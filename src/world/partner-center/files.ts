import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { WorldError } from '../problems.ts'
import { parseFile, requireFile } from '../read.ts'

/** The names of the files in a folder with Partner Center's documents. They may be in any letter case. */
export const ACHIEVEMENTS_FILE = 'achievements2017.xml'
export const LOCALIZATION_FILE = 'localization.xml'
export const TITLE_FILE = 'title.json'

const isNamed = (name: string) => (other: string): boolean => other.toLowerCase() === name.toLowerCase()

/** The names in a folder; an empty list when it cannot be read, or is not a folder. */
function namesIn (folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Whether a path is a folder with at least one of Partner Center's two documents. */
export function holdsDocuments (path: string): boolean {
  const names = namesIn(path)
  return [ACHIEVEMENTS_FILE, LOCALIZATION_FILE].some((name) => names.some(isNamed(name)))
}

/**
 * The path of a file, its name in the letter case that it has on the disk. These documents are made on Windows,
 * where case does not matter; on most other systems it does.
 *
 * @returns the path unchanged when there is no such file.
 * @throws {WorldError} when the path names no file exactly, and several in another letter case.
 */
export function asSpelledOnDisk (path: string): string {
  if (existsSync(path)) return path
  return findIn(dirname(path), basename(path)) ?? path
}

/**
 * The path of a file of a folder, its name in any letter case.
 *
 * @returns undefined when there is no such file.
 * @throws {WorldError} when there are several that differ in letter case alone.
 */
export function findIn (folder: string, name: string): string | undefined {
  const [found, ...others] = namesIn(folder).filter(isNamed(name)).sort()
  if (others.length > 0) throw new WorldError([`${folder}: found ${[found, ...others].join(' and ')}, expected one of them: only the letter case tells them apart`])
  return found === undefined ? undefined : requireFile(join(folder, found))
}

/**
 * Requires that a folder without Partner Center's documents has no `title.json` for such documents either: they
 * are missing then. A `title.json` that is a world is allowed.
 *
 * @throws {WorldError} when it has one.
 */
export function requireNoTitleFile (folder: string): void {
  for (const name of namesIn(folder).filter(isNamed(TITLE_FILE))) {
    const document = parseFile(requireFile(join(folder, name)))
    if (typeof document === 'object' && document !== null && 'titleId' in document) {
      throw new WorldError([`${folder}: found ${name}, and neither ${ACHIEVEMENTS_FILE} nor ${LOCALIZATION_FILE}, expected both beside it`])
    }
  }
}
