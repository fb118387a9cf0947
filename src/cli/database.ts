import { existsSync } from 'node:fs'
import { CommandError } from '../base/user-error.ts'
import { SessionBody } from '../control/body-schemas.ts'
import { toSessionInput } from '../control/session-routes.ts'
import { requireValid } from '../http/body.ts'
import { createOperations, type Operations } from '../operations/operations.ts'
import { openDatabase, seedIfEmpty } from '../store/open.ts'
import { prepareStore, type Store } from '../store/store.ts'
import { worldText } from '../world/world-text.ts'

/** Creates a session in a database file, and returns the value of its Authorization header. */
export function createSessionIn (file: string, claims: object): string {
  return withWorld(file, (_store, { run }) => run('session.create', toSessionInput(requireValid(SessionBody, claims))).authorization)
}

/** The world of a database file, as the text of a world file. */
export const exportFrom = (file: string): string => withWorld(file, ({ world }) => worldText(world.export()))

function withWorld<T> (file: string, work: (store: Store, operations: Operations) => T): T {
  const remedy = `xbl-achievements start --seed-only --database ${file}`
  if (!existsSync(file)) throw new CommandError(`there is no database file ${file}; make it with ${remedy}`)
  const database = openDatabase(file)
  try {
    seedIfEmpty(database, file, () => { throw new CommandError(`${file} holds no world; seed it with ${remedy}`) })
    const { store, transact } = prepareStore(database)
    return work(store, createOperations(transact))
  } finally {
    database.close()
  }
}
