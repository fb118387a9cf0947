import { XblError } from '../model/refusals.ts'

/**
 * A world as the text of a world file.
 *
 * @throws {XblError} 501 when it is longer than a text can be, which is about half a gigabyte.
 */
export function worldText (world: unknown): string {
  try {
    return `${JSON.stringify(world, null, 2)}\n`
  } catch (error) {
    if (error instanceof RangeError) throw new XblError(501, 'The world is too large to be written as one JSON text; keep it in its database file.')
    throw error
  }
}
