import { generateUsers, importFiles, type ImportResult } from '../control/import.ts'
import { GenerateBody, ImportBody } from '../control/import-bodies.ts'
import { requireValid } from '../http/body.ts'
import { requireWorld } from '../operations/world.ts'
import type { World } from '../world/schema.ts'
import type { WorldInput } from '../world/world-input.ts'
import { copyOfData, type MethodContext } from './context.ts'
import { copyOf } from './world-methods.ts'

/** A file that becomes part of the world. */
export interface ImportedFile {
  /** With the folders that it is in, delimited by slashes. */
  readonly name: string
  readonly text: string
  /** What its text was decoded from; UTF-8 unless given. */
  readonly encoding?: 'UTF-8' | 'UTF-16'
}

export interface ImportOptions {
  /** Whether the files are merged into the world, or are the new one; merged unless given. */
  readonly mode?: 'merge' | 'replace'
  /** What a title.json would say, for documents of Partner Center that have none beside them. */
  readonly title?: unknown
  /** True: what Partner Center would warn of is an error. */
  readonly strict?: boolean
  /** True: nothing is done, and what would change is told. */
  readonly dryRun?: boolean
}

export interface ImportMethods {
  /** Brings world files, parts of them, and documents of Partner Center into the world. */
  readonly importFiles: (files: readonly ImportedFile[], options?: ImportOptions) => Promise<ImportResult>
  /** Adds users, with what they have done in the titles that there are, always the same for one seed. */
  readonly generateUsers: (options: { readonly users: number, readonly seed?: number, readonly dryRun?: boolean }) => ImportResult
  /** The world that a reset goes back to. */
  readonly startWorld: () => World
  /** Puts a world back, and what a reset goes back to: null, the default, is the world itself. */
  readonly restoreWorld: (restored: { readonly world: WorldInput, readonly start?: WorldInput | null, readonly source?: string }) => void
}

export function importMethods ({ served: { services }, change }: MethodContext): ImportMethods {
  const run: MethodContext['served']['services']['operations']['run'] = (name, input) => change(name, () => input)
  return {
    importFiles: async (files, options) => await importFiles(requireValid(ImportBody, copyOfData({ ...options, files }, 'The files')), services, run),
    generateUsers: (options) => generateUsers(requireValid(GenerateBody, options, 'The options'), services, run),
    startWorld: () => run('world.start', {}),
    restoreWorld: ({ world, start = null, source = 'restoreWorld' }) => run('world.restore', {
      world: requireWorld('world', copyOf(world)), start: start === null ? null : requireWorld('start', copyOf(start)), source
    })
  }
}
