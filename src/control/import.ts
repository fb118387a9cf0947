import type { Services } from '../http/services.ts'
import { invalidRequest } from '../model/refusals.ts'
import { countDifferences, type Difference, type DifferenceCounts } from '../model/difference.ts'
import { compareWorlds } from '../world/compare.ts'
import { generatePart } from '../world/generate/generated-part.ts'
import { readGivenFiles } from '../world/import-files.ts'
import { mergePatch } from '../world/merge-patch.ts'
import { WorldError } from '../world/problems.ts'
import { mergeWorlds } from '../world/read.ts'
import type { World } from '../world/schema.ts'
import { placeInFiles, uniteParts, type NamedDocument } from '../world/united-part.ts'
import type { GenerateBody, ImportBody } from './import-bodies.ts'

/** How many differences are told in advance. */
const MOST_TOLD = 100

/** What would change. */
export interface ForeseenChanges {
  /** How large the world would be. */
  readonly world: WorldSizes
  readonly counts: DifferenceCounts
  /** The first hundred. */
  readonly differences: readonly Difference[]
}

interface WorldSizes { readonly titles: number, readonly achievements: number, readonly users: number }

/** What was done, or would be. */
export interface ImportResult {
  /** Why nothing can be done, a line each; for a dry run alone, as it is otherwise a refusal. */
  readonly problems: readonly string[]
  /** What Partner Center would warn of, a line each. */
  readonly warnings: readonly string[]
  /** Files that are neither worlds nor documents of Partner Center. */
  readonly ignored: readonly string[]
  /** For a dry run without problems. */
  readonly changes: ForeseenChanges | null
}

type Part = Pick<ImportBody, 'mode' | 'dryRun'> & { readonly documents: readonly NamedDocument[], readonly source: string }

/**
 * Brings files into the world.
 *
 * @param change runs an operation.
 * @throws 400 when something is wrong, unless it is a dry run.
 */
export async function importFiles ({ files, mode, title, strict, dryRun }: ImportBody, services: Services, change: Services['operations']['run']): Promise<ImportResult> {
  try {
    const { documents, warnings, ignored } = await readGivenFiles(files, { title, isStrict: strict })
    const source = documents.map(({ file }) => file).slice(0, 3).join(', ')
    return { problems: [], warnings, ignored, changes: bring({ documents, source, mode, dryRun }, services, change) }
  } catch (error) {
    if (!(error instanceof WorldError)) throw error
    if (!dryRun) throw invalidRequest(error.message)
    return { problems: error.problems, warnings: [], ignored: [], changes: null }
  }
}

/** Adds users, with what they have done in the titles that there are. */
export function generateUsers ({ dryRun, ...size }: GenerateBody, services: Services, change: Services['operations']['run']): ImportResult {
  const document = generatePart(services.store.world.export().titles, size)
  return { problems: [], warnings: [], ignored: [], changes: bring({ documents: [{ file: 'generated users', document }], source: 'generated users', mode: 'merge', dryRun }, services, change) }
}

/** @throws {WorldError} when the outcome is no world. */
function bring ({ documents, source, mode, dryRun }: Part, { store }: Services, change: Services['operations']['run']): ForeseenChanges | null {
  if (mode === 'replace') {
    const world = mergeWorlds([...documents])
    if (dryRun) return foresee(store.world.export(), world)
    change('world.replace', { world, source })
    return null
  }
  const part = uniteParts(documents)
  if (!dryRun) {
    change('world.merge', { part })
    return null
  }
  const document = mergePatch(store.world.export(), part)
  // Another one: the merged world has parts of the first, and is completed in place.
  return foresee(store.world.export(), wordedByFiles(documents, document))
}

/** The merged world. @throws {WorldError} with the places in the files. */
function wordedByFiles (documents: readonly NamedDocument[], document: unknown): World {
  try {
    return mergeWorlds([{ file: 'merged world', document }])
  } catch (error) {
    throw new WorldError(placeInFiles((error as WorldError).problems, document, documents))
  }
}

function foresee (present: World, world: World): ForeseenChanges {
  const all = [...compareWorlds(present, world)]
  const { titles, users } = world
  return {
    world: { titles: titles.length, achievements: titles.reduce((sum, { achievements }) => sum + achievements.length, 0), users: users.length },
    counts: countDifferences(all),
    differences: all.slice(0, MOST_TOLD)
  }
}
