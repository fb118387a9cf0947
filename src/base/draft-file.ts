import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A file that is written beside the one that it becomes once it is complete: that one is never there by half. */
export interface Draft {
  /** Where it is written. */
  readonly path: string
  /** The file that it becomes: that which a symbolic link leads to. */
  readonly target: string
  /**
   * Gives it the name that it was made for.
   *
   * @throws an error with the code EEXIST when there is such a file, and it may not be replaced.
   */
  readonly publish: () => void
  /** Deletes it, if it is there. */
  readonly discard: () => void
}

/** @param mayReplace whether a file of that name may be replaced. A symbolic link stays a link. */
export function draftOf (file: string, mayReplace: boolean): Draft {
  const target = targetOf(file)
  const path = draftPathOf(target)
  return {
    path,
    target,
    publish () {
      const open = openSync(path, 'r+')
      fsyncSync(open)
      closeSync(open)
      if (mayReplace) renameSync(path, target)
      else linkOrRename(path, target)
    },
    discard: () => rmSync(path, { force: true })
  }
}

/** A name for a draft, in the folder of the file that it becomes. */
export const draftPathOf = (target: string): string => join(dirname(target), `.${basename(target)}.${randomUUID()}`)

/** The error of opening a draft, without the name of the draft, which nobody has chosen. */
export const withoutDraftName = (error: Error): Error =>
  Object.assign(error, { message: `nothing can be written in its folder: ${error.message.replace(/, open .*$/s, '')}` })

/** The file that a symbolic link leads to; any other file is its own. */
export function targetOf (file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

/** A link is refused when there is such a file already, also one that has come since. Some file systems have no links. */
function linkOrRename (path: string, target: string): void {
  try {
    linkSync(path, target)
    rmSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    renameSync(path, target)
  }
}
