import { randomUUID } from 'node:crypto'
import { accessSync, chmodSync, constants, lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Names of what a process has open already, which may be a file. */
const OPEN_FILE = /^\/(dev\/(stdout|stderr|fd\/\d+)|proc\/.+)$/

const statOf = (file: string) => statSync(file, { throwIfNoEntry: false })

/** True for what cannot be replaced: a pipe or device, and a link to a file that is not there. */
function isWrittenInPlace (file: string): boolean {
  if (OPEN_FILE.test(file)) return true
  const held = statOf(file)
  return held === undefined ? lstatSync(file, { throwIfNoEntry: false }) !== undefined : !held.isFile()
}

/**
 * Writes a file whole, or leaves the one that was there as it was: it is written beside it, and takes
 * its place once it is on the disk. A symbolic link stays one. A pipe or device is written to.
 *
 * @param mode of a new file; one that is there keeps its own. By default as the system makes files.
 */
export function replaceFile (file: string, text: string, mode?: number): void {
  if (isWrittenInPlace(file)) {
    writeFileSync(file, text)
    return
  }
  const target = requireReplaceable(file)
  const draft = writeDraft(target, text, statOf(target)?.mode ?? mode)
  try {
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/**
 * Makes sure that a file can be replaced: it can be written, and its folder can take a second one.
 *
 * @returns the file that a symbolic link leads to.
 */
export function requireReplaceable (file: string): string {
  if (isWrittenInPlace(file)) return file
  if (statOf(file) === undefined) {
    accessSync(dirname(file), constants.W_OK)
    return file
  }
  const target = realpathSync(file)
  accessSync(target, constants.W_OK)
  try {
    accessSync(dirname(target), constants.W_OK)
  } catch (error) {
    throw new Error(`no second file can be made beside it, to take its place: ${(error as Error).message}`)
  }
  return target
}

/**
 * Writes a new file beside another one, to the disk. There is none when that fails.
 *
 * @returns its name.
 */
export function writeDraft (file: string, text: string, mode?: number): string {
  const draft = join(dirname(file), `.${basename(file)}.${randomUUID()}`)
  try {
    writeFileSync(draft, text, { flag: 'wx', flush: true, mode: mode ?? 0o666 })
    // The process's mask may have taken some of it away.
    if (mode !== undefined) chmodSync(draft, mode & 0o777)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  return draft
}
