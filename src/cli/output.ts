import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile, requireReplaceable } from '../base/replace-file.ts'
import { identityOf } from '../store/file-watch.ts'
import { CommandError } from '../base/user-error.ts'

/**
 * Writes to standard output, to its end. A reader that has heard enough (`head`, `grep -q`) is no
 * error.
 */
export function print (text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
      if (error == null || error.code === 'EPIPE') resolve()
      else reject(new CommandError(`cannot write to standard output: ${error.message}`))
    })
  })
}

/** Writes lines to standard error, at once: a system takes no list of a million. Who reads no further hears no more. */
export function tell (lines: readonly string[]): void {
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`)
}

/**
 * Writes a file, in the place of what was there, which stays whole until the new one is.
 *
 * @param flag the one that names the file.
 * @throws {CommandError} when it cannot be written.
 */
export function writeOut (file: string, text: string, flag: string): void {
  naming({ file, flag }, () => replaceFile(file, text))
}

/**
 * Makes sure that a file can be written later on; what it holds stays, and none is made.
 *
 * @throws {CommandError} when it cannot be written.
 */
export function requireWritable (file: string, flag: string): void {
  naming({ file, flag }, () => requireReplaceable(file))
}

/**
 * Makes sure that what is written does not take the place of the database that it is read from.
 *
 * @param flag the one that names the file.
 * @throws {CommandError} when both are one file.
 */
export function requireOther (file: string, database: string, flag: string): void {
  if (existsSync(file) && identityOf(file) === identityOf(database)) throw new CommandError(`${file} is the database; name another file with ${flag}`)
}

/**
 * Writes files into a folder, which is made when there is none. Files that are there already are
 * somebody's work, and stay.
 *
 * @param files texts by name.
 * @param flag the one that names the folder.
 * @throws {CommandError} when they cannot be written, or one of them is there.
 */
export function writeFolder (folder: string, files: Readonly<Record<string, string>>, flag: string): void {
  naming({ file: folder, flag, kind: 'folder' }, () => {
    mkdirSync(folder, { recursive: true })
    // On a disk that tells letter cases apart, too: whoever reads the folder does not.
    const names = new Set(Object.keys(files).map((name) => name.toLowerCase()))
    const there = readdirSync(folder).find((name) => names.has(name.toLowerCase()))
    if (there !== undefined) throw new Error(`it has a file ${there} already`)
    const written: string[] = []
    try {
      for (const [name, text] of Object.entries(files)) {
        written.push(join(folder, name))
        replaceFile(join(folder, name), text)
      }
    } catch (error) {
      for (const file of written) rmSync(file, { force: true })
      throw error
    }
  })
}

function naming ({ file, flag, kind = 'file' }: { file: string, flag: string, kind?: string }, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}; name another ${kind} with ${flag}`)
  }
}
