import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { parseExactJson } from '../base/exact-json.ts'
import { findExceededLimit } from '../base/json-limits.ts'
import { fillDefaults, findProblems } from '../base/validation.ts'
import type { WorldFile } from './check/context.ts'
import { checkWorld } from './check/world.ts'
import { Report, WorldError } from './problems.ts'
import { World } from './schema.ts'

/**
 * Reads a world from a JSON file, or from all `.json` files of a folder, in any letter case, merged in name order.
 *
 * @param inspect is called with the files once they are checked.
 * @throws {WorldError} naming file, path, what was found and what was expected.
 */
export function readWorld (path: string, inspect?: Inspect): World {
  return mergeWorlds(worldFiles(path).map((file) => ({ file, document: parseFile(file) })), inspect)
}

/** Is called with the files of a world without problems, and with the world that they make. */
export type Inspect = (files: readonly WorldFile[], world: World) => void

/** Whether a document fits the schema: 100 times as fast as listing its problems. */
const worldSchema = TypeCompiler.Compile(World)

/**
 * Checks documents and merges them into one world. The documents are changed and become parts of it.
 *
 * @param inspect as `readWorld` has it.
 * @throws {WorldError} naming file, path, what was found and what was expected.
 */
export function mergeWorlds (documents: ReadonlyArray<{ file: string, document: unknown }>, inspect: Inspect = () => {}): World {
  const report = new Report()
  const files = documents.map(({ file, document }): WorldFile => {
    const filled = fillDefaults(World, document)
    if (!worldSchema.Check(filled)) report.addAll(file, findProblems(World, filled))
    return { file, world: filled as World }
  })
  report.throwIfAny()
  const merged = checkWorld(files)
  inspect(files, merged)
  return merged
}

/** The JSON files of a world: the file itself, or those of a folder, in name order. */
export function worldFiles (path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    // A JSON Schema may lie beside the worlds, for the editor.
    const names = readdirSync(path).filter((name) => /(?<!\.schema)\.json$/i.test(name))
    if (names.length === 0) throw new WorldError([`${path}: found no .json file in this folder, and neither achievements2017.xml nor localization.xml, expected a world, or a title of Partner Center`])
    return names.sort().map((name) => requireFile(join(path, name)))
  } catch (error) {
    throw asWorldError(path, error)
  }
}

/**
 * Requires that an entry of a folder is a file. To read a pipe would wait for somebody who writes to it, and a
 * device may have no end. A path that a person gives may be one: `/dev/stdin`, say.
 *
 * @returns the path.
 * @throws {WorldError} when it is something else.
 */
export function requireFile (path: string): string {
  const stat = findStat(path)
  if (stat === undefined || stat.isFile()) return path
  throw new WorldError([`${path}: found ${stat.isDirectory() ? 'a folder' : 'a pipe, a socket or a device'}, expected a file`])
}

/** Undefined for a link that leads nowhere: whoever reads it then says so. */
function findStat (path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/**
 * Reads a JSON file; base/exact-json.ts says how it reads numbers that JavaScript would round.
 *
 * @param expected names what should be there, in the message when there is no such file.
 * @throws {WorldError} when it cannot be read.
 */
export function parseFile (path: string, expected?: string): unknown {
  try {
    return parseDocument(path, new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)))
  } catch (error) {
    throw asWorldError(path, error, expected)
  }
}

/**
 * Parses the text of a JSON file, without a byte order mark.
 *
 * @param file as messages name it.
 * @throws {WorldError} when it is not JSON, nested too deeply, or too large for the memory.
 */
export function parseDocument (file: string, text: string): unknown {
  const excess = findExceededLimit(text)
  if (excess !== undefined) throw new WorldError([`${file}: ${excess}`])
  try {
    return parseExactJson(text)
  } catch (error) {
    throw asWorldError(file, error)
  }
}

/** The error of a file that cannot be read. */
export function asWorldError (path: string, error: unknown, expected = 'a world'): WorldError {
  if (error instanceof WorldError) return error
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new WorldError([`${path}: found no such file or folder, expected ${expected}`])
  if (error instanceof SyntaxError) return new WorldError([`${path}: not JSON: ${message.replace(/\s+/g, ' ')}`])
  return new WorldError([`${path}: cannot be read: ${message}`])
}
