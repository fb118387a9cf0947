import { fillDefaults } from '../../base/validation.ts'
import { mergeWorlds } from '../read.ts'
import { World, type WorldSession, type WorldTitle, type WorldUser } from '../schema.ts'
import { createTitle } from './generated-titles.ts'
import { createSessions, createUsers } from './generated-users.ts'
import type { WorldSize } from './world-size.ts'

/** The key of the IGDB view. */
const USER_KEY = 'load'

const createTitles = ({ titles, achievements }: WorldSize): object[] => Array.from({ length: titles }, (_none, index) => createTitle(index, achievements))

/** The text of a generated world, an entry a line; the same bytes for the same size. */
export function * writeGeneratedWorld (size: WorldSize): Generator<string> {
  yield '{"titles":['
  yield * writeLines(createTitles(size))
  yield '],\n"users":['
  yield * writeLines(createUsers(size))
  yield '],\n"sessions":['
  yield * writeLines(createSessions(size))
  yield `],\n"userKeys":["${USER_KEY}"]}\n`
}

function * writeLines (entries: Iterable<object>): Generator<string> {
  let before = '\n'
  for (const entry of entries) {
    yield before + JSON.stringify(entry)
    before = ',\n'
  }
}

/** The same world to seed a database with. Its users and sessions are made anew each time that they are read. */
export function generateWorld (size: WorldSize) {
  const [{ items: user }, { items: session }] = [World.properties.users, World.properties.sessions]
  return {
    titles: mergeWorlds([{ file: 'generated world', document: { titles: createTitles(size) } }]).titles as WorldTitle[],
    users: { [Symbol.iterator]: () => filled<WorldUser>(createUsers(size), user) },
    sessions: { [Symbol.iterator]: () => filled<WorldSession>(createSessions(size), session) },
    userKeys: [USER_KEY]
  }
}

/** Entries with their defaults, which a check of the whole world would fill in. */
function * filled<T> (entries: Iterable<object>, schema: Parameters<typeof fillDefaults>[0]): Generator<T> {
  for (const entry of entries) yield fillDefaults(schema, entry) as T
}
