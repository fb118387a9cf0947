import type { World } from './schema.ts'

/** A world as the text of a world file, entry by entry: the whole may be longer than a string can be. */
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
