import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Option } from 'commander'
import { replaceFile, wouldReplace } from '../base/replace-file.ts'
import { CommandError } from '../base/user-error.ts'
import { explainFailure } from './output.ts'

/** The option `--force`: without it no command writes over a file. */
export const forceOption = (): Option => new Option('--force', 'write over what is there')

/**
 * Makes sure that no file is written over unless that is wanted: what is there is somebody's work.
 *
 * @param flag how another file is named, as messages have it.
 * @param force whether it may be written over.
 * @throws {CommandError} when there is such a file. A pipe or a device is written to.
 */
export function requireNew (file: string, flag: string, force = false): void {
  if (!force && wouldReplace(file)) throw new CommandError(`${file} is there already; write over it with --force, or name another file with ${flag}`)
}

/**
 * Writes files into a folder, which is made when there is none.
 *
 * @param files texts by name.
 * @param flag the flag that names the folder.
 * @param force whether files that are there may be written over.
 * @throws {CommandError} when they cannot be written, or one of them is there.
 */
export function writeFolder (folder: string, files: Readonly<Record<string, string>>, { flag, force = false }: { flag: string, force?: boolean | undefined }): void {
  explainFailure({ file: folder, flag, kind: 'folder' }, () => {
    mkdirSync(folder, { recursive: true })
    const present = findPresent(folder, Object.keys(files))
    const [existing] = present.values()
    if (existing !== undefined && !force) throw new CommandError(`${join(folder, existing)} is there already; write over it with --force, or name another folder with ${flag}`)
    const written: string[] = []
    try {
      for (const [name, text] of Object.entries(files)) {
        const file = join(folder, present.get(name) ?? name)
        if (!present.has(name)) written.push(file)
        replaceFile(file, text)
      }
    } catch (error) {
      for (const file of written) rmSync(file, { force: true })
      throw error
    }
  })
}

/** The names that a folder has already, by the names that are looked for. Names that differ in letter case alone are the same to whoever reads the folder, on any disk. */
function findPresent (folder: string, names: readonly string[]): ReadonlyMap<string, string> {
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]))
  return new Map(readdirSync(folder).flatMap((found) => {
    const name = wanted.get(found.toLowerCase())
    return name === undefined ? [] : [[name, found]]
  }))
}
