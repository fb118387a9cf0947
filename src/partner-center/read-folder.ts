import { basename, join } from 'node:path'
import { mergeWorlds, parseFile, worldFiles } from '../world/read-world.ts'
import { Report } from '../world/report.ts'
import type { World } from '../world/schema.ts'
import { ACHIEVEMENTS_FILE, LOCALIZATION_FILE, TITLE_FILE } from './files.ts'
import { importTitle } from './import-title.ts'
import { checkTitleFile } from './title-file.ts'

/**
 * Reads a world from a folder with Partner Center's two documents and a `title.json`. Other JSON files
 * of the folder are worlds and merged: the users who play the title, say.
 *
 * @param warn is told what the portal would warn of, a line each.
 * @throws {WorldError} with what is wrong.
 */
export function readFolder (folder: string, warn: (lines: readonly string[]) => void): World {
  const path = (name: string): string => join(folder, name)
  const { title, found } = checkTitleFile(parseFile(path(TITLE_FILE), 'an object with titleId, name and serviceConfigId'))
  const report = new Report()
  report.addAll(path(TITLE_FILE), found)
  report.conclude()
  const { document, warnings } = importTitle({ achievements: path(ACHIEVEMENTS_FILE), localization: path(LOCALIZATION_FILE), title })
  const others = worldFiles(folder).filter((file) => basename(file) !== TITLE_FILE)
  const world = mergeWorlds([{ file: path(TITLE_FILE), document }, ...others.map((file) => ({ file, document: parseFile(file) }))])
  warn(warnings)
  return world
}
