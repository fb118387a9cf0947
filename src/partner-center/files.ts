import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** What the files of a folder with Partner Center's documents are called. */
export const ACHIEVEMENTS_FILE = 'achievements2017.xml'
export const LOCALIZATION_FILE = 'localization.xml'
export const TITLE_FILE = 'title.json'

/** Whether a path is a folder with Partner Center's documents, or with one of them. */
export const holdsDocuments = (path: string): boolean =>
  [ACHIEVEMENTS_FILE, LOCALIZATION_FILE].some((name) => existsSync(join(path, name)))
