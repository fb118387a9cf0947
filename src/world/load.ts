import { holdsDocuments, requireNoTitleFile } from './partner-center/files.ts'
import { readWorld, type Inspect } from './read.ts'
import type { World } from './schema.ts'

/**
 * Decides how a world is read: as JSON, or as a folder with Partner Center's documents. The XML reader is
 * loaded for such a folder only.
 *
 * @param warn gets a line for each warning that Partner Center would give, when the world is read.
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
