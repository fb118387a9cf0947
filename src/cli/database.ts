import { existsSync } from 'node:fs'
import { createClock, systemClock } from '../base/clock.ts'
import { SessionBody } from '../control/body-schemas.ts'
import { createControl, type Control } from '../operations/operations.ts'
import { requireValid } from '../http/validate.ts'
import { openDatabase, prepareStore, seedIfEmpty } from '../store/store.ts'
import { CommandError } from '../base/user-error.ts'

/** Makes a token in a database file, and returns its Authorization value. */
export function createSessionIn (file: string, claims: object): string {
  return withControl(file, (control) => control.createSession(requireValid(SessionBody, claims)).authorization)
}

/** The world of a database file, as the text of a world file. */
export const exportFrom = (file: string): string => withControl(file, (control) => control.exportText())

function withControl<T> (file: string, work: (control: Control) => T): T {
  const remedy = `xbl-achievements start --seed-only --database ${file}`
  if (!existsSync(file)) throw new CommandError(`there is no database file ${file}; make it with ${remedy}`)
  const database = openDatabase(file)
  try {
    seedIfEmpty(database, file, () => { throw new CommandError(`${file} holds no world; seed it with ${remedy}`) })
    return work(createControl({ store: prepareStore(database), clock: createClock(systemClock) }))
  } finally {
    database.close()
  }
}
