import { randomUUID } from 'node:crypto'
import { chmodSync, closeSync, lstatSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
  const target = targetOf(file)
  const draft = writeDraft(target, text, statOf(target)?.mode ?? mode)
  try {
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Makes sure that a file can be written later on; what it holds stays, and none is made. Nobody may be reading a pipe by then. */
export function requireReplaceable (file: string): void {
  if (statOf(file)?.isFIFO()) throw new Error('it is a pipe, and who writes to one waits for its reader')
  if (isWrittenInPlace(file)) closeSync(openSync(file, 'r+'))
  else rmSync(writeDraft(targetOf(file), ''))
}

/** The file that is replaced: behind symbolic links, and one that this user may write. */
function targetOf (file: string): string {
  if (statOf(file) === undefined) return file
  const target = realpathSync(file)
  closeSync(openSync(target, 'r+'))
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
    const { syscall, message } = error as NodeJS.ErrnoException
    throw syscall === 'open' ? new Error(`nothing can be written in its folder: ${message.replace(/, open .*$/s, '')}`) : error
  }
  return draft
}
