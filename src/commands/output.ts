import { accessSync, closeSync, constants, openSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { CommandError } from './command-error.ts'

/**
 * Writes to standard output, to its end. A reader that has heard enough (`head`, `grep -q`) is no
 * error.
 */
export function print (text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // The callback is told, too; an error that nobody listens to ends the process.
    process.stdout.on('error', () => {})
    process.stdout.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
      if (error == null || error.code === 'EPIPE') resolve()
      else reject(new CommandError(`cannot write to standard output: ${error.message}`))
    })
  })
}

/**
 * Writes a file, in the place of what was there.
 *
 * @param flag the one that names the file.
 * @throws {CommandError} when it cannot be written.
 */
export function writeOut (file: string, text: string, flag: string): void {
  naming({ file, flag }, () => writeFileSync(file, text))
}

/**
 * Makes sure that a file can be written later on; what it holds stays, and none is made.
 *
 * @throws {CommandError} when it cannot be written.
 */
export function requireWritable (file: string, flag: string): void {
  naming({ file, flag }, () => {
    try {
      closeSync(openSync(file, 'r+'))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      accessSync(dirname(file), constants.W_OK)
    }
  })
}

function naming ({ file, flag }: { file: string, flag: string }, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}; name another file with ${flag}`)
  }
}
