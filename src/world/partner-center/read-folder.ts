import { join } from 'node:path'
import { Report } from '../problems.ts'
import { mergeWorlds, parseFile, worldFiles, type Inspect } from '../read.ts'
import type { World } from '../schema.ts'
import { ACHIEVEMENTS_FILE, findIn, LOCALIZATION_FILE, TITLE_FILE } from './files.ts'
import { importTitle } from './import-title.ts'
import { checkTitleFile } from './title-file.ts'

/**
 * Reads a world from a folder with Partner Center's two documents and a `title.json`. Other JSON files of the
 * folder are worlds, and merged with the title: they may have its users, for example.
 *
 * @param warn gets a line for each warning that the portal would give.
 * @param inspect as `readWorld` has it.
 * @throws {WorldError} with every problem.
 */
export function readFolder (folder: string, warn: (lines: readonly string[]) => void, inspect?: Inspect): World {
  const [titleFile, achievements, localization] = [TITLE_FILE, ACHIEVEMENTS_FILE, LOCALIZATION_FILE]
    .map((name) => findIn(folder, name) ?? join(folder, name)) as [string, string, string]
  const { title, found } = checkTitleFile(parseFile(titleFile, 'an object with titleId, name and serviceConfigId'))
  const report = new Report()
  report.addAll(titleFile, found)
  report.throwIfAny()
  const { document, warnings } = importTitle({ achievements, localization, title })
  const others = worldFiles(folder).filter((file) => file !== titleFile)
  const world = mergeWorlds([{ file: titleFile, document }, ...others.map((file) => ({ file, document: parseFile(file) }))], inspect)
  warn(warnings)
  return world
}
