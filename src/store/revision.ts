import type { Database } from 'better-sqlite3'

/** Tells whether what was read from a database still holds. */
export interface Revision {
  /** Another number after every write, of this process or another; null while changes are made that may yet be undone. */
  readonly state: () => number | null
  /** Another text after every world that is seeded: titles and achievements change in no other way. */
  readonly definitions: () => string
  /** Runs writes. Nothing that is read among them is cached as the state. */
  readonly whileChanging: <T>(work: () => T) => T
  /** Looks at the database again when it is next asked: a transaction that reads begins. */
  readonly renew: () => void
}

/**
 * Prepares to tell the revision of a database. The database is asked once a turn of the event loop, which
 * is one request, or those that came in one packet. It is asked again after this process has written, and
 * where a transaction begins.
 */
export function prepareRevision (database: Database): Revision {
  // https://sqlite.org/lang_corefunc.html#total_changes and https://sqlite.org/pragma.html#pragma_data_version
  const countOwn = database.prepare<[], number>('SELECT total_changes()').pluck()
  const countOthers = database.memory ? null : database.prepare<[], number>('PRAGMA data_version').pluck()
  const findStamp = database.prepare<[], string>('SELECT stamp FROM world').pluck()
  let own: number | undefined
  let others: number | undefined
  let isKnown = false
  let count = 0
  let stamp = ''
  let stampedAt = -1
  let isChanging = false

  const renew = (): void => { isKnown = false }
  const look = (): number => {
    if (isKnown) return count
    isKnown = true
    queueMicrotask(renew)
    const [ownNow, othersNow] = [countOwn.get(), countOthers?.get()]
    if (ownNow !== own || othersNow !== others) count++
    own = ownNow
    others = othersNow
    return count
  }
  return {
    state: () => isChanging ? null : look(),

    definitions: () => {
      // A world may just have been seeded, and may yet be undone.
      if (isChanging) return findStamp.get() as string
      const now = look()
      if (now !== stampedAt) {
        stamp = findStamp.get() as string
        stampedAt = now
      }
      return stamp
    },

    whileChanging: (work) => {
      const isWithinOthers = isChanging
      isChanging = true
      try {
        return work()
      } finally {
        isChanging = isWithinOthers
        renew()
      }
    },

    renew
  }
}
