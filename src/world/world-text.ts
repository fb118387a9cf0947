import { UserError } from '../base/user-error.ts'
import type { World } from './schema.ts'

/**
 * The text of a world file.
 *
 * @throws {UserError} when it is longer than a JavaScript string can be, which is about half a gigabyte.
 */
export function worldText (world: unknown): string {
  try {
    return `${JSON.stringify(world, null, 2)}\n`
  } catch (error) {
    if (error instanceof RangeError) throw new UserError('The world is too large to be written as one JSON text; keep it in its database file.')
    throw error
  }
}

/** The same text, one entry at a time: the whole may be longer than a JavaScript string can be. */
export function * writeWorld (world: World): Generator<string> {
  let before = '{\n'
  for (const [name, list] of Object.entries(world) as Array<[string, readonly unknown[]]>) {
    yield `${before}  "${name}": [`
    before = ',\n'
    for (const [index, entry] of list.entries()) {
      yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(entry, null, 2).replaceAll('\n', '\n    ')}`
    }
    yield list.length === 0 ? ']' : '\n  ]'
  }
  yield '\n}\n'
}
