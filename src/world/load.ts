import { holdsDocuments, requireNoTitleFile } from './partner-center/files.ts'
import { readWorld, type Inspect } from './read.ts'
import type { World } from './schema.ts'

/**
 * Finds out how a world is read: from JSON, or from a folder with Partner Center's documents, whose
 * reader is loaded for such a folder alone.
 *
 * @param warn is told, when the world is read, what Partner Center would warn of, a line each.
 * @param inspect as `readWorld` has it.
 * @returns reads the world, and throws a WorldError when it is wrong.
 */
export async function findWorldReader (path: string, warn: (lines: readonly string[]) => void, inspect?: Inspect): Promise<() => World> {
  if (!holdsDocuments(path)) {
    return () => {
      requireNoTitleFile(path)
      return readWorld(path, inspect)
    }
  }
  const { readFolder } = await import('./partner-center/read-folder.ts')
  return () => readFolder(path, warn, inspect)
}
