import { lstatSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandError } from '../base/user-error.ts'
import { requireWritable, writeOut } from './output.ts'
import type { Served } from './served.ts'

const FLAG = '--ready-file'

/** The longest file that is taken for an earlier one of --ready-file, in bytes. */
const LONGEST_READY_FILE = 64 * 1024

/**
 * What a script that has started the emulator wants to know, as a line of JSON. A member that it does not
 * have is null.
 */
export function readyLine ({ services: { config, store }, world, url, https }: Served, pid: number): string {
  return `${JSON.stringify({
    url,
    https: https?.url ?? null,
    ca: https === undefined ? null : resolve(https.trust),
    pid,
    world: { source: world.source, ...store.catalogue.count() },
    dialect: config.dialect
  })}\n`
}

/**
 * Makes sure that the file of --ready-file can be written, and that it does not exist before the emulator
 * listens: one of an earlier emulator is deleted.
 *
 * @throws {CommandError} when it cannot be written, or holds something else.
 */
export function prepareReadyFile (file: string): void {
  requireWritable(file, FLAG)
  const text = readyTextOf(file)
  if (text !== undefined && text !== '' && !isReadyLine(text)) throw new CommandError(`${file} holds something else than a line of ${FLAG}, and stays as it is; name another file with ${FLAG}`)
  remove(file)
}

/** Writes the line to the file. @returns a function that deletes the file, unless another emulator has written to it since. */
export function writeReadyFile (file: string, line: string): () => void {
  writeOut(file, line, FLAG)
  return () => {
    if (readyTextOf(file) === line) remove(file)
  }
}

/** Deletes a file. The file that a link leads to is emptied, and the link stays; so does a device, such as /dev/stdout. */
function remove (file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile()) rmSync(file)
  else if (statSync(file, { throwIfNoEntry: false })?.isFile()) truncateSync(file)
}

/** The text of a file; undefined when there is none, or something else than a file. */
function readyTextOf (file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat?.isFile()) return undefined
  return stat.size > LONGEST_READY_FILE ? 'too long' : readFileSync(file, 'utf8')
}

function isReadyLine (text: string): boolean {
  try {
    const { url, pid } = Object(JSON.parse(text))
    return typeof url === 'string' && typeof pid === 'number'
  } catch {
    return false
  }
}
