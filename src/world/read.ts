import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { findExcess } from '../base/json-bounds.ts'
import { parseNumbers } from '../base/json-numbers.ts'
import { fillDefaults, findProblems } from '../base/validation.ts'
import { checkWorld } from './check-world.ts'
import { Report, WorldError } from './problems.ts'
import { World } from './schema.ts'

/** One file of a world, defaults filled in, every member of the right type. */
export interface WorldFile {
  /** As it is named to the reader. */
  readonly file: string
  readonly world: World
}

/**
 * Reads a world from a JSON file, or from all `.json` files of a folder, merged in name order; `.JSON` is the same.
 *
 * @param inspect looks at the files once they are found to be right.
 * @throws {WorldError} naming file, path, what was found and what was expected.
 */
export function readWorld (path: string, inspect?: Inspect): World {
  return mergeWorlds(worldFiles(path).map((file) => ({ file, document: parseFile(file) })), inspect)
}

/** Looks at the files of a world that is right, and at what they make. */
export type Inspect = (files: readonly WorldFile[], world: World) => void

/** The schema of a world as a function: 100 times as fast as looking for what is wrong. */
const world = TypeCompiler.Compile(World)

/**
 * Checks documents and merges them into one world, which they become a part of.
 *
 * @param inspect as above.
 * @throws {WorldError} naming file, path, what was found and what was expected.
 */
export function mergeWorlds (documents: ReadonlyArray<{ file: string, document: unknown }>, inspect: Inspect = () => {}): World {
  const report = new Report()
  const files = documents.map(({ file, document }): WorldFile => {
    const filled = fillDefaults(World, document)
    if (!world.Check(filled)) report.addAll(file, findProblems(World, filled))
    return { file, world: filled as World }
  })
  report.conclude()
  const merged = checkWorld(files)
  inspect(files, merged)
  return merged
}

/** The JSON files that make a world: a file itself, or those of a folder, in name order. */
export function worldFiles (path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    // A JSON Schema beside the worlds, for the editor, is none.
    const names = readdirSync(path).filter((name) => /(?<!\.schema)\.json$/i.test(name))
    if (names.length === 0) throw new WorldError([`${path}: found no .json file in this folder, and neither achievements2017.xml nor localization.xml, expected a world, or a title of Partner Center`])
    return names.sort().map((name) => join(path, name))
  } catch (error) {
    throw asWorldError(path, error)
  }
}

/**
 * Reads a JSON file; numbers that JavaScript would write otherwise are as in json-numbers.ts.
 *
 * @param expected what it should be, for the error when there is none.
 * @throws {WorldError} when it cannot be read.
 */
export function parseFile (path: string, expected?: string): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    const excess = findExcess(text)
    if (excess !== undefined) throw new WorldError([`${path}: ${excess}`])
    return parseNumbers(text)
  } catch (error) {
    throw asWorldError(path, error, expected)
  }
}

/** What went wrong with a file, as a person needs to hear it. */
export function asWorldError (path: string, error: unknown, expected = 'a world'): WorldError {
  if (error instanceof WorldError) return error
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new WorldError([`${path}: found no such file or folder, expected ${expected}`])
  if (error instanceof SyntaxError) return new WorldError([`${path}: not JSON: ${message.replace(/\s+/g, ' ')}`])
  return new WorldError([`${path}: cannot be read: ${message}`])
}
