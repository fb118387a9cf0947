import { existsSync } from 'node:fs'
import { CommanderError } from 'commander'
import { replaceFile, requireReplaceable } from '../base/replace-file.ts'
import { CommandError } from '../base/user-error.ts'
import { identityOf } from '../store/file-watch.ts'

/** The parts of `process` that a command uses: a test gives it substitutes. */
export type CommandProcess = Pick<NodeJS.Process, 'argv' | 'env' | 'stdout' | 'stderr' | 'on' | 'off' | 'exit' | 'exitCode' | 'pid' | 'ppid' | 'platform' | 'connected' | 'kill'>

/**
 * Writes to standard output, and waits until all of it is written. A reader that closes its end early
 * (`head`, `grep -q`) is no error.
 *
 * @returns whether the reader is still there.
 */
export function print ({ stdout }: CommandProcess, text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
      if (error == null || error.code === 'EPIPE') resolve(error == null)
      else reject(new CommandError(`cannot write to standard output: ${error.message}`))
    })
  })
}

/** Writes lines to standard error, as one text: a pipe that is full makes Node gather further writes in a list, and the system takes no list of a million. */
export function printError ({ stderr }: CommandProcess, lines: readonly string[]): void {
  if (lines.length > 0) stderr.write(`${lines.join('\n')}\n`)
}

/**
 * Prints what is wrong with a world to standard error, a line for each problem.
 *
 * @throws every error that is not a WorldError.
 */
export async function printProblems (process: CommandProcess, error: unknown): Promise<void> {
  const { WorldError } = await import('../world/problems.ts')
  if (!(error instanceof WorldError)) throw error
  printError(process, error.problems)
}

/** The error that ends a command with exit code 1, and without a message: the problems are printed. */
export const alreadyReported = (): CommanderError => new CommanderError(1, 'xbl-achievements.world', 'wrong')

/**
 * Does something with a world.
 *
 * @throws {CommanderError} when the world is wrong, after its problems are printed.
 */
export async function printingProblems<T> (process: CommandProcess, work: () => T): Promise<T> {
  try {
    return work()
  } catch (error) {
    await printProblems(process, error)
    throw alreadyReported()
  }
}

/** A text as a POSIX shell takes it: one word, in which nothing is expanded. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** The same, without quotes where none are needed. */
export const shellWord = (text: string): string => /^[\w@%+=:,./-]+$/.test(text) ? text : quote(text)

/**
 * Writes a file. One that was there stays whole until the new one is complete.
 *
 * @param flag the flag that names the file.
 * @throws {CommandError} when it cannot be written.
 */
export function writeOut (file: string, text: string, flag: string): void {
  explainFailure({ file, flag }, () => replaceFile(file, text))
}

/**
 * Makes sure that a file can be written later on, without changing or making it.
 *
 * @throws {CommandError} when it cannot be written.
 */
export function requireWritable (file: string, flag: string): void {
  explainFailure({ file, flag }, () => requireReplaceable(file))
}

/**
 * Makes sure that a file is not the database that is read.
 *
 * @param flag the flag that names the file.
 * @throws {CommandError} when both are one file.
 */
export function requireOther (file: string, database: string, flag: string): void {
  if (existsSync(file) && identityOf(file) === identityOf(database)) throw new CommandError(`${file} is the database; name another file with ${flag}`)
}

/** Adds to an error which flag can name another file. */
export function explainFailure ({ file, flag, kind = 'file' }: { file: string, flag: string, kind?: string }, work: () => void): void {
  if (file === '') throw new CommandError(`${flag}: found "", expected the name of a ${kind}`)
  try {
    work()
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}; name another ${kind} with ${flag}`)
  }
}
