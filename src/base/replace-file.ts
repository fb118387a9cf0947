import { chmodSync, closeSync, lstatSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { draftPathOf, targetOf, withoutDraftName } from './draft-file.ts'

/** Names of files that the process has open already. */
const OPEN_FILE = /^\/(dev\/(stdout|stderr|fd\/\d+)|proc\/.+)$/

const statOf = (file: string) => statSync(file, { throwIfNoEntry: false })

/** True for a file that cannot be replaced by another: a pipe, a device, or a link to a file that does not exist. */
function isWrittenInPlace (file: string): boolean {
  if (OPEN_FILE.test(file)) return true
  const stat = statOf(file)
  return stat === undefined ? lstatSync(file, { throwIfNoEntry: false }) !== undefined : !stat.isFile()
}

/** Whether `replaceFile` would replace a file that is there: not for a pipe, a device or a folder. */
export const wouldReplace = (file: string): boolean => statOf(file) !== undefined && !isWrittenInPlace(file)

/** Whether something that is no file is there: a pipe, a device or a folder. */
export const isNoFile = (file: string): boolean => statOf(file) !== undefined && isWrittenInPlace(file)

/**
 * Writes a file completely, or leaves the existing one as it was. A temporary file is written in the same folder,
 * which replaces the existing one once it is on the disk. A symbolic link stays a link; a pipe or device is
 * written to.
 *
 * @param mode of a new file; an existing file keeps its own. By default, what the system gives to new files.
 */
export function replaceFile (file: string, text: string, mode?: number): void {
  if (isWrittenInPlace(file)) {
    writeFileSync(file, text)
    return
  }
  const target = requireTarget(file)
  const draft = writeTemporary(target, text, statOf(target)?.mode ?? mode)
  try {
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/**
 * Makes sure that a file can be written later, without changing or creating it. A pipe is refused: opening one blocks
 * until another process reads from it.
 */
export function requireReplaceable (file: string): void {
  if (statOf(file)?.isFIFO()) throw new Error('it is a pipe, and who writes to one waits for its reader')
  if (isWrittenInPlace(file)) closeSync(openSync(file, 'r+'))
  else rmSync(writeTemporary(requireTarget(file), ''))
}

/** The file that is to be replaced. @throws when this user may not write it. */
function requireTarget (file: string): string {
  const target = targetOf(file)
  if (statOf(target) !== undefined) closeSync(openSync(target, 'r+'))
  return target
}

/**
 * Writes a temporary file to the disk, in the folder of another file. When that fails, it is removed.
 *
 * @returns its name.
 */
export function writeTemporary (file: string, text: string, mode?: number): string {
  const draft = draftPathOf(file)
  try {
    writeFileSync(draft, text, { flag: 'wx', flush: true, mode: mode ?? 0o666 })
    // The umask of the process may have removed bits of the mode.
    if (mode !== undefined) chmodSync(draft, mode & 0o777)
  } catch (error) {
    rmSync(draft, { force: true })
    throw (error as NodeJS.ErrnoException).syscall === 'open' ? withoutDraftName(error as Error) : error
  }
  return draft
}
